package dev.parley.answers;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param checkpointEvery how long text may live in memory alone before it is in PostgreSQL
/// @param keepAliveEvery how long a stream may be silent before it says that it lives
/// @param maxRunning answers that this node writes at once; more are refused
/// @param takeovers how often an answer whose node died is begun anew before it is closed as interrupted
@ConfigurationProperties("parley.answers")
record AnswersProperties(
        @DefaultValue("150ms") Duration checkpointEvery,
        @DefaultValue("10s") Duration keepAliveEvery,
        @DefaultValue("10000") int maxRunning,
        @DefaultValue("0") int takeovers) {}
