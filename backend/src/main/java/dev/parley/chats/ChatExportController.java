package dev.parley.chats;

import dev.parley.shared.TextArchive;
import dev.parley.shared.UserId;
import dev.parley.shared.Word;
import dev.parley.web.CurrentUser;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/// Chats as files, written straight to the line: they may be large.
@RestController
@Tag(name = "Chats")
class ChatExportController {
    private static final int LONGEST_NAME = 80;
    /// Most systems take 255, of which a date, a number and the kind of the file need some.
    private static final int MOST_BYTES = 200;
    /// What some system does not take in the name of a file, or takes for something else.
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}\"*/:<>?\\\\|~.]+");

    private static final Pattern FOREIGN = Pattern.compile("[^\\x20-\\x7e]");

    private final Chats chats;
    private final ChatFiles files;
    private final ChatTexts texts;
    private final JsonMapper json;
    private final Clock clock;

    ChatExportController(Chats chats, ChatFiles files, ChatTexts texts, JsonMapper json, Clock clock) {
        this.chats = chats;
        this.files = files;
        this.texts = texts;
        this.json = json;
        this.clock = clock;
    }

    enum Format implements Word {
        MARKDOWN,
        JSON
    }

    @GetMapping("/api/v1/chats/{id}/export")
    @Operation(summary = "One chat as a file: the branch that is shown as Markdown, or every branch as JSON")
    void export(
            @CurrentUser UserId caller,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String format,
            HttpServletResponse response)
            throws IOException {
        Format wanted = Word.parameter(Format.class, "format", format);
        Chat chat = chats.get(caller, id);
        if (wanted == Format.JSON) {
            begin(response, MediaType.APPLICATION_JSON_VALUE, name(chat) + ".json");
            // Closed only when it is whole: what breaks off must not look complete.
            JsonGenerator file = json.writer()
                    .without(StreamWriteFeature.AUTO_CLOSE_CONTENT)
                    .createGenerator(response.getOutputStream());
            file.writeStartObject();
            file.writePOJOProperty("exported_at", clock.instant());
            files.write(caller, chat, file);
            file.writeEndObject();
            file.close();
            return;
        }
        begin(response, "text/markdown;charset=UTF-8", name(chat) + ".md");
        Writer file = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
        files.write(caller, chat, file);
        file.flush();
    }

    @GetMapping("/api/v1/chats/export")
    @Operation(summary = "All chats as Markdown, each the branch that is shown, in one ZIP file")
    void exportAll(@CurrentUser UserId caller, HttpServletResponse response) throws IOException {
        begin(response, "application/zip", "parley-chats.zip");
        TextArchive archive = new TextArchive(response.getOutputStream());
        texts.write(caller, "", archive);
        archive.end();
    }

    private static void begin(HttpServletResponse response, String type, String name) {
        response.setContentType(type);
        // RFC 6266: in ASCII for old clients, and as it is.
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"%s\"; filename*=UTF-8''%s"
                        .formatted(
                                FOREIGN.matcher(name).replaceAll("_"),
                                URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20")));
    }

    /// A title as the name of a file that every system takes.
    static String name(Chat chat) {
        String safe =
                UNSAFE.matcher(ChatFiles.heading(chat)).replaceAll(" ").strip().replaceAll("\\s+", " ");
        StringBuilder name = new StringBuilder();
        int bytes = 0;
        for (int point : safe.codePoints().limit(LONGEST_NAME).toArray()) {
            bytes += Character.toString(point).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MOST_BYTES) {
                break;
            }
            name.appendCodePoint(point);
        }
        return name.isEmpty() ? "Untitled" : name.toString().strip();
    }
}
