package dev.parley;

import dev.parley.models.ScriptedProvider;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/// The provider that the application of the API's tests asks: real HTTP, scripted by the model's name.
public final class Provider {
    private static final ScriptedProvider SHARED = ScriptedProvider.start();

    static {
        SHARED.lists(
                "echo",
                "tokens-40",
                "tokens-400@200",
                "reasoning",
                "split",
                "cached",
                "gated",
                "gated-stop",
                "gated-busy",
                "gated-gone",
                "gated-end",
                "gated-delete",
                "gated-join",
                "gated-chat",
                "gated-live",
                "gated-live-again",
                "gated-live-stop",
                "gated-live-there",
                "gated-live-flood",
                "gated-live-busy",
                "status-401",
                "status-429",
                "status-500",
                "cut",
                "garbage",
                "error-inside",
                "silent",
                "gpt-4-summary",
                "gpt-4-window",
                "stalls");
    }

    private Provider() {}

    public static ScriptedProvider shared() {
        return SHARED;
    }

    /// Sets `OPENAI_BASE_URL` of a context.
    public static final class Initializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        @Override
        public void initialize(ConfigurableApplicationContext context) {
            TestPropertyValues.of(
                            "OPENAI_BASE_URL=" + SHARED.baseUrl(), "OPENAI_MODEL=echo", "PARLEY_PROVIDER_TIMEOUT=3")
                    .applyTo(context);
        }
    }
}
