package dev.parley.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.util.StringUtils;

/// The page that lists the settings, held against what the program reads.
class SettingsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "use", "configure.md");
    private static final Pattern ROW = Pattern.compile(
            "^\\| `(?<name>[A-Z0-9_]+)` \\| (?<standard>[^|\\n]*) \\| (?:[^|\\n]* \\| )?(?<meaning>[^|\\n]*) \\|$",
            Pattern.MULTILINE);
    /// They stand in the row of the setting that they stand for.
    private static final Set<String> STAND_INS = Set.of("CELERY_BROKER_URL", "CELERY_RESULT_BACKEND");

    private record Known(String standard, Kind kind) {}

    @Test
    void itHasEverySettingAndNoOther() throws IOException {
        assertThat(ROW.matcher(Files.readString(PAGE)).results().map(row -> text(row, "name")))
                .containsExactlyInAnyOrderElementsOf(known().keySet());
        assertThat(Files.readString(PAGE)).contains(STAND_INS);
    }

    /// Their order and their meanings are written by hand; defaults and values are the program's.
    @Test
    void itsDefaultsAndValuesAreThoseThatHold() throws IOException {
        String page = Files.readString(PAGE);
        String generated = ROW.matcher(page).replaceAll(row -> Matcher.quoteReplacement(row(row)));
        if (Boolean.getBoolean("settings.write")) {
            Files.writeString(PAGE, generated);
        } else {
            assertThat(page)
                    .as("mvn -f backend test -Dtest=SettingsPageTest -Dsettings.write=true writes it anew")
                    .isEqualTo(generated);
        }
    }

    private static String row(MatchResult row) {
        String name = text(row, "name");
        Known setting = known().get(name);
        if (setting == null) {
            return String.valueOf(row.group());
        }
        String standard = setting.standard().isEmpty() ? text(row, "standard") : "`" + shown(setting) + "`";
        return "| `%s` | %s | %s | %s |"
                .formatted(name, standard, setting.kind().described(), text(row, "meaning"));
    }

    private static String text(MatchResult row, String cell) {
        return String.valueOf(row.group(cell));
    }

    private static String shown(Known setting) {
        return setting.kind() instanceof Kind.Flag ? StringUtils.capitalize(setting.standard()) : setting.standard();
    }

    private static Map<String, Known> known() {
        Map<String, Known> known = new TreeMap<>();
        for (Setting setting : Setting.values()) {
            if (!STAND_INS.contains(setting.name())) {
                known.put(setting.name(), new Known(setting.standard(), setting.kind()));
            }
        }
        for (ProviderSetting setting : ProviderSetting.values()) {
            known.put(setting.variable("groq"), new Known(setting.standard(), setting.kind()));
        }
        return known;
    }
}
