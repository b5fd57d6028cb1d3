package dev.parley.gateway;

import dev.parley.memory.Recollections;
import dev.parley.models.AnswerDefaults;
import dev.parley.models.EmbeddingModels;
import dev.parley.models.EmbeddingModels.Embedded;
import dev.parley.models.ModelError;
import dev.parley.models.Models;
import dev.parley.models.Models.Model;
import dev.parley.models.Prompt;
import dev.parley.models.Prompt.Note;
import dev.parley.models.ProviderException;
import dev.parley.shared.ParleyException;
import dev.parley.usage.Occasion;
import dev.parley.usage.Spent;
import dev.parley.users.Preferences;
import dev.parley.users.Users;
import dev.parley.web.Caller;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// What programs may ask of this instance's models, in the name of whose key they have.
@Service
class Gateway {
    /// The texts of one request to a provider, whose answer shall not be large.
    private static final int TEXTS_AT_ONCE = 32;

    /// Roughly, where no tokenizer is at hand: notes may then have a few more or less.
    private static final int CHARACTERS_A_TOKEN = 4;

    private final Models models;
    private final AnswerDefaults defaults;
    private final EmbeddingModels embeddings;
    private final Users users;
    private final Recollections recollections;
    private final Calls calls;
    private final Quota quota;

    Gateway(
            Models models,
            AnswerDefaults defaults,
            EmbeddingModels embeddings,
            Users users,
            Recollections recollections,
            Calls calls,
            Quota quota) {
        this.models = models;
        this.defaults = defaults;
        this.embeddings = embeddings;
        this.users = users;
        this.recollections = recollections;
        this.calls = calls;
        this.quota = quota;
    }

    List<Model> models() {
        return models.newest();
    }

    Model model(String id) {
        return models.find(id).orElseThrow(() -> GatewayError.noModel(id));
    }

    /// @param remembering whether what is remembered of the person is told to the model
    /// @param id under which the log knows the request
    void complete(Caller caller, CompletionRequest request, boolean remembering, String id, Calls.Use use)
            throws IOException, InterruptedException {
        Model model = model(request.model());
        List<Note> notes = remembering ? notes(caller, request, model) : List.of();
        Prompt prompt = new Prompt(
                model.id(), request.turns(), request.temperature(), longest(model, request), notes, request.more());
        UUID held = quota.hold(caller.user(), prompt);
        Asked asked = new Asked(prompt);
        try {
            calls.ask(caller, prompt, id, call -> {
                asked.call = call;
                use.of(call);
            });
        } catch (ProviderException e) {
            // Also where it could not even be asked.
            asked.failed = true;
            throw mapped(e, request.model());
        } finally {
            quota.settle(caller.user(), held, asked.spent(), asked.occasion());
        }
    }

    /// Null where the built-in model may say all it has to say.
    private @Nullable Integer longest(Model model, CompletionRequest request) {
        Integer wished = request.maxTokens();
        return wished == null && model.isBuiltin() ? null : defaults.longest(model.id(), wished);
    }

    /// What became of a question.
    private static final class Asked {
        private final Prompt prompt;
        private @Nullable Call call;
        private boolean failed;

        Asked(Prompt prompt) {
            this.prompt = prompt;
        }

        Spent spent() {
            return call == null
                    ? new Spent(prompt.model(), 0, 0)
                    : call.meter().spent(prompt, call.fallback(), hasFailed(call));
        }

        Occasion occasion() {
            return call == null ? Occasion.BACKGROUND : call.meter().occasion(hasFailed(call));
        }

        /// Of a stream that has begun, the failure is told in it, and thrown no further.
        private boolean hasFailed(Call call) {
            return failed || call.hasFailed();
        }
    }

    /// @param line spoken on between two requests to the provider
    Embedded embed(Caller caller, EmbeddingRequest request, Line line) throws IOException {
        UUID held = quota.hold(caller.user(), request.model(), request.texts());
        long[] tokens = {0};
        try (Calls.Permit permit = calls.permit(caller)) {
            List<float[]> directions = new ArrayList<>();
            for (int from = 0; from < request.texts().size(); from += TEXTS_AT_ONCE) {
                permit.check();
                int to = Math.min(from + TEXTS_AT_ONCE, request.texts().size());
                List<String> texts = request.texts().subList(from, to);
                Embedded some = embeddings.embed(request.model(), texts, request.dimensions());
                directions.addAll(some.directions());
                tokens[0] += some.tokens() > 0 ? some.tokens() : Meter.about(texts);
                line.keepAliveBeforeJson();
            }
            permit.check();
            return new Embedded(directions, tokens[0]);
        } catch (ProviderException e) {
            throw mapped(e, request.model());
        } finally {
            quota.settle(caller.user(), held, new Spent(request.model(), tokens[0], 0), Occasion.BACKGROUND);
        }
    }

    private List<Note> notes(Caller caller, CompletionRequest request, Model model) {
        Preferences preferences = users.preferences(caller.user());
        int room = recollections.room(preferences, model.contextWindow());
        return recollections
                .recall(
                        caller.user(),
                        request.question(),
                        Set.of(),
                        room,
                        text -> (text.length() + CHARACTERS_A_TOKEN - 1L) / CHARACTERS_A_TOKEN)
                .notes();
    }

    /// A program that asks again what was refused is refused again: it is told so.
    private static ParleyException mapped(ProviderException failure, String model) {
        if (failure.code() == ModelError.AI_NOT_CONFIGURED || failure.isNotFound()) {
            return GatewayError.noModel(model);
        }
        return failure.refusesQuestion()
                ? new ParleyException(GatewayError.INVALID_VALUE, failure.sentence())
                : failure;
    }
}
