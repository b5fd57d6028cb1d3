package dev.parley.shared;

import java.util.Set;

/// What this process does of all that Parley does. Every node has both roles unless its operator parts them.
public record Roles(Set<Role> all) {
    public enum Role {
        /// Serves people, and writes their answers.
        WEB,
        /// Works in the background.
        WORKER
    }

    public static final Roles BOTH = new Roles(Set.of(Role.values()));

    public Roles {
        all = Set.copyOf(all);
    }

    public boolean has(Role role) {
        return all.contains(role);
    }
}
