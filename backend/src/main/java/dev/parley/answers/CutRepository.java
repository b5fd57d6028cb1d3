package dev.parley.answers;

import dev.parley.answers.Cut.Summary;
import dev.parley.shared.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class CutRepository {
    /// A branch that was left so many cuts ago gets another one.
    private static final int MOST = 200;

    private final JdbcClient jdbc;

    CutRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The newest cuts of a chat, on whichever branch, that hold for a window of this size.
    List<UUID> places(UserId owner, UUID chat, int contextWindow) {
        return jdbc.sql("""
                select message_id from context_cut
                 where chat_id = :chat and owner_id = :owner and context_window >= :window
                 order by message_id desc
                 limit :most
                """)
                .param("chat", chat)
                .param("owner", owner.value())
                .param("window", contextWindow)
                .param("most", MOST)
                .query((row, _) -> row.getObject("message_id", UUID.class))
                .list();
    }

    Optional<Cut> find(UserId owner, UUID message) {
        return jdbc.sql("""
                select message_id, context_window, summary, summarised_to, model
                  from context_cut
                 where message_id = :message and owner_id = :owner
                """)
                .param("message", message)
                .param("owner", owner.value())
                .query(CutRepository::cut)
                .optional();
    }

    /// Of two for the same place the larger window counts, and the summary that tells more.
    void save(UserId owner, UUID chat, Cut cut, Instant now) {
        Summary summary = cut.summary();
        jdbc.sql("""
                insert into context_cut as old
                       (message_id, chat_id, owner_id, context_window, summary, summarised_to, model, created_at)
                values (:message, :chat, :owner, :window, cast(:summary as text), cast(:to as uuid),
                        cast(:model as text), :now)
                on conflict (message_id) do update
                   set context_window = greatest(old.context_window, excluded.context_window),
                       summary = case when excluded.summarised_to = old.message_id then excluded.summary
                                      else coalesce(old.summary, excluded.summary) end,
                       summarised_to = case when excluded.summarised_to = old.message_id then old.message_id
                                            else coalesce(old.summarised_to, excluded.summarised_to) end,
                       model = case when excluded.summarised_to = old.message_id then excluded.model
                                    else coalesce(old.model, excluded.model) end
                """)
                .param("message", cut.message())
                .param("chat", chat)
                .param("owner", owner.value())
                .param("window", cut.contextWindow())
                .param("summary", summary == null ? null : summary.text())
                .param("to", summary == null ? null : summary.to())
                .param("model", summary == null ? null : summary.model())
                .param("now", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
                .update();
    }

    /// A summary as its owner may take it away.
    record Kept(UUID chatId, UUID messageId, String summary, String model, Instant createdAt) {}

    List<Kept> summaries(UserId owner, @Nullable UUID after, int most) {
        return jdbc.sql("""
                select chat_id, message_id, summary, model, created_at
                  from context_cut
                 where owner_id = :owner and summarised_to = message_id
                   and (cast(:after as uuid) is null or message_id > cast(:after as uuid))
                 order by message_id
                 limit :most
                """)
                .param("owner", owner.value())
                .param("after", after)
                .param("most", most)
                .query((row, _) -> new Kept(
                        row.getObject("chat_id", UUID.class),
                        row.getObject("message_id", UUID.class),
                        row.getString("summary"),
                        row.getString("model"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    private static Cut cut(ResultSet row, int number) throws SQLException {
        String summary = row.getString("summary");
        return new Cut(
                row.getObject("message_id", UUID.class),
                row.getInt("context_window"),
                summary == null
                        ? null
                        : new Summary(summary, row.getObject("summarised_to", UUID.class), row.getString("model")));
    }
}
