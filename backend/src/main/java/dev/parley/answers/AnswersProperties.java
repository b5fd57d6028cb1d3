package dev.parley.answers;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param checkpointEvery how long text may live in memory alone before it is in PostgreSQL
/// @param keepAliveEvery how long a stream may be silent before it says that it lives
/// @param maxRunning answers that this node writes at once; more are refused
/// @param takeovers how many nodes may die of or with an answer that is begun anew each time; 0 also closes as
///     interrupted what a stopping node has to leave
/// @param drain how long the answers that are being written have to end when the node stops
@ConfigurationProperties("parley.answers")
record AnswersProperties(
        @DefaultValue("150ms") Duration checkpointEvery,
        @DefaultValue("10s") Duration keepAliveEvery,
        @DefaultValue("10000") int maxRunning,
        @DefaultValue("1") int takeovers,
        @DefaultValue("30s") Duration drain) {}
