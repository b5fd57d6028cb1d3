package dev.parley.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.settings.StartFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/// The PostgreSQL server that comes with the program, on a data directory that lasts.
///
/// It listens on the loopback interface alone, and knows one role, whose password only the owner of the data directory
/// can read. It has a session of its own, so that Ctrl-C reaches it through us and not before we are done with it.
final class EmbeddedPostgres implements AutoCloseable {
    static final String ROLE = "parley";
    static final String DATABASE = "parley";

    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final int ATTEMPTS = 5;
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(500);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final long LARGEST_LOG = 16 << 20;

    private final PostgresBinaries binaries;
    private final Path database;
    private final Path logFile;
    private final ServerAccount account;
    private final List<String> options;
    private final DataDirectoryLock lock;
    private final ReentrantLock lifecycle = new ReentrantLock();
    private int port;
    private volatile boolean closed;

    private EmbeddedPostgres(
            PostgresBinaries binaries,
            Path dataDirectory,
            ServerAccount account,
            List<String> options,
            DataDirectoryLock lock) {
        this.binaries = binaries;
        this.database = dataDirectory.resolve("database");
        this.logFile = dataDirectory.resolve("postgres.log");
        this.account = account;
        this.options = options;
        this.lock = lock;
    }

    /// Starts the server of this data directory, makes its database first where there is none, and recovers what a
    /// crash left behind.
    ///
    /// @param options of `postgres`, for this run
    /// @return empty when another process carries this data directory
    static Optional<EmbeddedPostgres> start(
            Path dataDirectory, PostgresBinaries binaries, String password, List<String> options) {
        Path data = real(dataDirectory);
        Optional<DataDirectoryLock> lock = DataDirectoryLock.take(data);
        if (lock.isEmpty()) {
            return Optional.empty();
        }
        try {
            Path database = data.resolve("database");
            ServerAccount account = ServerAccount.of(Files.exists(database) ? database : data);
            EmbeddedPostgres server = new EmbeddedPostgres(binaries, data, account, options, lock.get());
            server.prepare(password);
            server.start(0);
            return Optional.of(server);
        } catch (IOException e) {
            release(lock.get());
            throw new StartFailure(
                    "The embedded database in " + data + " cannot be started: " + e.getMessage() + ".", e);
        } catch (RuntimeException e) {
            release(lock.get());
            throw e;
        }
    }

    /// The server that another process carries on this data directory.
    static Optional<Postmaster> runningIn(Path dataDirectory) {
        return postmaster(real(dataDirectory).resolve("database"));
    }

    int port() {
        return port;
    }

    Optional<Postmaster> running() {
        return postmaster(database);
    }

    private void prepare(String password) throws IOException {
        if (Files.exists(database)) {
            refuseForeignVersion();
            endWhatIsLeft();
            account.own(database);
        } else {
            initialise(password);
        }
        if (Files.exists(logFile) && Files.size(logFile) > LARGEST_LOG) {
            Files.delete(logFile);
        }
        if (!Files.exists(logFile)) {
            Files.createFile(
                    logFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        account.own(logFile);
    }

    private void refuseForeignVersion() throws IOException {
        String theirs = Files.readString(database.resolve("PG_VERSION"), UTF_8).strip();
        String ours = PostgresBinaries.version();
        if (!ours.startsWith(theirs + ".")) {
            throw new StartFailure("The database in " + database + " is of PostgreSQL " + theirs
                    + ", and this program carries " + ours + ".");
        }
    }

    /// A server that outlived its program is stopped and not taken over: it may run with another version's options.
    private void endWhatIsLeft() throws IOException {
        Optional<Postmaster> orphan = Postmaster.of(database);
        if (orphan.isPresent()) {
            log.warn(
                    "A database server (process {}) was left behind by a crash; it is stopped first.",
                    orphan.get().pid());
            stopServer();
        }
        // Without their postmaster the workers end by themselves, each after the statement it is at.
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        List<ProcessHandle> workers = Postmaster.workers(database);
        while (!workers.isEmpty() && System.nanoTime() < end) {
            pause(Duration.ofMillis(20));
            workers = Postmaster.workers(database);
        }
        if (!workers.isEmpty()) {
            throw new StartFailure("Process " + workers.getFirst().pid() + " still works in " + database
                    + "; end it and start again.");
        }
        // PostgreSQL believes the number in this file whatever process has it now. Nobody works here, as was just seen.
        if (System.getProperty("os.name").equals("Linux")) {
            Files.deleteIfExists(Postmaster.file(database));
        }
    }

    /// The directory gets its name when all of it is on the disk, so that there is a whole database or none.
    private void initialise(String password) throws IOException {
        log.info("A new database is made in {}.", database);
        Path draft = database.resolveSibling("database.new");
        Path passwordFile = database.resolveSibling("database.password");
        FileSystemUtils.deleteRecursively(draft);
        Files.deleteIfExists(passwordFile);
        Files.createDirectory(
                draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createFile(
                passwordFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(passwordFile, password);
        account.own(draft);
        account.own(passwordFile);
        List<String> initdb = new ArrayList<>(List.of(
                binaries.program("initdb"),
                "--pgdata=" + draft,
                "--username=" + ROLE,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                // Without it pg_trgm sees no letters but ASCII's.
                "--lc-ctype=" + (System.getProperty("os.name").equals("Linux") ? "C.UTF-8" : "en_US.UTF-8"),
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-sync",
                "--no-instructions"));
        for (String setting : List.of(
                "shared_buffers=64MB",
                "max_wal_size=512MB",
                "jit=off",
                "io_method=sync",
                "timezone=UTC",
                "log_timezone=UTC")) {
            initdb.addAll(List.of("--set", setting));
        }
        succeed(account.run(initdb), "initdb");
        Files.delete(passwordFile);
        succeed(
                account.run(
                        List.of(binaries.program("postgres"), "--single", "-F", "-D", draft.toString(), "postgres"),
                        "create database " + DATABASE + "\n"),
                "postgres --single");
        Commands.syncToDisk(draft);
        Files.move(draft, database, StandardCopyOption.ATOMIC_MOVE);
    }

    /// @param wanted the port, 0 for any that is free
    private void start(int wanted) throws IOException {
        for (int attempt = 1; ; attempt++) {
            int candidate = wanted == 0 ? freePort() : wanted;
            long logged = Files.size(logFile);
            Commands.Result result = account.run(List.of(
                    binaries.program("pg_ctl"),
                    "start",
                    "--pgdata=" + database,
                    "--log=" + logFile,
                    "--wait",
                    "--timeout=600",
                    "--silent",
                    "--options=" + String.join(" ", serverOptions(candidate))));
            if (result.succeeded()) {
                port = candidate;
                watch();
                return;
            }
            if (attempt == ATTEMPTS) {
                throw new StartFailure("The embedded database did not start: " + complaint(logged, result) + ".");
            }
            log.warn("The embedded database did not start, and is tried again: {}.", complaint(logged, result));
            pause(BETWEEN_ATTEMPTS);
        }
    }

    private List<String> serverOptions(int port) {
        List<String> all = new ArrayList<>(List.of(
                "-p " + port,
                "-c listen_addresses=127.0.0.1",
                "-c unix_socket_directories=",
                "-c logging_collector=off"));
        if (System.getProperty("os.name").equals("Linux")) {
            all.add("-c recovery_init_sync_method=syncfs");
        }
        all.addAll(options);
        return all;
    }

    /// The server's last word about why, which stands in its log.
    private String complaint(long logged, Commands.Result result) throws IOException {
        byte[] bytes = Files.readAllBytes(logFile);
        int from = (int) Math.min(logged, bytes.length);
        return new String(bytes, from, bytes.length - from, UTF_8)
                .lines()
                .filter(line -> line.contains("FATAL:"))
                .reduce((first, last) -> last)
                .map(line -> line.substring(line.indexOf("FATAL:") + "FATAL:".length())
                        .strip())
                .orElse(result.output().lines().findFirst().orElse("it gave no reason"));
    }

    /// If the server dies while we live, it comes back where its clients look for it. We look ourselves, since nobody
    /// tells: it is not our child, and in a container it may stay a zombie.
    private void watch() {
        Thread.ofVirtual().name("database-watch").start(() -> {
            while (!closed && running().isPresent()) {
                pause(BETWEEN_LOOKS);
            }
            restart();
        });
    }

    private void restart() {
        lifecycle.lock();
        try {
            if (closed) {
                return;
            }
            log.error("The embedded database has ended by itself; it is started again.");
            endWhatIsLeft();
            start(port);
            log.info("The embedded database runs again.");
        } catch (IOException | RuntimeException e) {
            log.error("The embedded database could not be started again.", e);
        } finally {
            lifecycle.unlock();
        }
    }

    /// Ends the server in order, with a checkpoint, so that the next start has nothing to recover.
    @Override
    public void close() {
        lifecycle.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            if (running().isPresent()) {
                stopServer();
            }
        } finally {
            release(lock);
            lifecycle.unlock();
        }
    }

    private void stopServer() {
        succeed(
                account.run(List.of(
                        binaries.program("pg_ctl"),
                        "stop",
                        "--pgdata=" + database,
                        "--mode=fast",
                        "--wait",
                        "--timeout=120",
                        "--silent")),
                "pg_ctl stop");
    }

    private static Optional<Postmaster> postmaster(Path database) {
        try {
            return Postmaster.of(database);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void succeed(Commands.Result result, String what) {
        if (!result.succeeded()) {
            throw new StartFailure("The embedded database has a problem: " + what + " ended with "
                    + result.output().lines().reduce((first, last) -> last).orElse("status " + result.status()) + ".");
        }
    }

    private static Path real(Path directory) {
        try {
            return Files.createDirectories(directory).toRealPath();
        } catch (IOException e) {
            throw new StartFailure("The data directory " + directory + " cannot be made: " + e.getMessage() + ".", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("The start was interrupted.", e);
        }
    }

    private static void release(DataDirectoryLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            log.warn("The lock of the data directory could not be released.", e);
        }
    }
}
