package dev.parley.memory;

import dev.parley.chats.Transcripts;
import dev.parley.memory.Memory.Kind;
import dev.parley.memory.Memory.Status;
import dev.parley.memory.MemoryRepository.Filter;
import dev.parley.memory.MemoryRepository.Indexed;
import dev.parley.shared.Batches;
import dev.parley.shared.CommonError;
import dev.parley.shared.Cursor;
import dev.parley.shared.Ids;
import dev.parley.shared.Page;
import dev.parley.shared.PageRequest;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/// Memories in our own tables. Contradictions are settled here, in code: of what only one can be true at a time the
/// newest is, and the one before it is past. Only a person destroys anything.
@Service
class OwnMemories implements MemoryStore {
    private static final Logger log = LoggerFactory.getLogger(OwnMemories.class);

    /// How much of a search is known by meaning; the rest by words.
    private static final double MEANING = 0.75;
    private static final double LEAST_SCORE = 0.12;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int AT_ONCE = 100;
    private static final Edit ACCEPTED = new Edit(null, null, null, Status.ACTIVE);
    private static final String KNOWN = "This is remembered already.";

    private final MemoryRepository memories;
    private final TurnRepository turns;
    private final CopyRepository copies;
    private final Blocks blocks;
    private final Embeddings embeddings;
    private final Transcripts transcripts;
    private final Index index;
    private final TransactionTemplate transaction;
    private final Clock clock;

    OwnMemories(
            MemoryRepository memories,
            TurnRepository turns,
            CopyRepository copies,
            Blocks blocks,
            Embeddings embeddings,
            Transcripts transcripts,
            Index index,
            TransactionTemplate transaction,
            Clock clock) {
        this.memories = memories;
        this.turns = turns;
        this.copies = copies;
        this.blocks = blocks;
        this.embeddings = embeddings;
        this.transcripts = transcripts;
        this.index = index;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public Profile profile(UserId owner) {
        return Profile.of(memories.profile(owner, Profile.MOST), Profile.LONGEST, String::length);
    }

    @Override
    public boolean asks() {
        return true;
    }

    @Override
    public Page<Memory> list(UserId owner, Filter filter, PageRequest request) {
        List<Memory> rows = memories.page(owner, filter, Cursor.parse(request.cursor(), 2), request.limit() + 1);
        return Page.of(rows, request.limit(), row -> Cursor.of(row.createdAt(), row.id()));
    }

    @Override
    public List<Found> search(UserId owner, String query, Filter filter, int most) {
        Optional<List<byte[]>> meaning =
                embeddings.isOn() ? embeddings.soon(List.of(query), PATIENCE) : Optional.empty();
        int[] terms = Terms.of(query);
        List<Scored> scored = blocks.with(
                        owner,
                        (_, all) ->
                                scored(all, terms, meaning.map(List::getFirst).orElse(null)))
                .orElse(List.of());
        List<Scored> best = scored.stream()
                .filter(one -> one.score >= LEAST_SCORE)
                .sorted(Comparator.comparingDouble(Scored::score).reversed())
                .toList();
        List<Found> found = new ArrayList<>();
        // What is past or refused is scored too: some more are read than are wanted, and further ones only where
        // needed.
        int atOnce = 2 * most;
        for (int from = 0; from < best.size() && found.size() < most; from += atOnce) {
            List<Scored> some = best.subList(from, Math.min(from + atOnce, best.size()));
            Map<UUID, Memory> rows =
                    memories.find(owner, some.stream().map(Scored::id).toList());
            some.stream()
                    .filter(one -> fits(rows.get(one.id), filter))
                    .map(one -> new Found(Objects.requireNonNull(rows.get(one.id)), one.score))
                    .forEach(found::add);
        }
        return List.copyOf(found.subList(0, Math.min(found.size(), most)));
    }

    private record Scored(UUID id, double score) {}

    private static List<Scored> scored(Block all, int[] terms, byte @Nullable [] meaning) {
        double[] words = Relevance.shared(all, terms);
        double[] cosines = meaning == null ? words : all.cosines(meaning);
        return IntStream.range(0, all.size())
                .mapToObj(i -> new Scored(all.id(i), MEANING * Math.max(0, cosines[i]) + (1 - MEANING) * words[i]))
                .toList();
    }

    private static boolean fits(@Nullable Memory memory, Filter filter) {
        return memory != null
                && memory.status() == filter.status()
                && (filter.kind() == null || memory.kind() == filter.kind())
                && (filter.chat() == null
                        || memory.sources().stream()
                                .anyMatch(source -> source.chatId().equals(filter.chat())));
    }

    @Override
    public Memory get(UserId owner, UUID id) {
        return memories.find(owner, id).orElseThrow(OwnMemories::unknown);
    }

    @Override
    public Memory add(UserId owner, String content, Kind kind, boolean pinned) {
        byte[] vector = embeddings.isOn()
                ? embeddings
                        .soon(List.of(content), PATIENCE)
                        .map(List::getFirst)
                        .orElse(null)
                : null;
        return held(owner, () -> {
            Instant now = clock.instant();
            Memory same = memories.sameAs(owner, content).orElse(null);
            if (same != null) {
                return edit(same, new Edit(null, null, pinned ? true : null, Status.ACTIVE), owner);
            }
            String slot = PlainStatements.slotOf(content);
            Learned learned = Learned.byHand(content, kind, slot, pinned, now);
            return store(owner, learned, vector, Status.ACTIVE, now);
        });
    }

    @Override
    public int take(UserId owner, List<Learned> brought) {
        int taken = 0;
        for (int from = 0; from < brought.size(); from += AT_ONCE) {
            List<Learned> some = brought.subList(from, Math.min(from + AT_ONCE, brought.size()));
            taken += held(owner, () -> (int) some.stream()
                    // What it means is computed later: somebody waits for this.
                    .filter(one -> learnHeld(owner, one, null, false, null).isPresent())
                    .count());
        }
        return taken;
    }

    /// Remembers what was learned, unless it is known, was forgotten, or was refused.
    ///
    /// @param asking whether it is to wait until it is accepted
    /// @return what is new; empty when nothing is
    Optional<Memory> learn(UserId owner, Learned learned, boolean asking) {
        return learn(owner, learned, asking, null);
    }

    /// One memory takes the place of another, as somebody said: what is learned, or what says so already.
    ///
    /// @return it; empty when nothing changed
    Optional<Memory> replace(UserId owner, UUID past, Learned learned, boolean asking) {
        return learn(owner, learned, asking, past);
    }

    private Optional<Memory> learn(UserId owner, Learned learned, boolean asking, @Nullable UUID past) {
        byte[] vector = meaning(learned.content());
        return Objects.requireNonNull(transaction.execute(_ ->
                memories.hold(owner) ? learnHeld(owner, learned, vector, asking, past) : Optional.<Memory>empty()));
    }

    private Optional<Memory> learnHeld(
            UserId owner, Learned learned, byte @Nullable [] vector, boolean asking, @Nullable UUID past) {
        List<UUID> messages =
                learned.sources().stream().map(Memory.Source::messageId).toList();
        boolean heard = learned.cause().equals(Learned.CONVERSATION);
        if (!memories.forgotten(owner, messages).isEmpty()
                || (heard && transcripts.readable(owner, messages) < messages.size())) {
            return Optional.empty();
        }
        Memory same = known(owner, learned, vector).orElse(null);
        if (same != null) {
            // Forgotten, it is taken out wherever it was said.
            memories.addSources(owner, same.id(), learned.sources());
            boolean replaces = past != null && !asking && takesPlace(owner, same, past, learned);
            return replaces ? Optional.of(same) : Optional.empty();
        }
        Memory made = store(owner, learned, vector, asking ? Status.PENDING : Status.ACTIVE, clock.instant());
        if (past != null && asking) {
            memories.replaces(owner, made.id(), past);
        } else if (past != null) {
            takesPlace(owner, made, past, learned);
        }
        return Optional.of(made);
    }

    private boolean takesPlace(UserId owner, Memory successor, UUID past, Learned because) {
        return successor.status() == Status.ACTIVE && end(owner, past, successor.id(), because);
    }

    /// Null where it cannot be had now: a job sees to it later.
    private byte @Nullable [] meaning(String content) {
        try {
            return embeddings.isOn() ? embeddings.embed(List.of(content)).getFirst() : null;
        } catch (ParleyException e) {
            log.warn("Something is learned before it is known what it means: {}", e.getMessage());
            return null;
        }
    }

    /// What says so already, or did until that time or a later one.
    private Optional<Memory> known(UserId owner, Learned learned, byte @Nullable [] vector) {
        return memories.sameAs(owner, learned.content())
                .or(() -> memories.wasSameAs(owner, learned.content(), learned.validFrom()))
                .or(() -> vector == null ? Optional.empty() : merged(owner, learned, vector));
    }

    /// A near duplicate stays as it is.
    private Optional<Memory> merged(UserId owner, Learned learned, byte[] vector) {
        List<UUID> close = blocks.with(owner, (_, all) -> all.closeTo(vector, Likeness.CLOSE))
                .orElse(List.of());
        Optional<Memory> same = memories.find(owner, close).values().stream()
                .filter(memory -> memory.status() == Status.ACTIVE || isOld(learned, memory))
                .filter(memory -> Likeness.isSame(learned.content(), memory.content()))
                .min(Comparator.comparing((Memory memory) -> memory.status() != Status.ACTIVE)
                        .thenComparing(Memory::id));
        same.filter(kept -> !kept.sources().containsAll(learned.sources()))
                .ifPresent(kept -> memories.note(
                        owner,
                        kept.id(),
                        "MERGE",
                        learned.content(),
                        kept.content(),
                        learned.cause(),
                        learned.source(),
                        null,
                        clock.instant()));
        return same;
    }

    /// Whether something was settled after it was said: it is read anew, and no news.
    private static boolean isOld(Learned learned, Memory settled) {
        Instant end = settled.validTo() == null ? settled.validFrom() : settled.validTo();
        return learned.sources().stream().anyMatch(settled.sources()::contains) || !end.isBefore(learned.validFrom());
    }

    /// Wants the owner held.
    private Memory store(UserId owner, Learned learned, byte @Nullable [] vector, Status status, Instant now) {
        UUID id = Ids.next();
        Memory before = status == Status.ACTIVE && learned.slot() != null
                ? memories.inSlot(owner, learned.slot()).orElse(null)
                : null;
        if (before != null && before.validFrom().isAfter(learned.validFrom())) {
            // What is learned late of an earlier time is past already.
            memories.insert(owner, id, learned, Status.SUPERSEDED, now);
            memories.end(owner, id, Status.SUPERSEDED, before.id(), before.validFrom(), now);
        } else {
            if (before != null) {
                supersede(owner, before, id, learned.content(), learned.validFrom(), learned.cause(), learned.source());
            }
            memories.insert(owner, id, learned, status, now);
        }
        if (vector == null) {
            index.embedLater(owner);
        } else {
            memories.embed(owner, id, learned.content(), vector, embeddings.model());
        }
        memories.note(owner, id, "ADD", null, learned.content(), learned.cause(), learned.source(), null, now);
        return get(owner, id);
    }

    private void supersede(
            UserId owner,
            Memory past,
            UUID successor,
            String content,
            Instant at,
            String cause,
            Memory.@Nullable Source source) {
        Instant now = clock.instant();
        memories.end(owner, past.id(), Status.SUPERSEDED, successor, at, now);
        memories.note(owner, past.id(), "SUPERSEDE", past.content(), content, cause, source, successor, now);
    }

    /// What somebody said is true no longer, is past.
    ///
    /// @return whether it was true until then
    boolean retract(UserId owner, UUID past, Learned because) {
        return Boolean.TRUE.equals(transaction.execute(_ -> memories.hold(owner) && end(owner, past, null, because)));
    }

    private boolean end(UserId owner, UUID past, @Nullable UUID successor, Learned because) {
        Memory memory = memories.find(owner, past).orElse(null);
        if (memory == null || memory.status() != Status.ACTIVE || past.equals(successor)) {
            return false;
        }
        Instant now = clock.instant();
        memories.end(owner, past, Status.SUPERSEDED, successor, because.validFrom(), now);
        memories.note(
                owner,
                past,
                "SUPERSEDE",
                memory.content(),
                successor == null ? null : because.content(),
                because.cause(),
                because.source(),
                successor,
                now);
        return true;
    }

    @Override
    public Memory edit(UserId owner, UUID id, Edit edit) {
        return held(owner, () -> edit(get(owner, id), edit, owner));
    }

    private Memory edit(Memory memory, Edit edit, UserId owner) {
        Instant now = clock.instant();
        String content = edit.content() == null ? memory.content() : edit.content();
        boolean changed = !content.equals(memory.content());
        Status status = edit.status() == null ? memory.status() : edit.status();
        if (changed || status != memory.status()) {
            memories.sameAs(owner, content)
                    .filter(same -> !same.id().equals(memory.id()))
                    .ifPresent(_ -> {
                        throw changed
                                ? ParleyException.invalid("content", KNOWN)
                                : new ParleyException(CommonError.CONFLICT, KNOWN);
                    });
        }
        String slot = changed
                ? PlainStatements.slotOf(content)
                : memories.slot(owner, memory.id()).orElse(null);
        if (status == Status.ACTIVE && (changed || memory.status() != Status.ACTIVE)) {
            Stream.concat(
                            Stream.ofNullable(slot).flatMap(one -> memories.inSlot(owner, one).stream()),
                            memories.replacedBy(owner, memory.id()).stream())
                    .filter(before -> !before.id().equals(memory.id()))
                    .distinct()
                    .forEach(before -> supersede(owner, before, memory.id(), content, now, Learned.PERSON, null));
        }
        Kind kind = edit.kind() == null ? memory.kind() : edit.kind();
        boolean pinned = edit.pinned() == null ? memory.pinned() : edit.pinned();
        memories.write(owner, memory.id(), content, kind, slot, pinned, now);
        if (changed) {
            memories.note(owner, memory.id(), "UPDATE", memory.content(), content, Learned.PERSON, null, null, now);
            memories.raiseEpoch(owner);
            index.embedLater(owner);
            // They say what is not so, and would teach it again.
            takeOut(owner, memories.sourcesOf(owner, List.of(memory.id())));
        }
        if (status != memory.status()) {
            memories.end(owner, memory.id(), status, null, status == Status.ACTIVE ? null : now, now);
            String before = memory.status().word();
            memories.note(owner, memory.id(), "UPDATE", before, status.word(), Learned.PERSON, null, null, now);
        }
        return get(owner, memory.id());
    }

    @Override
    public void forget(UserId owner, UUID id) {
        held(owner, () -> {
            get(owner, id);
            forget(owner, List.of(id));
            return id;
        });
    }

    @Override
    public void undo(UserId owner, UUID id) {
        held(owner, () -> {
            boolean counts = get(owner, id).status() == Status.ACTIVE;
            List<Memory> before = counts ? memories.supersededBy(owner, id) : List.of();
            forget(owner, List.of(id));
            before.stream().filter(one -> isFree(owner, one)).forEach(one -> edit(one, ACCEPTED, owner));
            return id;
        });
    }

    /// Whether nothing else is in its place by now.
    private boolean isFree(UserId owner, Memory past) {
        return memories.sameAs(owner, past.content()).isEmpty()
                && memories.slot(owner, past.id())
                        .flatMap(slot -> memories.inSlot(owner, slot))
                        .isEmpty();
    }

    @Override
    public int forgetSaid(UserId owner, String what, UUID order) {
        int[] wanted = Terms.of(what);
        return held(owner, () -> {
            List<UUID> doomed = memories.changes(owner, 0, Integer.MAX_VALUE).stream()
                    .filter(one -> Terms.areIn(one.content(), wanted))
                    .map(Indexed::id)
                    .toList();
            forget(owner, doomed);
            // Not all that is said becomes a memory.
            if (tells(what, wanted)) {
                List<UUID> said = new ArrayList<>(saying(owner, wanted));
                said.remove(order);
                takeOut(owner, said);
            }
            return doomed.size();
        });
    }

    /// Two words, or a name. "Forget the question" is said of one, and not of all in which the word stands.
    private static boolean tells(String what, int[] wanted) {
        boolean name = Terms.words(what).size() == 1
                && what.codePoints().anyMatch(letter -> Character.isUpperCase(letter) || Character.isDigit(letter));
        return name || Arrays.stream(wanted).distinct().count() > 1;
    }

    /// What was said with all of these terms, in whatever chat.
    private List<UUID> saying(UserId owner, int[] wanted) {
        List<UUID> found = blocks.with(owner, (said, _) -> said.holding(wanted)).orElse(List.of());
        // The index has the day and the speaker too.
        return transcripts.contents(owner, found).entrySet().stream()
                .filter(one -> Terms.areIn(one.getValue(), wanted))
                .map(Map.Entry::getKey)
                .toList();
    }

    private void forget(UserId owner, List<UUID> ids) {
        List<UUID> answers = copies.family(owner, memories.usesOf(owner, ids));
        // An answer that was told of it may have said it again. What else a source said stands in memories of its own.
        List<UUID> messages = new ArrayList<>(memories.sourcesOf(owner, ids));
        messages.addAll(answers);
        memories.forget(owner, ids);
        takeOut(owner, messages);
        transcripts.forgetMemories(owner, answers, ids);
    }

    /// The same of one that was kept elsewhere, and is gone there.
    void forgetElsewhere(UserId owner, UUID memory, List<UUID> sources) {
        held(owner, () -> {
            List<UUID> ids = List.of(memory);
            List<UUID> answers = transcripts.answersWith(owner, ids);
            takeOut(owner, Stream.concat(sources.stream(), answers.stream()).toList());
            transcripts.forgetMemories(owner, answers, ids);
            return ids;
        });
    }

    /// What these messages say is found and learned from no more.
    void unfind(UserId owner, List<UUID> messages) {
        held(owner, () -> {
            takeOut(owner, messages);
            return messages;
        });
    }

    private void takeOut(UserId owner, Collection<UUID> messages) {
        List<UUID> all = copies.family(owner, messages);
        all.addAll(transcripts.answersTo(owner, all));
        // What was told of it may say it again.
        all.addAll(copies.family(owner, transcripts.toldOf(owner, all)));
        turns.forget(owner, all);
    }

    @Override
    public void forgetAll(UserId owner) {
        held(owner, () -> {
            memories.forgetAll(owner, Ids.next());
            transcripts.forgetMemories(owner);
            return owner;
        });
    }

    @Override
    public List<Memory.Change> history(UserId owner, UUID id) {
        get(owner, id);
        return memories.history(owner, id);
    }

    @Override
    public void each(UserId owner, Consumer<Memory> use) {
        Batches.read(AT_ONCE, (last, most) -> memories.after(owner, last, most), Memory::id, some -> some.forEach(use));
    }

    private <T> T held(UserId owner, Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            if (!memories.hold(owner)) {
                throw unknown();
            }
            return work.get();
        }));
    }

    private static ParleyException unknown() {
        return ParleyException.notFound("memory");
    }
}
