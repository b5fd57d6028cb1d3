package dev.parley.traces;

import dev.parley.shared.Ids;
import dev.parley.shared.Tracing;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Sends traces to the operator's collector, by a thread of its own. What it does not take is dropped: no request waits
/// for it.
@Component
class TraceExport implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(TraceExport.class);
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final TracesProperties properties;
    private final String version;
    private @Nullable SdkTracerProvider provider;

    TraceExport(TracesProperties properties, @Value("${spring.application.version}") String version) {
        this.properties = properties;
        this.version = version;
    }

    @Override
    public boolean isAutoStartup() {
        return properties.on();
    }

    @Override
    public void start() {
        OtlpHttpSpanExporterBuilder exporter =
                OtlpHttpSpanExporter.builder().setEndpoint(properties.address()).setTimeout(PATIENCE);
        properties.headerValues().forEach(exporter::addHeader);
        SdkTracerProvider made = SdkTracerProvider.builder()
                .addSpanProcessor(BatchSpanProcessor.builder(new Complaints(exporter.build(), properties.address()))
                        .setScheduleDelay(EVERY)
                        .build())
                .setSampler(sampler(
                        properties.share(), () -> ThreadLocalRandom.current().nextDouble()))
                .setResource(Resource.create(Attributes.builder()
                        .put("service.name", properties.service())
                        .put("service.version", version)
                        .put("service.instance.id", Ids.next().toString())
                        .build()))
                .build();
        provider = made;
        Tracing.by(made.get("dev.parley"));
        log.info("Traces are sent to {}.", properties.address());
    }

    /// What others have begun and do not send themselves is not sent here either.
    static Sampler sampler(double share, DoubleSupplier random) {
        return Sampler.parentBasedBuilder(Sampler.traceIdRatioBased(share))
                .setRemoteParentSampled(new Lots(share, random))
                .build();
    }

    /// What has ended by then is still sent.
    @Override
    public void stop() {
        Tracing.by(null);
        if (provider != null) {
            provider.shutdown().join(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            provider = null;
        }
    }

    @Override
    public boolean isRunning() {
        return provider != null;
    }

    /// Before anything that is traced, and until the last of it has ended.
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
