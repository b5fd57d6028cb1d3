package dev.parley.users;

import dev.parley.shared.ExportedPart;
import dev.parley.shared.ExportedText;
import dev.parley.shared.TextArchive;
import dev.parley.shared.UserId;
import dev.parley.shared.Word;
import dev.parley.web.CurrentUser;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/// Everything that the server holds about a person, written straight to the line: it may be large.
@Tag(name = "Profile")
@RestController
class ExportController {
    private final List<ExportedPart> parts;
    private final List<ExportedText> texts;
    private final JsonMapper json;
    private final Clock clock;

    ExportController(List<ExportedPart> parts, List<ExportedText> texts, JsonMapper json, Clock clock) {
        this.parts = parts;
        this.texts = texts;
        this.json = json;
        this.clock = clock;
    }

    enum Format implements Word {
        JSON,
        MARKDOWN
    }

    @Operation(
            summary = "Everything that the server holds about the signed-in person, as one JSON file",
            description = "With `format=markdown` what people read of it: profile, memories and chats, each chat the"
                    + " branch that is shown, as texts in a ZIP file.")
    @GetMapping("/api/v1/users/profile/export")
    void export(
            @CurrentUser UserId caller,
            @RequestParam(required = false) @Nullable String format,
            HttpServletResponse response)
            throws IOException {
        if (Word.parameter(Format.class, "format", format) == Format.MARKDOWN) {
            begin(response, "application/zip", "parley-export.zip");
            TextArchive archive = new TextArchive(response.getOutputStream());
            for (ExportedText text : texts) {
                text.write(caller, archive);
            }
            archive.end();
            return;
        }
        begin(response, MediaType.APPLICATION_JSON_VALUE, "parley-export.json");
        // Closed only when it is whole: what breaks off must not look complete.
        JsonGenerator file = json.writer()
                .without(StreamWriteFeature.AUTO_CLOSE_CONTENT)
                .createGenerator(response.getOutputStream());
        file.writeStartObject();
        file.writePOJOProperty("exported_at", clock.instant());
        for (ExportedPart part : parts) {
            file.writeName(part.name());
            part.write(caller, file);
        }
        file.writeEndObject();
        file.close();
    }

    private static void begin(HttpServletResponse response, String type, String name) {
        response.setContentType(type);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename(name).build().toString());
    }
}
