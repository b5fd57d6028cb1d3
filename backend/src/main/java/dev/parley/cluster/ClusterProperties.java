package dev.parley.cluster;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param heir whether this process takes the answers of nodes that are gone
/// @param redisUrl `redis://` or `rediss://`; empty: nodes have PostgreSQL alone
@ConfigurationProperties("parley.cluster")
record ClusterProperties(
        @DefaultValue("true") boolean heir,
        @DefaultValue("") String redisUrl) {}
