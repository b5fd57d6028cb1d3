package dev.parley;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A listener of an answer, as the contract describes it: it reads events one by one, and can hang up.
public final class Stream implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final BufferedReader lines;
    private final List<Event> seen = new ArrayList<>();

    public record Event(long id, String name, JsonNode data) {}

    Stream(InputStream body) {
        lines = new BufferedReader(new InputStreamReader(body, UTF_8));
    }

    /// Waits for the next event.
    ///
    /// @return null at the end of the stream
    public @Nullable Event next() {
        long id = -1;
        String name = "";
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    id = Long.parseLong(line.substring(4));
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    Event event = new Event(id, name, JSON.readTree(line.substring(6)));
                    seen.add(event);
                    return event;
                }
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads until an event of this name has come.
    public Event until(String name) {
        for (Event event = next(); event != null; event = next()) {
            if (event.name().equals(name)) {
                return event;
            }
        }
        throw new AssertionError("The stream ended without " + name + ": " + seen);
    }

    /// Reads to the end.
    public List<Event> rest() {
        while (next() != null) {}
        return seen;
    }

    /// The text so far: all deltas since the last reset.
    public String text() {
        int reset = seen.stream().map(Event::name).toList().lastIndexOf("reset");
        return seen.subList(reset + 1, seen.size()).stream()
                .filter(event -> event.name().equals("delta"))
                .map(event -> event.data().path("text").asString())
                .collect(Collectors.joining());
    }

    public List<Event> seen() {
        return seen;
    }

    /// Every id is greater than the one before it.
    public Stream assertInOrder() {
        assertThat(seen).extracting(Event::id).isSorted().doesNotHaveDuplicates();
        return this;
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
