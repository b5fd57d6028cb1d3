package dev.parley.gateway;

import dev.parley.models.Fallback;
import dev.parley.models.Piece;
import dev.parley.models.Piece.Usage;
import dev.parley.models.Prompt;
import dev.parley.usage.Occasion;
import dev.parley.usage.Spent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What one question of a program needs. Told by one thread, asked by another.
final class Meter {
    /// Without a vocabulary: near the truth in most languages.
    private static final int BYTES_A_TOKEN = 4;
    /// What the form of a text costs beside it.
    private static final int FRAME = 4;

    /// The one further field that is told to the model.
    private static final String FORMAT = "response_format";

    private final long begun = System.nanoTime();
    private volatile @Nullable Duration firstWord;
    private volatile @Nullable Duration lastWord;
    private volatile Usage usage = Usage.UNKNOWN;
    private final AtomicLong written = new AtomicLong();

    void goesOn(Piece piece) {
        if (firstWord == null) {
            firstWord = Duration.ofNanos(System.nanoTime() - begun);
        }
        switch (piece) {
            case Piece.Text(String text) -> written.addAndGet(bytes(text));
            case Piece.Reasoning(String text) -> written.addAndGet(bytes(text));
            case Piece.End end -> {
                usage = end.usage();
                lastWord = Duration.ofNanos(System.nanoTime() - begun);
            }
        }
    }

    /// How many tokens a model may find in all that it is sent: none of them stands for less than a byte.
    static long most(Prompt prompt) {
        return FRAME + most(told(prompt)) + most(List.copyOf(prompt.more().values()));
    }

    static long most(List<String> texts) {
        return texts.stream().mapToLong(text -> FRAME + bytes(text)).sum();
    }

    /// As the provider counted it, else roughly. Nothing where it refused the question.
    Spent spent(Prompt prompt, @Nullable Fallback fallback, boolean failed) {
        String model = fallback == null ? prompt.model() : fallback.model();
        if (usage.promptTokens() > 0 || usage.completionTokens() > 0) {
            return new Spent(model, usage.promptTokens(), usage.completionTokens());
        }
        return failed && firstWord == null
                ? new Spent(model, 0, 0)
                : new Spent(model, about(prompt), (written.get() + BYTES_A_TOKEN - 1) / BYTES_A_TOKEN);
    }

    Occasion occasion(boolean failed) {
        return new Occasion(0, 0, 1, failed ? 1 : 0, firstWord, lastWord);
    }

    private static long about(Prompt prompt) {
        List<String> told = told(prompt);
        return (long) FRAME * told.size()
                + about(told)
                + about(List.of(prompt.more().getOrDefault(FORMAT, "")));
    }

    private static List<String> told(Prompt prompt) {
        return prompt.told(true).stream().map(Prompt.Turn::content).toList();
    }

    /// Roughly, of texts that are only read.
    static long about(List<String> texts) {
        return texts.stream()
                .mapToLong(text -> (bytes(text) + BYTES_A_TOKEN - 1) / BYTES_A_TOKEN)
                .sum();
    }

    static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
