package dev.parley.database;

import dev.parley.settings.StartFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Properties;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.springframework.util.FileSystemUtils;

/// PostgreSQL's programs as the jar carries them, unpacked once for each version.
record PostgresBinaries(Path directory) {
    /// @param parent where `postgres-<version>` stands or comes to stand
    static PostgresBinaries unpackedIn(Path parent) {
        Path directory = parent.resolve("postgres-" + version());
        try {
            if (!Files.exists(directory)) {
                unpack(directory);
            }
            return new PostgresBinaries(directory.toRealPath());
        } catch (IOException e) {
            throw new StartFailure(
                    "PostgreSQL could not be unpacked into " + directory + ": " + e.getMessage() + ".", e);
        }
    }

    String program(String name) {
        return directory.resolve("bin").resolve(name).toString();
    }

    /// The version that the jar carries, such as `18.6.0`.
    static String version() {
        try (InputStream in = resource("/dev/parley/database/binaries.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void unpack(Path directory) throws IOException {
        Path draft = directory.resolveSibling(directory.getFileName() + ".new");
        FileSystemUtils.deleteRecursively(draft);
        try (InputStream in = resource("/" + archive());
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(in)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, draft);
            }
        }
        Commands.syncToDisk(draft);
        Files.move(draft, directory, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path draft) throws IOException {
        Path target = draft.resolve(entry.getName()).normalize();
        if (!target.startsWith(draft)) {
            throw new IOException(entry.getName() + " leads out of the archive");
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            permit(target, true);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        permit(target, (entry.getMode() & 0100) != 0);
    }

    /// Readable by everyone, since the server may have to run as another user than the one who unpacks it.
    private static void permit(Path file, boolean executable) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private static String archive() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String processor = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        return "postgres-" + system + "-" + processor + ".txz";
    }

    private static InputStream resource(String path) {
        InputStream in = PostgresBinaries.class.getResourceAsStream(path);
        if (in == null) {
            throw new StartFailure("This build carries no PostgreSQL for " + System.getProperty("os.name") + " on "
                    + System.getProperty("os.arch") + "; set DATABASE_URL to a PostgreSQL of your own.");
        }
        return in;
    }
}
