package dev.parley.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A backup while it is written, under another name: its own it gets when all of it is on the disk.
final class Draft implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    /// A third of the time of the usual one, for a file that is a twentieth larger.
    private static final int LEVEL = 4;

    private final Path file;
    private final Path part;
    private final FileChannel channel;
    private final ZipOutputStream zip;
    private boolean finished;

    /// Removes what backups that were killed have left: under this name, and under those of all that are made by
    /// themselves, if this is one of them. Whoever calls it holds the lock on backups.
    Draft(Path file) throws IOException {
        this.file =
                Files.exists(file) ? file.toRealPath() : file.toAbsolutePath().normalize();
        if (Files.isDirectory(this.file)) {
            throw new BackupFailure(file + " is a directory; name a file in it.");
        }
        if (Files.exists(this.file) && !Files.isRegularFile(this.file)) {
            throw new BackupFailure(file + " is a device, or something else that no file can replace.");
        }
        Path directory = this.file.resolveSibling("");
        String prefix = "." + this.file.getFileName() + ".";
        boolean ofMany = Shelf.isName(this.file);
        try (DirectoryStream<Path> left =
                Files.newDirectoryStream(directory, path -> isPart(path, prefix) || (ofMany && Shelf.isPart(path)))) {
            for (Path each : left) {
                Files.delete(each);
            }
        }
        // It holds everybody's chats: its owner alone may read it.
        part = Files.createTempFile(
                directory,
                prefix,
                ".part",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        channel = FileChannel.open(part, READ, WRITE);
        zip = new ZipOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER), UTF_8);
        zip.setLevel(LEVEL);
        zip.setComment(Seal.OPEN);
    }

    private static boolean isPart(Path path, String prefix) {
        String name = String.valueOf(path.getFileName());
        return name.startsWith(prefix) && name.endsWith(".part");
    }

    interface Content {
        void writeTo(OutputStream out) throws IOException, SQLException;
    }

    void entry(String name, Content content) throws IOException, SQLException {
        zip.putNextEntry(new ZipEntry(name));
        content.writeTo(new KeptOpen(zip));
        zip.closeEntry();
    }

    /// @return how many bytes it has
    long finish() throws IOException {
        zip.finish();
        zip.flush();
        Seal.set(channel);
        channel.force(true);
        long size = channel.size();
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        finished = true;
        try (FileChannel directory = FileChannel.open(file.resolveSibling(""), READ)) {
            directory.force(true);
        }
        return size;
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            if (!finished) {
                Files.deleteIfExists(part);
            }
        }
    }

    /// An entry ends before the file does.
    private static final class KeptOpen extends FilterOutputStream {
        KeptOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() {}
    }
}
