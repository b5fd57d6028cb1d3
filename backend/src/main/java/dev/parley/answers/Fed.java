package dev.parley.answers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.answers.Event.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// A stretch of an answer as it goes from node to node: 29 bytes and its text. Many make up one message.
///
/// @param from the position before it
/// @param text may be empty: then it says how far the writer is
record Fed(UUID answer, int epoch, long from, Kind kind, String text) {
    /// The channel on which one follower is told.
    static String channel(UUID follower) {
        return "answers.fed:" + follower;
    }

    private static final int LONGEST_PIECE = 16_000;

    /// The same, in pieces that a message has room for.
    List<Fed> pieces() {
        List<Fed> pieces = new ArrayList<>(1);
        int begin = 0;
        while (text.length() - begin > LONGEST_PIECE) {
            int end = begin + LONGEST_PIECE;
            if (Character.isHighSurrogate(text.charAt(end - 1))) {
                end--;
            }
            pieces.add(new Fed(answer, epoch, from + begin, kind, text.substring(begin, end)));
            begin = end;
        }
        pieces.add(begin == 0 ? this : new Fed(answer, epoch, from + begin, kind, text.substring(begin)));
        return pieces;
    }

    /// Gathers stretches into one message.
    static final class Message {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream out = new DataOutputStream(bytes);

        void add(Fed fed) {
            byte[] text = fed.text.getBytes(UTF_8);
            try {
                write(out, fed.answer);
                out.writeInt(fed.epoch);
                out.writeInt((int) fed.from);
                out.writeByte(fed.kind.code());
                out.writeInt(text.length);
                out.write(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        int size() {
            return bytes.size();
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }
    }

    static List<Fed> of(byte[] message) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(message))) {
            List<Fed> all = new ArrayList<>();
            while (in.available() > 0) {
                UUID answer = readId(in);
                int epoch = in.readInt();
                int from = in.readInt();
                Kind kind = Kind.of(in.readByte());
                all.add(new Fed(answer, epoch, from, kind, new String(in.readNBytes(in.readInt()), UTF_8)));
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(DataOutputStream out, UUID id) throws IOException {
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
    }

    static UUID readId(DataInputStream in) throws IOException {
        return new UUID(in.readLong(), in.readLong());
    }
}
