package dev.parley.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.settings.StartFailure;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Tells the numbers to whoever asks for `/metrics`. Nothing of it is loaded where no port is set.
@Component
class MetricsServer implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(MetricsServer.class);
    private static final String FORM = "text/plain; version=0.0.4; charset=utf-8";

    private final MetricsProperties properties;
    private final List<MeterBinder> meters;
    private final JobMeters jobs;
    private final String version;
    private @Nullable Serving serving;

    MetricsServer(
            MetricsProperties properties,
            List<MeterBinder> meters,
            JobMeters jobs,
            @Value("${spring.application.version}") String version) {
        this.properties = properties;
        this.meters = meters;
        this.jobs = jobs;
        this.version = version;
    }

    private record Serving(HttpServer server, PrometheusMeterRegistry registry, JvmGcMetrics collections) {}

    @Override
    public void start() {
        Integer port = properties.port();
        if (port == null) {
            return;
        }
        InetSocketAddress address = new InetSocketAddress(properties.address(), port);
        try {
            HttpServer server = HttpServer.create(address, 0);
            PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            JvmGcMetrics collections = new JvmGcMetrics();
            measure(registry, collections);
            server.setExecutor(Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("metrics-", 0).factory()));
            server.createContext("/", exchange -> answer(exchange, registry));
            server.start();
            serving = new Serving(server, registry, collections);
            log.info("Metrics are at http://{}:{}/metrics.", properties.address(), port());
        } catch (IOException e) {
            throw new StartFailure(
                    "PARLEY_MANAGEMENT_PORT cannot be used at " + properties.address() + ":" + port + ": "
                            + e.getMessage() + ".",
                    e);
        }
    }

    private void measure(PrometheusMeterRegistry registry, JvmGcMetrics collections) {
        registry.gauge("parley.info", List.of(Tag.of("version", version)), 1);
        meters.forEach(each -> each.bindTo(registry));
        new JvmMemoryMetrics().bindTo(registry);
        collections.bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    private void answer(HttpExchange exchange, PrometheusMeterRegistry registry) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().replaceFirst("(?<=.)/$", "");
            if (!path.equals("/metrics")) {
                tell(exchange, 404, "The metrics are at /metrics.\n");
            } else if (!Set.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                tell(exchange, 405, "The metrics can only be read.\n");
            } else {
                jobs.look();
                tell(exchange, 200, registry.scrape());
            }
        } catch (RuntimeException e) {
            log.error("The metrics could not be told.", e);
        }
    }

    private static void tell(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.getResponseHeaders().set("Content-Type", FORM);
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    /// Where it listens.
    int port() {
        Serving current = serving;
        if (current == null) {
            throw new IllegalStateException("No port is set, or nothing is served yet.");
        }
        return current.server.getAddress().getPort();
    }

    @Override
    public void stop() {
        Serving current = serving;
        serving = null;
        if (current != null) {
            current.server.stop(0);
            current.collections.close();
            current.registry.close();
        }
    }

    @Override
    public boolean isRunning() {
        return serving != null;
    }

    /// What a server does while it stops is worth knowing.
    @Override
    public int getPhase() {
        return 0;
    }
}
