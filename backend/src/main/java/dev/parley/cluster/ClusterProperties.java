package dev.parley.cluster;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param redisUrl `redis://` or `rediss://`; empty: nodes have PostgreSQL alone
@ConfigurationProperties("parley.cluster")
record ClusterProperties(@DefaultValue("") String redisUrl) {}
