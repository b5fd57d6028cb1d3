package dev.parley.database;

import dev.parley.settings.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Who PostgreSQL runs as. It refuses to be root; an ordinary user's server simply is his own.
///
/// @param prefix what stands before each of PostgreSQL's commands
/// @param uid whose the server's files must be, -1 when they are right as they are made
record ServerAccount(List<String> prefix, int uid, int gid) {
    private static final int NOBODY = 65534;

    /// In a user namespace of his own anyone, root too, is nobody in particular, and yet owns his files. `initdb`
    /// insists on a user with a name, and nobody has one.
    private static final List<String> UNSHARE = List.of("unshare", "--user", "--");

    /// @param home the directory whose owner the server is to be when we are root: its own if there is one, else the
    ///     directory that holds it
    static ServerAccount of(Path home) {
        String user = System.getProperty("user.name");
        if (!user.equals("root")) {
            // A container may run us under a number that has no name, as the JVM's question mark says.
            return user.equals("?") ? new ServerAccount(UNSHARE, -1, -1) : new ServerAccount(List.of(), -1, -1);
        }
        try {
            int owner = (int) Files.getAttribute(home, "unix:uid");
            if (owner != 0) {
                return other(owner, (int) Files.getAttribute(home, "unix:gid"));
            }
        } catch (IOException e) {
            throw new StartFailure("The owner of " + home + " cannot be read: " + e.getMessage() + ".", e);
        }
        // Containers may forbid a namespace.
        if (Commands.run(and(UNSHARE, List.of("true"))).succeeded()) {
            return new ServerAccount(UNSHARE, -1, -1);
        }
        return other(NOBODY, NOBODY);
    }

    private static ServerAccount other(int uid, int gid) {
        List<String> prefix = List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--");
        Commands.Result result = Commands.run(and(prefix, List.of("true")));
        if (!result.succeeded()) {
            throw new StartFailure("PostgreSQL does not run as root, and another user cannot be taken on ("
                    + result.output() + "); run Parley as an ordinary user, or set DATABASE_URL.");
        }
        boolean named =
                Commands.run(List.of("id", "-un", Integer.toString(uid))).succeeded();
        return new ServerAccount(named ? prefix : and(prefix, UNSHARE), uid, gid);
    }

    Commands.Result run(List<String> command) {
        return run(command, "");
    }

    Commands.Result run(List<String> command, String input) {
        return Commands.run(and(prefix, command), input);
    }

    /// Gives the server what it must own.
    void own(Path path) throws IOException {
        if (uid == -1 || (int) Files.getAttribute(path, "unix:uid") == uid) {
            return;
        }
        try (Stream<Path> paths = Files.walk(path)) {
            for (Path each : (Iterable<Path>) paths::iterator) {
                Files.setAttribute(each, "unix:uid", uid);
                Files.setAttribute(each, "unix:gid", gid);
            }
        }
    }

    private static List<String> and(List<String> prefix, List<String> command) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(command);
        return all;
    }
}
