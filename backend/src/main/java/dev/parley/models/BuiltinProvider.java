package dev.parley.models;

import dev.parley.models.Models.Capabilities;
import dev.parley.models.Models.Model;
import dev.parley.models.Prompt.Turn;
import java.time.Duration;
import java.util.List;
import org.springframework.util.function.SingletonSupplier;

/// The model that needs nothing. See [BuiltinReply] for what it can.
final class BuiltinProvider implements Provider {
    static final String NAME = "builtin";
    static final String ID = NAME + "/parley";

    private static final Duration PACE = Duration.ofMillis(25);
    private static final Model MODEL =
            new Model(ID, "Built-in (no language model)", NAME, false, new Capabilities(false, false, false), 32_768);

    private final SingletonSupplier<BuiltinReply> reply =
            SingletonSupplier.of(() -> new BuiltinReply(Manual.fromJar()));
    private final Duration pace;

    BuiltinProvider() {
        this(PACE);
    }

    /// @param pace the time between two pieces
    BuiltinProvider(Duration pace) {
        this.pace = pace;
    }

    @Override
    public List<Model> models() {
        return List.of(MODEL);
    }

    @Override
    public List<Model> modelsNow() {
        return models();
    }

    @Override
    public void awaitModels(Duration longest) {}

    @Override
    public Completion open(Prompt prompt) {
        long read = prompt.messages().stream()
                .map(Turn::content)
                .mapToLong(Tokens::in)
                .sum();
        String text = reply.obtain().to(prompt.messages(), prompt.notes());
        return new PacedCompletion(text, read, prompt.maxTokens(), pace);
    }
}
