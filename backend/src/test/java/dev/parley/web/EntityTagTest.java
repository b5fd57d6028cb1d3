package dev.parley.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Api;
import dev.parley.ApiTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@ApiTest
class EntityTagTest {
    private static final String CHATS = "/api/v1/chats/";
    private static final String PROFILE = "/api/v1/users/profile/";

    private final Api api;
    private final Api user;

    EntityTagTest(@LocalServerPort int port) {
        api = new Api(port);
        user = api.as(api.register());
    }

    private static Api.Answer again(Api client, String path, Api.Answer before) {
        return client.with("If-None-Match", before.header("ETag")).get(path);
    }

    @Test
    void whoHasTheAnswerAlreadyIsToldSoWithoutIt() {
        user.post(CHATS, Map.of("title", "Tides"));
        for (String path : new String[] {CHATS, PROFILE, "/api/v1/models/", "/api/v1/auth/me"}) {
            Api.Answer whole = user.get(path);
            assertThat(whole.status()).isEqualTo(200);
            assertThat(whole.header("ETag")).as(path).startsWith("W/\"");
            assertThat(whole.header("Cache-Control")).isEqualTo("private, no-cache");

            Api.Answer same = again(user, path, whole);
            assertThat(same.status()).as(path).isEqualTo(304);
            assertThat(same.response().body()).isEmpty();
            assertThat(same.header("ETag")).isEqualTo(whole.header("ETag"));
        }
    }

    @Test
    void aChangeIsAnotherAnswer() {
        String chat =
                user.post(CHATS, Map.of("title", "Tides")).data().path("id").asString();
        String messages = CHATS + chat + "/messages/";
        Api.Answer list = user.get(CHATS);
        Api.Answer branch = user.get(messages);
        user.post(messages, Map.of("content", "Why?"));

        assertThat(again(user, CHATS, list).status()).isEqualTo(200);
        Api.Answer grown = again(user, messages, branch);
        assertThat(grown.status()).isEqualTo(200);
        assertThat(grown.data().path("items").size()).isEqualTo(2);
        assertThat(again(user, messages, grown).status()).isEqualTo(304);
    }

    @Test
    void anothersAnswerIsNeverTheSame() {
        Api.Answer mine = user.get(PROFILE);
        Api other = api.as(api.register());
        assertThat(again(other, PROFILE, mine).status()).isEqualTo(200);
        assertThat(again(api, PROFILE, mine).status()).isEqualTo(401);
    }

    @Test
    void fieldsThatAreLeftOutMakeAnotherAnswer() {
        user.post(CHATS, Map.of("title", "Tides"));
        Api.Answer whole = user.get(CHATS);
        assertThat(again(user, CHATS + "?fields=id", whole).status()).isEqualTo(200);
    }

    @Test
    void oneOfSeveralTagsIsEnough() {
        Api.Answer whole = user.get(PROFILE);
        assertThat(user.with("If-None-Match", "\"other\", " + whole.header("ETag"))
                        .get(PROFILE)
                        .status())
                .isEqualTo(304);
    }

    @Test
    void aCompressedAnswerIsRecognizedToo() throws Exception {
        Api.Account owner = api.register();
        for (int i = 0; i < 20; i++) {
            api.as(owner).post(CHATS, Map.of("title", "Tides of the sea number " + i));
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(api.base() + CHATS))
                .header("Authorization", "Bearer " + owner.accessToken())
                .header("Accept-Encoding", "gzip")
                .build();
        HttpResponse<byte[]> compressed;
        try (HttpClient client = HttpClient.newHttpClient()) {
            compressed = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        }
        assertThat(compressed.headers().firstValue("Content-Encoding")).contains("gzip");
        String tag = compressed.headers().firstValue("ETag").orElseThrow();
        Api.Answer same = api.as(owner)
                .with("Accept-Encoding", "gzip")
                .with("If-None-Match", tag)
                .get(CHATS);
        assertThat(same.status()).isEqualTo(304);
        Api.Answer plain = api.as(owner).get(CHATS);
        assertThat(again(api.as(owner), CHATS, plain).status()).isEqualTo(304);
        assertThat(again(api.as(owner).with("Accept-Encoding", "gzip"), CHATS, plain)
                        .status())
                .isEqualTo(304);
    }

    @Test
    void whatIsWrittenAndWhatGoesWrongIsKeptByNobody() {
        Api.Answer created = user.post(CHATS, Map.of("title", "Tides"));
        assertThat(created.header("ETag")).isEmpty();
        assertThat(created.header("Cache-Control")).isEqualTo("no-store");
        Api.Answer missing = user.get(CHATS + "0199aaaa-0000-7000-8000-000000000000/");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.header("ETag")).isEmpty();
        assertThat(missing.header("Cache-Control")).isEqualTo("no-store");
    }
}
