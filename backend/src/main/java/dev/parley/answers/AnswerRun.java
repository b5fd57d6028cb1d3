package dev.parley.answers;

import dev.parley.answers.Event.Kind;
import dev.parley.memory.Recollections;
import dev.parley.models.Completion;
import dev.parley.models.Fallback;
import dev.parley.models.Models;
import dev.parley.models.Piece;
import dev.parley.shared.CommonError;
import dev.parley.shared.Outage;
import dev.parley.shared.ParleyException;
import dev.parley.shared.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Writes one answer, on a virtual thread of its own, whether or not anybody listens.
final class AnswerRun {
    private static final Logger log = LoggerFactory.getLogger(AnswerRun.class);

    private static final Duration RETRY = Duration.ofMillis(500);

    private final Run run;
    private final AnswerLog answerLog;
    private final Supplier<Prompts.Made> prompt;
    private final Models models;
    private final Endings endings;

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Completion completion;
    private final Thinking thinking = new Thinking(System::nanoTime);
    private final Pace pace = new Pace(System::nanoTime);
    private volatile @Nullable Fallback fallback;
    private volatile long untilSummary = Long.MAX_VALUE;
    private volatile Recollections.Found found = Recollections.Found.NOTHING;
    private volatile @Nullable PromptSize size;
    private volatile @Nullable Call call;
    private final @Nullable Context cause = Tracing.isOn() ? Context.current() : null;
    private final @Nullable String request = MDC.get("request_id");
    private @Nullable Thread thread;

    /// Why a run ends before its provider does.
    private enum Call {
        STOP,
        INTERRUPT,
        LEAVE
    }

    AnswerRun(Run run, AnswerLog answerLog, Supplier<Prompts.Made> prompt, Models models, Endings endings) {
        this.run = run;
        this.answerLog = answerLog;
        this.prompt = prompt;
        this.models = models;
        this.endings = endings;
        answerLog.times(thinking);
    }

    Run run() {
        return run;
    }

    AnswerLog log() {
        return answerLog;
    }

    /// To be asked for once the run has ended.
    Circumstances circumstances() {
        return new Circumstances(fallback, thinking.taken(), found, size, pace.taken());
    }

    /// How many tokens the answer may have before its branch should be summarised.
    long untilSummary() {
        return untilSummary;
    }

    void start() {
        thread = Thread.ofVirtual().name("answer-" + run.id()).start(() -> {
            MDC.put("user_id", run.owner().toString());
            MDC.put("chat_id", run.chatId().toString());
            if (request != null) {
                MDC.put("request_id", request);
            }
            if (cause == null) {
                write();
                return;
            }
            try (Scope _ = cause.makeCurrent()) {
                trace();
            }
        });
    }

    private void write() {
        answer().ifPresent(outcome -> endings.settle(this, outcome));
    }

    /// The answer is a part of what asked for it, and lasts longer where its listener has gone.
    private void trace() {
        Span span = Tracing.begin("answer")
                .setAttribute("user.id", run.owner().toString())
                .setAttribute("parley.chat.id", run.chatId().toString())
                .setAttribute("parley.message.id", run.id().toString());
        try (Tracing.Work _ = Tracing.at(span)) {
            Optional<Outcome> outcome = answer();
            span.setAttribute(
                    "parley.answer.status",
                    outcome.map(ended -> ended.status().word()).orElse("left"));
            if (outcome.orElse(null) instanceof Outcome.Failed) {
                span.setStatus(StatusCode.ERROR);
            }
            outcome.ifPresent(ended -> endings.settle(this, ended));
        }
    }

    /// Closes the provider's connection; the run then ends as stopped by itself.
    void stop() {
        end(Call.STOP);
    }

    /// The same, but what there is of the answer is kept as interrupted.
    void interrupt() {
        end(Call.INTERRUPT);
    }

    /// The same, but the answer is left unfinished to another.
    void leave() {
        end(Call.LEAVE);
    }

    /// Waits until nothing more happens here.
    void join(Duration patience) throws InterruptedException {
        if (thread != null) {
            thread.join(patience);
        }
    }

    private void end(Call reason) {
        lock.lock();
        try {
            if (call == null || reason == Call.STOP) {
                call = reason;
            }
            if (completion != null) {
                completion.close();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Empty when the answer is left to another.
    private Optional<Outcome> answer() {
        Burst burst = new Burst();
        try (Completion open = open()) {
            while (call == null) {
                Piece piece = open.next();
                fallback = open.fallback();
                pace.goesOn();
                switch (piece) {
                    case Piece.Text(String text) -> {
                        thinking.ends();
                        burst.add(Kind.TEXT, text);
                    }
                    case Piece.Reasoning(String text) -> {
                        thinking.begins();
                        burst.add(Kind.REASONING, text);
                    }
                    case Piece.End end -> {
                        return Optional.of(new Outcome.Completed(end));
                    }
                }
                if (!open.ready()) {
                    burst.tell();
                }
            }
            return calledOff();
        } catch (ParleyException e) {
            return call == null ? Optional.of(new Outcome.Failed(e.code(), e.sentence())) : calledOff();
        } catch (RuntimeException | Error e) {
            if (call != null) {
                return calledOff(); // a connection that is closed while it is made fails in its own ways
            }
            // The run must end, whatever it is: an answer that stays "streaming" locks its chat.
            log.error("The answer {} failed.", run.id(), e);
            return Optional.of(new Outcome.Failed(CommonError.INTERNAL_ERROR, "Something went wrong on the server."));
        } finally {
            thinking.ends();
            pace.ends();
            burst.tell();
        }
    }

    private Optional<Outcome> calledOff() {
        return switch (Objects.requireNonNull(call)) {
            case STOP -> Optional.of(new Outcome.Stopped());
            case INTERRUPT -> Optional.of(new Outcome.Interrupted());
            case LEAVE -> Optional.empty();
        };
    }

    /// Pieces that have arrived together, told together: the listeners are woken once.
    private final class Burst {
        private final StringBuilder text = new StringBuilder();
        private Kind kind = Kind.TEXT;

        void add(Kind ofPiece, String piece) {
            if (ofPiece != kind) {
                tell();
                kind = ofPiece;
            }
            text.append(piece);
        }

        void tell() {
            if (!text.isEmpty()) {
                answerLog.append(kind, text.toString());
                text.setLength(0);
            }
        }
    }

    private Completion open() {
        Prompts.Made made = prompt();
        if (call != null) {
            throw new CancellationException("Nobody wants it any more.");
        }
        untilSummary = made.untilSummary();
        found = made.found();
        Completion opened = models.open(made.prompt());
        size = made.size();
        lock.lock();
        try {
            completion = opened;
        } finally {
            lock.unlock();
        }
        return opened;
    }

    /// The question is accepted: a database that is busy for a moment is no reason to fail its answer.
    private Prompts.Made prompt() {
        while (true) {
            try {
                return prompt.get();
            } catch (RuntimeException e) {
                if (!Outage.isOne(e) || call != null) {
                    throw e;
                }
            }
            LockSupport.parkNanos(RETRY.toNanos());
        }
    }
}
