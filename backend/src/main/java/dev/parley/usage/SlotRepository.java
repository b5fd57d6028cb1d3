package dev.parley.usage;

import dev.parley.shared.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// What was used, in sums over five minutes, hours and days: written for each person and model, and read as what the
/// database adds up beside that (`usage_sum` for all people, `usage_person` for all models).
@Repository
class SlotRepository {
    /// Of each length of sums, how long they are looked at: two periods, the one shown and the one before.
    private static final List<Kept> KEPT = List.of(
            new Kept(UsagePeriod.HOUR.slotMinutes(), Duration.ofHours(3)),
            new Kept(UsagePeriod.DAY.slotMinutes(), Duration.ofDays(3)),
            new Kept(UsagePeriod.MONTH.slotMinutes(), Duration.ofDays(400)));

    private static final String FIGURES = """
            coalesce(sum(chats), 0) as chats, coalesce(sum(messages), 0) as messages,
            coalesce(sum(answers), 0) as answers, coalesce(sum(errors), 0) as errors,
            coalesce(sum(prompt_tokens), 0) as prompt_tokens,
            coalesce(sum(completion_tokens), 0) as completion_tokens, coalesce(sum(cost), 0) as cost,
            %s as first_word, %s as last_word
            """.formatted(sums("first_word"), sums("last_word"));

    private final JdbcClient jdbc;

    SlotRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Kept(int minutes, Duration time) {}

    /// What was used by some people in some time.
    record Sum(
            long users,
            long chats,
            long messages,
            long answers,
            long errors,
            long promptTokens,
            long completionTokens,
            long cost,
            List<Long> firstWord,
            List<Long> lastWord) {}

    record OfSlot(Instant starts, Sum sum) {}

    record OfModel(String model, long answers, long errors, long tokens, long cost) {}

    record OfPerson(UserId owner, long answers, long tokens, long cost) {}

    record OfDay(Instant starts, String model, long answers, long promptTokens, long completionTokens, long cost) {}

    /// Adds to the sums of all three lengths.
    void add(UserId owner, Instant at, Spent spent, long cost, Occasion occasion) {
        jdbc.sql("""
                insert into usage_slot as u (minutes, starts, owner_id, model, chats, messages, answers, errors,
                                             prompt_tokens, completion_tokens, cost, first_word, last_word)
                select s.minutes, to_timestamp(s.starts), :owner, :model, :chats, :messages, :answers, :errors,
                       :prompt, :completion, :cost, :first, :last
                  from unnest(:minutes, :starts) as s (minutes, starts)
                on conflict (minutes, starts, owner_id, model) do update
                   set chats = u.chats + excluded.chats,
                       messages = u.messages + excluded.messages,
                       answers = u.answers + excluded.answers,
                       errors = u.errors + excluded.errors,
                       prompt_tokens = u.prompt_tokens + excluded.prompt_tokens,
                       completion_tokens = u.completion_tokens + excluded.completion_tokens,
                       cost = u.cost + excluded.cost,
                       first_word = (select array_agg(a + b order by i)
                                       from unnest(u.first_word, excluded.first_word)
                                            with ordinality as both_of (a, b, i)),
                       last_word = (select array_agg(a + b order by i)
                                      from unnest(u.last_word, excluded.last_word)
                                           with ordinality as both_of (a, b, i))
                """)
                .param("owner", owner.value())
                .param("model", spent.model())
                .param("chats", occasion.chats())
                .param("messages", occasion.messages())
                .param("answers", occasion.answers())
                .param("errors", occasion.errors())
                .param("prompt", spent.promptTokens())
                .param("completion", spent.completionTokens())
                .param("cost", cost)
                .param("first", Histogram.of(occasion.firstWord()))
                .param("last", Histogram.of(occasion.lastWord()))
                .param("minutes", KEPT.stream().map(Kept::minutes).toArray(Integer[]::new))
                .param(
                        "starts",
                        KEPT.stream()
                                .map(kept ->
                                        UsagePeriod.slotOf(at, kept.minutes()).getEpochSecond())
                                .toArray(Long[]::new))
                .update();
    }

    /// Slots in which nothing was used are left out.
    List<OfSlot> slots(int minutes, Instant from, Instant to) {
        return jdbc.sql("""
                select s.*, coalesce(users, 0) as users
                  from (select starts, %s
                          from usage_sum
                         where minutes = :minutes and starts >= :from and starts < :to
                         group by starts) s
                  left join (select starts, count(*) as users
                               from usage_person
                              where minutes = :minutes and starts >= :from and starts < :to and answers > 0
                              group by starts) p using (starts)
                 order by s.starts
                """.formatted(FIGURES))
                .param("minutes", minutes)
                .param("from", at(from))
                .param("to", at(to))
                .query((row, _) -> new OfSlot(row.getTimestamp("starts").toInstant(), sum(row)))
                .list();
    }

    /// How many people had an answer.
    long people(int minutes, Instant from, Instant to) {
        return jdbc.sql("""
                select count(*)
                  from (select
                          from usage_person
                         where minutes = :minutes and starts >= :from and starts < :to and answers > 0
                         group by owner_id) people
                """)
                .param("minutes", minutes)
                .param("from", at(from))
                .param("to", at(to))
                .query(Long.class)
                .single();
    }

    /// Those that were used most first.
    List<OfModel> models(int minutes, Instant from, Instant to, int most) {
        return jdbc.sql("""
                select model, sum(answers) as answers, sum(errors) as errors,
                       sum(prompt_tokens + completion_tokens) as tokens, sum(cost) as cost
                  from usage_sum
                 where minutes = :minutes and starts >= :from and starts < :to
                 group by model
                 order by cost desc, tokens desc, model
                 limit :most
                """)
                .param("minutes", minutes)
                .param("from", at(from))
                .param("to", at(to))
                .param("most", most)
                .query((row, _) -> new OfModel(
                        row.getString("model"),
                        row.getLong("answers"),
                        row.getLong("errors"),
                        row.getLong("tokens"),
                        row.getLong("cost")))
                .list();
    }

    /// Those who used most first.
    List<OfPerson> spenders(int minutes, Instant from, Instant to, int most) {
        return jdbc.sql("""
                select owner_id, sum(answers) as answers, sum(tokens) as tokens, sum(cost) as cost
                  from usage_person
                 where minutes = :minutes and starts >= :from and starts < :to
                 group by owner_id
                 order by cost desc, tokens desc, owner_id
                 limit :most
                """)
                .param("minutes", minutes)
                .param("from", at(from))
                .param("to", at(to))
                .param("most", most)
                .query((row, _) -> new OfPerson(
                        new UserId(row.getObject("owner_id", UUID.class)),
                        row.getLong("answers"),
                        row.getLong("tokens"),
                        row.getLong("cost")))
                .list();
    }

    /// What somebody used on each day that is still known, the oldest first.
    List<OfDay> days(UserId owner) {
        return jdbc.sql("""
                select starts, model, answers, prompt_tokens, completion_tokens, cost
                  from usage_slot
                 where owner_id = :owner and minutes = :minutes
                 order by starts, model
                """)
                .param("owner", owner.value())
                .param("minutes", UsagePeriod.MONTH.slotMinutes())
                .query((row, _) -> new OfDay(
                        row.getTimestamp("starts").toInstant(),
                        row.getString("model"),
                        row.getLong("answers"),
                        row.getLong("prompt_tokens"),
                        row.getLong("completion_tokens"),
                        row.getLong("cost")))
                .list();
    }

    /// Lets go what nobody looks at any more.
    int purge(Instant now) {
        return KEPT.stream()
                .mapToInt(kept -> jdbc.sql("delete from usage_slot where minutes = :minutes and starts < :before")
                        .param("minutes", kept.minutes())
                        .param("before", at(now.minus(kept.time())))
                        .update())
                .sum();
    }

    /// An array of the sums of an array's elements: to take each array apart would cost ten times as much.
    private static String sums(String column) {
        return IntStream.rangeClosed(1, Histogram.SPANS)
                .mapToObj(i -> "coalesce(sum(%s[%d]), 0)".formatted(column, i))
                .collect(Collectors.joining(", ", "array[", "]::bigint[]"));
    }

    private static Sum sum(ResultSet row) throws SQLException {
        return new Sum(
                row.getLong("users"),
                row.getLong("chats"),
                row.getLong("messages"),
                row.getLong("answers"),
                row.getLong("errors"),
                row.getLong("prompt_tokens"),
                row.getLong("completion_tokens"),
                row.getLong("cost"),
                counts(row, "first_word"),
                counts(row, "last_word"));
    }

    private static List<Long> counts(ResultSet row, String column) throws SQLException {
        return Arrays.asList((Long[]) row.getArray(column).getArray());
    }

    private static OffsetDateTime at(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
