package dev.parley.database;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/// A fresh database on the real PostgreSQL for a test of its own: a copy of a migrated one, on one server per JVM.
///
/// ```java
/// private final TestDatabase database = TestDatabase.create();   // database.jdbc(), database.dataSource()
///
/// @SpringBootTest
/// @ContextConfiguration(initializers = TestDatabase.Initializer.class)   // for a context: its DATABASE_URL
/// ```
public final class TestDatabase implements AutoCloseable {
    private static final String TEMPLATE = "migrated";
    private static final String PASSWORD = "for tests";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String name;
    private final HikariDataSource dataSource;

    private TestDatabase(String name) {
        this.name = name;
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(address(name).jdbcUrl());
        config.setUsername(EmbeddedPostgres.ROLE);
        config.setPassword(PASSWORD);
        // As few as possible: who holds one while he waits for another is found out here.
        config.setMaximumPoolSize(2);
        config.setMinimumIdle(0);
        this.dataSource = new HikariDataSource(config);
    }

    /// With all migrations.
    public static TestDatabase create() {
        return copyOf(Template.NAME);
    }

    /// With nothing in it.
    public static TestDatabase empty() {
        return copyOf("template0");
    }

    /// The database of a context, for who may change its tables.
    public static JdbcClient owner(String url) {
        return JdbcClient.create(source(url.substring(url.lastIndexOf('/') + 1)));
    }

    public DataSource dataSource() {
        return dataSource;
    }

    public JdbcClient jdbc() {
        return JdbcClient.create(dataSource);
    }

    /// Everything that a migration makes, but for rows.
    public List<@Nullable String> schema() {
        return jdbc().sql("""
                select 'column ' || c.relname || ' ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                       || ' ' || a.attnotnull::text || ' ' || cast(a.attstorage as text) || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
                  from pg_class c join pg_attribute a on a.attrelid = c.oid
                  left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
                 where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
                union all
                select 'index ' || pg_get_indexdef(i.indexrelid) || ' ' || i.indisvalid::text
                  from pg_index i join pg_class c on c.oid = i.indrelid where c.relnamespace = 'public'::regnamespace
                union all
                select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
                       || ' ' || convalidated::text
                  from pg_constraint where connamespace = 'public'::regnamespace
                union all
                select 'trigger ' || pg_get_triggerdef(t.oid) || ' ' || cast(t.tgenabled as text)
                  from pg_trigger t where not t.tgisinternal
                union all
                select 'policy ' || p::text from pg_policies p
                union all
                select 'table ' || relname || ' ' || relrowsecurity::text || ' ' || coalesce(relacl::text, '')
                  from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'S')
                union all
                select 'function ' || pg_get_functiondef(p.oid)
                  from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prolang <>
                       (select oid from pg_language where lanname = 'c')
                union all
                select 'migration ' || version || ' ' || checksum from flyway_schema_history where version is not null
                 order by 1
                """).query(String.class).list();
    }

    /// As `DATABASE_URL` would have it.
    public String url() {
        return "postgresql://" + EmbeddedPostgres.ROLE + ":" + PASSWORD.replace(" ", "%20") + "@127.0.0.1:"
                + Server.RUNNING.port() + "/" + name;
    }

    /// A connection for each that asks: for tests of many at once.
    public DriverManagerDataSource unpooled() {
        return source(name);
    }

    /// As a node has it that shares it with others.
    public Database shared() {
        return Database.external(new DatabaseProperties(
                url(), Path.of("unused"), 2, Duration.ofSeconds(2), Duration.ofSeconds(30), List.of(), true, false));
    }

    @Override
    public void close() {
        dataSource.close();
        administer("drop database " + name + " with (force)");
    }

    private static TestDatabase copyOf(String template) {
        String name = "test_" + COUNT.incrementAndGet();
        administer("create database " + name + " template " + template);
        return new TestDatabase(name);
    }

    private static void administer(String sql) {
        JdbcClient.create(source(EmbeddedPostgres.DATABASE)).sql(sql).update();
    }

    private static DriverManagerDataSource source(String database) {
        return new DriverManagerDataSource(address(database).jdbcUrl(), EmbeddedPostgres.ROLE, PASSWORD);
    }

    private static DatabaseAddress address(String database) {
        return Database.local(Server.RUNNING.port(), database, PASSWORD);
    }

    /// Gives a Spring context a database of its own.
    public static final class Initializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        @Override
        public void initialize(ConfigurableApplicationContext context) {
            TestPropertyValues.of(Map.of("parley.database.url", create().url())).applyTo(context);
        }
    }

    /// The server begins with the first test that asks for a database.
    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                Path directory = Files.createTempDirectory("parley-test");
                EmbeddedPostgres server = EmbeddedPostgres.start(
                                directory,
                                binaries(),
                                PASSWORD,
                                List.of("-F", "-c full_page_writes=off", "-c max_connections=300"))
                        .orElseThrow();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, directory)));
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void end(EmbeddedPostgres server, Path directory) {
            server.close();
            try {
                FileSystemUtils.deleteRecursively(directory);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// Shared by all runs on this machine's checkout.
    static synchronized PostgresBinaries binaries() {
        Path parent = Path.of("target");
        // Two processes of tests begin at once.
        try (FileChannel turn = FileChannel.open(parent.resolve("postgres.lock"), CREATE, WRITE);
                FileLock _ = turn.lock()) {
            return PostgresBinaries.unpackedIn(parent);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Template {
        static final String NAME = migrated();

        private static String migrated() {
            administer("create database " + TEMPLATE);
            Flyway.configure().dataSource(source(TEMPLATE)).load().migrate();
            return TEMPLATE;
        }
    }
}
