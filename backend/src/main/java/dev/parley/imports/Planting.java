package dev.parley.imports;

import dev.parley.chats.ChatSettings;
import dev.parley.chats.ChatsInBulk.NewChat;
import dev.parley.chats.ChatsInBulk.NewMessage;
import dev.parley.chats.Message;
import dev.parley.chats.Message.Role;
import dev.parley.imports.SourceChat.Node;
import dev.parley.shared.Ids;
import dev.parley.shared.UserId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes a chat of ours out of one of elsewhere. Nothing in it is left to chance: the same chat of the same file
/// becomes
/// the same ids, whenever and however often it is read, so that what is there is known again.
///
/// What nobody says is left out, and what stands below it moves up. A model's remarks that follow one another, as they
/// do around the use of tools, become one answer.
final class Planting {
    private static final int LONGEST_TITLE = 200;
    private static final int TITLE_OF_QUESTION = 60;
    private static final String UNTITLED = "Imported chat";

    private final UserId owner;
    private final SourceChat source;
    private final boolean remember;
    private final Instant now;
    /// Messages' ids are made of it too: a chat that gets another id shares none of them with what it was.
    private final UUID chatId;

    private final Map<String, List<Node>> below = new LinkedHashMap<>();
    private final Map<String, Planted> planted = new HashMap<>();
    private final List<Planted> order = new ArrayList<>();
    /// What is still to be kept of what was thought: a thought that stands above many answers is that of each of them.
    private long thoughts = Room.OF_A_CHAT;

    private @Nullable Instant newestRoot;

    /// A message on its way.
    private static final class Planted {
        private final UUID id;
        private final @Nullable Planted parent;
        private final Node node;
        private final Instant at;
        private final List<String> parts = new ArrayList<>();
        private long length;
        private int children;
        private @Nullable Instant newestChild;
        private boolean wanted;

        Planted(UUID id, @Nullable Planted parent, Node node, Instant at) {
            this.id = id;
            this.parent = parent;
            this.node = node;
            this.at = at;
            add(node.text());
        }

        void add(String part) {
            parts.add(part);
            length += part.length();
        }

        String text() {
            return String.join("\n\n", parts);
        }
    }

    /// What was thought, the last first: made into one text when there is an answer for it.
    private record Thought(String text, @Nullable Thought before, long length) {
        static @Nullable Thought of(@Nullable String text, @Nullable Thought before) {
            return text == null
                    ? before
                    : new Thought(text, before, text.length() + (before == null ? 0 : before.length));
        }

        String joined() {
            Deque<String> texts = new ArrayDeque<>();
            for (Thought one = this; one != null; one = one.before) {
                texts.push(one.text);
            }
            return String.join("\n\n", texts);
        }
    }

    /// A place to be looked at.
    ///
    /// @param above the nearest message over it; null at the root
    /// @param thought what was thought since then
    /// @param alone whether nothing else hangs between it and that message
    private record Step(
            Node node, @Nullable Planted above, @Nullable Thought thought, boolean alone) {}

    private Planting(UserId owner, SourceChat source, boolean remember, Instant now) {
        this.owner = owner;
        this.source = source;
        this.remember = remember;
        this.now = now;
        chatId = id(owner, source);
    }

    /// The id that a chat gets here.
    static UUID id(UserId owner, SourceChat source) {
        Instant time = Optional.ofNullable(source.createdAt())
                .or(() -> source.nodes().values().stream()
                        .map(Node::at)
                        .filter(Objects::nonNull)
                        .min(Instant::compareTo))
                .orElse(Instant.EPOCH);
        return Ids.derived(time, owner + "|" + source.format().word() + "|" + source.id());
    }

    /// @param remember whether it may be recalled in other chats
    /// @param now when it was begun, where nothing says so
    /// @return empty when nobody says anything in it
    static Optional<NewChat> of(UserId owner, SourceChat source, boolean remember, Instant now) {
        return new Planting(owner, source, remember, now).chat();
    }

    private Optional<NewChat> chat() {
        for (Node node : source.nodes().values()) {
            String parent = node.parentId();
            boolean known = parent != null && source.nodes().containsKey(parent) && !parent.equals(node.id());
            below.computeIfAbsent(known ? parent : "", _ -> new ArrayList<>()).add(node);
        }
        plant();
        if (order.isEmpty()) {
            return Optional.empty();
        }
        Instant newest =
                order.stream().map(one -> one.at).max(Instant::compareTo).orElse(now);
        Instant created = source.createdAt() == null ? order.getFirst().at : source.createdAt();
        Instant active =
                source.updatedAt() == null || source.updatedAt().isBefore(newest) ? newest : source.updatedAt();
        return Optional.of(new NewChat(
                chatId,
                owner,
                title(),
                source.isArchived(),
                source.isPinned(),
                settings(),
                created,
                active,
                current().id,
                order.stream().map(Planting::message).toList()));
    }

    /// From the roots down, without recursion: a chat may be thousands of messages deep.
    private void plant() {
        Deque<Step> steps = new ArrayDeque<>();
        push(steps, "", null, null, true);
        while (!steps.isEmpty()) {
            Step step = steps.pop();
            Node node = step.node;
            Planted above = step.above;
            Thought thought = Thought.of(node.metadata().reasoning(), step.thought);
            if (node.isSilent()) {
                if (above != null) {
                    planted.put(node.id(), above);
                }
                push(steps, node.id(), above, thought, step.alone);
                continue;
            }
            if (above != null && step.alone && goesOn(above, node)) {
                above.add(Values.storable(node.text()).strip());
                planted.put(node.id(), above);
                push(steps, node.id(), above, null, true);
                continue;
            }
            Planted one = planted(node, above, thought);
            push(steps, node.id(), one, null, true);
        }
    }

    private static boolean goesOn(Planted above, Node node) {
        return node.role() == Role.ASSISTANT
                && above.node.role() == Role.ASSISTANT
                && above.length + node.text().length() <= ChatReader.LONGEST_MESSAGE;
    }

    /// The first child is looked at first.
    private void push(
            Deque<Step> steps, String parent, @Nullable Planted above, @Nullable Thought thought, boolean alone) {
        List<Node> children = below.getOrDefault(parent, List.of());
        for (Node child : children.reversed()) {
            steps.push(new Step(child, above, thought, alone && children.size() == 1));
        }
    }

    /// Later than what stands above it, and not at the same moment as its neighbour: by the order of ids messages are
    /// shown.
    private Instant time(Node node, @Nullable Planted above) {
        Instant neighbour = above == null ? newestRoot : above.newestChild;
        Instant earliest = above == null ? begin() : above.at.plusMillis(1);
        Instant at = node.at();
        if (at == null) {
            at = neighbour == null ? earliest : neighbour.plusMillis(1);
        } else if (above != null && at.isBefore(earliest)) {
            at = earliest;
        }
        if (at.equals(neighbour)) {
            at = at.plusMillis(1);
        }
        if (above == null) {
            newestRoot = at;
        } else {
            above.newestChild = at;
        }
        return at;
    }

    private Planted planted(Node node, @Nullable Planted above, @Nullable Thought thought) {
        Instant at = time(node, above);
        Message.Metadata metadata =
                node.role() == Role.ASSISTANT ? withReasoning(node.metadata(), kept(thought)) : node.metadata();
        Node said = new Node(
                node.id(),
                node.parentId(),
                node.role(),
                Values.storable(node.text()).strip(),
                at,
                node.status(),
                metadata,
                node.role() == Role.ASSISTANT ? node.rating() : null);
        UUID id = Ids.derived(at, chatId + "|" + node.id());
        Planted one = new Planted(id, above, said, at);
        if (above != null) {
            above.children++;
        }
        planted.put(node.id(), one);
        order.add(one);
        return one;
    }

    private @Nullable String kept(@Nullable Thought thought) {
        if (thought == null || thought.length > thoughts) {
            return null;
        }
        thoughts -= thought.length;
        return Values.storable(thought.joined());
    }

    private Instant begin() {
        return source.createdAt() == null ? now : source.createdAt();
    }

    private Message.Metadata withReasoning(Message.Metadata known, @Nullable String reasoning) {
        return new Message.Metadata(
                known.model() == null ? source.model() : known.model(),
                known.usage(),
                known.finishReason(),
                known.error(),
                reasoning,
                known.reasoningMillis(),
                null,
                known.fallback(),
                null,
                null);
    }

    private static NewMessage message(Planted one) {
        Planted parent = one.parent;
        return new NewMessage(
                one.id,
                parent == null ? null : parent.id,
                Objects.requireNonNull(one.node.role()),
                one.text(),
                one.node.status(),
                one.node.metadata(),
                one.node.rating(),
                one.at);
    }

    /// The end of the branch that was in sight, else the newest end.
    private Planted current() {
        String wanted = source.currentId();
        Planted from = wanted == null ? null : planted.get(wanted);
        if (from != null && from.children == 0) {
            return from;
        }
        Planted newest = null;
        for (Planted one : order) {
            // Who stands above comes first.
            one.wanted = from == null || one == from || (one.parent != null && one.parent.wanted);
            if (one.wanted && one.children == 0 && (newest == null || !one.at.isBefore(newest.at))) {
                newest = one;
            }
        }
        return newest == null ? order.getLast() : newest;
    }

    /// What a chat of ours was set to; what is not to be remembered is told to be so.
    private ChatSettings settings() {
        ChatSettings known = source.settings();
        return new ChatSettings(
                known.model(),
                known.temperature(),
                known.maxTokens(),
                known.systemPrompt(),
                remember ? known.memoryEnabled() : Boolean.FALSE);
    }

    private String title() {
        String title = source.title() == null ? "" : oneLine(source.title());
        if (!title.isEmpty()) {
            return shortened(title, LONGEST_TITLE);
        }
        String question = order.stream()
                .filter(one -> one.node.role() == Role.USER)
                .map(one -> oneLine(one.parts.getFirst()))
                .findFirst()
                .orElse("");
        return question.isEmpty() ? UNTITLED : shortened(question, TITLE_OF_QUESTION);
    }

    private static String oneLine(String text) {
        String head = text.substring(0, Math.min(text.length(), 1_000));
        return Values.storable(head).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }

    private static String shortened(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most - 1)).strip() + "…";
    }
}
