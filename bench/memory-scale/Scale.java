package dev.parley.memory;

import com.sun.management.OperatingSystemMXBean;
import dev.parley.Parley;
import dev.parley.shared.Ids;
import dev.parley.shared.UserId;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Many people with long pasts in one database, and searches in them by the code that answers use.
///
/// Texts are made of words as frequent as in a language, and directions at random: what is measured is time and room,
/// which do not depend on what is said.
final class Scale {
    private static final int VOCABULARY = 20_000;
    private static final int DIMENSIONS = 384;
    private static final int BATCH = 1_000;
    private static final int TURNS_A_CHAT = 50;

    private final Random random = new Random(1);
    private final JdbcClient jdbc;
    private final OwnRecollections recollections;
    private final Embeddings embeddings;
    private final PackJob packing;

    private Scale(ConfigurableApplicationContext context) {
        jdbc = context.getBean(JdbcClient.class);
        recollections = context.getBean(OwnRecollections.class);
        embeddings = context.getBean(Embeddings.class);
        packing = context.getBean(PackJob.class);
    }

    public static void main(String[] arguments) {
        int users = 100;
        int turns = 10_000;
        int searches = 400;
        for (int i = 0; i < arguments.length; i++) {
            boolean valued = i + 1 < arguments.length;
            switch (arguments[i]) {
                case "--users" -> users = valued ? Integer.parseInt(arguments[++i]) : misused();
                case "--turns" -> turns = valued ? Integer.parseInt(arguments[++i]) : misused();
                case "--searches" -> searches = valued ? Integer.parseInt(arguments[++i]) : misused();
                default -> misused();
            }
        }
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Parley.class)
                .web(WebApplicationType.NONE)
                .lazyInitialization(true)
                .run("--PARLEY_ROLES=", "--logging.level.dev.parley=warn")) {
            new Scale(context).run(users, turns, searches);
        }
    }

    private static int misused() {
        System.err.println("Usage: ./parley bench memory-scale [--users N] [--turns N] [--searches N]");
        System.exit(2);
        return 0;
    }

    private void run(int users, int turns, int searches) {
        List<UserId> people = new ArrayList<>();
        long begun = System.nanoTime();
        for (int i = 0; i < users; i++) {
            people.add(person(turns));
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        jdbc.sql("analyze").update();
        System.out.printf(
                Locale.ROOT,
                "indexed %,d turns in %.0f s, %.0f a second, without their directions%n",
                (long) users * turns,
                seconds,
                users * turns / seconds);
        long packed = System.nanoTime();
        people.forEach(person -> packing.run(person.toString()));
        System.out.printf(
                Locale.ROOT, "packed, %.0f ms a person, in the background%n", (System.nanoTime() - packed) / 1e6 / users);
        long size = jdbc.sql("select pg_total_relation_size('memory_turn') + pg_total_relation_size('memory_pack')")
                .query(Long.class)
                .single();
        System.out.printf(Locale.ROOT, "index %.0f MB, %d bytes a turn%n", size / 1e6, size / ((long) users * turns));
        long embedding = System.nanoTime();
        embeddings.embed(List.of(sentence(12)));
        System.out.printf(Locale.ROOT, "the model is loaded in %.1f s%n", (System.nanoTime() - embedding) / 1e9);
        embedding = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            embeddings.embed(List.of(sentence(25)));
        }
        System.out.printf(Locale.ROOT, "a turn's direction takes %.1f ms%n", (System.nanoTime() - embedding) / 1e8);
        for (int i = 0; i < 200; i++) {
            recollections.recall(people.get(i % Math.min(users, 5)), question(), Set.of(), 1_000, text -> text.length() / 4);
        }
        System.out.println("| searches | p50 | p95 | most | processor time of this process |\n| --- | --- | --- | --- | --- |");
        measure("of somebody who asked in the last minutes", searches, i -> people.get(i % Math.min(users, 5)));
        measure("of somebody who comes back", Math.min(users - 5, searches), i -> people.get(5 + i));
    }

    private void measure(String name, int searches, java.util.function.IntFunction<UserId> who) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        List<Double> times = new ArrayList<>();
        long cpu = system.getProcessCpuTime();
        for (int i = 0; i < searches; i++) {
            UserId person = who.apply(i);
            String question = question();
            long start = System.nanoTime();
            recollections.recall(person, question, Set.of(), 1_000, text -> text.length() / 4);
            times.add((System.nanoTime() - start) / 1e6);
        }
        print(name, times, (system.getProcessCpuTime() - cpu) / 1e6 / searches);
    }

    private static void print(String name, List<Double> times, double cpu) {
        List<Double> sorted = times.stream().sorted().toList();
        System.out.printf(
                Locale.ROOT,
                "| %s | %.1f ms | %.1f ms | %.1f ms | %.1f ms |%n",
                name,
                sorted.get(sorted.size() / 2),
                sorted.get((int) (sorted.size() * 0.95)),
                sorted.getLast(),
                cpu);
    }

    private UserId person(int turns) {
        UserId person = new UserId(Ids.next());
        jdbc.sql("""
                insert into account (id, email, email_key, username, username_key, date_joined)
                values (:id, :name, :name, :name, :name, now())
                """)
                .param("id", person.value())
                .param("name", person.toString())
                .update();
        jdbc.sql("insert into memory_owner (owner_id, indexed_to) values (:id, 'ffffffff-ffff-ffff-ffff-ffffffffffff')")
                .param("id", person.value())
                .update();
        for (int done = 0; done < turns; done += BATCH) {
            batch(person, Math.min(BATCH, turns - done), turns - done);
        }
        return person;
    }

    private void batch(UserId person, int count, int hoursAgo) {
        UUID[] chats = new UUID[count];
        UUID[] ids = new UUID[count];
        String[] texts = new String[count];
        Long[] times = new Long[count];
        byte[][] terms = new byte[count][];
        byte[][] vectors = new byte[count][];
        Boolean[] asks = new Boolean[count];
        Short[] speakers = new Short[count];
        UUID chat = null;
        for (int i = 0; i < count; i++) {
            if (i % TURNS_A_CHAT == 0) {
                chat = Ids.next();
                jdbc.sql("insert into chat (id, owner_id, created_at, updated_at, active_at) values (:id, :owner, now(), now(), now())")
                        .param("id", chat)
                        .param("owner", person.value())
                        .update();
            }
            chats[i] = chat;
            ids[i] = Ids.next();
            texts[i] = sentence(10 + random.nextInt(40));
            Instant said = Instant.now().minusSeconds(3_600L * (hoursAgo - i));
            times[i] = said.getEpochSecond();
            speakers[i] = (short) (i % 2);
            Turn turn = Turn.of(ids[i], chats[i], i % 2, i % 2 == 0 ? "User" : "Assistant", said, texts[i]);
            terms[i] = TurnRepository.bytes(turn.terms());
            asks[i] = turn.asks();
            vectors[i] = new byte[DIMENSIONS];
            random.nextBytes(vectors[i]);
        }
        jdbc.sql("""
                insert into message (id, chat_id, owner_id, role, content, status, created_at)
                select id, chat, :owner, 'user', text, 'complete', to_timestamp(at)
                  from unnest(:ids, :chats, :texts, :times) as one (id, chat, text, at)
                """)
                .param("owner", person.value())
                .param("ids", ids)
                .param("chats", chats)
                .param("texts", texts)
                .param("times", times)
                .update();
        jdbc.sql("""
                insert into memory_turn (message_id, owner_id, chat_id, speaker, said_at, terms, asks, timed, vector,
                       vector_model, seq)
                select id, :owner, chat, speaker, to_timestamp(at), terms, asks, false, vector, :model, nextval('memory_seq')
                  from unnest(:ids, :chats, :speakers, :times, :terms, :asks, :vectors)
                       as one (id, chat, speaker, at, terms, asks, vector)
                """)
                .param("owner", person.value())
                .param("model", embeddings.model())
                .param("ids", ids)
                .param("chats", chats)
                .param("speakers", speakers)
                .param("times", times)
                .param("terms", terms)
                .param("asks", asks)
                .param("vectors", vectors)
                .update();
    }

    private String question() {
        return "what did i say about " + word() + " " + word() + " and " + word();
    }

    private String sentence(int words) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append(word()).append(' ');
        }
        return text.append('.').toString();
    }

    /// Zipf's law: the second word is half as frequent as the first.
    private String word() {
        int rank = (int) Math.exp(random.nextDouble() * Math.log(VOCABULARY));
        return "w" + Integer.toString(rank * 7_919, 36);
    }
}
