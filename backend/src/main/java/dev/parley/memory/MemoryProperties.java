package dev.parley.memory;

import jakarta.validation.constraints.PositiveOrZero;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// @param tokens how many tokens of a prompt notes may have
/// @param learning whether a model reads what people say, to learn from it
/// @param embeddings `built-in`, `off`, or the id of a provider's embedding model
/// @param mem0 the service that keeps memories instead of our tables, where it has a key
@Validated
@ConfigurationProperties("parley.memory")
record MemoryProperties(
        @DefaultValue("1000") @PositiveOrZero int tokens,
        @DefaultValue("on") String learning,
        @DefaultValue("built-in") String embeddings,
        @DefaultValue Mem0 mem0) {
    boolean learns() {
        return learning.equals("on");
    }

    /// @param prefix stands before a user's id
    record Mem0(
            @DefaultValue("") String apiKey,
            @DefaultValue("https://api.mem0.ai") String baseUrl,
            @DefaultValue("chatgpt_user_") String prefix) {
        boolean configured() {
            return !apiKey.isEmpty();
        }

        /// The key stays out of logs.
        @Override
        public String toString() {
            return "Mem0[" + baseUrl + "]";
        }
    }
}
