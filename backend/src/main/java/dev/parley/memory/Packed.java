package dev.parley.memory;

import java.nio.ByteBuffer;
import java.util.UUID;

/// Arrays as bytes, a whole one at a time.
final class Packed {
    private Packed() {}

    static void put(ByteBuffer into, int[] values) {
        into.asIntBuffer().put(values);
        into.position(into.position() + values.length * Integer.BYTES);
    }

    static void put(ByteBuffer into, short[] values) {
        into.asShortBuffer().put(values);
        into.position(into.position() + values.length * Short.BYTES);
    }

    static void put(ByteBuffer into, long[] values) {
        into.asLongBuffer().put(values);
        into.position(into.position() + values.length * Long.BYTES);
    }

    static void put(ByteBuffer into, float[] values) {
        into.asFloatBuffer().put(values);
        into.position(into.position() + values.length * Float.BYTES);
    }

    static void put(ByteBuffer into, UUID[] values) {
        for (UUID one : values) {
            into.putLong(one.getMostSignificantBits()).putLong(one.getLeastSignificantBits());
        }
    }

    static int[] ints(ByteBuffer from, int count) {
        int[] values = new int[count];
        from.asIntBuffer().get(values);
        from.position(from.position() + count * Integer.BYTES);
        return values;
    }

    static short[] shorts(ByteBuffer from, int count) {
        short[] values = new short[count];
        from.asShortBuffer().get(values);
        from.position(from.position() + count * Short.BYTES);
        return values;
    }

    static long[] longs(ByteBuffer from, int count) {
        long[] values = new long[count];
        from.asLongBuffer().get(values);
        from.position(from.position() + count * Long.BYTES);
        return values;
    }

    static float[] floats(ByteBuffer from, int count) {
        float[] values = new float[count];
        from.asFloatBuffer().get(values);
        from.position(from.position() + count * Float.BYTES);
        return values;
    }

    static byte[] bytes(ByteBuffer from, int count) {
        byte[] values = new byte[count];
        from.get(values);
        return values;
    }

    static UUID[] ids(ByteBuffer from, int count) {
        UUID[] values = new UUID[count];
        for (int i = 0; i < count; i++) {
            values[i] = new UUID(from.getLong(), from.getLong());
        }
        return values;
    }
}
