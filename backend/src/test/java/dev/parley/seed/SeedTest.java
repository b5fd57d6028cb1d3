package dev.parley.seed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.Api;
import dev.parley.ApiTest;
import dev.parley.shared.ParleyException;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@ApiTest
class SeedTest {
    private static final int MESSAGES = 301;
    private static final int LONGEST = 120;

    private final Api api;
    private final Seed seed;

    SeedTest(@LocalServerPort int port, @Autowired Seed seed) {
        this.api = new Api(port);
        this.seed = seed;
    }

    @Test
    void whatIsMadeUpIsAnAccountWithChatsThatAreShownAndFound() {
        Api me = sown(1);
        List<JsonNode> chats = items(me, "/api/v1/chats/?limit=100");
        chats.addAll(items(me, "/api/v1/chats/?limit=100&archived=true"));
        assertThat(chats.stream()
                        .mapToInt(chat -> chat.path("message_count").asInt())
                        .sum())
                .isEqualTo(MESSAGES);
        JsonNode longest = chats.stream()
                .filter(chat -> chat.path("message_count").asInt() == LONGEST)
                .findFirst()
                .orElseThrow();

        List<JsonNode> tree = items(me, messages(longest) + "?limit=100&branch=all");
        List<JsonNode> shown = items(me, messages(longest) + "?limit=100");
        assertThat(tree).hasSize(LONGEST);
        assertThat(shown).hasSizeLessThan(LONGEST).hasSizeGreaterThan(LONGEST / 2);
        assertThat(tree).anyMatch(message -> message.path("siblings").size() == 2);

        String title = URLEncoder.encode(longest.path("title").asString(), UTF_8);
        JsonNode found = items(me, "/api/v1/chats/?q=" + title).getFirst();
        assertThat(found.path("id")).isEqualTo(longest.path("id"));
        assertThat(found.path("snippet").asString()).contains("<mark>");
    }

    @Test
    void theSameNumberMakesTheSameTexts() {
        assertThat(contents(sown(7))).isEqualTo(contents(sown(7))).isNotEqualTo(contents(sown(8)));
    }

    @Test
    void otherPeoplesDatabaseIsLeftAloneUnlessTold() {
        api.register();
        SeedPlan plan = new SeedPlan(10, 1, 0, 0, Api.freshEmail(), 1, false);
        assertThatThrownBy(() -> seed.sow(plan, Api.PASSWORD, _ -> {}))
                .isInstanceOf(ParleyException.class)
                .hasMessageContaining("--force");
        assertThat(api.post("/api/v1/auth/login", Map.of("email", plan.email(), "password", Api.PASSWORD))
                        .status())
                .isEqualTo(401);
    }

    private Api sown(int random) {
        String email = Api.freshEmail();
        Seed.Sown sown = seed.sow(new SeedPlan(MESSAGES, 1, 0, LONGEST, email, random, true), Api.PASSWORD, _ -> {});
        assertThat(sown.newPeople()).isEqualTo(1);
        return api.as(api.login(email));
    }

    private static List<String> contents(Api me) {
        return items(me, "/api/v1/chats/?limit=100").stream()
                .flatMap(chat -> items(me, messages(chat) + "?limit=100").stream())
                .map(message -> message.path("content").asString())
                .toList();
    }

    private static String messages(JsonNode chat) {
        return "/api/v1/chats/" + chat.path("id").asString() + "/messages/";
    }

    private static List<JsonNode> items(Api me, String path) {
        List<JsonNode> items = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = me.get(path + cursor).data();
            page.path("items").forEach(items::add);
            cursor = page.path("next_cursor").isNull()
                    ? ""
                    : "&cursor=" + page.path("next_cursor").asString();
        } while (!cursor.isEmpty());
        return items;
    }
}
