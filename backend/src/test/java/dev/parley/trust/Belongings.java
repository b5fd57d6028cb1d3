package dev.parley.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Api;
import dev.parley.Authenticator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// A person with one thing of each kind that can be named in a request, all of which hold a word that nothing else
/// holds. A new kind of thing gets its line in [#of] and its name in the rows.
public final class Belongings {
    private final Api api;
    private final Api.Account account;
    private final Map<String, String> ids;
    private final String word;

    private Belongings(Api api, Api.Account account, Map<String, String> ids, String word) {
        this.api = api;
        this.account = account;
        this.ids = ids;
        this.word = word;
    }

    public static Belongings of(int port) {
        Api anyone = new Api(port);
        Api.Account account = anyone.register();
        Api api = anyone.as(account);
        Map<String, String> ids = new HashMap<>();
        ids.put("email", account.email());
        ids.put("account", account.id());
        ids.put("refresh", anyone.login(account.email()).refreshToken());
        ids.put("session", otherSession(api));
        api.linkedAs(account.email());
        ids.put("import", id(api.upload("/api/v1/imports/", "{}".getBytes(UTF_8), "empty.json")));
        // What changes by itself is nothing to compare.
        ok(api.patch("/api/v1/users/profile/", Map.of("preferences", Map.of("memory_enabled", false))));
        return new Belongings(api, account, ids, word()).again();
    }

    /// As long as a name may be.
    private static String word() {
        return "secret" + UUID.randomUUID().toString().replace("-", "").substring(0, 24);
    }

    /// The same person with new things, where the others have been used up.
    Belongings again() {
        Map<String, String> things = new HashMap<>(ids);
        ok(api.patch("/api/v1/users/profile/", Map.of("first_name", word)));

        String client = UUID.randomUUID().toString();
        String chat = id(api.post("/api/v1/chats/", Map.of("title", word, "client_id", client)));
        String messages = "/api/v1/chats/" + chat + "/messages/";
        String sent = UUID.randomUUID().toString();
        ok(api.post(messages, Map.of("content", "One", "client_id", sent)));
        JsonNode exchange =
                ok(api.post(messages, Map.of("content", word + " two"))).data();
        things.put("client", client);
        things.put("chat", chat);
        things.put("sent", sent);
        things.put("question", exchange.path("user_message").path("id").asString());
        things.put("answer", exchange.path("assistant_message").path("id").asString());
        things.put(
                "cursor",
                api.get(messages + "?limit=1").data().path("next_cursor").asString());

        String untitled = id(api.post("/api/v1/chats/", Map.of("title", "For a moment")));
        ok(api.post("/api/v1/chats/" + untitled + "/messages/", Map.of("content", word + " three")));
        ok(api.patch("/api/v1/chats/" + untitled, "{\"title\": null}"));
        things.put("untitled", untitled);

        String deleted = id(api.post("/api/v1/chats/", Map.of("title", word)));
        ok(api.delete("/api/v1/chats/" + deleted));
        things.put("deleted", deleted);

        things.put("key", id(api.post("/api/v1/auth/keys/", Map.of("name", word))));
        JsonNode waysIn = api.get("/api/v1/auth/ways-in").data();
        things.put("identity", first(waysIn.path("identities")));
        things.put(
                "passkey",
                waysIn.path("passkeys").isEmpty()
                        ? id(api.addPasskey(new Authenticator(api.base()), word, Api.PASSWORD))
                        : first(waysIn.path("passkeys")));
        things.put("memory", id(api.post("/api/v1/memories/", Map.of("content", word + " likes tea"))));
        return new Belongings(api, account, Map.copyOf(things), word);
    }

    /// The same person on another device, with two sessions as before.
    Belongings signedInAgain(Api anyone) {
        Map<String, String> things = new HashMap<>(ids);
        things.put("refresh", anyone.login(account.email()).refreshToken());
        Api.Account signedIn = anyone.login(account.email());
        Api here = anyone.as(signedIn);
        things.put("session", otherSession(here));
        return new Belongings(here, signedIn, Map.copyOf(things), word);
    }

    private static String otherSession(Api api) {
        for (JsonNode session : api.get("/api/v1/auth/sessions/").data().path("items")) {
            if (!session.path("current").asBoolean()) {
                return session.path("id").asString();
            }
        }
        throw new AssertionError("There is no other session");
    }

    private static String first(JsonNode things) {
        return things.path(0).path("id").asString();
    }

    private static String id(Api.Answer made) {
        return ok(made).data().path("id").asString();
    }

    private static Api.Answer ok(Api.Answer answer) {
        assertThat(answer.status()).as(answer.response().body()).isBetween(200, 299);
        return answer;
    }

    public Api api() {
        return api;
    }

    public Api.Account account() {
        return account;
    }

    /// What a row's `{name}` stands for.
    public Map<String, String> ids() {
        return ids;
    }

    public UUID id(String name) {
        return UUID.fromString(String.valueOf(ids.get(name)));
    }

    /// The ids of this person where `foreign` names them, else those of the other one.
    public Map<String, String> mixedInto(Belongings other, List<String> foreign) {
        Map<String, String> mixed = new HashMap<>(other.ids);
        foreign.forEach(name -> mixed.put(name, String.valueOf(ids.get(name))));
        return mixed;
    }

    /// Everything that the server holds about this person, but for moments at which somebody looked, and how far what
    /// was imported is.
    public String everything() {
        return ok(api.get("/api/v1/users/profile/export/"))
                .response()
                .body()
                .replaceAll("\"(exported_at|last_used_at)\":\"[^\"]*\"", "")
                .replaceAll("\"status\":\"(queued|running|failed)\"|\"failure\":(null|\"[^\"]*\")", "");
    }

    public void assertNothingIn(String answer) {
        assertThat(answer).as("what somebody else was answered").doesNotContain(word);
    }

    /// @param asked with which ids; the answer may say these again
    public void assertNothingIn(String answer, String asked) {
        assertNothingIn(answer);
        ids.forEach((name, id) -> {
            if (!asked.contains(id)) {
                assertThat(answer)
                        .as("what somebody else was answered, for the " + name)
                        .doesNotContain(id);
            }
        });
    }

    public boolean isIn(String answer) {
        return answer.contains(word);
    }
}
