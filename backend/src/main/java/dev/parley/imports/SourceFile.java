package dev.parley.imports;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;

/// A file that somebody sent: a JSON document, or a ZIP archive with such among others. It is read from its beginning
/// to its end; the names in an archive are looked at and never used.
///
/// @param size in bytes
record SourceFile(Path path, long size) {
    private static final int BUFFER = 1 << 16;
    private static final int MARK = 64;

    /// Text is packed to a tenth, at best to a fiftieth. An archive that has more in it was made to harm.
    private static final long DENSEST = 100;

    private static final long ALWAYS_ALLOWED = 64L << 20;

    /// However slow the disk and the database are, some chat comes of the file in this time.
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(15);

    private static final String TOO_MUCH = "The archive unpacks to more than an archive of its size can honestly hold.";

    static SourceFile of(Path path) throws IOException {
        return new SourceFile(path, Files.size(path));
    }

    /// What a pass over the file finds.
    interface Found {
        void chat(SourceChat chat);

        /// A document of an archive that cannot be read, or not to its end.
        void unreadable();
    }

    /// @throws Refused when it is no file of a known form, or breaks off
    void read(Found found) throws IOException {
        read(found, LONGEST_SILENCE);
    }

    /// @param patience how long it may be read without a chat that is found
    void read(Found found, Duration patience) throws IOException {
        Patient patient = new Patient(found, patience);
        try (InputStream file = new BufferedInputStream(patient.reading(Files.newInputStream(path)), BUFFER)) {
            if (isArchive(file)) {
                archive(file, patient);
            } else if (looksLikeJson(file)) {
                ChatReader.read(file, patient::chat);
            } else {
                throw new Refused("This is neither JSON nor a ZIP archive.");
            }
        } catch (StreamConstraintsException e) {
            throw new Refused("Something in the file is longer than a chat can be.");
        } catch (JacksonException e) {
            throw new Refused("The file is no JSON, or breaks off.");
        }
    }

    private void archive(InputStream file, Found found) throws IOException {
        Bounded bounded = new Bounded(ALWAYS_ALLOWED + DENSEST * size);
        // Names in whatever encoding: they are only compared.
        try (ZipInputStream zip = new ZipInputStream(file, StandardCharsets.ISO_8859_1)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                InputStream content = new BufferedInputStream(bounded.of(zip), BUFFER);
                if (!entry.isDirectory()
                        && entry.getName().toLowerCase(Locale.ROOT).endsWith(".json")
                        && looksLikeJson(content)) {
                    document(content, found::chat, found);
                }
                // What follows it begins where it ends, and counts too.
                bounded.of(zip).transferTo(OutputStream.nullOutputStream());
            }
        } catch (ZipException | EOFException e) {
            throw new Refused(
                    "The archive is damaged, or packed in a way that cannot be read here. Unpack it and send its"
                            + " JSON files.");
        } catch (TooMuch e) {
            throw new Refused(TOO_MUCH);
        }
    }

    private static void document(InputStream content, Consumer<SourceChat> chats, Found found) {
        try {
            ChatReader.read(content, chats);
        } catch (JacksonException e) {
            if (e.getCause() instanceof TooMuch) {
                throw new Refused(TOO_MUCH);
            }
            found.unreadable();
        }
    }

    private static boolean isArchive(InputStream file) throws IOException {
        file.mark(MARK);
        byte[] head = file.readNBytes(4);
        file.reset();
        return head.length == 4 && head[0] == 'P' && head[1] == 'K' && head[2] == 3 && head[3] == 4;
    }

    /// Whether the first thing in it, after a byte order mark and white space, is an object or an array.
    private static boolean looksLikeJson(InputStream content) throws IOException {
        content.mark(MARK);
        byte[] head = content.readNBytes(MARK);
        content.reset();
        String text =
                new String(head, StandardCharsets.UTF_8).replace("\uFEFF", "").stripLeading();
        return text.startsWith("{") || text.startsWith("[");
    }

    /// Ends the reading of a file in which nothing is found.
    private static final class Patient implements Found {
        private final Found found;
        private final Duration patience;
        private long last = System.nanoTime();

        Patient(Found found, Duration patience) {
            this.found = found;
            this.patience = patience;
        }

        @Override
        public void chat(SourceChat chat) {
            found.chat(chat);
            last = System.nanoTime();
        }

        @Override
        public void unreadable() {
            found.unreadable();
        }

        InputStream reading(InputStream file) {
            return new FilterInputStream(file) {
                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    if (System.nanoTime() - last > patience.toNanos()) {
                        throw new Refused("It takes too long to find a chat in this file.");
                    }
                    return in.read(into, offset, length);
                }
            };
        }
    }

    private static final class TooMuch extends IOException {}

    /// Counts what comes out of an archive, over all that is in it.
    private static final class Bounded {
        private long left;

        Bounded(long most) {
            left = most;
        }

        InputStream of(InputStream content) {
            return new FilterInputStream(content) {
                @Override
                public int read() throws IOException {
                    int next = in.read();
                    count(next < 0 ? 0 : 1);
                    return next;
                }

                @Override
                public int read(byte[] into, int offset, int length) throws IOException {
                    int read = in.read(into, offset, length);
                    count(Math.max(read, 0));
                    return read;
                }

                // The archive goes on behind its entry.
                @Override
                public void close() {}
            };
        }

        private void count(int read) throws IOException {
            left -= read;
            if (left < 0) {
                throw new TooMuch();
            }
        }
    }
}
