package dev.parley.database;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param url of an external PostgreSQL; empty: the embedded one
/// @param dataDirectory where the embedded one lives
/// @param poolSize how many connections all requests of people share; and as many what the server does by itself
/// @param patience how long a request waits for one of them
/// @param startPatience how long the start waits for an external server
/// @param serverOptions of the embedded one's `postgres`
/// @param rowSecurity whether the database itself keeps people's rows apart
/// @param join whether to use the embedded server that another process carries, instead of refusing a second one
@ConfigurationProperties("parley.database")
record DatabaseProperties(
        @DefaultValue("") String url,
        @DefaultValue("./data") Path dataDirectory,
        @DefaultValue("10") int poolSize,
        @DefaultValue("2s") Duration patience,
        @DefaultValue("30s") Duration startPatience,
        @DefaultValue List<String> serverOptions,
        @DefaultValue("true") boolean rowSecurity,
        @DefaultValue("false") boolean join) {
    /// The same for another database, which no other process carries.
    DatabaseProperties at(String url) {
        return new DatabaseProperties(
                url, dataDirectory, poolSize, patience, startPatience, serverOptions, rowSecurity, false);
    }

    /// Which database it is, and nothing of who may use it.
    String place() {
        return url.isEmpty()
                ? "the embedded database in " + dataDirectory
                : DatabaseAddress.parse(url).toString();
    }
}
