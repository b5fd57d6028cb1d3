package dev.parley.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Api;
import dev.parley.ApiTest;
import dev.parley.auth.NewAccounts;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every operation of the schema with inputs that are almost right and inputs that are nothing of the kind: none may
/// break the server, and each refusal has the contract's form. The same inputs at each run.
@ApiTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FuzzTest {
    private static final long SEED = 20_261_123;
    private static final int INPUTS = 60;
    private static final Set<String> READS = Set.of("GET", "HEAD");

    /// How often what was deleted is made anew for one operation.
    private static final int MOST_RENEWALS = 2;

    /// What an operator may change without changing it for every other test.
    private static final List<String> OPERATORS_OWN =
            List.of("/api/v1/admin/users", "/api/v1/admin/jobs", "/api/v1/admin/audit");

    /// The calls of OpenAI's clients, which are described where they come from.
    private static final JsonNode OPENAI = JsonMapper.shared().readTree("""
            {"/v1/models": {"get": {}},
             "/v1/models/{name}": {"get": {"parameters": [{"name": "name", "in": "path"}]}},
             "/v1/embeddings": {"post": {"requestBody": {"content": {"application/json": {"schema": {"properties": {
                "model": {"enum": ["meaning"]},
                "input": {"type": "array", "items": {"type": "string"}},
                "dimensions": {"type": "integer"},
                "encoding_format": {"enum": ["float", "base64"]}}}}}}}},
             "/v1/chat/completions": {"post": {"requestBody": {"content": {"application/json": {"schema": {"properties": {
                "model": {"enum": ["echo"]},
                "messages": {"type": "array", "items": {"properties": {
                    "role": {"enum": ["system", "user", "assistant"]},
                    "content": {"type": "string"}}}},
                "stream": {"type": "boolean"},
                "stream_options": {"properties": {"include_usage": {"type": "boolean"}}},
                "temperature": {"type": "number"},
                "max_tokens": {"type": "integer"},
                "stop": {"type": "array", "items": {"type": "string"}},
                "logit_bias": {"properties": {"50256": {"type": "integer"}}},
                "response_format": {"properties": {"type": {"enum": ["text", "json_object"]}}}}}}}}}}}
            """);

    private final int port;
    private final Api anyone;
    private final Api operator;
    private final Api program;
    /// Whom the operator does things to.
    private final String subject;

    private final JsonNode schema;
    private Belongings person;
    private int renewals;

    FuzzTest(@LocalServerPort int port, @Autowired NewAccounts accounts) {
        this.port = port;
        anyone = new Api(port);
        person = Belongings.of(port);
        String email = Api.freshEmail();
        accounts.superuser(email, Api.PASSWORD);
        operator = anyone.as(anyone.login(email));
        subject = anyone.register().id();
        program = anyone.with("Authorization", "Bearer " + key(anyone.as(anyone.register())));
        schema = anyone.get("/api/v1/openapi.json").body();
    }

    private static String key(Api owner) {
        return owner.post("/api/v1/auth/keys/", Map.of("name", "a program", "scopes", List.of("models")))
                .data()
                .path("key")
                .asString();
    }

    private record Operation(String method, String path, JsonNode described) {}

    @TestFactory
    Stream<DynamicTest> noInputBreaksTheServer() {
        List<Operation> operations = new ArrayList<>();
        Stream.of(schema.path("paths"), OPENAI)
                .flatMap(paths -> paths.properties().stream())
                .forEach(path -> path.getValue().properties().forEach(one -> {
                    String method = one.getKey().toUpperCase(Locale.ROOT);
                    operations.add(new Operation(method, path.getKey(), one.getValue()));
                    if (method.equals("GET")) {
                        operations.add(new Operation("HEAD", path.getKey(), one.getValue()));
                    }
                }));
        assertThat(operations).hasSizeGreaterThan(30);
        return operations.stream()
                .map(operation -> DynamicTest.dynamicTest(
                        operation.method() + " " + operation.path(), () -> withstands(operation)));
    }

    private void withstands(Operation operation) {
        renewals = 0;
        Random random = new Random(SEED + (operation.method() + operation.path()).hashCode());
        int inputs = operation.method().equals("HEAD") ? INPUTS / 3 : INPUTS;
        for (int i = 0; i < inputs; i++) {
            String address = address(operation, random);
            String body = operation.described().has("requestBody") || random.nextInt(10) == 0
                    ? body(operation, random)
                    : null;
            Api.Answer answer = send(caller(operation), operation.method(), address, body, type(random));
            assertThat(answer.status())
                    .as(
                            "%s %s %s: %s",
                            operation.method(), address, body, answer.response().body())
                    .isNotEqualTo(500)
                    .isLessThan(505);
            if (answer.status() >= 400 && !operation.method().equals("HEAD")) {
                assertThat(refusal(operation, answer))
                        .as(
                                "%s %s %s: %s",
                                operation.method(),
                                address,
                                body,
                                answer.response().body())
                        .matches("[A-Z_]+");
            }
            renewWhereNeeded(operation, answer.status());
        }
        if (renewals > 0) {
            renew();
        }
    }

    /// Each form has its own word for what is wrong. Of an address that is none nobody can tell whose it would be.
    private static String refusal(Operation operation, Api.Answer answer) {
        return isOpenAis(operation) && !answer.code().equals("MALFORMED_REQUEST")
                ? answer.body().path("error").path("type").asString("").toUpperCase(Locale.ROOT)
                : answer.code();
    }

    private static boolean isOpenAis(Operation operation) {
        return operation.path().startsWith("/v1/");
    }

    private Api caller(Operation operation) {
        if (isOpenAis(operation)) {
            return program;
        }
        boolean reads = READS.contains(operation.method());
        boolean operators = reads
                ? operation.path().startsWith("/api/v1/admin/")
                : OPERATORS_OWN.stream().anyMatch(operation.path()::startsWith);
        return operators ? operator : person.api();
    }

    /// Or what comes next would meet nothing but what is gone. Nobody's account ends: no input says the password.
    private void renewWhereNeeded(Operation operation, int status) {
        boolean deleted = operation.method().equals("DELETE") && status < 300;
        boolean signedOut = status == 401 && person.api().get("/api/v1/auth/me").status() == 401;
        if ((deleted || signedOut) && renewals++ < MOST_RENEWALS) {
            renew();
        }
    }

    /// From an address of its own, which has not tried anything yet.
    private void renew() {
        person = person.signedInAgain(new Api(port)).again();
    }

    private static Api.Answer send(Api caller, String method, String address, String body, String type) {
        try {
            return sendOnce(caller, method, address, body, type);
        } catch (UncheckedIOException e) {
            // The connection was closed after an earlier refusal that did not wait for the body.
            return sendOnce(caller, method, address, body, type);
        }
    }

    private static Api.Answer sendOnce(Api caller, String method, String address, String body, String type) {
        return body == null
                ? caller.send(method, address, BodyPublishers.noBody())
                : caller.with("Content-Type", type)
                        .send(method, address, BodyPublishers.ofByteArray(body.getBytes(UTF_8)));
    }

    private static String type(Random random) {
        return random.nextInt(12) == 0
                ? List.of(
                                "text/plain",
                                "application/xml",
                                "multipart/form-data",
                                "application/json; charset=utf-16",
                                "x")
                        .get(random.nextInt(5))
                : "application/json";
    }

    private String address(Operation operation, Random random) {
        String path = operation.path();
        StringBuilder query = new StringBuilder();
        for (JsonNode parameter : operation.described().path("parameters")) {
            String name = parameter.path("name").asString();
            if (parameter.path("in").asString().equals("path")) {
                path = path.replace("{" + name + "}", segment(path, random));
            } else if (parameter.path("in").asString().equals("query") && random.nextBoolean()) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(encoded(word(random)));
            }
        }
        return path + (random.nextBoolean() ? "/" : "") + query;
    }

    /// Mostly one that exists, or nothing behind it would ever be reached.
    private String segment(String path, Random random) {
        if (random.nextInt(3) > 0) {
            return path.contains("/admin/users/")
                    ? subject
                    : String.valueOf(person.ids().get(thing(path)));
        }
        String word = encoded(word(random));
        return word.isEmpty() || word.equals(".") || word.equals("..") ? "x" : word;
    }

    private static String thing(String path) {
        for (String thing : List.of("memory", "session", "key")) {
            if (path.contains("/" + (thing.equals("memory") ? "memorie" : thing) + "s/")) {
                return thing;
            }
        }
        return path.contains("/messages/") && path.contains("{id}") && !path.contains("{chatId}") ? "answer" : "chat";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    private static String word(Random random) {
        return switch (random.nextInt(18)) {
            case 0 -> "";
            case 1 -> "0";
            case 2 -> "-1";
            case 3 -> "99999999999999999999";
            case 4 -> "1e400";
            case 5 -> "null";
            case 6 -> "\u0000";
            case 7 -> "🙂".repeat(1 + random.nextInt(50));
            case 8 -> "a".repeat(random.nextInt(2000));
            case 9 -> "' or 1=1 --";
            case 10 -> "<script>alert(1)</script>";
            case 11 -> "%00%ff%c0%af";
            case 12 -> "../../etc/passwd";
            case 13 -> "{\"a\":1}";
            case 14 -> "00000000-0000-0000-0000-000000000000";
            case 15 -> "AAAA" + Long.toString(random.nextLong(), 36);
            case 16 -> "\u202e\ufeff\u0301\r\n\t";
            default -> "true";
        };
    }

    private String body(Operation operation, Random random) {
        JsonNode described = operation.described().path("requestBody").path("content");
        JsonNode content = described.path("application/json").path("schema");
        String whole = value(content, random, 0);
        return switch (random.nextInt(14)) {
            case 0 -> "";
            case 1 -> whole.substring(0, random.nextInt(whole.length() + 1));
            case 2 -> "[".repeat(5_000);
            case 3 -> "{\"a\":".repeat(600) + "1" + "}".repeat(600);
            case 4 -> "\ufeff" + whole;
            case 5 -> whole + whole;
            case 6 -> "{\"" + "k".repeat(60_000) + "\": 1}";
            case 7 -> "{\"content\": " + "9".repeat(2_000) + "}";
            default -> whole;
        };
    }

    /// As the schema has it, but for what is not.
    private String value(JsonNode schema, Random random, int depth) {
        if (random.nextInt(5) == 0 || depth > 6) {
            return anything(random);
        }
        String reference = schema.path("$ref").asString("");
        if (!reference.isEmpty()) {
            return value(this.schema.at(reference.substring(1)), random, depth + 1);
        }
        if (schema.has("enum")) {
            return schema.path("enum")
                    .get(random.nextInt(schema.path("enum").size()))
                    .toString();
        }
        if (schema.has("properties")) {
            List<String> fields = new ArrayList<>();
            for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
                if (random.nextInt(4) > 0) {
                    fields.add("\"" + field.getKey() + "\": " + value(field.getValue(), random, depth + 1));
                }
            }
            return "{" + String.join(", ", fields) + "}";
        }
        return switch (schema.path("type").asString("")) {
            case "array" -> "[" + value(schema.path("items"), random, depth + 1) + "]";
            case "boolean" -> Boolean.toString(random.nextBoolean());
            case "integer" -> Integer.toString(random.nextInt(5));
            case "number" -> "0.5";
            case "string" ->
                schema.path("format").asString("").equals("uuid")
                        ? "\"" + person.ids().get(random.nextBoolean() ? "question" : "chat") + "\""
                        : "\"word " + random.nextInt(100) + "\"";
            default -> anything(random);
        };
    }

    private static String anything(Random random) {
        return switch (random.nextInt(15)) {
            case 0 -> "null";
            case 1 -> "true";
            case 2 -> "-1";
            case 3 -> "1e999";
            case 4 -> "0.1";
            case 5 -> "9223372036854775808";
            case 6 -> "[]";
            case 7 -> "{}";
            case 8 -> "\"\"";
            case 9 -> "\"\\u0000\"";
            case 10 -> "\"\\ud800\"";
            case 11 -> "\"" + "x".repeat(random.nextInt(30_000)) + "\"";
            case 12 -> "[[[[{\"a\": [null]}]]]]";
            // What cannot be made shorter fits into no index.
            case 13 -> "\"" + letters(random, 3_000 + random.nextInt(5_000)) + "\"";
            default -> "\"' or 1=1 -- <b> \\u202e 🙂\"";
        };
    }

    private static String letters(Random random, int length) {
        return random.ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
