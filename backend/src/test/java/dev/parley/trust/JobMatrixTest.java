package dev.parley.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ApiTest;
import dev.parley.jobs.Job;
import dev.parley.jobs.Recurring;
import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Every kind of job, made to work for one person on what is another's.
///
/// **To add a job, add a line.**
@ApiTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobMatrixTest {
    private static final List<Row> ROWS = Row.parse("""
            # who  job                  what it is about, besides whom
            own    title-chat           {untitled}
            own    summarise-chat       {chat}
            own    remember-exchange    {answer}
            own    learn-from-chat      {chat}
            own    remember-with-mem0   {answer}
            own    embed-memory
            own    pack-memory
            own    index-older-chats
            own    import-chats         {import}
            """);

    /// Told of an account, or of one that is gone, and of nothing else.
    private static final List<String> OF_ACCOUNTS = List.of("forget-with-mem0", "mail-password-reset");

    /// They look after everybody, and are told nothing.
    private static final List<String> FOR_ALL = List.of(
            "purge-chats",
            "index-backlog",
            "purge-sessions",
            "purge-usage",
            "embed-memory-anew",
            "backup",
            "expire-chats");

    private final Map<String, Job> jobs;
    private final List<Recurring> recurring;
    private final JdbcClient jdbc;
    private final Belongings victim;
    private final Belongings other;

    JobMatrixTest(
            @LocalServerPort int port,
            @Autowired List<Job> jobs,
            @Autowired List<Recurring> recurring,
            @Autowired JdbcClient jdbc) {
        this.jobs = jobs.stream().collect(Collectors.toMap(Job::name, Function.identity()));
        this.recurring = recurring;
        this.jdbc = jdbc;
        victim = Belongings.of(port);
        other = Belongings.of(port);
        // Else the jobs of memory have nothing to do.
        other.api().patch("/api/v1/users/profile", Map.of("preferences", Map.of("memory_enabled", true)));
    }

    @Test
    void everyJobIsInTheMatrix() {
        assertThat(Stream.concat(ROWS.stream().map(Row::call), OF_ACCOUNTS.stream()))
                .as("add a line to ROWS for what is new")
                .containsExactlyInAnyOrderElementsOf(jobs.keySet());
        assertThat(recurring.stream().map(Recurring::name)).containsExactlyInAnyOrderElementsOf(FOR_ALL);
    }

    @TestFactory
    Stream<DynamicTest> noJobTouchesWhatIsAnothers() {
        return ROWS.stream()
                .map(row -> row.test(() -> {
                    String before = victim.everything();
                    run(row, victim.ids());
                    assertThat(victim.everything()).isEqualTo(before);
                    victim.assertNothingIn(other.everything());
                    assertThat(jdbc.sql("""
                    select count(*) from memory_turn t join message m on m.id = t.message_id
                     where t.owner_id <> m.owner_id
                    """).query(Long.class).single()).isZero();
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyJobWorksForItsOwner() {
        return ROWS.stream()
                .map(row -> row.test(() -> assertThat(run(row, other.ids()))
                        .as("it found what it is about")
                        .isTrue()));
    }

    @Test
    void whatLooksAfterEverybodyLeavesThemWhatTheyHave() {
        String before = victim.everything();
        recurring.forEach(Recurring::run);
        assertThat(victim.everything()).isEqualTo(before);
    }

    /// @return false where what it is about does not exist for it
    private boolean run(Row row, Map<String, String> ids) {
        String subject = other.account().id() + (row.text().isEmpty() ? "" : "/" + Row.filled(row.text(), ids));
        try {
            jobs.get(row.call()).run(subject);
            return true;
        } catch (ParleyException e) {
            assertThat(e.code()).isEqualTo(CommonError.NOT_FOUND);
            return false;
        }
    }
}
