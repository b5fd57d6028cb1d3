package dev.parley.memory;

import dev.parley.shared.Checkup;
import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// Whether the Mem0 service that is set lets us in. Nothing is written there.
class Mem0Checkup implements Checkup {
    private static final String ABOUT = "mem0";
    private static final String NOBODY = "doctor";

    private final MemoryProperties.Mem0 service;

    Mem0Checkup(MemoryProperties properties) {
        this.service = properties.mem0();
    }

    @Override
    public List<Finding> look() {
        if (!service.configured()) {
            return List.of(Finding.off(ABOUT, "MEM0_API_KEY is not set: Parley keeps memories itself."));
        }
        try {
            new Mem0Client(service.baseUrl(), service.apiKey(), JsonMapper.shared())
                    .page(service.prefix() + NOBODY, 1, 1);
            return List.of(Finding.ok(ABOUT, "The memory service at " + service.baseUrl() + " lets us in."));
        } catch (Mem0Client.Refused e) {
            return List.of(Finding.broken(ABOUT, service.baseUrl() + ": " + e.sentence() + " Check MEM0_API_KEY."));
        } catch (ParleyException e) {
            String said = e.code() == CommonError.NOT_FOUND ? "It is no memory service." : e.sentence();
            return List.of(Finding.broken(
                    ABOUT, service.baseUrl() + ": " + said + " Check MEM0_BASE_URL, and whether it runs."));
        }
    }
}
