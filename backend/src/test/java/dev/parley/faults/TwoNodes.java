package dev.parley.faults;

import dev.parley.Api;
import dev.parley.NodeProcess;
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

/// Two nodes that share a database, each over a line of its own, and a model's provider; all but these nodes is in this
/// process.
@NullMarked
final class TwoNodes implements Reader.Nodes, AutoCloseable {
    private static final int COUNT = 2;
    private static final Pattern PORT = Pattern.compile(":(\\d+)/");

    private final TestDatabase database = TestDatabase.create();
    private final ScriptedProvider provider = ScriptedProvider.start();
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger questions = new AtomicInteger();
    private final List<TcpProxy> lines = new ArrayList<>();
    private final List<NodeProcess> nodes = new ArrayList<>();
    private final Path directory;
    private final Map<String, String> settings;
    private final Api.Account account;

    private TwoNodes(Path directory, Map<String, String> settings, List<String> models) {
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
        nodes.forEach(NodeProcess::awaitHealth);
        account = api(0).register();
    }

    /// @param settings of both, beside what binds them together
    /// @param models that may be asked
    static TwoNodes start(Path directory, Map<String, String> settings, List<String> models) {
        return new TwoNodes(directory, settings, models);
    }

    private NodeProcess launch(int node) {
        Map<String, String> all = new HashMap<>(settings);
        all.put(
                "DATABASE_URL",
                PORT.matcher(database.url()).replaceFirst(":" + lines.get(node).port() + "/"));
        all.put("OPENAI_BASE_URL", provider.baseUrl().toString());
        all.put("JWT_SECRET_KEY", "the secret that both nodes share");
        all.put("SECRET_KEY", "another secret that both nodes share");
        all.put("PARLEY_RATE_LIMITS", "off");
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

    /// Starts a node again that has ended.
    void restart(int node) {
        NodeProcess anew = launch(node);
        anew.awaitHealth();
        synchronized (nodes) {
            nodes.set(node, anew);
        }
    }

    Api api(int node) {
        return new Api(port(node));
    }

    Api signedIn(int node) {
        return api(node).as(account);
    }

    ScriptedProvider provider() {
        return provider;
    }

    JdbcClient database() {
        return database.jdbc();
    }

    /// People who have a chat each, and ask nothing yet.
    List<Reader> readers(int count, Reader.Manner manner, long seed) {
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
        database.close();
    }
}
