package dev.parley.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.models.ModelsProperties.Named;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class ConnectionTestTest {
    @Test
    void aProviderThatSaysNothingIsNotWaitedFor() throws Exception {
        try (ScriptedProvider server = ScriptedProvider.start();
                ProviderHttp.Lazy http = new ProviderHttp.Lazy(Duration.ofSeconds(20))) {
            Named named = Named.chat("slow", server.baseUrl(), "", List.of("silent"));
            Source source = TestSettings.assembly(TestSettings.of(named), http, System::nanoTime)
                    .environment()
                    .getFirst();

            ConnectionTest.Result result = new ConnectionTest(source, Duration.ofSeconds(1)).run(null);

            assertThat(result.works()).isFalse();
            assertThat(result.sentence()).startsWith("Nothing came within 1 s.");
            // The question, if it was on its way, is not left hanging.
            if (!server.questions().isEmpty()) {
                server.questions().getFirst().awaitHangUp();
            }
        }
    }
}
