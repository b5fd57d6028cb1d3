package dev.parley.trust;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/// One line of a matrix: what can be asked for, by whom, and what it names.
///
/// @param who `anyone`, `own` (signed in, and only ever about oneself), `staff`: operators, about everybody, or `key`:
/// a
/// program with a personal API key, and nobody who has signed in
/// @param call a method, a type of frame or a kind of job; `POST+events` asks for a stream of events
/// @param text what follows it: an address and perhaps a body, a frame's fields, a job's subject. `{chat}` stands for
/// the id of a [Belongings], and everything of that kind is tried with somebody else's
/// @param stranger the status that names of others get where the address names none of them, or a row without
/// names gets from everybody; 0: as what does not exist, or a success
public record Row(String who, String call, String text, int stranger) {
    private static final Pattern LINE = Pattern.compile("(\\S+)\\s+(\\S+)\\s*(.*?)(?:\\s+-> (\\d+))?");
    private static final Pattern SLOT = Pattern.compile("\\{([a-z_]+)}");

    public static List<Row> parse(String table) {
        return table.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(Row::of)
                .toList();
    }

    private static Row of(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException(line);
        }
        String status = parts.group(4);
        return new Row(parts.group(1), parts.group(2), parts.group(3), status == null ? 0 : Integer.parseInt(status));
    }

    boolean isOperators() {
        return who.equals("staff");
    }

    boolean isPrograms() {
        return who.equals("key");
    }

    boolean isPublic() {
        return who.equals("anyone");
    }

    String method() {
        return call.replace("+events", "");
    }

    boolean isStream() {
        return call.endsWith("+events");
    }

    String address() {
        return text.split("\\s+", 2)[0];
    }

    String body() {
        String[] parts = text.split("\\s+", 2);
        return parts.length == 2 ? parts[1] : "";
    }

    /// As two rows are told apart: without the names of what the address names.
    String key() {
        return key(method(), address().replaceFirst("\\?.*", ""), isStream());
    }

    static String key(String method, String path, boolean stream) {
        String pattern = path.replaceAll("\\{[^}]+}", "{}").replaceFirst("(?<=.)/$", "");
        return method + (stream ? "+events " : " ") + pattern;
    }

    static List<String> slots(String text) {
        return SLOT.matcher(text)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
    }

    public List<String> slots() {
        return slots(text);
    }

    public static String filled(String text, Map<String, String> ids) {
        return SLOT.matcher(text)
                .replaceAll(slot -> Matcher.quoteReplacement(ids.getOrDefault(slot.group(1), slot.group())));
    }

    /// Which of its names are somebody else's: each way to choose one or more of them.
    public List<List<String>> mixtures() {
        List<String> slots = slots();
        List<List<String>> all = new ArrayList<>();
        for (int choice = 1; choice < 1 << slots.size(); choice++) {
            int chosen = choice;
            all.add(slots.stream()
                    .filter(slot -> (chosen & 1 << slots.indexOf(slot)) != 0)
                    .collect(Collectors.toList()));
        }
        return all;
    }

    /// Its failure names the row.
    public DynamicTest test(Executable check) {
        return DynamicTest.dynamicTest(toString(), () -> {
            try {
                check.execute();
            } catch (AssertionError e) {
                throw new AssertionError(this + ": " + e.getMessage(), e);
            }
        });
    }

    @Override
    public String toString() {
        return call + " " + text;
    }
}
