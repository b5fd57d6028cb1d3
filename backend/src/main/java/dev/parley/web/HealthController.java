package dev.parley.web;

import dev.parley.shared.HealthPart;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Whether this node works, for people, load balancers and orchestrators.
@RestController
@Tag(name = "Health")
class HealthController {
    private final List<HealthPart> parts;
    private final ApplicationAvailability availability;
    private final String version;

    HealthController(
            List<HealthPart> parts,
            ApplicationAvailability availability,
            @Value("${spring.application.version}") String version) {
        this.parts = parts;
        this.availability = availability;
        this.version = version;
    }

    record Health(String status, String version, Map<String, HealthPart.State> components) {}

    record Probe(String status) {}

    @GetMapping("/health")
    @Operation(summary = "The state of each part; 503 when one that everything needs is down")
    ResponseEntity<Envelope<Health>> health() {
        Map<String, HealthPart.State> components = new TreeMap<>();
        boolean down = false;
        for (HealthPart part : parts) {
            HealthPart.State state = part.state();
            components.put(part.name(), state);
            down |= part.isVital() && state.isDown();
        }
        Health health = new Health(down ? "down" : "ok", version, components);
        return ResponseEntity.status(down ? 503 : 200)
                .body(new Envelope<>(!down, health, down ? "A vital part is down." : "OK"));
    }

    @GetMapping("/health/live")
    @Operation(summary = "Whether the process is worth keeping")
    Envelope<Probe> live() {
        return Envelope.ok(new Probe("ok"));
    }

    @GetMapping("/health/ready")
    @Operation(summary = "Whether this node takes requests")
    ResponseEntity<Envelope<Probe>> ready() {
        boolean accepts = availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC;
        boolean works = parts.stream()
                .filter(HealthPart::isNeededToServe)
                .noneMatch(part -> part.state().isFailing());
        boolean ready = accepts && works;
        return ResponseEntity.status(ready ? 200 : 503)
                .body(new Envelope<>(ready, new Probe(ready ? "ok" : "down"), ready ? "OK" : "Not ready."));
    }
}
