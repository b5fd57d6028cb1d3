package dev.parley.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.settings.StartFailure;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where the database is and how to sign in.
///
/// @param host one or more `host:port`, separated by commas
/// @param parameters in the driver's names
record DatabaseAddress(
        String host,
        String database,
        @Nullable String user,
        @Nullable String password,
        Map<String, String> parameters) {
    // A password may contain what it should have encoded, so the last @ before the path counts.
    private static final Pattern FORM = Pattern.compile(
            "postgres(?:ql)?(?:\\+\\w+)?://"
                    + "(?:(?<user>[^:/?#]*?)(?::(?<password>[^/?#]*))?@)?(?<host>[^/?#@]+)(?:/(?<database>[^?#]*))?(?:\\?(?<query>[^#]*))?");

    private static final Pattern HOST = Pattern.compile("(?:\\[[^\\[\\]]*+]|[^:\\[\\]]++)(?::\\d{1,5})?");

    /// What `libpq` calls differently.
    private static final Map<String, String> DRIVER_NAMES = Map.of(
            "application_name", "ApplicationName",
            "connect_timeout", "connectTimeout",
            "channel_binding", "channelBinding",
            "target_session_attrs", "targetServerType",
            "gssencmode", "gssEncMode");

    /// @param url `postgresql://user:password@host:5432/name?parameter=value`; everything but the host may be missing
    static DatabaseAddress parse(String url) {
        Matcher form = FORM.matcher(url);
        if (!form.matches() || !areHosts(form.group("host"))) {
            throw malformed();
        }
        String user = decoded(form.group("user"));
        String database = decoded(form.group("database"));
        if (database == null || database.isEmpty()) {
            database = user == null || user.isEmpty() ? "postgres" : user;
        }
        if (database.contains("@")) {
            throw malformed();
        }
        return new DatabaseAddress(
                form.group("host"), database, user, decoded(form.group("password")), parameters(form.group("query")));
    }

    private static boolean areHosts(String text) {
        return Arrays.stream(text.split(",", -1)).allMatch(HOST.asMatchPredicate());
    }

    /// Repeats nothing of it: what was taken for a host may be part of a password.
    private static StartFailure malformed() {
        return new StartFailure("DATABASE_URL is not of the form postgresql://user:password@host:5432/name;"
                + " in a password / is written %2F, and @ is %40.");
    }

    String jdbcUrl() {
        return "jdbc:postgresql://" + host + "/" + URLEncoder.encode(database, UTF_8);
    }

    private static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (query == null || query.isEmpty()) {
            return parameters;
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new StartFailure("DATABASE_URL has a parameter without a value.");
            }
            String name = pair.substring(0, equals);
            parameters.put(DRIVER_NAMES.getOrDefault(name, name), String.valueOf(decoded(pair.substring(equals + 1))));
        }
        return parameters;
    }

    private static @Nullable String decoded(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException e) {
            throw new StartFailure("DATABASE_URL has a % that begins no percent-encoded character.", e);
        }
    }

    /// Without the password, which must not reach a log.
    @Override
    public String toString() {
        return host + "/" + database;
    }
}
