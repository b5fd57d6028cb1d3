package dev.parley.memory;

import dev.parley.chats.ChatChanged;
import dev.parley.chats.Message.Role;
import dev.parley.chats.Transcripts;
import dev.parley.chats.Transcripts.Text;
import dev.parley.jobs.Hopeless;
import dev.parley.jobs.Job;
import dev.parley.jobs.Jobs;
import dev.parley.jobs.Subject;
import dev.parley.models.Models;
import dev.parley.models.Models.Model;
import dev.parley.models.ProviderException;
import dev.parley.settings.RunningSettings;
import dev.parley.settings.Setting;
import dev.parley.shared.UserId;
import dev.parley.usage.Spending;
import dev.parley.users.Preferences;
import dev.parley.users.Users;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/// Has the configured model learn from a stretch of a chat, some time after it was said: one question for all that was
/// said meanwhile, and none where people did not speak of themselves.
@Component
class LearnJob implements Job {
    private static final Logger log = LoggerFactory.getLogger(LearnJob.class);
    private static final String NAME = "learn-from-chat";

    private static final Duration DEBOUNCE = Duration.ofSeconds(60);
    private static final int MOST_MESSAGES = 60;
    private static final Pattern OF_ONESELF =
            Pattern.compile("\\b(?:i|i'm|i've|i'll|my|mine|me|we|our|us|ich|mein\\w*|mir|mich|wir|unser\\w*|uns)\\b");

    private final Jobs jobs;
    private final Transcripts transcripts;
    private final Users users;
    private final Models models;
    private final Extractor extractor;
    private final LearnedRepository learned;
    private final MemoryRepository memories;
    private final OwnMemories own;
    private final ChatSummaries summaries;
    private final MemoryProperties properties;
    private final Spending spending;
    private final RunningSettings running;
    private final ApplicationEventPublisher events;

    LearnJob(
            Jobs jobs,
            Transcripts transcripts,
            Users users,
            Models models,
            Extractor extractor,
            LearnedRepository learned,
            MemoryRepository memories,
            OwnMemories own,
            ChatSummaries summaries,
            MemoryProperties properties,
            Spending spending,
            RunningSettings running,
            ApplicationEventPublisher events) {
        this.jobs = jobs;
        this.transcripts = transcripts;
        this.users = users;
        this.models = models;
        this.extractor = extractor;
        this.learned = learned;
        this.memories = memories;
        this.own = own;
        this.summaries = summaries;
        this.properties = properties;
        this.spending = spending;
        this.running = running;
        this.events = events;
    }

    /// A no-op where nothing is to be learned, or it is going to be anyway.
    void enqueueAfter(UserId owner, Text question) {
        if (learns() && !model().isBuiltin() && isOfOneself(question)) {
            jobs.enqueue(NAME, new Subject(owner, question.chatId()).toString(), DEBOUNCE);
        }
    }

    private boolean learns() {
        return running.of(Setting.PARLEY_MEMORY_LEARNING).map("on"::equals).orElse(properties.learns());
    }

    @Override
    public String name() {
        return NAME;
    }

    /// A provider that is away may be back soon; later there is something new to ask anyway.
    @Override
    public int attempts() {
        return 2;
    }

    @Override
    public int atOnce() {
        return 2;
    }

    @Override
    public Duration backoff() {
        return Duration.ofMinutes(2);
    }

    @Override
    public void run(String subject) {
        Subject chat = Subject.parse(subject);
        Preferences preferences = users.preferences(chat.owner());
        Model model = model();
        // What is not learned while somebody's quota is used up is learned when they say something more, later.
        if (!preferences.memoryEnabled() || model.isBuiltin() || spending.isUsedUp(chat.owner())) {
            return;
        }
        learn(chat, model, preferences.memoryAsk());
    }

    private void learn(Subject about, Model model, boolean asking) {
        UserId owner = about.owner();
        UUID chat = about.id();
        @Nullable UUID after = learned.upTo(owner, chat);
        List<Text> said = transcripts.ofChat(owner, chat, after, MOST_MESSAGES);
        if (said.isEmpty()) {
            return;
        }
        Set<UUID> forgotten =
                memories.forgotten(owner, said.stream().map(Text::id).toList());
        List<Text> material = said.stream()
                .filter(text -> text.role() == Role.USER && !forgotten.contains(text.id()))
                .toList();
        List<Text> stretch = Extractor.oldest(material);
        boolean isWhole = stretch.size() == material.size();
        UUID upTo = isWhole ? said.getLast().id() : stretch.getLast().id();
        if (!isWhole || said.size() == MOST_MESSAGES) {
            jobs.enqueue(NAME, about.toString(), Duration.ZERO);
        }
        String before = summaries.soFar(owner, chat);
        Extractor.Read read = read(about, model, stretch, before, upTo);
        int changes = 0;
        for (Extractor.Operation operation : read.operations()) {
            changes += apply(owner, operation, asking) ? 1 : 0;
        }
        if (!stretch.isEmpty()) {
            Instant at = stretch.getLast().said();
            summaries.keep(owner, new ChatSummary(chat, read.summary(), true, upTo, at), stretch, before);
        }
        learned.note(owner, chat, upTo);
        if (changes > 0) {
            log.info("{} things were learned from chat {}.", changes, chat);
            events.publishEvent(new ChatChanged(owner, chat, false));
        }
    }

    /// What cannot be learned from is passed over: asked again for it, the model would fail again.
    private Extractor.Read read(Subject about, Model model, List<Text> stretch, String before, UUID upTo) {
        try {
            return stretch.stream().anyMatch(LearnJob::isOfOneself)
                    ? extractor.read(about.owner(), model, stretch, before)
                    : new Extractor.Read(List.of(), "");
        } catch (ProviderException | Extractor.Unreadable e) {
            if (e instanceof ProviderException failure && !failure.refusesQuestion()) {
                // What is refused for another reason is asked for again when more is said.
                throw failure.isRefusal() ? new Hopeless("The model cannot be asked: " + failure.getMessage(), e) : e;
            }
            learned.note(about.owner(), about.id(), upTo);
            throw new Hopeless("A stretch of the chat is not learned from: " + e.getMessage(), e);
        }
    }

    private boolean apply(UserId owner, Extractor.Operation operation, boolean asking) {
        return switch (operation) {
            case Extractor.Operation.Add(Learned one) ->
                own.learn(owner, one, asking).isPresent();
            case Extractor.Operation.Replace(UUID past, Learned one) ->
                own.replace(owner, past, one, asking).isPresent();
            case Extractor.Operation.Retract(UUID past, Learned because) ->
                !asking && own.retract(owner, past, because);
        };
    }

    private Model model() {
        return models.defaultModel();
    }

    private static boolean isOfOneself(Text text) {
        return text.role() == Role.USER
                && OF_ONESELF.matcher(Terms.folded(text.content())).find();
    }
}
