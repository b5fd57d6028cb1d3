package dev.parley.models;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.models.Models.Model;
import dev.parley.web.Envelope;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/models")
class ModelController {
    private final Catalogue catalogue;

    ModelController(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @GetMapping
    Envelope<ModelList> list() {
        return Envelope.ok(
                new ModelList(catalogue.newest().stream().map(ModelView::of).toList()));
    }

    record ModelList(List<ModelView> items) {}

    record ModelView(
            String id,
            String name,
            String provider,
            @JsonProperty("default") boolean isDefault,
            Models.Capabilities capabilities,
            int contextWindow) {
        static ModelView of(Model model) {
            return new ModelView(
                    model.id(),
                    model.name(),
                    model.provider(),
                    model.isDefault(),
                    model.capabilities(),
                    model.contextWindow());
        }
    }
}
