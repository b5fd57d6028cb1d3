package dev.parley.cluster;

/// A piece of news as nodes write it to each other.
///
/// @param number counts the news of its sender
record Signal(long number, String topic, String body) {
    private static final int LONGEST_BODY = 500;
    private static final String MISSED = "signals.missed";

    Signal {
        if (topic.isEmpty() || topic.indexOf(' ') >= 0 || topic.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("This is no topic: " + topic);
        }
        if (body.length() > LONGEST_BODY || body.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("The body of " + topic + " is longer than a line of ids");
        }
    }

    /// That something could not be carried.
    static Signal missed(long number) {
        return new Signal(number, MISSED, "");
    }

    boolean tellsOfMissed() {
        return topic.equals(MISSED);
    }

    String line() {
        return Long.toString(number, Character.MAX_RADIX) + ' ' + topic + ' ' + body;
    }

    static Signal of(String line) {
        String[] parts = line.split(" ", 3);
        if (parts.length < 3) {
            throw new IllegalArgumentException("This is no news");
        }
        return new Signal(Long.parseLong(parts[0], Character.MAX_RADIX), parts[1], parts[2]);
    }
}
