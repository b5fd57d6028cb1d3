package dev.parley.users;

import dev.parley.shared.ExportedPart;
import dev.parley.shared.UserId;
import dev.parley.web.CurrentUser;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/// Everything that the server holds about a person, written straight to the line: it may be large.
@Tag(name = "Profile")
@RestController
class ExportController {
    private final List<ExportedPart> parts;
    private final JsonMapper json;
    private final Clock clock;

    ExportController(List<ExportedPart> parts, JsonMapper json, Clock clock) {
        this.parts = parts;
        this.json = json;
        this.clock = clock;
    }

    @Operation(summary = "Everything that the server holds about the signed-in person, as one JSON file")
    @GetMapping("/api/v1/users/profile/export")
    void export(@CurrentUser UserId caller, HttpServletResponse response) throws IOException {
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename("parley-export.json")
                        .build()
                        .toString());
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
}
