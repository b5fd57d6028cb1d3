package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import dev.parley.settings.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/// What lies in `deploy/`, as far as it can be judged where nothing runs containers. The image's own steps are taken by
/// `tools/image-test`.
class DeployTest {
    private static final Path DEPLOY = Path.of("../deploy");
    private static final Set<String> SETTINGS =
            Arrays.stream(Setting.values()).map(Enum::name).collect(Collectors.toSet());
    /// Of the Compose specification, what a service may have as far as ours do.
    private static final Set<String> OF_A_SERVICE = Set.of(
            "build",
            "cap_add",
            "cap_drop",
            "command",
            "depends_on",
            "deploy",
            "env_file",
            "environment",
            "healthcheck",
            "image",
            "networks",
            "ports",
            "profiles",
            "read_only",
            "restart",
            "security_opt",
            "shm_size",
            "stop_grace_period",
            "tmpfs",
            "volumes");

    @Test
    void theChartIsOne() {
        var judged = new Helm(DEPLOY.resolve("helm/parley")).lint().call();
        assertThat(judged.isFailed()).as(judged.getMessages().toString()).isFalse();
        assertThat(judged.getMessages()).noneMatch(message -> message.startsWith("[ERROR]"));
    }

    /// What is misspelt would else be one that silently does not hold, and what the chart sets itself would be set
    /// twice.
    @ParameterizedTest
    @ValueSource(strings = {"replicas", "worker.replicas", "autoscaling.max", "settings.PORT", "settings.PARLEY_ROLES"})
    void theChartRefusesWhatItHasNoUseFor(String value) {
        assertThatThrownBy(() -> chart().set(value, 3).call())
                .hasMessageContaining(value.substring(value.lastIndexOf('.') + 1));
    }

    @Test
    void everyValueOfTheChartCounts() throws IOException {
        String templates;
        try (Stream<Path> files = Files.list(DEPLOY.resolve("helm/parley/templates"))) {
            templates = files.map(DeployTest::read).collect(Collectors.joining("\n"));
        }
        Node values = new Node(new Yaml().load(read(DEPLOY.resolve("helm/parley/values.yaml"))));
        assertThat(leaves("", values))
                .hasSizeGreaterThan(30)
                .allSatisfy(path -> assertThat(templates)
                        .as(path)
                        .containsPattern("\\." + path.substring(path.lastIndexOf('.') + 1) + "\\b"));
    }

    private static Stream<String> leaves(String path, Node value) {
        boolean isWrittenWhole = path.equals("resources") || path.endsWith("annotations");
        return value.value() instanceof Map<?, ?> map && !map.isEmpty() && !isWrittenWhole
                ? value.names().stream()
                        .flatMap(name -> leaves(path.isEmpty() ? name : path + "." + name, value.at(name)))
                : Stream.of(path);
    }

    @Test
    void whatIsSetInAFileIsWrittenAsItStands(@TempDir Path directory) throws IOException {
        Path values = Files.writeString(directory.resolve("values.yaml"), """
                settings:
                  OPENAI_MAX_TOKENS: 1000000
                  OPENAI_TEMPERATURE: 0.5
                  DEBUG: true
                  ALLOWED_HOSTS: '["chat.example.org", ".b.org"]'
                """);
        Node container = container(chart().withValuesFile(values));

        assertThat(environment(container))
                .containsEntry("OPENAI_MAX_TOKENS", "1000000")
                .containsEntry("OPENAI_TEMPERATURE", "0.5")
                .containsEntry("DEBUG", "true");
        assertThat(container.at("livenessProbe", "httpGet", "httpHeaders").value())
                .isEqualTo(List.of(Map.of("name", "Host", "value", "chat.example.org")));
    }

    @Test
    void linksLeadToTheIngress() {
        TemplateCommand open = chart().set("ingress.enabled", true).set("ingress.tlsSecret", "certificate");
        assertThat(environment(container(open))).containsEntry("PARLEY_PUBLIC_URL", "https://chat.example.org");
        assertThat(environment(container(open.set("settings.PARLEY_PUBLIC_URL", "https://other.example.org"))))
                .containsEntry("PARLEY_PUBLIC_URL", "https://other.example.org");
        assertThat(environment(container(chart()))).doesNotContainKey("PARLEY_PUBLIC_URL");
    }

    @Test
    void backupsOutliveWhoMakesThem() {
        TemplateCommand kept = chart().set("backups.existingClaim", "shelf");
        assertThat(pod(kept).at("volumes").toString()).contains("claimName=shelf");
        assertThat(environment(container(kept))).containsEntry("PARLEY_BACKUP_DIR", "/backups");

        List<Node> parted = all(kept.set("worker.enabled", true), "Deployment");
        assertThat(parted.getFirst().toString()).doesNotContain("shelf");
        assertThat(parted.getLast().toString()).contains("claimName=shelf").contains("mountPath=/backups");
        assertThat(pod(chart()).toString()).doesNotContain("/backups");
    }

    @Test
    void theChartSaysWhatIsMissing() {
        assertThatThrownBy(() -> chart().set("secrets.DATABASE_URL", "").call())
                .hasMessageContaining("secrets.DATABASE_URL: the database");
    }

    @Test
    void aNodeOfTheChartIsLockedIn() {
        Node container = container(chart());
        assertThat(container.at("securityContext").value())
                .isEqualTo(Map.of(
                        "allowPrivilegeEscalation", false,
                        "readOnlyRootFilesystem", true,
                        "capabilities", Map.of("drop", List.of("ALL"))));
        assertThat(pod(chart()).at("securityContext", "runAsNonRoot").value()).isEqualTo(true);
        assertThat(pod(chart()).at("automountServiceAccountToken").value()).isEqualTo(false);
    }

    @Test
    void aNodeOfTheChartHasTimeToDrain() {
        Node pod = pod(chart().set("drainSeconds", 120));
        assertThat(pod.at("terminationGracePeriodSeconds").value()).isEqualTo(140);
        assertThat(environment(container(chart().set("drainSeconds", 120))))
                .containsEntry("PARLEY_DRAIN_SECONDS", "120");
    }

    @Test
    void theChartKnowsNoSettingThatIsNone() {
        assertThat(SETTINGS).containsAll(environment(container(chart())).keySet());
    }

    @Test
    void whoWorksInTheChartServesNobody() {
        TemplateCommand parted = chart().set("worker.enabled", true).set("worker.replicaCount", 3);
        List<Node> deployments = all(parted, "Deployment");
        assertThat(deployments).hasSize(2);
        Node web = deployments.getFirst();
        Node worker = deployments.getLast();
        assertThat(roles(web)).isEqualTo("web");
        assertThat(roles(worker)).isEqualTo("worker");
        assertThat(roles(only(chart(), "Deployment"))).isEqualTo("web,worker");
        assertThat(worker.at("spec", "replicas").value()).isEqualTo(3);

        Object served = only(parted, "Service").at("spec", "selector").value();
        assertThat(web.at("spec", "selector", "matchLabels").value()).isEqualTo(served);
        assertThat(only(chart(), "Deployment")
                        .at("spec", "selector", "matchLabels")
                        .value())
                .isEqualTo(served);
        assertThat(worker.at("spec", "selector", "matchLabels").value()).isNotEqualTo(served);
        for (Node deployment : deployments) {
            assertThat(deployment.at("spec", "template", "metadata", "labels").entries())
                    .containsAll(
                            deployment.at("spec", "selector", "matchLabels").entries());
        }
    }

    private static String roles(Node deployment) {
        Node container = deployment.at("spec", "template", "spec", "containers").item(0);
        return String.valueOf(environment(container).get("PARLEY_ROLES"));
    }

    @Test
    void probesAreForAHostThatIsAnsweredFor() {
        Node container = container(chart().set("settings.ALLOWED_HOSTS", ".example.org"));
        assertThat(container.at("readinessProbe", "httpGet", "httpHeaders").value())
                .isEqualTo(List.of(Map.of("name", "Host", "value", "example.org")));
    }

    @Test
    void nodesAreAddedByTheirOpenAnswers() {
        TemplateCommand scaled = chart().set("autoscaling.enabled", true).set("autoscaling.openAnswers", 300);
        Node metric =
                only(scaled, "HorizontalPodAutoscaler").at("spec", "metrics").item(0);
        assertThat(metric.at("pods", "metric", "name").value()).isEqualTo("parley_answers_open");
        assertThat(only(chart().set("autoscaling.enabled", true), "Deployment")
                        .at("spec")
                        .has("replicas"))
                .as("who counts nodes is the autoscaler")
                .isFalse();
    }

    @Test
    void theChartHasAnIngressAndABudgetForDisruptions() {
        Node ingress = only(chart().set("ingress.enabled", true).set("ingress.tlsSecret", "certificate"), "Ingress");
        assertThat(ingress.at("spec", "tls").item(0).at("secretName").value()).isEqualTo("certificate");
        assertThat(only(chart(), "PodDisruptionBudget")
                        .at("spec", "maxUnavailable")
                        .value())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"compose.yaml", "compose.prod.yaml"})
    void composedServicesKeepTheirDataAndAreLockedIn(String file) {
        Node composed = composed(file);
        assertThat(composed.names())
                .filteredOn(name -> !name.startsWith("x-"))
                .isSubsetOf("name", "services", "networks", "volumes");
        Set<String> volumes = composed.at("volumes").names();
        for (String name : composed.at("services").names()) {
            Node service = composed.at("services", name);
            assertThat(OF_A_SERVICE).as(name).containsAll(service.names());
            assertThat(service.at("restart").value()).as(name).isEqualTo("unless-stopped");
            if (name.startsWith("parley")) {
                assertThat(service.at("read_only").value()).isEqualTo(true);
                assertThat(service.at("cap_drop").value()).isEqualTo(List.of("ALL"));
                assertThat(SETTINGS).containsAll(service.at("environment").names());
            }
            if (service.has("volumes")) {
                service.at("volumes").items().stream()
                        .map(volume -> volume.value().toString().split(":", 2)[0])
                        .filter(source -> !source.startsWith("."))
                        .forEach(source -> assertThat(volumes).contains(source));
            }
        }
    }

    @Test
    void composedWorkersAreThereOnRequestAndServeNobody() {
        Node composed = composed("compose.prod.yaml");
        Node worker = composed.at("services", "parley-worker");
        assertThat(worker.at("profiles").value()).isEqualTo(List.of("workers"));
        assertThat(worker.at("environment", "PARLEY_ROLES").value()).isEqualTo("worker");
        assertThat(worker.has("ports")).isFalse();
        assertThat(composed.at("services", "proxy", "environment", "PARLEY_NODES")
                        .value()
                        .toString())
                .doesNotContain("worker");
        assertThat(composed.at("services", "parley-1", "environment", "PARLEY_ROLES")
                        .value())
                .isEqualTo("${PARLEY_ROLES:-web,worker}");
        Map<?, ?> theirs = new TreeMap<>((Map<?, ?>) worker.at("environment").value());
        Map<?, ?> ours = new TreeMap<>(
                (Map<?, ?>) composed.at("services", "parley-1", "environment").value());
        theirs.remove("PARLEY_ROLES");
        ours.remove("PARLEY_ROLES");
        assertThat(theirs).isEqualTo(ours);
    }

    /// Otherwise a client that goes away would not end what it asked for.
    @Test
    void theProxyTellsNodesThatAClientHasGone() {
        assertThat(read(DEPLOY.resolve("Caddyfile")).lines().map(String::strip))
                .noneMatch(line -> line.startsWith("flush_interval"));
    }

    @Test
    void theImageIsMadeOfWhatIsThereAndRunsAsNobody() {
        List<String> lines = read(DEPLOY.resolve("Dockerfile"))
                .replace("\\\n", " ")
                .lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .toList();
        List<String> stages =
                lines.stream().filter(line -> line.startsWith("FROM ")).toList();
        assertThat(stages).hasSize(3);
        List<String> last = lines.subList(lines.lastIndexOf(stages.getLast()), lines.size());
        assertThat(stages.getLast()).isEqualTo("FROM debian:bookworm-slim");
        assertThat(last).contains("USER 10001:10001", "ENTRYPOINT [\"parley\"]", "STOPSIGNAL SIGTERM");
        assertThat(last).filteredOn(line -> line.startsWith("HEALTHCHECK ")).hasSize(1);
        assertThat(last).filteredOn(line -> line.startsWith("COPY ")).allMatch(line -> line.contains("--from=server"));
        assertThat(last).noneMatch(line -> line.contains("apt-get") || line.contains("npm") || line.contains("mvn"));

        List<String> hidden = read(Path.of("../.dockerignore")).lines().toList();
        assertThat(lines.stream().filter(line -> line.startsWith("COPY ") && !line.contains("--from")))
                .isNotEmpty()
                .allSatisfy(line -> {
                    List<String> words = List.of(line.split(" +"));
                    assertThat(words.subList(1, words.size() - 1))
                            .isNotEmpty()
                            .allSatisfy(
                                    source -> assertThat(Path.of("..", source)).exists())
                            .noneMatch(hidden::contains);
                });
    }

    private static Node composed(String file) {
        return new Node(new Yaml().load(read(DEPLOY.resolve(file))));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TemplateCommand chart() {
        return new Helm(DEPLOY.resolve("helm/parley"))
                .template()
                .withName("chat")
                .withKubeVersion("1.33.0")
                .set("secrets.DATABASE_URL", "postgresql://parley:secret@db:5432/parley")
                .set("secrets.JWT_SECRET_KEY", "a long text that nobody guesses")
                .set("secrets.SECRET_KEY", "another text that nobody guesses");
    }

    private static Node pod(TemplateCommand chart) {
        return only(chart, "Deployment").at("spec", "template", "spec");
    }

    private static Node container(TemplateCommand chart) {
        return pod(chart).at("containers").item(0);
    }

    private static Map<String, String> environment(Node container) {
        return container.at("env").items().stream()
                .collect(Collectors.toMap(
                        entry -> entry.at("name").value().toString(),
                        entry -> entry.at("value").value().toString()));
    }

    private static Node only(TemplateCommand chart, String kind) {
        List<Node> found = all(chart, kind);
        assertThat(found).as(kind).hasSize(1);
        return found.getFirst();
    }

    private static List<Node> all(TemplateCommand chart, String kind) {
        return StreamSupport.stream(new Yaml().loadAll(chart.call()).spliterator(), false)
                .filter(Map.class::isInstance)
                .map(Node::new)
                .filter(node -> node.at("kind").value().equals(kind))
                .toList();
    }

    /// A part of a YAML document.
    private record Node(Object value) {
        Node at(String... path) {
            Object at = value;
            for (String name : path) {
                at = ((Map<?, ?>) at).get(name);
                assertThat(at).as(String.join(".", path)).isNotNull();
            }
            return new Node(at);
        }

        boolean has(String name) {
            return ((Map<?, ?>) value).containsKey(name);
        }

        Node item(int index) {
            return items().get(index);
        }

        List<Node> items() {
            return ((List<?>) value)
                    .stream().map(item -> new Node((Object) item)).toList();
        }

        Set<Map.Entry<?, ?>> entries() {
            return Set.copyOf(((Map<?, ?>) value).entrySet());
        }

        Set<String> names() {
            return ((Map<?, ?>) value).keySet().stream().map(Object::toString).collect(Collectors.toSet());
        }
    }
}
