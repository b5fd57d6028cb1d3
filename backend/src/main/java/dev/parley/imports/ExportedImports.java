package dev.parley.imports;

import dev.parley.shared.ExportedPart;
import dev.parley.shared.UserId;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;

/// What a person has imported, for the file that they can take away.
@Order(8)
@Component
class ExportedImports implements ExportedPart {
    private final Imports imports;

    ExportedImports(Imports imports) {
        this.imports = imports;
    }

    @Override
    public String name() {
        return "imports";
    }

    @Override
    public void write(UserId user, JsonGenerator json) {
        ExportedPart.pages(json, page -> imports.list(user, page).map(ImportController.ImportView::of));
    }
}
