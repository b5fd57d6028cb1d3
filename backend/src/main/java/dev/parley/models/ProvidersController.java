package dev.parley.models;

import dev.parley.models.ModelsProperties.Named;
import dev.parley.models.Providers.Standing;
import dev.parley.shared.Page;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.web.CurrentUser;
import dev.parley.web.Envelope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Administration")
@RestController
@RequestMapping("/api/v1/admin/providers")
class ProvidersController {
    private final Providers providers;

    ProvidersController(Providers providers) {
        this.providers = providers;
    }

    /// @param origin `environment` or `operator`
    /// @param keySet whether a key is sent
    /// @param keyEnd its last four characters, where it is long enough to have some to spare
    /// @param problem why it cannot be asked
    record ProviderView(
            String name,
            String dialect,
            String url,
            String origin,
            boolean enabled,
            boolean keySet,
            @Nullable String keyEnd,
            List<String> models,
            @Nullable Integer contextWindow,
            @Nullable String problem,
            @Nullable Instant changedAt) {
        static ProviderView of(Standing standing) {
            Named named = standing.source().named();
            ProviderRepository.Added added = standing.added();
            String end = added == null ? "" : added.keyEnd();
            return new ProviderView(
                    named.name(),
                    ProviderRepository.word(named.dialect()),
                    String.valueOf(named.url()),
                    added == null ? "environment" : "operator",
                    standing.enabled(),
                    added == null ? !named.apiKey().isEmpty() : added.key() != null,
                    end.isEmpty() ? null : end,
                    named.models(),
                    named.contextWindow(),
                    standing.problem(),
                    added == null ? null : added.changedAt());
        }
    }

    /// @param apiKey left out keeps the key there is, an empty one takes it away
    record ProviderBody(
            @Nullable String name,
            @Nullable String dialect,
            @Nullable String url,
            @Nullable String apiKey,
            @Nullable List<@Nullable String> models,
            @Nullable Integer contextWindow) {
        WantedProvider wanted() {
            return new WantedProvider(dialect, url, apiKey, models, contextWindow);
        }

        /// The key stays out of logs.
        @Override
        public String toString() {
            return "ProviderBody[" + name + "]";
        }
    }

    record EnableProvider(@Nullable Boolean enabled) {}

    record TestProvider(@Nullable String model) {}

    @Operation(summary = "The providers of language models: those of the environment, then those that operators added")
    @GetMapping
    Envelope<Page<ProviderView>> list() {
        return Envelope.ok(
                new Page<>(providers.list().stream().map(ProviderView::of).toList(), null));
    }

    @Operation(summary = "Adds a provider; its models are offered as name/model")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Envelope<ProviderView> add(@CurrentUser UserId caller, @RequestBody ProviderBody body) {
        return Envelope.ok(ProviderView.of(providers.add(caller, body.name(), body.wanted())), "It is added.");
    }

    @Operation(
            summary = "Replaces what is said of a provider that an operator added",
            description =
                    "Its name stays. `api_key` left out keeps the key there is, an empty one takes it away; at another "
                            + "server's address it has to be said again.")
    @PutMapping("/{name}")
    Envelope<ProviderView> replace(
            @CurrentUser UserId caller, @PathVariable String name, @RequestBody ProviderBody body) {
        return Envelope.ok(ProviderView.of(providers.change(caller, name, body.wanted())));
    }

    @Operation(summary = "Turns a provider on or off, whichever its origin")
    @PatchMapping("/{name}")
    Envelope<ProviderView> enable(
            @CurrentUser UserId caller, @PathVariable String name, @RequestBody EnableProvider body) {
        if (body.enabled() == null) {
            throw ParleyException.invalid("enabled", "Say true or false.");
        }
        return Envelope.ok(ProviderView.of(providers.enable(caller, name, body.enabled())));
    }

    @Operation(summary = "Removes a provider that an operator added, with its key")
    @DeleteMapping("/{name}")
    Envelope<@Nullable Void> remove(@CurrentUser UserId caller, @PathVariable String name) {
        providers.remove(caller, name);
        return Envelope.done("It is removed.");
    }

    @Operation(
            summary = "Asks the provider for its models and one of them a short question, for 20 seconds at most",
            description = "A provider that does not work is a result, not an error. The question costs a few tokens.")
    @PostMapping("/{name}/test")
    Envelope<ConnectionTest.Result> test(
            @PathVariable String name, @RequestBody(required = false) @Nullable TestProvider body) {
        Standing standing = providers.get(name);
        String problem = standing.problem();
        if (problem != null) {
            return Envelope.ok(new ConnectionTest.Result(false, problem));
        }
        String model = body == null ? null : body.model();
        if (model != null && !model.startsWith(standing.source().prefix())) {
            throw ParleyException.invalid("model", "This is no model of this provider.");
        }
        return Envelope.ok(new ConnectionTest(standing.source(), ConnectionTest.LONGEST).run(model));
    }
}
