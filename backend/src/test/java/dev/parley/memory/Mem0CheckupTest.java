package dev.parley.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.shared.Checkup.Finding;
import dev.parley.shared.Checkup.Verdict;
import org.junit.jupiter.api.Test;

class Mem0CheckupTest {
    private static Finding look(String key, String url) {
        var service = new MemoryProperties.Mem0(key, url, "chatgpt_user_");
        return new Mem0Checkup(new MemoryProperties(1_000, "on", "off", service))
                .look()
                .getFirst();
    }

    @Test
    void nothingIsWrittenToAServiceThatLetsUsIn() {
        try (Mem0Server server = new Mem0Server()) {
            assertThat(look(Mem0Server.KEY, server.url()).verdict()).isEqualTo(Verdict.OK);
            assertThat(server.size()).isZero();
        }
        assertThat(look("", "https://api.mem0.ai").verdict()).isEqualTo(Verdict.OFF);
    }

    @Test
    void saysWhatIsWrongAndWhatToDo() {
        String url;
        try (Mem0Server server = new Mem0Server()) {
            url = server.url();
            assertThat(look("another", url))
                    .isEqualTo(Finding.broken("mem0", url + ": The memory service refuses (401). Check MEM0_API_KEY."));
            server.status = 404;
            assertThat(look(Mem0Server.KEY, url).sentence()).contains("It is no memory service.");
            server.status = 503;
            assertThat(look(Mem0Server.KEY, url).sentence()).contains("(503)");
        }
        assertThat(look(Mem0Server.KEY, url))
                .isEqualTo(Finding.broken(
                        "mem0",
                        url + ": The memory service does not answer at the moment. Check MEM0_BASE_URL, and whether it"
                                + " runs."));
    }
}
