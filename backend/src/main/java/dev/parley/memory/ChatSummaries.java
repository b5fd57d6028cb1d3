package dev.parley.memory;

import dev.parley.chats.Transcripts;
import dev.parley.chats.Transcripts.Text;
import dev.parley.shared.UserId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Keeps what chats were about: an extract after each exchange, until a model that learns from the chat says it better.
@Component
class ChatSummaries {
    /// From the beginning and from the end of a chat: some of them may be forgotten.
    private static final int QUESTIONS = 6;

    private final ChatSummaryRepository summaries;
    private final MemoryRepository memories;
    private final Transcripts transcripts;
    private final TransactionTemplate transaction;

    ChatSummaries(
            ChatSummaryRepository summaries,
            MemoryRepository memories,
            Transcripts transcripts,
            TransactionTemplate transaction) {
        this.summaries = summaries;
        this.memories = memories;
        this.transcripts = transcripts;
        this.transaction = transaction;
    }

    /// Empty where there is none.
    String soFar(UserId owner, UUID chat) {
        return summaries
                .find(owner, chat)
                .filter(ChatSummary::byModel)
                .map(ChatSummary::text)
                .orElse("");
    }

    void extract(UserId owner, UUID chat) {
        boolean told = summaries.find(owner, chat).filter(ChatSummary::byModel).isPresent();
        if (!told) {
            List<Text> said = remembered(owner, transcripts.asked(owner, chat, QUESTIONS));
            if (!said.isEmpty()) {
                keep(owner, ChatSummary.extract(said), said, "");
            }
        }
    }

    /// Not kept where anything of it was forgotten or deleted meanwhile.
    ///
    /// @param from what it was made of
    /// @param before what it was made of besides, as [#soFar] said
    void keep(UserId owner, ChatSummary summary, List<Text> from, String before) {
        if (summary.text().isBlank()) {
            return;
        }
        transaction.executeWithoutResult(_ -> {
            boolean same = memories.hold(owner)
                    && isThere(owner, from)
                    && soFar(owner, summary.chat()).equals(before);
            if (same) {
                summaries.write(owner, summary);
            }
        });
    }

    private boolean isThere(UserId owner, List<Text> said) {
        List<UUID> ids = said.stream().map(Text::id).toList();
        return memories.forgotten(owner, ids).isEmpty() && transcripts.readable(owner, ids) == ids.size();
    }

    private List<Text> remembered(UserId owner, List<Text> said) {
        Set<UUID> forgotten =
                memories.forgotten(owner, said.stream().map(Text::id).toList());
        return said.stream().filter(text -> !forgotten.contains(text.id())).toList();
    }
}
