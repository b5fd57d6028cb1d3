package dev.parley.models;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a server of chat completions is, and what each request to it carries.
///
/// @param address without the slash at its end
/// @param headers among them the key, where there is one
/// @param azureVersion not null for Azure, where each deployment of a model has an address of its own
record Endpoint(
        URI address, Map<String, String> headers, @Nullable String azureVersion) {
    static Endpoint of(URI address, String apiKey, Map<String, String> more) {
        return new Endpoint(address, headers("Authorization", "Bearer " + apiKey, apiKey, more), null);
    }

    static Endpoint azure(URI address, String apiKey, Map<String, String> more, String version) {
        return new Endpoint(address, headers("api-key", apiKey, apiKey, more), version);
    }

    URI completions(String model) {
        return of("/chat/completions", model);
    }

    URI embeddings(String model) {
        return of("/embeddings", model);
    }

    private URI of(String call, String model) {
        return azureVersion == null
                ? below(call)
                : below("/openai/deployments/" + encoded(model) + call + "?api-version=" + encoded(azureVersion));
    }

    URI below(String path) {
        return URI.create(address + path);
    }

    /// The key stays out of logs.
    @Override
    public String toString() {
        return String.valueOf(address.getAuthority());
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Map<String, String> headers(String name, String value, String apiKey, Map<String, String> more) {
        Map<String, String> headers = new LinkedHashMap<>(more);
        if (!apiKey.isEmpty()) {
            headers.put(name, value);
        }
        return Map.copyOf(headers);
    }
}
