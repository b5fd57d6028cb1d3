package dev.parley.traces;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says once that traces do not arrive, and once that they do again.
final class Complaints implements SpanExporter {
    private static final Logger log = LoggerFactory.getLogger(Complaints.class);

    private final SpanExporter exporter;
    private final String address;
    private final AtomicBoolean failing = new AtomicBoolean();

    Complaints(SpanExporter exporter, String address) {
        this.exporter = exporter;
        this.address = address;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        CompletableResultCode result = exporter.export(spans);
        result.whenComplete(() -> tell(!result.isSuccess()));
        return result;
    }

    private void tell(boolean failed) {
        if (failing.getAndSet(failed) == failed) {
            return;
        }
        if (failed) {
            log.warn("Traces cannot be sent to {}; they are dropped until it takes them.", address);
        } else {
            log.info("Traces are taken by {} again.", address);
        }
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
