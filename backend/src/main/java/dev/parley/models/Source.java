package dev.parley.models;

import dev.parley.models.ModelsProperties.Named;

/// A provider as it is configured, and what asks it.
///
/// @param prefix what stands before the names of its models in their ids
/// @param server where it speaks chat completions and tells what texts mean
record Source(Named named, String prefix, Provider provider, ChatCompletions server) {
    String name() {
        return named.name();
    }
}
