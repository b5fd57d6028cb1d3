package dev.parley.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
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
/// @param keyId which `SECRET_KEY` opens what is encrypted in it
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

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .build();

    /// @param bytes of its rows, as they are before they are compressed
    /// @param sha256 of these bytes
    public record Table(String name, List<String> columns, long rows, long bytes, String sha256) {}

    /// @param last the number that it gave last; null: none yet
    public record Sequence(String name, @Nullable Long last) {}

    public long rows() {
        return tables.stream().mapToLong(Table::rows).sum();
    }

    void write(OutputStream out) {
        JSON.writeValue(out, this);
    }

    static Manifest read(InputStream in) throws IOException {
        try {
            return JSON.readValue(in, Manifest.class);
        } catch (JacksonException e) {
            throw new IOException("its manifest cannot be read", e);
        }
    }
}
