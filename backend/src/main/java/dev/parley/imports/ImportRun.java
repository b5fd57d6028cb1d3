package dev.parley.imports;

import dev.parley.chats.ChatsInBulk;
import dev.parley.chats.ChatsInBulk.NewChat;
import dev.parley.chats.ChatsInBulk.NewMessage;
import dev.parley.database.Database;
import dev.parley.shared.Outage;
import dev.parley.shared.UserId;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.stereotype.Component;

/// Takes the chats of a file over, some at a time: each lot is written together with how far that is, or not at all.
@Component
class ImportRun {
    private static final Logger log = LoggerFactory.getLogger(ImportRun.class);
    private static final int MOST_CHATS = 200;
    private static final long MOST_CHARACTERS = 4L << 20;
    /// So much is sorted into the text index at once. Everybody's searches look through what waits for that.
    private static final long SORTED_AT_ONCE = MOST_CHARACTERS;

    /// What changes the planner's mind.
    private static final long MUCH = 4 * MOST_CHARACTERS;

    /// What a message costs besides its characters.
    private static final int MESSAGE = 300;

    private static final Duration LONGEST_STATEMENT = Duration.ofMinutes(10);

    private final Database database;
    private final ChatsInBulk chats;
    private final Clock clock;

    ImportRun(Database database, ChatsInBulk chats, Clock clock) {
        this.database = database;
        this.chats = chats;
        this.clock = clock;
    }

    /// What a file has.
    ///
    /// @param format of its first chat
    record Looked(Format format, int total) {}

    /// Told with each lot.
    interface Progress {
        /// In the transaction that writes the chats.
        void isNow(Connection connection, Tally tally) throws SQLException;
    }

    /// Looks a file through to its end, before anything of it is taken over.
    ///
    /// @throws Refused when it is no file of a known form, or breaks off
    Looked look(SourceFile file) throws IOException {
        return apart(() -> looked(file));
    }

    private static Looked looked(SourceFile file) throws IOException {
        int[] total = {0};
        @Nullable Format[] first = {null};
        file.read(new SourceFile.Found() {
            @Override
            public void chat(SourceChat chat) {
                endWithTheServer();
                total[0]++;
                first[0] = first[0] == null ? chat.format() : first[0];
            }

            @Override
            public void unreadable() {}
        });
        Format format = first[0];
        if (format == null) {
            throw new Refused("There is no chat in this file that Parley could read.");
        }
        return new Looked(format, total[0]);
    }

    private static void endWithTheServer() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("The server stops.");
        }
    }

    /// @param from how far it was taken over before
    /// @return how it ended
    /// @throws Refused when it is no file of a known form, or breaks off
    Tally write(UserId owner, SourceFile file, boolean remember, Tally from, Progress progress) throws IOException {
        return apart(() -> written(owner, file, remember, from, progress));
    }

    private Tally written(UserId owner, SourceFile file, boolean remember, Tally from, Progress progress)
            throws IOException {
        try (Connection connection = database.connect("import", LONGEST_STATEMENT);
                Sorting sorting = new Sorting(database.connect("import index", LONGEST_STATEMENT))) {
            Lot lot = new Lot(owner, remember, from, connection, progress, sorting);
            file.read(lot);
            lot.write();
            sorting.await();
            if (lot.written >= MUCH) {
                chats.settle(connection);
            } else if (lot.written > 0) {
                chats.sort(connection);
            }
            return lot.tally;
        } catch (SQLException e) {
            throw new UncategorizedSQLException("import", null, e);
        }
    }

    /// On a thread of its own: reading computes for minutes, and a virtual thread that computes holds the carrier that
    /// streams are waiting for.
    private static <T> T apart(Callable<T> work) throws IOException {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().name("import").daemon().start(task);
        try {
            return task.get();
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new CancellationException("The server stops.");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failure -> throw failure;
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    /// Sorts what was written into the text index, beside the writing of more.
    private final class Sorting implements AutoCloseable {
        private final Connection connection;
        private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

        Sorting(Connection connection) {
            this.connection = connection;
        }

        /// When what was begun before is done: who writes faster than is sorted waits here.
        void begin() {
            await();
            last = CompletableFuture.runAsync(this::sort, Thread::startVirtualThread);
        }

        private void sort() {
            try {
                chats.sort(connection);
            } catch (SQLException e) {
                throw new UncategorizedSQLException("import", null, e);
            }
        }

        void await() {
            try {
                last.join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException failure ? failure : e;
            }
        }

        @Override
        public void close() throws SQLException {
            last.handle((_, _) -> true).join();
            connection.close();
        }
    }

    /// What was read and is not written yet.
    private final class Lot implements SourceFile.Found {
        private final UserId owner;
        private final boolean remember;
        private final int before;
        private final Connection connection;
        private final Progress progress;
        private final Sorting sorting;
        private final List<Read> waiting = new ArrayList<>();
        private int seen;
        private long characters;
        private long unsorted;
        private long written;
        private Tally tally;

        /// A chat of the file, and what it becomes.
        ///
        /// @param original its id where it is one of Parley's, perhaps of this very instance
        /// @param instead why it becomes nothing
        private record Read(
                @Nullable NewChat chat,
                @Nullable UUID original,
                Map<Skipped, Integer> skipped,
                @Nullable Skipped instead) {}

        Lot(UserId owner, boolean remember, Tally from, Connection connection, Progress progress, Sorting sorting) {
            this.owner = owner;
            this.remember = remember;
            this.before = from.done();
            this.tally = from;
            this.connection = connection;
            this.progress = progress;
            this.sorting = sorting;
        }

        @Override
        public void chat(SourceChat source) {
            endWithTheServer();
            if (++seen <= before) {
                return;
            }
            Optional<NewChat> chat = source.isTemporary() || source.skipped().containsKey(Skipped.TOO_LARGE)
                    ? Optional.empty()
                    : Planting.of(owner, source, remember, clock.instant());
            Skipped instead = instead(source, chat.isPresent());
            waiting.add(new Read(chat.orElse(null), original(source), source.skipped(), instead));
            characters += chat.map(Lot::length).orElse(0L);
            if (waiting.size() >= MOST_CHATS || characters >= MOST_CHARACTERS) {
                write();
            }
        }

        /// It is counted with the chats that follow it: what stands before those that are written was counted with
        /// them.
        @Override
        public void unreadable() {
            if (seen >= before) {
                tally = tally.plus(Skipped.UNREADABLE);
            }
        }

        private static @Nullable Skipped instead(SourceChat source, boolean planted) {
            if (source.skipped().containsKey(Skipped.TOO_LARGE)) {
                return Skipped.TOO_LARGE;
            }
            if (source.isTemporary()) {
                return Skipped.TEMPORARY;
            }
            return planted ? null : Skipped.EMPTY;
        }

        private static @Nullable UUID original(SourceChat source) {
            if (source.format() != Format.PARLEY) {
                return null;
            }
            try {
                return UUID.fromString(source.id());
            } catch (IllegalArgumentException e) {
                return null;
            }
        }

        private static long length(NewChat chat) {
            return chat.messages().stream()
                    .mapToLong(message -> MESSAGE + message.content().length() + reasoning(message))
                    .sum();
        }

        private static int reasoning(NewMessage message) {
            String reasoning = message.metadata().reasoning();
            return reasoning == null ? 0 : reasoning.length();
        }

        void write() {
            try {
                write(waiting);
                unsorted += characters;
                written += characters;
                if (unsorted >= SORTED_AT_ONCE) {
                    sorting.begin();
                    unsorted = 0;
                }
                waiting.clear();
                characters = 0;
            } catch (SQLException e) {
                throw new UncategorizedSQLException("import", null, e);
            }
        }

        /// What the database refuses keeps nobody from the others: it is looked for by halves, and left out.
        private void write(List<Read> some) throws SQLException {
            try {
                writeTogether(some);
            } catch (SQLException e) {
                if (Outage.isOne(e)) {
                    throw e;
                }
                if (some.size() == 1) {
                    note(tally.plus(false, refused(some, e)), List.of());
                    return;
                }
                int middle = some.size() / 2;
                write(some.subList(0, middle));
                write(some.subList(middle, some.size()));
            }
        }

        /// Who reads the same file at the same time may have been faster.
        private Skipped refused(List<Read> one, SQLException failure) throws SQLException {
            if (!chats.existing(connection, owner, ids(one)).isEmpty()) {
                return Skipped.ALREADY_IMPORTED;
            }
            log.warn("A chat cannot be imported: the database refuses it with {}.", failure.getSQLState());
            return Skipped.NOT_STORABLE;
        }

        private void writeTogether(List<Read> some) throws SQLException {
            Set<UUID> here = chats.existing(connection, owner, ids(some));
            List<NewChat> fresh = new ArrayList<>();
            Tally next = tally;
            for (Read read : some) {
                NewChat chat = read.chat;
                if (chat == null) {
                    next = next.plus(false, Objects.requireNonNull(read.instead));
                } else if ((read.original != null && here.contains(read.original)) || !here.add(chat.id())) {
                    next = next.plus(false, Skipped.ALREADY_IMPORTED);
                } else {
                    fresh.add(chat);
                    next = next.plus(true, read.skipped);
                }
            }
            note(next, fresh);
        }

        private void note(Tally next, List<NewChat> fresh) throws SQLException {
            chats.write(connection, fresh, open -> progress.isNow(open, next));
            tally = next;
        }

        private static List<UUID> ids(List<Read> some) {
            return some.stream()
                    .filter(read -> read.chat != null)
                    .flatMap(read -> Stream.of(read.chat.id(), read.original))
                    .filter(Objects::nonNull)
                    .toList();
        }
    }
}
