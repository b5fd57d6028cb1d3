package dev.parley.database;

import dev.parley.settings.Secrets;
import dev.parley.settings.StartFailure;
import org.springframework.stereotype.Component;

/// A database beside the one that is set, for what is carried there.
@Component
public class OtherDatabase {
    private final DatabaseProperties properties;
    private final Secrets secrets;

    OtherDatabase(DatabaseProperties properties, Secrets secrets) {
        this.properties = properties;
        this.secrets = secrets;
    }

    /// @param url as `DATABASE_URL` would have it; empty: the embedded one in this data directory
    /// @throws StartFailure when there is none, or when it is the one that is set
    public Database open(String url) {
        if (place(url).equals(properties.place())) {
            throw new StartFailure("Parley works with " + place(url) + " already.");
        }
        return Database.open(properties.at(url), secrets);
    }

    /// Which one that is, in words, and nothing of who may use it.
    public String place(String url) {
        return properties.at(url).place();
    }
}
