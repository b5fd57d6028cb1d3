package dev.parley.answers;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// What a node asks of whoever writes these answers: to be told what follows.
record Wanted(UUID follower, List<Place> places) {
    /// The channel on which all nodes hear it.
    static final String CHANNEL = "answers.wanted";

    /// @param after an event's id: what the follower has
    /// @param anew whether to go back there; else it only says that the follower is still there
    record Place(UUID answer, long after, boolean anew) {}

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            Fed.write(out, follower);
            out.writeInt(places.size());
            for (Place place : places) {
                Fed.write(out, place.answer);
                out.writeLong(place.after);
                out.writeBoolean(place.anew);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Wanted of(byte[] message) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(message))) {
            UUID follower = Fed.readId(in);
            int count = in.readInt();
            List<Place> places = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                places.add(new Place(Fed.readId(in), in.readLong(), in.readBoolean()));
            }
            return new Wanted(follower, places);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
