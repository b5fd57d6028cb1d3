package dev.parley.imports;

/// A file that cannot be taken over. The sentence is for the person who sent it.
final class Refused extends RuntimeException {
    Refused(String sentence) {
        super(sentence);
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
