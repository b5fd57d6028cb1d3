package dev.parley.models;

import dev.parley.models.Breakers.Attempt;
import dev.parley.models.Models.Model;
import dev.parley.models.ProviderException.Scope;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An answer from the first of several models that gives one. From its first piece on it is that model's answer: what
/// fails then has failed.
final class ChainedCompletion implements Completion {
    private static final Logger log = LoggerFactory.getLogger(ChainedCompletion.class);

    private final Prompt prompt;
    private final Breakers breakers;
    private final Link first;
    private final Deque<Link> links;
    private final Lock lock = new ReentrantLock();
    private @Nullable Completion current;
    private boolean closed;
    private boolean begun;
    private boolean firstWasAsked;
    private @Nullable ProviderException failure;
    /// Why the wanted model does not answer.
    private @Nullable String reason;
    private @Nullable Fallback fallback;

    /// A model with the provider that is asked for it.
    record Link(Provider provider, Model model) {
        String providerName() {
            return model.provider();
        }
    }

    private record Asking(Link link, Attempt attempt) {}

    /// @param links whom to ask, in this order; not empty. The first is the model that the prompt names, where it is
    ///     offered
    ChainedCompletion(Prompt prompt, List<Link> links, Breakers breakers) {
        this.prompt = prompt;
        this.breakers = breakers;
        this.first = links.getFirst();
        this.links = new ArrayDeque<>(links);
        if (!isWanted(first)) {
            failed(Failures.notOffered(prompt.model()), true);
        }
    }

    @Override
    public Piece next() {
        Completion answering = current;
        return begun && answering != null ? answering.next() : firstPiece();
    }

    @Override
    public boolean ready() {
        Completion answering = current;
        return begun && answering != null && answering.ready();
    }

    @Override
    public @Nullable Fallback fallback() {
        return fallback;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (current != null) {
                current.close();
            }
        } finally {
            lock.unlock();
        }
    }

    private Piece firstPiece() {
        while (true) {
            Asking asking = choose();
            Attempt attempt = asking.attempt;
            try {
                Piece piece = open(asking.link).next();
                attempt.answered();
                begin(asking.link);
                return piece;
            } catch (ProviderException e) {
                if (isClosed()) {
                    attempt.abandoned();
                    throw e;
                }
                attempt.failed(e);
                // One that steps in may take less than the one that was asked: its refusal decides nothing.
                if (e.scope() == Scope.QUESTION && isWanted(asking.link)) {
                    throw e;
                }
                failed(e, isWanted(asking.link));
            } catch (RuntimeException | Error e) {
                attempt.abandoned();
                throw e;
            }
        }
    }

    /// The next one that has not failed a moment ago. The first in the chain has its turn in any case, if only when
    /// nobody else answered.
    private Asking choose() {
        while (!links.isEmpty()) {
            Link link = links.remove();
            Optional<Attempt> attempt =
                    breakers.attempt(link.providerName(), link.model().id());
            if (attempt.isPresent()) {
                firstWasAsked |= link.equals(first);
                return new Asking(link, attempt.get());
            }
            if (isWanted(link)) {
                reason = breakers.reason(link.providerName(), link.model().id()).orElse("It failed a moment ago.");
            }
        }
        if (!firstWasAsked) {
            firstWasAsked = true;
            return new Asking(
                    first,
                    breakers.lastResort(first.providerName(), first.model().id()));
        }
        throw failure == null ? Failures.notOffered(prompt.model()) : failure;
    }

    private Completion open(Link link) {
        Completion opened = link.provider().open(isWanted(link) ? prompt : prompt.forModel(link.model()));
        lock.lock();
        try {
            if (current != null) {
                current.close();
            }
            current = opened;
            if (closed) {
                opened.close();
            }
        } finally {
            lock.unlock();
        }
        return opened;
    }

    private void begin(Link link) {
        begun = true;
        if (!isWanted(link)) {
            fallback = new Fallback(link.model().id(), prompt.model(), String.valueOf(reason));
            log.info("{} answers instead of {}: {}", fallback.model(), fallback.wanted(), fallback.reason());
        }
    }

    /// The failure of the model that was asked is the one to tell, whenever in the chain it came.
    private void failed(ProviderException e, boolean ofWanted) {
        if (failure == null || ofWanted) {
            failure = e;
        }
        if (reason == null) {
            reason = e.reason();
        }
    }

    private boolean isWanted(Link link) {
        return link.model().id().equals(prompt.model());
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }
}
