package dev.parley;

/// A command was called in a way that it does not have.
final class Misuse extends RuntimeException {
    Misuse(String sentence) {
        super(sentence);
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
