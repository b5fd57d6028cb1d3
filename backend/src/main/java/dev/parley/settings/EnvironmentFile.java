package dev.parley.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A `.env` file: `NAME=value` lines, `export` before them or not, values bare or in quotes, `#` for comments.
final class EnvironmentFile {
    private static final Pattern LINE = Pattern.compile("\\s*(?:export\\s+)?(?<name>[A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*"
            + "(?:\"(?<double>(?:[^\"\\\\]|\\\\.)*)\"|'(?<single>[^']*)'|(?<bare>[^\"'\\s#].*?|))(?:\\s+#.*|\\s*)");
    private static final Pattern NOTHING = Pattern.compile("\\s*(#.*)?");

    private EnvironmentFile() {}

    /// @return what it sets; nothing when there is no such file
    static Map<String, String> read(Path file) {
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            return parse(Files.readAllLines(file, UTF_8), file.toString());
        } catch (IOException e) {
            throw new StartFailure("The file " + file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    static Map<String, String> parse(List<String> lines, String file) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1);
            if (NOTHING.matcher(line).matches()) {
                continue;
            }
            Matcher form = LINE.matcher(line);
            if (!form.matches()) {
                throw new StartFailure("Line " + number + " of " + file + " is not of the form NAME=value.");
            }
            values.put(form.group("name"), value(form));
        }
        return values;
    }

    private static String value(Matcher form) {
        if (form.group("double") != null) {
            return form.group("double").replace("\\n", "\n").replaceAll("\\\\(.)", "$1");
        }
        return form.group("single") != null ? form.group("single") : form.group("bare");
    }
}
