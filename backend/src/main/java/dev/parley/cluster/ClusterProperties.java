package dev.parley.cluster;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param member whether this process is a node, which holds answers and takes those of the dead
/// @param redisUrl `redis://` or `rediss://`; empty: nodes have PostgreSQL alone
@ConfigurationProperties("parley.cluster")
record ClusterProperties(
        @DefaultValue("true") boolean member,
        @DefaultValue("") String redisUrl) {}
