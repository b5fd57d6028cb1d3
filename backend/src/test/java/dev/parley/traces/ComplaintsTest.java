package dev.parley.traces;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ComplaintsTest {
    private final String address = "http://collector-" + UUID.randomUUID();
    private final Collecting collecting = new Collecting();
    private final Complaints complaints = new Complaints(collecting, address);

    private static final class Collecting implements SpanExporter {
        private boolean away = true;

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            return away ? CompletableResultCode.ofFailure() : CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    private void send(int times) {
        for (int i = 0; i < times; i++) {
            complaints.export(List.of());
        }
    }

    @Test
    void anAbsenceIsToldOnceAndItsEndToo(CapturedOutput log) {
        send(5);
        assertThat(lines(log)).singleElement().asString().contains("WARN", "cannot be sent to");

        collecting.away = false;
        send(5);
        assertThat(lines(log)).hasSize(2).last().asString().contains("INFO", "again");

        collecting.away = true;
        send(5);
        assertThat(lines(log)).hasSize(3);
    }

    private List<String> lines(CapturedOutput log) {
        return log.getOut().lines().filter(line -> line.contains(address)).toList();
    }
}
