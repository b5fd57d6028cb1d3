package dev.parley.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What a backup says of itself.
///
/// @param format of the file
/// @param version of the program that made it
/// @param schema the version of the database's schema
/// @param createdAt the moment that it shows
/// @param keyId which `SECRET_KEY` opens what is encrypted in it; empty where it was not at hand
/// @param secrets the names of those that it carries
public record Manifest(
        int format,
        String version,
        String schema,
        Instant createdAt,
        String keyId,
        List<String> secrets,
        List<Table> tables,
        List<Sequence> sequences) {
    static final int FORMAT = 1;

    public Manifest {
        Objects.requireNonNull(version);
        Objects.requireNonNull(schema);
        Objects.requireNonNull(createdAt);
        Objects.requireNonNull(keyId);
        secrets = List.copyOf(secrets);
        tables = List.copyOf(tables);
        sequences = List.copyOf(sequences);
    }

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    /// @param bytes of its rows, as they are before they are compressed
    /// @param sha256 of these bytes
    public record Table(String name, List<String> columns, long rows, long bytes, String sha256) {
        public Table {
            Objects.requireNonNull(name);
            Objects.requireNonNull(sha256);
            columns = List.copyOf(columns);
        }
    }

    /// @param last the number that it gave last; null: none yet
    public record Sequence(String name, @Nullable Long last) {
        public Sequence {
            Objects.requireNonNull(name);
        }
    }

    public long rows() {
        return tables.stream().mapToLong(Table::rows).sum();
    }

    /// Whether it carries keys, and which, in words.
    public String carrying() {
        return secrets.isEmpty() ? "without the secrets" : "with the secrets " + String.join(" and ", secrets);
    }

    void write(OutputStream out) {
        JSON.writeValue(out, this);
    }

    /// @throws IOException when it is none, or lacks something
    static Manifest read(byte[] json) throws IOException {
        try {
            Manifest manifest = JSON.readValue(json, Manifest.class);
            if (manifest == null) {
                throw new IOException("its manifest is empty");
            }
            return manifest;
        } catch (JacksonException e) {
            throw new IOException("its manifest cannot be read", e);
        }
    }
}
