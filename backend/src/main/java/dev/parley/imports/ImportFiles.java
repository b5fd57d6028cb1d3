package dev.parley.imports;

import dev.parley.shared.UserId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;

/// The files that wait to be read, each under the ids of its owner and its import: nothing that its sender
/// says becomes a name.
@Component
class ImportFiles {
    private static final String ID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
    private static final Pattern WHOLE = Pattern.compile(ID + "_" + ID);

    private final Path directory;

    ImportFiles(ImportsProperties properties) {
        this.directory = properties.directory();
    }

    /// Where they wait, which nobody else may look into.
    Path directory() {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory);
                if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
                }
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException("The directory for imports cannot be made", e);
        }
    }

    /// Takes away what was left of files that had not come whole when the server died. Before any comes.
    void sweep() {
        try (Stream<Path> files = Files.list(directory())) {
            for (Path file : files.filter(ImportFiles::isUnfinished).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("What was left of imports cannot be deleted", e);
        }
    }

    private static boolean isUnfinished(Path file) {
        return Files.isRegularFile(file)
                && !WHOLE.matcher(String.valueOf(file.getFileName())).matches();
    }

    /// A file that has come whole.
    record Kept(UserId owner, UUID id, Instant since) {}

    List<Kept> all() {
        try (Stream<Path> paths = Files.list(directory())) {
            List<Kept> all = new ArrayList<>();
            for (Path path : paths.toList()) {
                String name = String.valueOf(path.getFileName());
                if (WHOLE.matcher(name).matches()) {
                    String[] ids = name.split("_", -1);
                    all.add(new Kept(
                            new UserId(UUID.fromString(ids[0])),
                            UUID.fromString(ids[1]),
                            Files.getLastModifiedTime(path).toInstant()));
                }
            }
            return all;
        } catch (NoSuchFileException e) {
            // It was done with meanwhile; the next look sees the others.
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("The files to be imported cannot be listed", e);
        }
    }

    void keep(UserId owner, UUID id, MultipartFile file) {
        try {
            file.transferTo(path(owner, id).toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException("A file to be imported could not be kept", e);
        }
    }

    Path path(UserId owner, UUID id) {
        return directory().resolve(owner + "_" + id);
    }

    void delete(UserId owner, UUID id) {
        try {
            Files.deleteIfExists(path(owner, id));
        } catch (IOException e) {
            throw new UncheckedIOException("A file that was imported could not be deleted", e);
        }
    }
}
