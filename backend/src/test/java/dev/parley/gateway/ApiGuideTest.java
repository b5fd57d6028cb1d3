package dev.parley.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Api;
import dev.parley.ApiTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The guide to the API says what the server does: all its commands are run, one after the other, by a shell.
@ApiTest
class ApiGuideTest {
    private static final Path GUIDE = Path.of("../docs/use/api.md");
    private static final Pattern COMMANDS = Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL);
    private static final Pattern COMMAND = Pattern.compile("curl(?:[^\n]*\\\\\n)*[^\n]*");

    private final Api api;
    private final Api.Account account;

    ApiGuideTest(@LocalServerPort int port) {
        api = new Api(port);
        account = api.register();
    }

    @Test
    void everyCommandDoesWhatTheGuideSays(@TempDir Path directory) throws IOException, InterruptedException {
        Files.writeString(
                directory.resolve("conversations.json"),
                "[{\"id\": \"one\", \"title\": \"Old\", \"mapping\": {\"a\": {\"id\": \"a\", \"parent\": null, \"message\":"
                        + " {\"author\": {\"role\": \"user\"}, \"content\": {\"content_type\": \"text\", \"parts\":"
                        + " [\"Hi\"]}}}}}]");
        Map<String, String> environment =
                new HashMap<>(Map.of("PARLEY", api.base(), "ACCESS_TOKEN", account.accessToken(), "MODEL", "echo"));
        List<String> commands = COMMANDS.matcher(Files.readString(GUIDE))
                .results()
                .flatMap(block -> COMMAND.matcher(block.group(1)).results().map(MatchResult::group))
                .toList();
        assertThat(commands).hasSizeGreaterThan(18);
        for (String command : commands) {
            String answer = run(adapted(command), directory, environment);
            assertThat(answer).as(command).doesNotContain("\"error\"");
            if (answer.startsWith("{")) {
                JsonNode data = JsonMapper.shared().readTree(answer).path("data");
                learn(command, data, environment);
            }
        }
        assertThat(environment).containsKeys("KEY", "CHAT", "ANSWER", "IMPORT");
        assertThat(Files.size(directory.resolve("chats.zip"))).isPositive();
    }

    /// Whose account it is, and which model means something, is the reader's own.
    private String adapted(String command) {
        return command.replace("you@example.org", account.email())
                        .replace("your password", Api.PASSWORD)
                        .replace("text-embedding-3-small", "meaning")
                + " --fail-with-body --max-time 60";
    }

    private static void learn(String command, JsonNode data, Map<String, String> environment) {
        if (command.contains("/auth/keys/")) {
            environment.put("KEY", data.path("key").asString());
        } else if (command.contains("/api/v1/chats/ ")) {
            environment.put("CHAT", data.path("id").asString());
        } else if (command.contains("What is a parley?")) {
            environment.put("ANSWER", data.path("assistant_message").path("id").asString());
        } else if (command.contains("/api/v1/imports/ ")) {
            environment.put("IMPORT", data.path("id").asString());
        }
    }

    private static String run(String command, Path directory, Map<String, String> environment)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", command)
                .directory(directory.toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String answer = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("%s%n%s", command, answer).isZero();
        return answer;
    }
}
