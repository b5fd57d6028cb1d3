package dev.parley;

import dev.parley.settings.StartFailure;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the program and its web app are made of, as the bills of materials in the jar say.
final class LicencesCommand {
    private static final List<String> BILLS =
            List.of("META-INF/sbom/application.cdx.json", "META-INF/sbom/web.cdx.json");

    private LicencesCommand() {}

    /// The packages of each licence, below its name.
    static String list() {
        Map<String, TreeSet<String>> packages = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String bill : BILLS) {
            for (JsonNode component : read(bill).path("components")) {
                packages.computeIfAbsent(licence(component), _ -> new TreeSet<>(String.CASE_INSENSITIVE_ORDER))
                        .add(name(component));
            }
        }
        return packages.entrySet().stream()
                .map(each -> each.getKey() + "\n"
                        + each.getValue().stream()
                                .map(name -> "  " + name + "\n")
                                .collect(Collectors.joining()))
                .collect(Collectors.joining(
                        "\n",
                        "",
                        "\nWhere there are several licences, any of them may be chosen. Their words are in the libraries"
                                + " themselves, and for the web app at /licences.txt."));
    }

    private static String name(JsonNode component) {
        String group = component.path("group").asString("");
        return (group.isEmpty() ? "" : group + ":") + component.path("name").asString() + " "
                + component.path("version").asString();
    }

    /// By the short names of SPDX where it has one.
    static String licence(JsonNode component) {
        List<String> names = new ArrayList<>();
        for (JsonNode each : component.path("licenses")) {
            JsonNode licence = each.path("license");
            names.add(each.path("expression")
                    .asString(licence.path("id").asString(licence.path("name").asString("unknown"))));
        }
        return names.isEmpty() ? "unknown" : String.join(" or ", names);
    }

    private static JsonNode read(String bill) {
        try (InputStream in = LicencesCommand.class.getClassLoader().getResourceAsStream(bill)) {
            if (in == null) {
                throw new StartFailure("This program was not packed as a whole: it has no " + bill + " in it.");
            }
            return JsonMapper.shared().readTree(in);
        } catch (IOException e) {
            throw new StartFailure("The file " + bill + " in the program cannot be read.", e);
        }
    }
}
