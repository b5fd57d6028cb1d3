package dev.parley.web;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// @param allowedHosts host names that requests may be addressed to; empty or `*`: any
/// @param trustedProxies addresses whose `X-Forwarded-*` headers count; empty: nobody's
/// @param largestBody of a JSON request
/// @param rateLimits off for load tests
@ConfigurationProperties("parley.web")
public record WebProperties(
        @DefaultValue List<String> allowedHosts,
        @DefaultValue List<String> trustedProxies,
        @DefaultValue("2MB") DataSize largestBody,
        @DefaultValue("true") boolean rateLimits) {}
