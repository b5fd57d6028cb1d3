package dev.parley.chats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Api;
import dev.parley.Api.Answer;
import dev.parley.ApiTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@ApiTest
class ChatExportApiTest {
    private final Api.Account account;
    private final Api api;

    ChatExportApiTest(@LocalServerPort int port) {
        Api anyone = new Api(port);
        account = anyone.register();
        api = anyone.as(account);
    }

    private String chat(String title) {
        return api.post("/api/v1/chats", Map.of("title", title))
                .data()
                .path("id")
                .asString();
    }

    private JsonNode ask(String chat, Map<String, ?> message) {
        Answer answer = api.post("/api/v1/chats/" + chat + "/messages", message);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
        return answer.data();
    }

    @Test
    void markdownHasTheBranchThatIsShownAndJsonHasAll() {
        String chat = chat("Tea & biscuits");
        JsonNode first = ask(chat, Map.of("content", "The first question"));
        ask(chat, Map.of("content", "The second question"));
        ask(
                chat,
                Map.of(
                        "content",
                        "Another second question",
                        "parent_id",
                        first.path("assistant_message").path("id").asString()));

        Answer markdown = api.with("Accept", "image/png").get("/api/v1/chats/" + chat + "/export/?format=markdown");
        Answer json = api.get("/api/v1/chats/" + chat + "/export/?format=json");

        assertThat(markdown.header("Content-Type")).isEqualToIgnoringCase("text/markdown;charset=utf-8");
        assertThat(markdown.response().body())
                .startsWith("# Tea & biscuits\n\n20")
                .containsSubsequence(
                        "## You\n\nThe first question\n",
                        "## Assistant (echo)\n\nYou asked: The first question\n",
                        "## You\n\nAnother second question\n")
                .doesNotContain("\nThe second question");
        assertThat(json.body().path("chat").path("title").asString()).isEqualTo("Tea & biscuits");
        assertThat(json.body().path("messages").valueStream())
                .extracting(message -> message.path("content").asString())
                .containsExactly(
                        "The first question",
                        "You asked: The first question",
                        "The second question",
                        "You asked: The second question",
                        "Another second question",
                        "You asked: Another second question");
        assertThat(json.header("Content-Disposition")).startsWith("attachment;").contains("Tea & biscuits.json");
    }

    @Test
    void theNameOfTheFileIsSafeEverywhereAndKeepsItsLetters() {
        String chat = chat("../etc/\"Grüße\": 日本\u202e\n?");

        String named = api.get("/api/v1/chats/" + chat + "/export/").header("Content-Disposition");

        assertThat(named).contains("filename*=UTF-8''etc%20Gr%C3%BC%C3%9Fe%20%E6%97%A5%E6%9C%AC.md");
        assertThat(named).matches("[\\x20-\\x7e]+");
    }

    @Test
    void anEmptyChatAndAnUnknownFormat() {
        String chat = chat(" x ");

        assertThat(api.get("/api/v1/chats/" + chat + "/export").response().body())
                .startsWith("# x\n");
        Answer unknown = api.get("/api/v1/chats/" + chat + "/export?format=pdf");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.code()).isEqualTo("MALFORMED_REQUEST");
    }

    @Test
    void noNameIsTooLongForADisk() {
        String named =
                api.get("/api/v1/chats/" + chat("日".repeat(120)) + "/export/").header("Content-Disposition");

        assertThat(named).contains("filename*=UTF-8''" + "%E6%97%A5".repeat(66) + ".md");
    }

    @Test
    void allChatsComeAsOneArchiveOfMarkdown() throws IOException, InterruptedException {
        ask(chat("Same title"), Map.of("content", "In the first"));
        ask(chat("same TITLE"), Map.of("content", "In the second"));

        HttpResponse<byte[]> response = file("/api/v1/chats/export/");
        Map<String, String> files = files(response);
        assertThat(files.keySet())
                .allMatch(name -> name.matches("20\\d\\d-\\d\\d-\\d\\d (?i:same title)( \\(2\\))?\\.md"));
        assertThat(files.values()).anyMatch(text -> text.contains("In the first"));
        assertThat(files.values()).anyMatch(text -> text.contains("In the second"));
        assertThat(response.headers().firstValue("Content-Disposition").orElse(""))
                .contains("parley-chats.zip");
    }

    @Test
    void whatPeopleReadOfEverythingComesAsOneArchiveOfMarkdown() throws IOException, InterruptedException {
        ask(chat("About tea"), Map.of("content", "How long does it steep?"));
        api.patch("/api/v1/users/profile/", Map.of("preferences", Map.of("custom_instructions", "Speak plainly.")));
        api.post("/api/v1/memories/", Map.of("content", "Drinks tea\nat four", "kind", "preference", "pinned", true));

        HttpResponse<byte[]> response = file("/api/v1/users/profile/export/?format=markdown");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Disposition").orElse(""))
                .contains("parley-export.zip");
        Map<String, String> files = files(response);
        assertThat(files.keySet())
                .contains("profile.md", "memories.md")
                .anyMatch(name -> name.matches("chats/20\\d\\d-\\d\\d-\\d\\d About tea\\.md"));
        assertThat(files.get("profile.md")).contains(account.email(), "## Told to every model\n\nSpeak plainly.\n");
        assertThat(files.get("memories.md"))
                .containsPattern("- Drinks tea at four \\(preference, since 20\\d\\d-\\d\\d-\\d\\d, pinned\\)\n");
        assertThat(files.values()).anyMatch(text -> text.contains("How long does it steep?"));
        Answer unknown = api.get("/api/v1/users/profile/export/?format=pdf");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.code()).isEqualTo("MALFORMED_REQUEST");
    }

    private HttpResponse<byte[]> file(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(api.base() + path))
                .header("Authorization", "Bearer " + account.accessToken())
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    private static Map<String, String> files(HttpResponse<byte[]> archive) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive.body()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }
}
