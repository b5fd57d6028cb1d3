package dev.parley.memory;

/// A direction in int8. Only directions are compared, so each is scaled to use the whole range.
final class Vector {
    private static final int LARGEST = 127;

    private Vector() {}

    static byte[] of(float[] direction) {
        float largest = 0;
        for (float value : direction) {
            largest = Math.max(largest, Math.abs(value));
        }
        byte[] vector = new byte[direction.length];
        for (int i = 0; largest > 0 && i < direction.length; i++) {
            vector[i] = (byte) Math.round(direction[i] / largest * LARGEST);
        }
        return vector;
    }

    static int dot(byte[] one, byte[] others, int offset) {
        int sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * others[offset + i];
        }
        return sum;
    }

    static float norm(byte[] vector) {
        return (float) Math.sqrt(dot(vector, vector, 0));
    }

    static double cosine(byte[] one, byte[] other) {
        if (one.length != other.length) {
            return 0;
        }
        float norms = norm(one) * norm(other);
        return norms == 0 ? 0 : dot(one, other, 0) / norms;
    }
}
