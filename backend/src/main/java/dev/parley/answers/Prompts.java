package dev.parley.answers;

import dev.parley.chats.Chat;
import dev.parley.chats.Conversation;
import dev.parley.chats.Message;
import dev.parley.models.Models;
import dev.parley.models.Prompt;
import dev.parley.models.Prompt.Role;
import dev.parley.models.Prompt.Turn;
import dev.parley.users.Preferences;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Makes the prompt of an answer: who the model is to be, then as much of the branch as its window holds. The oldest
/// turns go first; the question always stays.
@Component
class Prompts {
    private static final int MOST_TURNS = 400;
    /// Room for the answer where nobody said how long it may be.
    private static final int USUAL_ANSWER = 2_000;
    /// Cautious for English, about right for code and for languages with accents.
    private static final double UNITS_PER_TOKEN = 3;

    private final Conversation conversation;
    private final Models models;

    Prompts(Conversation conversation, Models models) {
        this.conversation = conversation;
        this.models = models;
    }

    Prompt of(Run run, Chat chat, Message question, Preferences preferences) {
        List<Turn> turns = new ArrayList<>();
        String instructions = instructions(chat.settings().systemPrompt(), preferences.customInstructions());
        if (!instructions.isEmpty()) {
            turns.add(new Turn(Role.SYSTEM, instructions));
        }
        Run.Order order = run.order();
        int answer = order.maxTokens() == null ? USUAL_ANSWER : order.maxTokens();
        long room = window(order.model()) - answer - tokens(instructions);
        turns.addAll(
                fitting(conversation.branch(run.owner(), run.chatId(), question.id(), MOST_TURNS), Math.max(room, 0)));
        return new Prompt(order.model(), turns, order.temperature(), order.maxTokens());
    }

    /// @param branch oldest first, the question last
    static List<Turn> fitting(List<Message> branch, long tokens) {
        Deque<Turn> turns = new ArrayDeque<>();
        long left = tokens;
        for (Message message : branch.reversed()) {
            left -= tokens(message.content());
            if (left < 0 && !turns.isEmpty()) {
                break;
            }
            if (!message.content().isEmpty()) {
                Role role = message.role() == Message.Role.USER ? Role.USER : Role.ASSISTANT;
                turns.addFirst(new Turn(role, message.content()));
            }
        }
        return List.copyOf(turns);
    }

    private long window(String model) {
        return models.find(model).orElseGet(models::defaultModel).contextWindow();
    }

    private static String instructions(@Nullable String ofChat, String ofPerson) {
        String chat = ofChat == null ? "" : ofChat.strip();
        String person = ofPerson.strip();
        return chat.isEmpty() || person.isEmpty() ? chat + person : chat + "\n\n" + person;
    }

    private static long tokens(String text) {
        return Math.round(Math.ceil(text.length() / UNITS_PER_TOKEN)) + 4;
    }
}
