package dev.parley;

import dev.parley.models.ScriptedProvider;
import java.io.IOException;
import java.util.StringJoiner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/// The provider that the application of the API's tests asks: real HTTP, scripted by the model's name.
public final class Provider {
    private static final String STAND_IN = "stand-in";
    private static final ScriptedProvider SHARED = ScriptedProvider.start();
    /// The second provider, whose one model steps in for those of the other; unless a test says otherwise it refuses.
    private static final ScriptedProvider SPARE = ScriptedProvider.start();

    static {
        SPARE.on(STAND_IN, Provider::refuse);
        SHARED.on("meaning", (request, reply) -> reply.json(200, meanings(request)));
        SHARED.lists(
                "echo",
                "tokens-40",
                "tokens-400@200",
                "reasoning",
                "split",
                "cached",
                "busy",
                "gated",
                "gated-stop",
                "gated-busy",
                "gated-gone",
                "gated-end",
                "gated-delete",
                "gated-join",
                "gated-chat",
                "gated-crowd",
                "gated-live",
                "gated-live-again",
                "gated-live-stop",
                "gated-live-there",
                "gated-live-flood",
                "gated-live-busy",
                "quota-crowd",
                "long-end",
                "quota-long",
                "quota-large",
                "quota-stopped",
                "quota-deleted",
                "status-401",
                "status-429",
                "status-500",
                "cut",
                "garbage",
                "error-inside",
                "silent",
                "gpt-4-quota",
                "gpt-4-summary",
                "gpt-4-window",
                "stalls",
                "endless");
    }

    private Provider() {}

    /// What `spare/stand-in` does while something runs.
    public static void whileStandingIn(ScriptedProvider.Script script, Runnable work) {
        SPARE.on(STAND_IN, script);
        try {
            work.run();
        } finally {
            SPARE.on(STAND_IN, Provider::refuse);
        }
    }

    /// Of each text a direction of three numbers, the first of which is its length.
    private static String meanings(ScriptedProvider.Request request) {
        StringJoiner data = new StringJoiner(", ");
        int index = 0;
        for (JsonNode text : request.json().path("input")) {
            data.add("{\"index\": %d, \"embedding\": [%d, 0.5, -1]}"
                    .formatted(index++, text.asString().length()));
        }
        return "{\"data\": [" + data + "], \"usage\": {\"prompt_tokens\": " + index + "}}";
    }

    private static void refuse(ScriptedProvider.Request request, ScriptedProvider.Reply reply) throws IOException {
        reply.json(400, "{}");
    }

    public static ScriptedProvider shared() {
        return SHARED;
    }

    /// Sets `OPENAI_BASE_URL` of a context.
    public static final class Initializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        @Override
        public void initialize(ConfigurableApplicationContext context) {
            TestPropertyValues.of(
                            "OPENAI_BASE_URL=" + SHARED.baseUrl(),
                            "OPENAI_MODEL=echo",
                            "PARLEY_PROVIDER_TIMEOUT=3",
                            "PARLEY_PRICES=tokens-40=1000/2000",
                            "PARLEY_FALLBACK_MODELS=spare/" + STAND_IN,
                            "parley.models.providers[0].name=spare",
                            "parley.models.providers[0].url=" + SPARE.baseUrl(),
                            "parley.models.providers[0].models=" + STAND_IN)
                    .applyTo(context);
        }
    }
}
