package dev.parley.models;

import dev.parley.models.Chunk.Fault;
import dev.parley.models.Piece.StopReason;
import dev.parley.models.Piece.Usage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/// One question to a provider and its answer as it comes in.
///
/// It asks with the first [#next()]. It is asked again only where the provider refused the form of the request, or says
/// that it is too busy and for how long; never once an answer has begun.
final class StreamedCompletion implements Completion {
    private static final Logger log = LoggerFactory.getLogger(StreamedCompletion.class);
    private static final Pattern REASON = Pattern.compile("[A-Za-z_]{1,40}");
    private static final Pattern CODE = Pattern.compile("[a-z0-9_]{1,60}");
    private static final int LONGEST_EVENT = 8 * 1024 * 1024;
    private static final int LONGEST_REFUSAL = 16 * 1024;
    private static final int LONGEST_ANSWER = 4 * 1024 * 1024;
    /// After a model has said why it stopped, only a count may follow, and the end of the stream.
    private static final Duration AFTERWORD = Duration.ofSeconds(2);

    private static final Duration DRAIN = Duration.ofMillis(250);

    private final ChatCompletions provider;
    private final ChatRequest request;
    private final Queue<Piece> pieces = new ArrayDeque<>(4);
    private final SafeText text = new SafeText();
    private final SafeText reasoning = new SafeText();
    private volatile @Nullable Exchange exchange;
    private final CountDownLatch givenUp = new CountDownLatch(1);
    private @Nullable EventStream events;
    private @Nullable ProviderException failure;
    private @Nullable String finishReason;
    private Usage usage = Usage.UNKNOWN;
    private long length;
    private boolean begun;
    private boolean ended;

    StreamedCompletion(ChatCompletions provider, ChatRequest request) {
        this.provider = provider;
        this.request = request;
    }

    @Override
    public Piece next() {
        while (pieces.isEmpty()) {
            if (failure != null) {
                throw failure;
            }
            if (ended) {
                throw new IllegalStateException("Nothing follows the end");
            }
            advance(true);
        }
        if (isClosed() && !ended) {
            throw Failures.closed();
        }
        return pieces.remove();
    }

    @Override
    public boolean ready() {
        while (pieces.isEmpty() && failure == null && !ended && events != null) {
            if (!advance(false)) {
                return false;
            }
        }
        return !pieces.isEmpty() || failure != null;
    }

    @Override
    public void close() {
        givenUp.countDown();
        Exchange current = exchange;
        if (current != null) {
            current.end();
        }
    }

    private boolean isClosed() {
        return givenUp.getCount() == 0;
    }

    /// Takes one event more into account.
    ///
    /// @return false when that would mean to wait, and it may not
    private boolean advance(boolean mayWait) {
        try {
            EventStream stream = events;
            if (stream == null) {
                stream = ask();
                events = stream;
                if (stream.firstByte() == '{') {
                    wholeAnswer(stream.rest());
                    return true;
                }
            }
            if (mayWait ? stream.next() : stream.nextBuffered()) {
                event(stream);
                return true;
            }
            if (!mayWait) {
                return false;
            }
            endOfStream();
        } catch (IOException e) {
            broken(e);
        } catch (JacksonException | EventStream.TooLongException e) {
            boolean halfAnEvent = begun && events != null && events.ended();
            fail(halfAnEvent ? Failures.cut() : Failures.garbage(), "");
        } catch (ProviderException e) {
            fail(e, "");
        }
        return true;
    }

    /// In which form to ask instead, when it was the form that was refused.
    private Optional<Dialect> other(Dialect dialect, int status, Fault fault) {
        boolean refused = status == 400 || status == 422;
        // A template that fails is a fault of the server to some.
        boolean failed = refused || status == 500;
        Optional<Dialect> field = refused ? dialect.without(fault) : Optional.empty();
        return field.isPresent() || !failed || request.prompt().notes().isEmpty()
                ? field
                : dialect.withoutNotesApart(fault);
    }

    private EventStream ask() throws IOException {
        Dialect dialect = provider.dialect(request.model());
        Retries retries = new Retries(provider.patience().retries(), ThreadLocalRandom.current()::nextDouble);
        while (true) {
            Exchange attempt = provider.ask(request.model(), request.in(dialect));
            exchange = attempt;
            if (isClosed()) {
                attempt.end();
                throw Failures.closed();
            }
            int status = send(attempt);
            if (status >= 200 && status < 300) {
                return new EventStream(attempt.body(), LONGEST_EVENT);
            }
            Fault fault = fault(attempt);
            attempt.close();
            Optional<Dialect> other = other(dialect, status, fault);
            if (other.isPresent()) {
                if (dialect.isLasting(fault, other.get())) {
                    provider.learn(request.model(), other.get());
                }
                dialect = other.get();
                continue;
            }
            Duration retryAfter = RetryAfter.in(attempt::header, provider.clock());
            Optional<Duration> pause = retries.pause(status, fault, retryAfter);
            if (pause.isEmpty()) {
                ProviderException refusal = Failures.refused(status, fault, retryAfter, request.model());
                fail(refusal, word(fault.code()));
                throw refusal;
            }
            log.info("{} has no time for {}; it is asked again in {}.", provider, request.model(), pause.get());
            await(pause.get());
        }
    }

    /// A pause that ends with the completion.
    private void await(Duration pause) {
        try {
            if (givenUp.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                throw Failures.closed();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.closed();
        }
    }

    private int send(Exchange attempt) throws IOException {
        try {
            return attempt.send();
        } catch (IOException e) {
            if (isClosed() || attempt.silent()) {
                throw e;
            }
            throw Failures.unreachable(e, provider.patience().connect());
        }
    }

    private static Fault fault(Exchange attempt) {
        attempt.patience(AFTERWORD);
        try {
            byte[] body = attempt.body().readNBytes(LONGEST_REFUSAL);
            Fault fault = ChunkReader.read(body, body.length).fault();
            return fault == null ? new Fault("", "", "") : fault;
        } catch (IOException | JacksonException e) {
            // The status alone tells enough.
            return new Fault("", "", "");
        }
    }

    private void event(EventStream stream) throws IOException {
        if (!begun) {
            begun = true;
            current().patience(provider.patience().idle());
        }
        if (stream.dataIs("[DONE]")) {
            drain();
            end(finishReason == null ? "stop" : finishReason);
            return;
        }
        take(ChunkReader.read(stream.data(), stream.length()));
    }

    private void wholeAnswer(byte[] body) {
        begun = true;
        Chunk chunk = ChunkReader.read(body, body.length);
        take(chunk);
        if (failure != null || ended) {
            return;
        }
        if (finishReason == null && chunk.text() == null && chunk.reasoning() == null) {
            fail(Failures.garbage(), "");
            return;
        }
        end(finishReason == null ? "stop" : finishReason);
    }

    private void take(Chunk chunk) {
        if (chunk.fault() != null) {
            fail(Failures.reported(chunk.fault()), word(chunk.fault().code()));
            return;
        }
        if (chunk.reasoning() != null) {
            String part = reasoning.add(chunk.reasoning());
            if (!part.isEmpty()) {
                pieces.add(new Piece.Reasoning(part));
            }
            length += part.length();
        }
        if (chunk.text() != null) {
            String part = text.add(chunk.text());
            if (!part.isEmpty()) {
                pieces.add(new Piece.Text(part));
            }
            length += part.length();
        }
        if (chunk.usage() != null) {
            usage = chunk.usage();
        }
        if (chunk.finishReason() != null) {
            finishReason = chunk.finishReason();
            current().patience(AFTERWORD);
        }
        if (length > LONGEST_ANSWER) {
            current().end();
            end("length");
        }
    }

    private void endOfStream() {
        if (finishReason != null) {
            end(finishReason);
            return;
        }
        fail(begun ? Failures.cut() : Failures.garbage(), "");
    }

    private void broken(IOException e) {
        if (finishReason != null && !isClosed()) {
            end(finishReason);
            return;
        }
        if (current().silent()) {
            Duration longest =
                    begun ? provider.patience().idle() : provider.patience().firstByte();
            fail(Failures.silent(longest, begun), "");
            return;
        }
        fail(Failures.cut(), "(" + e.getClass().getSimpleName() + ")");
    }

    /// The connection can serve again only when the response was read to its end, which is usually there already.
    private void drain() {
        Exchange current = current();
        current.patience(DRAIN);
        try {
            byte[] rest = current.body().readNBytes(1_024);
            if (rest.length == 1_024) {
                current.end();
            }
        } catch (IOException e) {
            // The answer is complete; the connection is not worth more.
            current.end();
        }
    }

    private void end(String reason) {
        addRest();
        pieces.add(new Piece.End(new StopReason(REASON.matcher(reason).matches() ? reason : "other"), usage));
        ended = true;
    }

    private void fail(ProviderException e, String code) {
        if (failure != null) {
            return;
        }
        if (isClosed()) {
            failure = Failures.closed();
            return;
        }
        addRest();
        failure = e;
        current().end();
        log.warn("{} failed to answer as {}: {} {}", provider, request.model(), e.sentence(), code);
    }

    private void addRest() {
        String restOfReasoning = reasoning.rest();
        if (!restOfReasoning.isEmpty()) {
            pieces.add(new Piece.Reasoning(restOfReasoning));
        }
        String restOfText = text.rest();
        if (!restOfText.isEmpty()) {
            pieces.add(new Piece.Text(restOfText));
        }
    }

    private Exchange current() {
        Exchange current = exchange;
        if (current == null) {
            throw new IllegalStateException("Nothing was asked yet");
        }
        return current;
    }

    /// Of a provider's words only what looks like a code goes into the log.
    private static String word(String code) {
        return CODE.matcher(code).matches() ? "(" + code + ")" : "";
    }
}
