package dev.parley.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// The built web app inside the jar.
@Component
class WebApp {
    private static final String ROOT = "static/";

    private final List<String> scriptHashes;

    WebApp(JsonMapper json) {
        Resource policy = new ClassPathResource(ROOT + "csp.json");
        scriptHashes = policy.exists() ? read(json, policy).scriptHashes() : List.of();
    }

    Resource page() {
        return file("index.html");
    }

    Resource file(String name) {
        return new ClassPathResource(ROOT + name);
    }

    /// Whether a browser asks for a page, and not a program for data or a page for its files.
    boolean isPage(HttpServletRequest request) {
        String accepted = request.getHeader("Accept");
        return request.getMethod().equals("GET")
                && !Requests.isApi(request)
                && !Requests.path(request).startsWith("/assets/")
                && accepted != null
                && accepted.contains("text/html");
    }

    /// The inline scripts that the build knows of, as `'sha256-…'`.
    List<String> scriptHashes() {
        return scriptHashes.stream().map(hash -> "'" + hash + "'").toList();
    }

    private static Policy read(JsonMapper json, Resource file) {
        try (var stream = file.getInputStream()) {
            return json.readValue(stream, Policy.class);
        } catch (IOException e) {
            throw new UncheckedIOException("The web app's policy cannot be read from the jar", e);
        }
    }

    record Policy(List<String> scriptHashes) {}
}
