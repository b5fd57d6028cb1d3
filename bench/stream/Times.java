import java.util.Arrays;

/// Durations in microseconds, of which quantiles are wanted.
final class Times {
    private int[] micros = new int[1 << 16];
    private int count;

    void add(long duration) {
        if (count == micros.length) {
            micros = Arrays.copyOf(micros, 2 * count);
        }
        micros[count++] = (int) Math.clamp(duration, 0, Integer.MAX_VALUE);
    }

    void clear() {
        count = 0;
    }

    /// As JSON, in microseconds.
    String quantiles() {
        int[] sorted = Arrays.copyOf(micros, count);
        Arrays.sort(sorted);
        return "{\"count\":%d,\"p50\":%d,\"p90\":%d,\"p99\":%d,\"p999\":%d,\"max\":%d}"
                .formatted(count, at(sorted, 0.5), at(sorted, 0.9), at(sorted, 0.99), at(sorted, 0.999), at(sorted, 1));
    }

    private static int at(int[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
