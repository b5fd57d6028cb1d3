package dev.parley.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The page that lists the settings, held against what the program reads.
class SettingsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "use", "configure.md");
    private static final Pattern ROW = Pattern.compile("^\\| `([A-Z0-9_]+)` \\| ([^|]*) \\|", Pattern.MULTILINE);
    /// They stand in the row of the setting that they stand for.
    private static final Set<String> STAND_INS = Set.of("CELERY_BROKER_URL", "CELERY_RESULT_BACKEND");

    @Test
    void itHasEverySettingAndNoOther() throws IOException {
        Set<String> known = Stream.concat(
                        Arrays.stream(Setting.values()).map(Enum::name).filter(name -> !STAND_INS.contains(name)),
                        Arrays.stream(ProviderSetting.values()).map(setting -> setting.variable("groq")))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(rows().keySet()).isEqualTo(known);
        assertThat(Files.readString(PAGE)).contains(STAND_INS);
    }

    @Test
    void itsDefaultsAreThoseThatHold() throws IOException {
        Map<String, String> rows = rows();
        for (Setting setting : Setting.values()) {
            if (!setting.standard().isEmpty()) {
                assertThat(String.valueOf(rows.get(setting.name())).toLowerCase(Locale.ROOT))
                        .as(setting.name())
                        .isEqualTo("`" + setting.standard().toLowerCase(Locale.ROOT) + "`");
            }
        }
    }

    private static Map<String, String> rows() throws IOException {
        Map<String, String> rows = new TreeMap<>();
        ROW.matcher(Files.readString(PAGE))
                .results()
                .forEach(row -> rows.put(String.valueOf(row.group(1)), String.valueOf(row.group(2))));
        return rows;
    }
}
