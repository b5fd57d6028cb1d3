package dev.parley.models;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What texts mean, as the embedding models of providers say it.
public final class EmbeddingModels {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Supplier<Map<String, ChatCompletions>> source;

    /// @param servers by what stands before the names of their models
    EmbeddingModels(Supplier<Map<String, ChatCompletions>> servers) {
        this.source = servers;
    }

    /// What a provider says of texts.
    ///
    /// @param directions one for each text; all are of the same length
    /// @param tokens that the provider counted; zero where it does not say
    public record Embedded(List<float[]> directions, long tokens) {}

    /// @param model as models are named here: the name alone for the `OPENAI_*` provider, `provider/name` for others
    /// @return for each text a direction; all are of the same length
    /// @throws ProviderException when the provider does not give them
    public List<float[]> embed(String model, List<String> texts) {
        return embed(model, texts, null).directions();
    }

    /// @param dimensions how long the directions are to be; null: as the model has them
    /// @throws ProviderException when the provider does not give them
    public Embedded embed(String model, List<String> texts, @Nullable Integer dimensions) {
        Map<String, ChatCompletions> servers = source.get();
        String prefix = servers.keySet().stream()
                .filter(one -> !one.isEmpty() && model.startsWith(one))
                .findFirst()
                .orElse("");
        ChatCompletions server = servers.get(prefix);
        if (server == null) {
            throw Failures.notOffered(model);
        }
        String name = model.substring(prefix.length());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", name);
        body.put("input", texts);
        if (dimensions != null) {
            body.put("dimensions", dimensions);
        }
        JsonNode answer = ListedModels.json(server.embed(name, JSON.writeValueAsBytes(body)));
        long tokens = Math.max(0, answer.path("usage").path("prompt_tokens").asLong(0));
        return new Embedded(directions(answer, texts.size()), tokens);
    }

    private static List<float[]> directions(JsonNode answer, int count) {
        float[][] directions = new float[count][];
        for (JsonNode one : ListedModels.entries(answer.path("data")).toList()) {
            int index = one.path("index").asInt(-1);
            JsonNode values = one.path("embedding");
            if (index < 0 || index >= count || !values.isArray() || values.isEmpty()) {
                throw Failures.garbage();
            }
            float[] direction = new float[values.size()];
            for (int i = 0; i < direction.length; i++) {
                direction[i] = (float) values.path(i).asDouble(0);
            }
            directions[index] = direction;
        }
        for (float[] one : directions) {
            if (one == null || one.length != directions[0].length) {
                throw Failures.garbage();
            }
        }
        return List.of(directions);
    }
}
