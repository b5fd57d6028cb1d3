package dev.parley.answers;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param instructions what every model is told first
/// @param summaries whether what long branches leave out is summarised by their model
@ConfigurationProperties("parley.context")
record ContextProperties(
        @DefaultValue("true") boolean summaries,
        @DefaultValue("") String instructions) {}
