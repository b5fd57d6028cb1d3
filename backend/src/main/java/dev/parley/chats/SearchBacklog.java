package dev.parley.chats;

import dev.parley.jobs.Recurring;
import dev.parley.shared.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// Indexes what was written before the index had the form that it has now. Until it is done, search finds what is
/// newer.
@Component
class SearchBacklog implements Recurring {
    private static final Logger log = LoggerFactory.getLogger(SearchBacklog.class);
    private static final int BATCH = 500;

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private volatile boolean stopping;

    SearchBacklog(JdbcClient jdbc, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    @Override
    public String name() {
        return "index-backlog";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() {
        boolean worked = false;
        boolean more = true;
        while (more && !stopping) {
            more = Boolean.TRUE.equals(transactions.execute(_ -> indexSome()));
            worked |= more;
        }
        if (worked && !more) {
            log.info("The search index holds all messages again.");
        }
    }

    /// The rest is done after the next start.
    @EventListener(ContextClosedEvent.class)
    void stop() {
        stopping = true;
    }

    /// @return whether there may be more
    private boolean indexSome() {
        Optional<UUID> before = jdbc.sql("select before from search_backlog for update skip locked")
                .query(UUID.class)
                .optional();
        if (before.isEmpty()) {
            return false;
        }
        if (indexTitles()) {
            return true;
        }
        Optional<UUID> last = indexMessages(before.get());
        last.ifPresentOrElse(
                id -> jdbc.sql("update search_backlog set before = :id")
                        .param("id", id)
                        .update(),
                () -> jdbc.sql("delete from search_backlog").update());
        return true;
    }

    /// @param words null where there is nothing to be found yet
    private record Text(UUID id, UserId owner, @Nullable String words) {}

    private boolean indexTitles() {
        List<Text> titles =
                jdbc.sql("""
                select c.id, c.owner_id, c.title as words
                  from chat c
                 where c.title is not null and not exists (select from chat_search s where s.chat_id = c.id)
                 limit :most
                """).param("most", BATCH).query(SearchBacklog::text).list();
        insert("""
                insert into chat_search (chat_id, owner_id, tsv)
                select c.id, c.owner_id, cast(w.vector as tsvector)
                  from unnest(:ids, :vectors) as w (id, vector)
                  join chat c on c.id = w.id
                   for key share of c
                on conflict (chat_id) do nothing
                """, titles);
        return !titles.isEmpty();
    }

    /// An answer that is being written is indexed at its end.
    private Optional<UUID> indexMessages(UUID before) {
        List<Text> messages = jdbc.sql("""
                select id, owner_id, case when status = 'streaming' then null else content end as words
                  from message
                 where id < :before
                 order by id desc
                 limit :most
                """)
                .param("before", before)
                .param("most", BATCH)
                .query(SearchBacklog::text)
                .list();
        insert("""
                insert into message_search (message_id, owner_id, chat_id, tsv)
                select m.id, m.owner_id, m.chat_id, cast(w.vector as tsvector)
                  from unnest(:ids, :vectors) as w (id, vector)
                  join message m on m.id = w.id
                   for key share of m
                on conflict (message_id) do nothing
                """, messages);
        return messages.isEmpty()
                ? Optional.empty()
                : Optional.of(messages.getLast().id());
    }

    /// Whatever is deleted meanwhile is left out, and what is indexed meanwhile is newer.
    private void insert(String sql, List<Text> texts) {
        Map<UUID, String> vectors = new LinkedHashMap<>();
        for (Text text : texts) {
            if (text.words() != null) {
                vectors.put(text.id(), SearchText.vector(text.owner(), text.words()));
            }
        }
        jdbc.sql(sql)
                .param("ids", vectors.keySet().toArray(UUID[]::new))
                .param("vectors", vectors.values().toArray(String[]::new))
                .update();
    }

    private static Text text(ResultSet row, int number) throws SQLException {
        return new Text(Rows.uuid(row, "id"), new UserId(Rows.uuid(row, "owner_id")), row.getString("words"));
    }
}
