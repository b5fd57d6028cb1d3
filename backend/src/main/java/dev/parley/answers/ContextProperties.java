package dev.parley.answers;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param answerTokens room for an answer where nobody said how long it may be
/// @param instructions what every model is told first
/// @param summaries whether what long branches leave out is summarised by their model
@ConfigurationProperties("parley.context")
record ContextProperties(
        @DefaultValue("2000") int answerTokens,
        @DefaultValue("true") boolean summaries,
        @DefaultValue("") String instructions) {}
