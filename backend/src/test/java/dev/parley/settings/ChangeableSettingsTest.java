package dev.parley.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What operators change while the server runs is asked for in one place: a second copy of what the server was started
/// with would be one that nobody changes.
class ChangeableSettingsTest {
    private static final Path BINDINGS = Path.of("src", "main", "resources", "application.yaml");
    private static final Path PROGRAM = Path.of("src", "main", "java");
    /// They know all settings, and read none.
    private static final Pattern KEEPER = Pattern.compile("/dev/parley/(settings|admin)/");

    static Set<Setting> changeable() {
        return Setting.changeable();
    }

    @ParameterizedTest
    @MethodSource("changeable")
    void whatTheServerWasStartedWithIsBoundOnce(Setting setting) throws IOException {
        Pattern binding = Pattern.compile("\\$\\{%s[:}]".formatted(setting.name()));
        assertThat(binding.matcher(Files.readString(BINDINGS)).results()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("changeable")
    void whatItIsNowIsAskedForInOnePlace(Setting setting) throws IOException {
        Pattern asked = Pattern.compile("\\.(of|number)\\(Setting\\.%s\\)".formatted(setting.name()));
        try (Stream<Path> files = Files.walk(PROGRAM)) {
            assertThat(files.filter(file -> file.toString().endsWith(".java")
                                    && !KEEPER.matcher(file.toString()).find())
                            .mapToLong(
                                    file -> asked.matcher(text(file)).results().count())
                            .sum())
                    .isEqualTo(1);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
