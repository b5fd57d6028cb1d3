package dev.parley.faults;

import dev.parley.Api;
import dev.parley.NodeProcess;
import dev.parley.RedisServer;
import dev.parley.database.TestDatabase;
import dev.parley.models.ScriptedProvider;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Two nodes that share a database, each over a line of its own, a Redis and a model's provider.
@NullMarked
final class TwoNodes implements Reader.Nodes, AutoCloseable {
    private static final int COUNT = 2;
    private static final Pattern PORT = Pattern.compile(":(\\d+)/");

    private final TestDatabase database = TestDatabase.create();
    private final RedisServer redis = RedisServer.start();
    private final ScriptedProvider provider = ScriptedProvider.start();
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger questions = new AtomicInteger();
    private final List<TcpProxy> lines = new ArrayList<>();
    private final List<NodeProcess> nodes = new ArrayList<>();
    private final Path directory;
    private final List<Map<String, String>> settings;
    private final Api.Account account;

    private TwoNodes(Path directory, List<Map<String, String>> settings, List<String> models) {
        this.directory = directory;
        this.settings = settings;
        provider.lists(models.toArray(String[]::new));
        Matcher port = PORT.matcher(database.url());
        if (!port.find()) {
            throw new IllegalStateException("The test's database has no port");
        }
        for (int node = 0; node < COUNT; node++) {
            lines.add(TcpProxy.to(Integer.parseInt(port.group(1))));
            nodes.add(launch(node));
        }
        awaitHealth();
        account = api(0).register();
    }

    /// @param settings of each, beside what binds them together
    /// @param models that may be asked
    static TwoNodes start(Path directory, List<Map<String, String>> settings, List<String> models) {
        return new TwoNodes(directory, settings, models);
    }

    private NodeProcess launch(int node) {
        Map<String, String> all = new HashMap<>(settings.get(node));
        all.put(
                "DATABASE_URL",
                PORT.matcher(database.url()).replaceFirst(":" + lines.get(node).port() + "/"));
        all.put("OPENAI_BASE_URL", provider.baseUrl().toString());
        all.put("JWT_SECRET_KEY", "the secret that both nodes share");
        all.put("SECRET_KEY", "another secret that both nodes share");
        all.put("REDIS_URL", redis.url());
        all.put("PARLEY_RATE_LIMITS", "off");
        all.put("ACCESS_TOKEN_EXPIRE_MINUTES", "1440");
        return NodeProcess.launch(directory.resolve("node-" + node), all);
    }

    @Override
    public int count() {
        return COUNT;
    }

    @Override
    public int port(int node) {
        return node(node).port();
    }

    NodeProcess node(int node) {
        synchronized (nodes) {
            return nodes.get(node);
        }
    }

    /// Its line to the database.
    TcpProxy line(int node) {
        return lines.get(node);
    }

    /// Starts a node again that has ended, and does not wait for it.
    void restart(int node) {
        NodeProcess anew = launch(node);
        synchronized (nodes) {
            nodes.set(node, anew);
        }
    }

    private void awaitHealth() {
        for (int node = 0; node < COUNT; node++) {
            node(node).awaitHealth();
        }
    }

    Api api(int node) {
        return new Api(port(node));
    }

    Api signedIn(int node) {
        return api(node).as(account);
    }

    RedisServer redis() {
        return redis;
    }

    /// Of a node that is well. Both are when this returns.
    Api healthy() {
        awaitHealth();
        return signedIn(0);
    }

    ScriptedProvider provider() {
        return provider;
    }

    JdbcClient database() {
        return database.jdbc();
    }

    /// People who have a chat each, and ask nothing yet. Both nodes are well when this returns.
    List<Reader> readers(int count, Reader.Manner manner, long seed) {
        awaitHealth();
        Api api = signedIn(0);
        return IntStream.range(0, count)
                .mapToObj(i -> new Reader(
                        this,
                        http,
                        account.accessToken(),
                        api.post("/api/v1/chats/", Map.of()).data().path("id").asString(),
                        "Question " + questions.incrementAndGet(),
                        manner,
                        seed + i))
                .toList();
    }

    @Override
    public void close() {
        nodes.forEach(NodeProcess::terminate);
        nodes.forEach(NodeProcess::close);
        lines.forEach(TcpProxy::close);
        provider.close();
        http.close();
        redis.close();
        database.close();
    }
}
