package dev.parley.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// A backup that is read. It is opened only when every byte of it is what was written.
public final class Archive implements AutoCloseable {
    static final String MANIFEST = "manifest.json";
    static final String TABLES = "tables/";
    static final String SECRETS = "secrets/";

    private static final int BUFFER = 1 << 16;
    /// A backup names its own size in none of these, and what is compressed may be anything.
    private static final int LARGEST_MANIFEST = 4 << 20;
    private static final int LARGEST_SECRET = 1 << 16;

    private final Path file;
    private final ZipFile zip;
    private final Manifest manifest;

    private Archive(Path file, ZipFile zip, Manifest manifest) {
        this.file = file;
        this.zip = zip;
        this.manifest = manifest;
    }

    /// @throws BackupFailure when it is none, is damaged, or is of a newer form
    public static Archive open(Path file) {
        try {
            try (FileChannel channel = FileChannel.open(file, READ)) {
                if (!Seal.isWhole(channel)) {
                    throw new BackupFailure(file + " is no backup of Parley, or is damaged or cut off.");
                }
            }
            ZipFile zip = new ZipFile(file.toFile(), UTF_8);
            try {
                Archive archive = new Archive(file, zip, manifest(zip));
                archive.refuseUnknown();
                return archive;
            } catch (IOException | RuntimeException e) {
                zip.close();
                throw e;
            }
        } catch (IOException e) {
            throw BackupFailure.of("The backup " + file + " cannot be read", e);
        }
    }

    private static Manifest manifest(ZipFile zip) throws IOException {
        ZipEntry entry = zip.getEntry(MANIFEST);
        if (entry == null) {
            throw new IOException("it has no manifest");
        }
        return Manifest.read(bytes(zip, entry, LARGEST_MANIFEST));
    }

    private static byte[] bytes(ZipFile zip, ZipEntry entry, int most) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new IOException(entry.getName() + " in it is too large");
            }
            return bytes;
        }
    }

    private void refuseUnknown() {
        if (manifest.format() > Manifest.FORMAT) {
            throw new BackupFailure(file + " was made by Parley " + manifest.version()
                    + " in a form that this version does not know; use that version or a newer one.");
        }
        Set<String> told = new TreeSet<>(Set.of(MANIFEST));
        manifest.tables().forEach(table -> told.add(TABLES + table.name()));
        manifest.secrets().forEach(secret -> told.add(SECRETS + secret));
        Set<String> found = zip.stream().map(ZipEntry::getName).collect(Collectors.toCollection(TreeSet::new));
        if (!found.equals(told)) {
            throw new BackupFailure(file + " does not hold what its manifest says.");
        }
    }

    public Manifest manifest() {
        return manifest;
    }

    /// Reads all of it.
    ///
    /// @throws BackupFailure when a table is not what the manifest says
    public void verify(LongConsumer progress) {
        byte[] buffer = new byte[BUFFER];
        try {
            for (Manifest.Table table : manifest.tables()) {
                try (Rows rows = rows(table, progress)) {
                    while (rows.read(buffer) >= 0) {
                        // what passes is looked at
                    }
                    rows.requireWhole();
                }
            }
        } catch (IOException e) {
            throw BackupFailure.of("The backup " + file + " cannot be read", e);
        }
    }

    Rows rows(Manifest.Table table, LongConsumer progress) throws IOException {
        return new Rows(zip.getInputStream(zip.getEntry(TABLES + table.name())), table, new RowStream(progress));
    }

    Map<String, String> secrets() throws IOException {
        Map<String, String> secrets = new LinkedHashMap<>();
        for (String name : manifest.secrets()) {
            secrets.put(name, new String(bytes(zip, zip.getEntry(SECRETS + name), LARGEST_SECRET), UTF_8));
        }
        return secrets;
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw BackupFailure.of("The backup " + file + " cannot be closed", e);
        }
    }

    /// The rows of a table, looked at as they are read.
    final class Rows extends InputStream {
        private final InputStream in;
        private final Manifest.Table table;
        private final RowStream seen;

        Rows(InputStream in, Manifest.Table table, RowStream seen) {
            this.in = in;
            this.table = table;
            this.seen = seen;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            if (read > 0) {
                seen.pass(buffer, offset, read);
            }
            return read;
        }

        /// At the end.
        void requireWhole() {
            if (!seen.is(table)) {
                throw new BackupFailure(
                        "The table " + table.name() + " in " + file + " is not what its manifest says.");
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
