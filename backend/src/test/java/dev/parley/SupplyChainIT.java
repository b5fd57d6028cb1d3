package dev.parley;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.parley.shared.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the packed program is made of, held against its bills of materials and against what was locked.
///
/// `mvn -f backend verify -Dit.test=SupplyChainIT -Dlock.write=true` locks what is there.
class SupplyChainIT {
    private static final Path JAR = Path.of("target", "parley.jar");
    private static final Path LOCK = Path.of("dependencies.lock");
    private static final String LIBRARIES = "BOOT-INF/lib/";

    /// The tool that takes the jar apart, which Spring Boot's plugin puts there from itself.
    private static final String PACKER = "spring-boot-jarmode-tools-";

    /// It is taken apart, and lies among our own classes: two thirds of it are for systems that Parley is not made for.
    private static final String TAKEN_APART = "onnxruntime-";

    /// Lists of libraries, with nothing in them.
    private static final String STARTERS = "spring-boot-starter";

    /// Whose words allow what we do: use them unchanged, and pass them on with their words.
    private static final Set<String> KNOWN_LICENCES = Set.of(
            "Apache-2.0",
            "MIT",
            "MIT-0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "0BSD",
            "EPL-1.0",
            "EPL-2.0",
            "PostgreSQL",
            // MIT's words under a name of its own.
            "Bouncy Castle Licence");

    @Test
    void theBillNamesWhatTheJarContains() throws IOException {
        Map<String, String> libraries = libraries();
        Map<String, String> named = new TreeMap<>();
        for (JsonNode component : bill("application").path("components")) {
            // What only the compiler wants is optional.
            if (component.path("scope").asString().equals("required")) {
                named.put(file(component), hash(component));
            }
        }
        named.keySet().removeIf(name -> name.startsWith(TAKEN_APART) || name.startsWith(STARTERS));
        libraries.keySet().removeIf(name -> name.startsWith(PACKER));

        assertThat(named).hasSizeGreaterThan(50).isEqualTo(libraries);
    }

    @Test
    void theJarIsMadeOfWhatIsLocked() throws IOException {
        Map<String, String> libraries = libraries();
        if (Boolean.getBoolean("lock.write")) {
            Files.writeString(
                    LOCK,
                    libraries.entrySet().stream()
                            .map(library -> library.getValue() + "  " + library.getKey() + "\n")
                            .collect(Collectors.joining()));
        }
        Map<String, String> locked = new TreeMap<>();
        for (String line : Files.readAllLines(LOCK)) {
            String[] parts = line.split(" {2}", 2);
            locked.put(parts[1], parts[0]);
        }
        // A Mac has its own PostgreSQL in it too.
        libraries.keySet().removeIf(name -> name.contains("-darwin-") && !locked.containsKey(name));

        assertThat(libraries)
                .as("Look at what has changed, then lock it: -Dit.test=SupplyChainIT -Dlock.write=true")
                .isEqualTo(locked);
    }

    @Test
    void noLicenceIsUnknown() throws IOException {
        List<String> unknown = new ArrayList<>();
        for (JsonNode component : bill("application").path("components")) {
            String licence = LicencesCommand.licence(component);
            // Where there are several, one that is known is enough.
            if (Arrays.stream(licence.split(" or | OR ", -1)).noneMatch(KNOWN_LICENCES::contains)) {
                unknown.add(file(component) + ": " + licence);
            }
        }

        assertThat(unknown).isEmpty();
    }

    @Test
    void theBillOfTheWebAppLiesBesideTheServers() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assumeThat(jar.getEntry("BOOT-INF/classes/static/index.html"))
                    .as("the web app was built")
                    .isNotNull();
            assertThat(jar.getEntry("BOOT-INF/classes/static/licences.txt")).isNotNull();
        }
        List<String> names = new ArrayList<>();
        for (JsonNode component : bill("web").path("components")) {
            names.add(component.path("name").asString());
            assertThat(component.path("purl").asString()).startsWith("pkg:npm/");
        }

        assertThat(names).contains("react", "react-dom", "marked", "katex", "mermaid", "@fontsource-variable/inter");
    }

    @Test
    void theProgramListsThem() throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assumeThat(jar.getEntry("META-INF/sbom/web.cdx.json"))
                    .as("the web app was built")
                    .isNotNull();
        }
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        JAR.toString(),
                        "licences")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String listed = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(listed)
                .contains("Apache-2.0\n", "  org.springframework.boot:spring-boot 4.", "MIT\n", "  react 19.")
                .doesNotContain("unknown");
    }

    /// The libraries in the jar, with their SHA-256.
    private static Map<String, String> libraries() throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (JarFile jar = new JarFile(JAR.toFile())) {
            for (ZipEntry entry : jar.stream().toList()) {
                if (entry.getName().startsWith(LIBRARIES) && entry.getName().endsWith(".jar")) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        found.put(entry.getName().substring(LIBRARIES.length()), sha256(in));
                    }
                }
            }
        }
        return found;
    }

    private static String sha256(InputStream in) throws IOException {
        return HexFormat.of().formatHex(Sha256.of(in.readAllBytes()));
    }

    private static JsonNode bill(String name) throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            ZipEntry entry = jar.getEntry("META-INF/sbom/" + name + ".cdx.json");
            assertThat(entry).as("the bill of materials " + name).isNotNull();
            try (InputStream in = jar.getInputStream(entry)) {
                return JsonMapper.shared().readTree(in);
            }
        }
    }

    /// As the jar calls it.
    private static String file(JsonNode component) {
        String purl = component.path("purl").asString();
        String classifier = purl.contains("classifier=") ? "-" + purl.replaceFirst(".*classifier=([^&]*).*", "$1") : "";
        return component.path("name").asString() + "-"
                + component.path("version").asString() + classifier + ".jar";
    }

    private static String hash(JsonNode component) {
        for (JsonNode hash : component.path("hashes")) {
            if (hash.path("alg").asString().equals("SHA-256")) {
                return hash.path("content").asString();
            }
        }
        return "none";
    }
}
