package dev.parley.usage;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What models cost, and what people may spend.
///
/// @param prices each a model's id, `=`, the price of a million tokens that it reads, `/`, of a million that it
///     writes
/// @param currency of the prices, as ISO 4217 has it
/// @param userQuota each `tokens` or `cost`, `/day` or `/month`, `=` and the amount; empty: no limit
/// @param staffQuota the same for those who look after the instance
/// @param questionsPerMinute how many questions a person may ask; 0: as many as they like
@ConfigurationProperties("parley.usage")
record UsageProperties(
        @DefaultValue List<String> prices,
        @DefaultValue("USD") String currency,
        @DefaultValue List<String> userQuota,
        @DefaultValue List<String> staffQuota,
        @DefaultValue("1200") int questionsPerMinute) {}
