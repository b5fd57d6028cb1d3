package dev.parley.web;

import org.jspecify.annotations.Nullable;

/// The form of every successful answer.
public record Envelope<T extends @Nullable Object>(boolean success, T data, String message) {
    public static <T extends @Nullable Object> Envelope<T> ok(T data) {
        return new Envelope<>(true, data, "OK");
    }

    public static <T extends @Nullable Object> Envelope<T> ok(T data, String message) {
        return new Envelope<>(true, data, message);
    }

    public static Envelope<@Nullable Void> done(String message) {
        return new Envelope<>(true, null, message);
    }
}
