package dev.parley.memory;

import dev.parley.chats.Chat;
import dev.parley.chats.Message.Recalled;
import dev.parley.chats.Transcripts;
import dev.parley.chats.Transcripts.Text;
import dev.parley.models.Prompt.Note;
import dev.parley.settings.RunningSettings;
import dev.parley.settings.Setting;
import dev.parley.shared.UserId;
import dev.parley.users.Preferences;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Service;

/// Finds what may help with a question among a person's memories and turns, on few threads of its own.
@Service
class OwnRecollections implements Recollections, DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(OwnRecollections.class);

    private static final Duration BOUND = Duration.ofMillis(1_500);
    private static final int THREADS = 2;
    private static final int WAITING = 64;
    private static final int MOST_ALWAYS = 12;
    private static final int MOST_MEMORIES = 20;
    /// So few are told whatever is asked: no search knows better than the model which of them matter.
    private static final int FEW_MEMORIES = 12;
    private static final int MOST_TURNS = 40;
    /// Turns in the notes are worth it where the question leads to them, and less is enough where it asks for them.
    private static final double RELEVANT = 0.42;
    private static final double RELEVANT_WHEN_ASKED = 0.24;
    private static final double RELEVANT_MEMORY = 0.26;
    private static final Pattern PAST = Pattern.compile(
            "\\b(?:used to|previous(?:ly)?|former(?:ly)?|before|earlier|old|past|back then|at the time|history|fruher\\w*|damals|vorher|ehemalig\\w*|vergangen\\w*)\\b");
    private static final Pattern ABOUT_TALK = Pattern.compile(
            "\\b(?:remember|recall|remind|we (?:talk|spoke|discuss|said)\\w*|(?:did|have) (?:i|we|you) (?:say|said|tell|told|talk\\w*|mention\\w*|discuss\\w*|decide\\w*|ask\\w*|recommend\\w*|suggest\\w*)|last time|erinner\\w*|besproch\\w*|gesagt|erzahlt|erwahnt|letztes mal)\\b");
    private static final Pattern ABOUT_OWN = Pattern.compile("\\b(?:my|mein\\w*)\\b");
    private static final int MOST_CHATS = 3;
    /// Of the notes a fifth at most is told whatever is asked.
    private static final int PROFILE_SHARE = 5;

    private static final Pattern ABOUT_QUESTIONS = Pattern.compile("\\b(?:ask(?:ed)?|question|gefragt|frage)\\b");

    private final Blocks blocks;
    private final Embeddings embeddings;
    private final KeptElsewhere kept;
    private final MemoryRepository memories;
    private final Transcripts transcripts;
    private final ChatSummaryRepository summaries;
    private final TurnRepository index;
    private final BackfillJob backfill;
    private final MemoryProperties properties;
    private final RunningSettings running;
    private final Clock clock;
    private final ThreadPoolExecutor workers = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            Thread.ofPlatform().name("recall-", 0).daemon().factory());

    OwnRecollections(
            Blocks blocks,
            Embeddings embeddings,
            KeptElsewhere kept,
            MemoryRepository memories,
            Transcripts transcripts,
            ChatSummaryRepository summaries,
            TurnRepository index,
            BackfillJob backfill,
            MemoryProperties properties,
            RunningSettings running,
            Clock clock) {
        this.blocks = blocks;
        this.embeddings = embeddings;
        this.kept = kept;
        this.memories = memories;
        this.transcripts = transcripts;
        this.summaries = summaries;
        this.index = index;
        this.backfill = backfill;
        this.properties = properties;
        this.running = running;
        this.clock = clock;
        workers.allowCoreThreadTimeOut(true);
    }

    @Override
    public int room(Chat chat, Preferences preferences, int contextWindow) {
        boolean on =
                !chat.isTemporary() && !Boolean.FALSE.equals(chat.settings().memoryEnabled());
        return on ? room(preferences, contextWindow) : 0;
    }

    @Override
    public int room(Preferences preferences, int contextWindow) {
        int tokens = running.number(Setting.PARLEY_MEMORY_TOKENS).orElse(properties.tokens());
        return preferences.memoryEnabled() ? Math.min(tokens, contextWindow / 8) : 0;
    }

    @Override
    public Found recall(UserId owner, String question, Set<UUID> shown, int room, ToLongFunction<String> tokens) {
        if (room <= 0 || question.isBlank()) {
            return Found.NOTHING;
        }
        Future<Found> search;
        try {
            Question read = Question.read(question, Speakers.ofChat(), Turn.day(clock.instant()));
            Supplier<Ranking.@Nullable Meaning> meaning = meaning(owner, read);
            search = workers.submit(() -> search(owner, read, meaning, shown, room, tokens));
        } catch (RejectedExecutionException e) {
            log.warn("Too many look for memories at once; an answer goes without.");
            return Found.NOTHING;
        } catch (RuntimeException e) {
            log.warn("Memory failed; an answer of {} goes without.", owner, e);
            return Found.NOTHING;
        }
        try {
            return search.get(BOUND.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            search.cancel(false);
            log.warn("Memory took too long; an answer of {} goes without.", owner);
        } catch (ExecutionException e) {
            log.warn("Memory failed; an answer of {} goes without.", owner, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Found.NOTHING;
    }

    /// Computed where it is wanted; but who has to be asked is asked on the caller's own thread: few search, and none
    /// of them waits for somebody else while the others have nobody.
    private Supplier<Ranking.@Nullable Meaning> meaning(UserId owner, Question question) {
        if (!embeddings.waits()) {
            return () -> meaning(question);
        }
        Ranking.Meaning told = blocks.isAny(owner) ? meaning(question) : null;
        return () -> told;
    }

    private Ranking.@Nullable Meaning meaning(Question question) {
        return embeddings
                .ifAtHand(List.of(question.text(), question.topic()))
                .map(vectors -> new Ranking.Meaning(vectors.getFirst(), vectors.getLast()))
                .orElse(null);
    }

    private Found search(
            UserId owner,
            Question question,
            Supplier<Ranking.@Nullable Meaning> meaning,
            Set<UUID> shown,
            int room,
            ToLongFunction<String> tokens) {
        String text = question.text();
        Supplier<List<Memory>> elsewhere = kept.ask(owner, text, FEW_MEMORIES);
        backfill.enqueueIfNew(owner);
        Candidates found = blocks.with(owner, (turns, all) -> candidates(question, meaning.get(), turns, all))
                .orElse(Candidates.NONE);
        boolean here = !kept.isUsed();
        List<Memory> told = here ? memoriesToTell(owner, text, found, shown) : elsewhere.get();
        List<Told> notes = new ArrayList<>();
        if (here) {
            profileToTell(owner, told, shown, room / PROFILE_SHARE, tokens).ifPresent(notes::add);
        }
        told.forEach(memory -> notes.add(Told.of(memory)));
        notes.addAll(saidToTell(owner, question, found, told, shown));
        return found(Packing.pack(notes, note -> tokens.applyAsLong(note.note.line()), room));
    }

    /// @param memories that it is made of
    /// @param turn where it was said
    private record Told(
            Note note,
            Instant at,
            List<UUID> memories,
            @Nullable Recalled turn) {
        static Told of(Memory memory) {
            return new Told(Notes.of(memory), memory.validFrom(), List.of(memory.id()), null);
        }

        static Told of(Text turn, boolean isPast) {
            return new Told(
                    Notes.of(turn, isPast), turn.said(), List.of(), new Recalled(turn.chatId(), turn.id(), null));
        }
    }

    private static Found found(List<Told> packed) {
        List<Told> order =
                packed.stream().sorted(Comparator.comparing(Told::at)).toList();
        Map<UUID, Recalled> turns = new LinkedHashMap<>();
        order.stream()
                .flatMap(one -> Stream.ofNullable(one.turn))
                .forEach(turn ->
                        turns.merge(turn.messageId(), turn, (one, other) -> one.summary() == null ? other : one));
        return new Found(
                order.stream().map(Told::note).toList(),
                order.stream().flatMap(one -> one.memories.stream()).toList(),
                List.copyOf(turns.values()));
    }

    /// What is told of a person anyway, as far as the question did not find it.
    private Optional<Told> profileToTell(
            UserId owner, List<Memory> told, Set<UUID> shown, int room, ToLongFunction<String> tokens) {
        List<Memory> rest = memories.profile(owner, Profile.MOST).stream()
                .filter(memory -> !told.contains(memory) && !isShown(memory, shown))
                .toList();
        Profile profile = Profile.of(rest, room, tokens);
        return profile.memories().isEmpty()
                ? Optional.empty()
                : Optional.of(new Told(Notes.of(profile), Instant.MIN, profile.ids(), null));
    }

    /// What the prompt holds word for word needs no note.
    private static boolean isShown(Memory memory, Set<UUID> shown) {
        return memory.sources().stream().anyMatch(source -> shown.contains(source.messageId()));
    }

    /// @param memories by id, with how near they are; best first
    /// @param turns by id, with how near they are; best first
    private record Candidates(Map<UUID, Double> memories, Map<UUID, Double> turns) {
        static final Candidates NONE = new Candidates(Map.of(), Map.of());
    }

    private static Candidates candidates(Question question, Ranking.@Nullable Meaning meaning, Block turns, Block all) {
        Map<UUID, Double> near = new LinkedHashMap<>();
        Relevance ofMemories = Relevance.of(all, question, meaning);
        ofMemories.best(MOST_MEMORIES * 3).forEach(at -> near.put(all.id(at), ofMemories.at(at)));
        Map<UUID, Double> said = new LinkedHashMap<>();
        Ranking.Ranked ranked = Ranking.of(turns, question, meaning);
        Relevance ofTurns = Relevance.of(turns, question, ranked.whole(), ranked.topic());
        for (int at : ranked.best(MOST_TURNS)) {
            said.put(turns.id(at), ofTurns.withNeighbour(at));
        }
        return new Candidates(near, said);
    }

    private List<Memory> memoriesToTell(UserId owner, String text, Candidates found, Set<UUID> shown) {
        boolean past = PAST.matcher(Terms.folded(text)).find();
        Map<UUID, Memory> near = memories.find(owner, found.memories.keySet());
        Map<UUID, Memory> told = new LinkedHashMap<>();
        memories.alwaysTold(owner, MOST_ALWAYS).forEach(memory -> told.put(memory.id(), memory));
        long active = near.values().stream()
                .filter(memory -> memory.status() == Memory.Status.ACTIVE)
                .count();
        boolean few = active <= FEW_MEMORIES && found.memories.size() < MOST_MEMORIES * 3;
        found.memories.forEach((id, score) -> {
            Memory memory = near.get(id);
            if (memory != null && told.size() < MOST_ALWAYS + MOST_MEMORIES) {
                boolean current = memory.status() == Memory.Status.ACTIVE && (few || score >= RELEVANT_MEMORY);
                boolean wasTrue = memory.status() == Memory.Status.SUPERSEDED && past && score >= RELEVANT_MEMORY;
                if (current || wasTrue) {
                    told.putIfAbsent(id, memory);
                }
            }
        });
        return told.values().stream().filter(memory -> !isShown(memory, shown)).toList();
    }

    private List<Told> saidToTell(
            UserId owner, Question question, Candidates found, List<Memory> told, Set<UUID> shown) {
        String folded = Terms.folded(question.text());
        boolean aboutTalk = ABOUT_TALK.matcher(folded).find();
        boolean asked = aboutTalk
                || !question.days().isEmpty()
                || ABOUT_OWN.matcher(folded).find();
        double least = asked ? RELEVANT_WHEN_ASKED : RELEVANT;
        Map<UUID, Double> turns = new LinkedHashMap<>(found.turns);
        Set<UUID> covered = new HashSet<>();
        told.forEach(memory -> memory.sources().forEach(source -> covered.add(source.messageId())));
        if (aboutTalk) {
            Map<UUID, Double> sources = sources(owner, found, told);
            covered.removeAll(sources.keySet());
            sources.forEach((message, near) -> turns.merge(message, near, Math::max));
        }
        covered.addAll(shown);
        List<UUID> wanted = turns.entrySet().stream()
                .filter(turn -> turn.getValue() >= least && !covered.contains(turn.getKey()))
                .map(Map.Entry::getKey)
                .toList();
        if (wanted.isEmpty()) {
            return List.of();
        }
        Map<UUID, Text> texts = transcripts.find(owner, wanted);
        // An answer is about what its question says: it is past with it, and told by the same memory.
        Set<UUID> origins = new HashSet<>(texts.keySet());
        texts.values().forEach(turn -> origins.add(turn.origin()));
        Set<UUID> past = Set.copyOf(memories.pastSources(owner, origins));
        // What somebody asked once says nothing, except to who asks for that.
        boolean wantsQuestions = ABOUT_QUESTIONS.matcher(folded).find();
        Set<String> said = new HashSet<>();
        told.forEach(memory -> said.add(words(memory.content())));
        List<Text> fitting = wanted.stream()
                .flatMap(id -> Optional.ofNullable(texts.get(id)).stream())
                .filter(turn -> !covered.contains(turn.origin()))
                .filter(turn -> wantsQuestions || !turn.content().strip().endsWith("?"))
                .filter(turn -> !turn.content().equals(question.text()))
                .filter(turn -> said.add(words(turn.content())))
                .toList();
        List<Told> notes = new ArrayList<>();
        if (aboutTalk) {
            notes.addAll(chatsToTell(owner, List.copyOf(texts.values()), wanted, past, shown));
        }
        fitting.forEach(turn -> notes.add(Told.of(turn, past.contains(turn.origin()))));
        return notes;
    }

    /// What near memories were learned from: who asks what was said wants to hear more of it than a sentence.
    private Map<UUID, Double> sources(UserId owner, Candidates found, List<Memory> told) {
        Map<UUID, Double> sources = new LinkedHashMap<>();
        for (Memory memory : told) {
            double near = found.memories.getOrDefault(memory.id(), 0.0);
            if (near >= RELEVANT_MEMORY) {
                memory.sources().forEach(source -> sources.merge(source.messageId(), near, Math::max));
            }
        }
        // What was corrected or forgotten is a source still, and not to be found.
        sources.keySet().retainAll(index.indexed(owner, sources.keySet()));
        return sources;
    }

    /// What the chats were about in which the best of it was said, where that is more than what is told of them anyway.
    private List<Told> chatsToTell(UserId owner, List<Text> texts, List<UUID> wanted, Set<UUID> past, Set<UUID> shown) {
        Map<UUID, Text> best = new LinkedHashMap<>();
        texts.stream()
                .sorted(Comparator.comparingInt(turn -> wanted.indexOf(turn.id())))
                .forEach(turn -> best.putIfAbsent(turn.chatId(), turn));
        texts.stream().filter(turn -> past.contains(turn.origin())).forEach(turn -> best.remove(turn.chatId()));
        transcripts.find(owner, shown).values().forEach(turn -> best.remove(turn.chatId()));
        List<UUID> chats = best.keySet().stream().limit(MOST_CHATS).toList();
        Map<UUID, ChatSummary> known = summaries.find(owner, chats);
        return chats.stream()
                .flatMap(chat -> Stream.ofNullable(known.get(chat)))
                .filter(summary ->
                        texts.stream().noneMatch(turn -> turn.content().contains(summary.text())))
                .map(summary -> new Told(
                        Notes.of(summary),
                        summary.at(),
                        List.of(),
                        new Recalled(
                                summary.chat(),
                                Objects.requireNonNull(best.get(summary.chat())).id(),
                                true)))
                .toList();
    }

    private static String words(String text) {
        return String.join(" ", Terms.words(text));
    }

    @Override
    public void destroy() {
        workers.shutdownNow();
    }
}
