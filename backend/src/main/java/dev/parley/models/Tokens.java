package dev.parley.models;

/// How many tokens a text roughly has, where no tokenizer is at hand: four characters make one.
final class Tokens {
    private static final int CHARACTERS = 4;

    private Tokens() {}

    static long in(String text) {
        return (text.length() + CHARACTERS - 1L) / CHARACTERS;
    }
}
