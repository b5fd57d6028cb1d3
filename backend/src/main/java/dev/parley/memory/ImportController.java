package dev.parley.memory;

import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.web.CurrentUser;
import dev.parley.web.Envelope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@RestController
@RequestMapping("/api/v1/memories/import")
@Tag(name = "Memories")
class ImportController {
    private final MemoryImport imports;

    ImportController(MemoryImport imports) {
        this.imports = imports;
    }

    @PostMapping
    @Operation(summary = "Takes in memories: the export of a Parley account, a list of its memories, or Mem0's list")
    Envelope<MemoryImport.Result> add(@CurrentUser UserId caller, @RequestBody JsonNode body) {
        MemoryImport.Result result = imports.add(caller, body);
        if (result.found() == 0) {
            throw new ParleyException(
                    CommonError.VALIDATION_ERROR, "There is no memory in this that Parley could read.");
        }
        return Envelope.ok(result);
    }
}
