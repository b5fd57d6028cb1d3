package dev.parley.models;

import dev.parley.models.ModelRules.Rule;
import dev.parley.models.ModelsProperties.Form;
import dev.parley.shared.Letters;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class ProviderRepository {
    private final JdbcClient jdbc;

    ProviderRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// A provider that an operator added.
    ///
    /// @param key as it is kept; null: it needs none
    /// @param keyEnd its last characters; empty where it is short, or there is none
    /// @param models empty: those that it lists
    record Added(
            String name,
            Form dialect,
            String url,
            @Nullable String key,
            String keyEnd,
            List<String> models,
            @Nullable Integer contextWindow,
            boolean enabled,
            Instant changedAt) {
        /// The key stays out of logs, encrypted or not.
        @Override
        public String toString() {
            return "Added[" + name + ", " + url + "]";
        }
    }

    /// In the order in which they were added.
    List<Added> added() {
        return jdbc.sql("""
                select name, dialect, url, api_key, key_end, models, context_window, enabled, changed_at
                  from provider
                 order by created_at, name
                """).query(ProviderRepository::row).list();
    }

    /// @return false when there is one of this name
    boolean insert(Added one) {
        return write("""
                insert into provider (name, dialect, url, api_key, key_end, models, context_window, enabled,
                                      created_at, changed_at)
                values (:name, :dialect, :url, :key, :key_end, :models, :window, :enabled, :at, :at)
                on conflict do nothing
                """, one);
    }

    /// @return false when it is gone
    boolean update(Added one) {
        return write("""
                update provider
                   set dialect = :dialect, url = :url, api_key = :key, key_end = :key_end, models = :models,
                       context_window = :window, enabled = :enabled, changed_at = :at
                 where name = :name
                """, one);
    }

    private boolean write(String sql, Added one) {
        return jdbc.sql(sql)
                        .param("name", one.name())
                        .param("dialect", word(one.dialect()))
                        .param("url", one.url())
                        .param("key", one.key())
                        .param("key_end", one.keyEnd())
                        .param("models", one.models().toArray(String[]::new))
                        .param("window", one.contextWindow())
                        .param("enabled", one.enabled())
                        .param("at", one.changedAt().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    boolean delete(String name) {
        return jdbc.sql("delete from provider where name = :name")
                        .param("name", name)
                        .update()
                == 1;
    }

    /// Whoever changes what is there does so alone.
    void lock() {
        jdbc.sql("lock table provider in share row exclusive mode").update();
    }

    /// Those of the environment that are not to be asked.
    Set<String> off() {
        return Set.copyOf(
                jdbc.sql("select name from provider_off").query(String.class).list());
    }

    void turnOff(String name) {
        jdbc.sql("insert into provider_off (name) values (:name) on conflict do nothing")
                .param("name", name)
                .update();
    }

    void turnOn(String name) {
        jdbc.sql("delete from provider_off where name = :name")
                .param("name", name)
                .update();
    }

    Map<String, Rule> rules() {
        return jdbc
                .sql("select id, enabled, context_window, max_tokens from model_rule")
                .query((row, _) -> Map.entry(
                        row.getString("id"),
                        new Rule(row.getBoolean("enabled"), number(row, "context_window"), number(row, "max_tokens"))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    void rule(String id, Rule rule) {
        jdbc.sql("""
                insert into model_rule (id, enabled, context_window, max_tokens)
                values (:id, :enabled, :window, :tokens)
                on conflict (id) do update
                   set enabled = excluded.enabled, context_window = excluded.context_window,
                       max_tokens = excluded.max_tokens
                """)
                .param("id", id)
                .param("enabled", rule.enabled())
                .param("window", rule.contextWindow())
                .param("tokens", rule.maxTokens())
                .update();
    }

    private static Added row(ResultSet row, int number) throws SQLException {
        return new Added(
                row.getString("name"),
                Form.valueOf(row.getString("dialect").toUpperCase(Locale.ROOT)),
                row.getString("url"),
                row.getString("api_key"),
                row.getString("key_end"),
                words(row.getArray("models")),
                number(row, "context_window"),
                row.getBoolean("enabled"),
                row.getTimestamp("changed_at").toInstant());
    }

    private static List<String> words(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    private static @Nullable Integer number(ResultSet row, String column) throws SQLException {
        int number = row.getInt(column);
        return row.wasNull() ? null : number;
    }

    static String word(Form dialect) {
        return Letters.lower(dialect.name());
    }
}
