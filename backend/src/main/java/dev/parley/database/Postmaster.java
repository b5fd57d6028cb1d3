package dev.parley.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The running server of a database directory, as its `postmaster.pid` names it.
record Postmaster(long pid, int port) {
    private static final int PORT_LINE = 3;

    /// Empty when there is no such file, or when the process that it names is not this directory's server: after a
    /// crash the file stays, and its number may by now be anyone's.
    static Optional<Postmaster> of(Path database) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file(database));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (lines.size() <= PORT_LINE) {
            return Optional.empty();
        }
        Postmaster named = new Postmaster(
                Long.parseLong(lines.getFirst().strip()),
                Integer.parseInt(lines.get(PORT_LINE).strip()));
        return named.process().filter(process -> serves(process, database)).map(process -> named);
    }

    static Path file(Path database) {
        return database.resolve("postmaster.pid");
    }

    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    }

    private static boolean serves(ProcessHandle process, Path database) {
        String command = process.info().command().orElse("");
        List<String> arguments = List.of(process.info().arguments().orElse(new String[0]));
        int option = arguments.indexOf("-D");
        return command.endsWith("/postgres")
                && option >= 0
                && arguments.subList(option + 1, arguments.size()).contains(database.toString());
    }

    /// The processes that still work in this directory, with or without a postmaster. Known on Linux only.
    static List<ProcessHandle> workers(Path database) {
        try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
            return processes.filter(process -> worksIn(process, database)).toList();
        }
    }

    private static boolean worksIn(ProcessHandle process, Path database) {
        try {
            Path proc = Path.of("/proc", Long.toString(process.pid()));
            return Files.readSymbolicLink(proc.resolve("cwd")).equals(database)
                    && Files.readSymbolicLink(proc.resolve("exe")).endsWith("postgres");
        } catch (IOException e) {
            return false; // it has ended, or is somebody else's
        }
    }
}
