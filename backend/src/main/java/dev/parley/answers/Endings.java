package dev.parley.answers;

import dev.parley.answers.Event.Kind;
import dev.parley.chats.Conversation;
import dev.parley.chats.Message;
import dev.parley.chats.Message.Failure;
import dev.parley.chats.Message.Metadata;
import dev.parley.chats.Message.Usage;
import dev.parley.cluster.Signals;
import dev.parley.models.Fallback;
import dev.parley.shared.CommonError;
import dev.parley.shared.Outage;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Gives answers their end: first in the database, then to the listeners, who may reload at once.
@Component
class Endings {
    private static final Logger log = LoggerFactory.getLogger(Endings.class);
    private static final Duration RETRY = Duration.ofMillis(500);

    private final RunRepository runs;
    private final Conversation conversation;
    private final RunningAnswers running;
    private final Mirrors mirrors;
    private final Bill bill;
    private final TransactionTemplate transaction;
    private final Signals signals;

    Endings(
            RunRepository runs,
            Conversation conversation,
            RunningAnswers running,
            Mirrors mirrors,
            Bill bill,
            TransactionTemplate transaction,
            Signals signals) {
        this.runs = runs;
        this.conversation = conversation;
        this.running = running;
        this.mirrors = mirrors;
        this.bill = bill;
        this.transaction = transaction;
        this.signals = signals;
    }

    /// Ends a run of this node. While the database is away its text waits here, and is tried again.
    void settle(AnswerRun run, Outcome outcome) {
        try {
            Optional<Message> ended = storedAtLast(run, outcome);
            if (ended.isPresent()) {
                run.log().end(Told.end(ended.get()));
                return;
            }
            // Somebody else ended it, took it over, or deleted it: what the listeners have may not be what is stored.
            log.info("The answer {} is no longer written here.", run.run().id());
            mirrors.feed(run.run().owner(), run.log());
        } catch (RuntimeException e) {
            // Without a writer the run is closed, with what the table has of it, by the next who looks for such.
            log.error("The end of answer {} cannot be stored.", run.run().id(), e);
            mirrors.feed(run.run().owner(), run.log());
        } finally {
            running.remove(run);
        }
    }

    /// Stores a run's end.
    ///
    /// @return empty when the run is not this owner's any more
    Optional<Message> store(Run run, Outcome outcome, String content, String reasoning, Circumstances how) {
        // Before the transaction: it may count tokens.
        Bill.Used used = bill.used(run, outcome, reasoning + content, how);
        Optional<Message> stored = transaction.execute(_ -> {
            // Chat, run, message, what was used: in this order everywhere, or two ends wait for each other. The last
            // is what many share, and is held no longer than it must be.
            conversation.hold(run.chatId());
            if (!runs.delete(run)) {
                return Optional.empty();
            }
            Optional<Message> ended = conversation.finish(
                    run.owner(), run.id(), content, outcome.status(), metadata(run, outcome, reasoning, how));
            bill.settle(run, used);
            return ended;
        });
        if (stored == null || stored.isEmpty()) {
            return Optional.empty();
        }
        signals.tell(Mirrors.ENDED, run.id().toString());
        return stored;
    }

    /// Waits for the database as long as it takes. What it refuses is another matter: then the answer is closed as
    /// failed, because one that stays "streaming" locks its chat.
    private Optional<Message> storedAtLast(AnswerRun run, Outcome outcome) {
        Outcome wanted = outcome;
        boolean said = false;
        while (true) {
            try {
                AnswerLog text = run.log();
                giveBack(run, wanted);
                return store(run.run(), wanted, text.text(Kind.TEXT), text.text(Kind.REASONING), run.circumstances());
            } catch (RuntimeException e) {
                if (Outage.isOne(e)) {
                    if (!said) {
                        log.warn(
                                "The end of answer {} waits for the database: {}",
                                run.run().id(),
                                e.getMessage());
                    }
                    said = true;
                } else if (wanted.equals(outcome)) {
                    log.error("The end of answer {} was refused.", run.run().id(), e);
                    wanted = new Outcome.Failed(CommonError.INTERNAL_ERROR, "Something went wrong on the server.");
                } else {
                    throw e;
                }
            }
            if (!paused()) {
                return Optional.empty();
            }
        }
    }

    /// An attempt that ends before its first word leaves the reader with what the one before had said.
    private void giveBack(AnswerRun run, Outcome outcome) {
        boolean wordless = !(outcome instanceof Outcome.Completed) && run.log().isEmpty();
        if (wordless && run.run().epoch() > 0) {
            runs.newestChunks(run.run().id()).forEach(chunk -> run.log().append(chunk.kind(), chunk.text()));
        }
    }

    private static boolean paused() {
        try {
            Thread.sleep(RETRY);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Metadata metadata(Run run, Outcome outcome, String reasoning, Circumstances how) {
        Fallback fallback = how.fallback();
        Usage usage = null;
        String finishReason = null;
        Failure error = null;
        switch (outcome) {
            case Outcome.Completed(var end) -> {
                usage = usage(end.usage());
                finishReason = end.reason().name();
            }
            case Outcome.Stopped _ -> finishReason = "stopped";
            case Outcome.Failed(var code, var sentence) -> error = new Failure(code.name(), sentence);
            case Outcome.Interrupted _ -> error = new Failure(CommonError.SERVICE_UNAVAILABLE.name(), Told.INTERRUPTED);
        }
        return new Metadata(
                fallback == null ? run.order().model() : fallback.model(),
                usage,
                finishReason,
                error,
                reasoning.isEmpty() ? null : reasoning,
                how.thought() == null ? null : how.thought().toMillis(),
                how.found().memories().isEmpty() ? null : how.found().memories(),
                fallback == null ? null : new Message.Fallback(fallback.wanted(), fallback.reason()),
                run.epoch() == 0 ? null : run.epoch(),
                how.found().turns().isEmpty() ? null : how.found().turns());
    }

    private static @Nullable Usage usage(dev.parley.models.Piece.Usage usage) {
        return usage.promptTokens() == 0 && usage.completionTokens() == 0
                ? null
                : new Usage(usage.promptTokens(), usage.completionTokens(), usage.cachedTokens());
    }
}
