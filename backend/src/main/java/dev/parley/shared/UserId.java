package dev.parley.shared;

import java.util.UUID;

/// Who owns a row. A type of its own, so that no other id can be passed where an owner is checked.
public record UserId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
