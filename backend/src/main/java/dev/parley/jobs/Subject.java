package dev.parley.jobs;

import dev.parley.shared.UserId;
import java.util.UUID;

/// What most jobs are about: something of somebody. Its text is the subject that [Jobs#enqueue] takes.
public record Subject(UserId owner, UUID id) {
    public static Subject parse(String text) {
        String[] parts = text.split("/", 2);
        return new Subject(new UserId(UUID.fromString(parts[0])), UUID.fromString(parts[1]));
    }

    @Override
    public String toString() {
        return owner + "/" + id;
    }
}
