package dev.parley.seed;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// How much is made up, and for whom.
///
/// @param messages altogether, over all people equally
/// @param users how many people
/// @param chats how many each of them has; 0 as their lengths have it
/// @param longest so many messages has one chat of the first person; 0 for none
/// @param email of the first person
/// @param random another number makes other texts
/// @param force also where others have accounts
public record SeedPlan(int messages, int users, int chats, int longest, String email, long random, boolean force) {
    private static final int SHORTEST_CHAT = 2;
    private static final int LONGEST_CHAT = 200;

    /// @throws IllegalArgumentException with a sentence when that many do not fit
    public SeedPlan {
        if (users > messages) {
            throw new IllegalArgumentException("Each person needs a message: --messages is at least --users.");
        }
        if (longest > messages / users) {
            throw new IllegalArgumentException("A chat of " + longest + " messages is more than one person has.");
        }
        int rest = longest > 0 && chats > 0 ? chats - 1 : chats;
        if ((long) rest * SHORTEST_CHAT > messages / users - longest) {
            throw new IllegalArgumentException(
                    "A chat has at least " + SHORTEST_CHAT + " messages: there are too few for --chats.");
        }
        if (rest == 0 && chats > 0 && longest < messages / users) {
            throw new IllegalArgumentException("With --chats 1 the longest chat is all: leave --longest out.");
        }
    }

    /// The first person, and reader-2@example.com and so on.
    List<String> emails() {
        return Stream.concat(
                        Stream.of(email), IntStream.rangeClosed(2, users).mapToObj("reader-%d@example.com"::formatted))
                .toList();
    }

    /// How many messages each chat of a person has, the newest first.
    List<Integer> chatSizes(int person, RandomGenerator random) {
        int all = messages / users + (person < messages % users ? 1 : 0);
        boolean hasLongest = person == 0 && longest > 0;
        int rest = hasLongest ? all - longest : all;
        int count = hasLongest && chats > 0 ? chats - 1 : chats;
        List<Integer> sizes = new ArrayList<>();
        if (hasLongest) {
            sizes.add(longest);
        }
        sizes.addAll(chats == 0 ? drawn(rest, random) : shared(rest, count, random));
        return sizes;
    }

    /// As many as it takes.
    private static List<Integer> drawn(int messages, RandomGenerator random) {
        List<Integer> sizes = new ArrayList<>();
        for (int left = messages; left > 0; ) {
            int size = left <= SHORTEST_CHAT + 1 ? left : Math.min(left, length(random));
            sizes.add(left - size == 1 ? size + 1 : size);
            left -= sizes.getLast();
        }
        return sizes;
    }

    /// So many chats that have them all together.
    private static List<Integer> shared(int messages, int count, RandomGenerator random) {
        if (count == 0) {
            return List.of();
        }
        double[] weights =
                IntStream.range(0, count).mapToDouble(_ -> length(random)).toArray();
        double sum = IntStream.range(0, count).mapToDouble(i -> weights[i]).sum();
        int free = messages - count * SHORTEST_CHAT;
        List<Integer> sizes = new ArrayList<>();
        for (double weight : weights) {
            sizes.add(SHORTEST_CHAT + (int) (free * weight / sum));
        }
        int lost = messages - sizes.stream().mapToInt(Integer::intValue).sum();
        int largest = sizes.indexOf(Collections.max(sizes));
        sizes.set(largest, sizes.get(largest) + lost);
        return sizes;
    }

    /// Few chats are long: the logarithm is uniform.
    private static int length(RandomGenerator random) {
        return (int) (SHORTEST_CHAT * Math.pow((double) LONGEST_CHAT / SHORTEST_CHAT, random.nextDouble()));
    }
}
