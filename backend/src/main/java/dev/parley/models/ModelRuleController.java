package dev.parley.models;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.models.ModelRules.Rule;
import dev.parley.models.Models.Model;
import dev.parley.shared.FieldErrors;
import dev.parley.shared.Page;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.web.CurrentUser;
import dev.parley.web.Envelope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// By id in the body: ids have slashes.
@Tag(name = "Administration")
@RestController
@RequestMapping("/api/v1/admin/models")
class ModelRuleController {
    private static final int MOST_TOKENS = 10_000_000;

    private final Catalogue catalogue;
    private final Providers providers;

    ModelRuleController(Catalogue catalogue, Providers providers) {
        this.catalogue = catalogue;
        this.providers = providers;
    }

    /// @param contextWindow what counts, in tokens
    /// @param windowLimit what an operator set instead of what its provider says; null: nothing
    /// @param maxTokens how long its answers may be; null: as for all
    record OfferedModel(
            String id,
            String name,
            String provider,
            boolean enabled,
            @JsonProperty("default") boolean isDefault,
            Models.Capabilities capabilities,
            int contextWindow,
            @Nullable Integer windowLimit,
            @Nullable Integer maxTokens) {}

    record RuleBody(
            @Nullable String id,
            @Nullable Boolean enabled,
            @Nullable Integer contextWindow,
            @Nullable Integer maxTokens) {}

    @Operation(summary = "All models of all providers that are on, also those that are not offered")
    @GetMapping
    Envelope<Page<OfferedModel>> list() {
        String standard = catalogue.defaultModel().id();
        return Envelope.ok(new Page<>(
                catalogue.everything().stream()
                        .map(model -> view(model, standard))
                        .toList(),
                null));
    }

    @Operation(
            summary = "Decides whether a model is offered, how much it reads and how long its answers may be",
            description = "What is left out is as its provider has it.")
    @PutMapping
    Envelope<OfferedModel> rule(@CurrentUser UserId caller, @RequestBody RuleBody body) {
        FieldErrors errors = new FieldErrors();
        WantedProvider.checkWindow(body.contextWindow(), errors);
        Integer most = body.maxTokens();
        if (most != null && (most < 1 || most > MOST_TOKENS)) {
            errors.add("max_tokens", "Enter a number from 1 to 10,000,000.");
        }
        errors.throwIfAny();
        Model model = catalogue.everything().stream()
                .filter(one -> one.id().equals(body.id()))
                .findFirst()
                .orElseThrow(() -> ParleyException.notFound("model"));
        providers.rule(caller, model.id(), new Rule(!Boolean.FALSE.equals(body.enabled()), body.contextWindow(), most));
        return Envelope.ok(view(model, catalogue.defaultModel().id()));
    }

    private OfferedModel view(Model model, String standard) {
        Rule rule = providers.rule(model.id());
        Integer window = rule.contextWindow();
        return new OfferedModel(
                model.id(),
                model.name(),
                model.provider(),
                rule.enabled(),
                model.id().equals(standard),
                model.capabilities(),
                window == null ? model.contextWindow() : window,
                window,
                rule.maxTokens());
    }
}
