package dev.parley.shared;

import org.jspecify.annotations.Nullable;

/// How much of a list a client asks for, and from where.
///
/// @param limit 1 to 100
public record PageRequest(int limit, @Nullable String cursor) {
    private static final int LARGEST = 100;

    public PageRequest {
        if (limit < 1 || limit > LARGEST) {
            throw new ParleyException(CommonError.MALFORMED_REQUEST, "limit is a whole number from 1 to 100.");
        }
    }
}
