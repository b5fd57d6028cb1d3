package dev.parley.answers;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.parley.chats.Conversation.Said;
import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/// Counts tokens, on few platform threads: a virtual thread that computes holds the carrier that streams are waiting
/// for. A vocabulary (25 MB of heap the larger one) is loaded when it is first needed, and let go when nobody has
/// needed it for a while.
@Component
class TokenCounter implements DisposableBean {
    private static final int THREADS =
            Math.max(1, Math.min(2, Runtime.getRuntime().availableProcessors() - 1));
    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final int REMEMBERED = 50_000;
    private static final int CHARACTERS_A_TOKEN = 3;
    private static final int BYTES_A_TOKEN = 4;

    private final LoadingCache<EncodingType, Encoding> vocabularies = Caffeine.newBuilder()
            .expireAfterAccess(IDLE)
            .scheduler(Scheduler.systemScheduler())
            .build(type -> Encodings.newLazyEncodingRegistry().getEncoding(type));
    private final Cache<Counted, Long> known =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();
    /// Its queue needs no bound of its own: a run waits for one piece of work, and the runs are limited.
    private final ThreadPoolExecutor pool = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE.toSeconds(),
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name("tokens-", 0).daemon().factory());

    TokenCounter() {
        pool.allowCoreThreadTimeOut(true);
    }

    /// A message's text never changes.
    private record Counted(UUID message, EncodingType vocabulary) {}

    /// Loads what one of the next questions will need, and does not wait for it.
    void prepare(Counting counting) {
        EncodingType vocabulary = counting.vocabulary();
        if (vocabulary != null && vocabularies.getIfPresent(vocabulary) == null) {
            pool.execute(() -> units(vocabulary, " "));
        }
    }

    /// What a short text has, at once: by the vocabulary where it is at hand, else rather too much.
    long roughly(Counting counting, String text) {
        EncodingType vocabulary = counting.vocabulary();
        if (vocabulary == null || vocabularies.getIfPresent(vocabulary) != null) {
            return tokens(counting, text);
        }
        prepare(counting);
        return text.length() / CHARACTERS_A_TOKEN + 1L;
    }

    /// Without a vocabulary: near the truth in most languages, whose letters have more bytes the more they say.
    static long estimate(String text) {
        return (text.getBytes(StandardCharsets.UTF_8).length + BYTES_A_TOKEN - 1L) / BYTES_A_TOKEN;
    }

    boolean isAtHand(Counting counting) {
        EncodingType vocabulary = counting.vocabulary();
        return vocabulary == null || vocabularies.getIfPresent(vocabulary) != null;
    }

    /// By the vocabulary where it is at hand, else estimated.
    long about(Counting counting, String text) {
        return isAtHand(counting) ? compute(() -> tokens(counting, text)) : estimate(text);
    }

    /// Does work that counts, away from the caller's thread.
    <T> T compute(Callable<T> work) {
        Future<T> result = pool.submit(work);
        try {
            return result.get();
        } catch (InterruptedException e) {
            result.cancel(false);
            Thread.currentThread().interrupt();
            throw new ParleyException(CommonError.SERVICE_UNAVAILABLE, "The server is stopping.");
        } catch (ExecutionException e) {
            throw new IllegalStateException("The tokens of a prompt could not be counted.", e.getCause());
        }
    }

    /// For work inside [#compute].
    long tokens(Counting counting, Said said) {
        EncodingType vocabulary = counting.vocabulary();
        if (vocabulary == null || said.bytes() == 0) {
            return tokens(counting, said.content());
        }
        Long before = known.getIfPresent(new Counted(said.id(), vocabulary));
        if (before == null) {
            before = units(vocabulary, said.content());
            known.put(new Counted(said.id(), vocabulary), before);
        }
        return counting.tokens(before);
    }

    /// For work inside [#compute].
    long tokens(Counting counting, String text) {
        EncodingType vocabulary = counting.vocabulary();
        return counting.tokens(vocabulary == null ? text.length() : units(vocabulary, text));
    }

    /// What looks like a control token is text here: it came from a person or a model.
    private long units(EncodingType vocabulary, String text) {
        return text.isEmpty() ? 0 : vocabularies.get(vocabulary).countTokensOrdinary(text);
    }

    @Override
    public void destroy() {
        pool.shutdown();
    }
}
