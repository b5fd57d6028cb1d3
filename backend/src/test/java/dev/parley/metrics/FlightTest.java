package dev.parley.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.management.JMException;
import javax.management.ObjectName;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What operate.md says of flight recordings, done to this process.
class FlightTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Path PAGE = Path.of("..", "docs", "use", "operate.md");

    private static final String COMMAND = "jcmd PID JFR.start ";

    @TempDir
    private Path directory;

    @Test
    void aRecordingTellsNothingOfTheEnvironment() throws IOException, JMException {
        Path file = directory.resolve("parley.jfr");
        String[] options = documented()
                .replace("duration=60s", "duration=1s")
                .replace("/tmp/parley.jfr", file.toString())
                .split(" ", -1);
        // As jcmd has it done, without going through the system.
        ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "jfrStart",
                        new Object[] {options},
                        new String[] {String[].class.getName()});

        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> assertThat(RecordingFile.readAllEvents(file))
                        .extracting(FlightTest::name)
                        .contains("jdk.JVMInformation")
                        .doesNotContain(
                                "jdk.InitialEnvironmentVariable", "jdk.InitialSystemProperty", "jdk.SystemProcess"));
    }

    private static String name(RecordedEvent event) {
        return event.getEventType().getName();
    }

    private static String documented() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith(COMMAND))
                .findFirst()
                .orElseThrow()
                .substring(COMMAND.length());
    }
}
