package dev.parley.admin;

import dev.parley.cluster.Followed;
import dev.parley.cluster.Signals;
import dev.parley.models.Models;
import dev.parley.settings.RunningSettings;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import dev.parley.shared.AuditEvent;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/// What operators set while the server runs: kept in the database, checked as at a start, and known to every node.
@Service
class SettingOverrides implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(SettingOverrides.class);
    private static final String CHANGED = "settings.changed";

    private final JdbcClient jdbc;
    private final RunningSettings running;
    private final Settings started;
    private final Environment environment;
    private final Models models;
    private final ApplicationEventPublisher events;
    private final TransactionOperations transactions;
    private final Clock clock;
    private final Followed followed;
    private volatile Map<Setting, Decision> overrides = Map.of();

    SettingOverrides(
            JdbcClient jdbc,
            RunningSettings running,
            Settings started,
            Environment environment,
            Models models,
            ApplicationEventPublisher events,
            TransactionOperations transactions,
            Clock clock,
            Signals signals) {
        this.jdbc = jdbc;
        this.running = running;
        this.started = started;
        this.environment = environment;
        this.models = models;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
        this.followed = Followed.start(CHANGED, signals, this::read);
    }

    /// @param by who set it
    record Decision(String value, Instant at, UserId by) {}

    /// A setting that can be changed, as it stands.
    ///
    /// @param startedWith what counts without the override
    /// @param origin where that is from: `default`, `environment` or `.env`
    record Standing(
            Setting setting,
            String startedWith,
            String origin,
            @Nullable Decision decision) {
        String value() {
            return decision == null ? startedWith : decision.value();
        }
    }

    /// In the order in which they are documented.
    List<Standing> list() {
        return Arrays.stream(Setting.values())
                .filter(Setting::isChangeable)
                .map(this::standing)
                .toList();
    }

    private Standing standing(Setting setting) {
        Settings.Value value = started.values().get(setting);
        return new Standing(
                setting,
                environment.getProperty(setting.name(), setting.standard()),
                value == null ? "default" : value.origin(),
                overrides.get(setting));
    }

    /// @throws ParleyException NOT_FOUND for what is none, or cannot be changed while the server runs; VALIDATION_ERROR
    Standing set(UserId actor, String name, @Nullable String written) {
        Setting setting = changeable(name);
        String value = RunningSettings.checked(setting, written == null ? "" : written);
        if (setting == Setting.PARLEY_DEFAULT_MODEL && models.find(value).isEmpty()) {
            throw ParleyException.invalid("value", "This model is not offered.");
        }
        transactions.executeWithoutResult(_ -> {
            jdbc.sql("""
                    insert into setting_override (name, value, changed_at, changed_by)
                    values (:name, :value, :at, :by)
                    on conflict (name) do update
                       set value = excluded.value, changed_at = excluded.changed_at, changed_by = excluded.changed_by
                    """)
                    .param("name", setting.name())
                    .param("value", value)
                    .param("at", clock.instant().truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC))
                    .param("by", actor.value())
                    .update();
            events.publishEvent(new AuditEvent(actor, "setting.changed", null, details(setting, value)));
        });
        followed.changed();
        return standing(setting);
    }

    /// What the server was started with counts again.
    void reset(UserId actor, String name) {
        Setting setting = changeable(name);
        transactions.executeWithoutResult(_ -> {
            int gone = jdbc.sql("delete from setting_override where name = :name")
                    .param("name", setting.name())
                    .update();
            if (gone > 0) {
                events.publishEvent(new AuditEvent(actor, "setting.reset", null, Map.of("setting", setting.name())));
            }
        });
        followed.changed();
    }

    private static Setting changeable(String name) {
        return Setting.changeable().stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ParleyException.notFound("setting that can be changed here"));
    }

    /// A text may say much about people; the log says only that it was changed.
    private static Map<String, String> details(Setting setting, String value) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("setting", setting.name());
        if (!setting.form().type().equals("text")) {
            details.put("value", value);
        }
        return details;
    }

    private void read() {
        Map<Setting, Decision> now = new EnumMap<>(Setting.class);
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        jdbc.sql("select name, value, changed_at, changed_by from setting_override")
                .query((row, _) -> Map.entry(
                        row.getString("name"),
                        new Decision(
                                row.getString("value"),
                                row.getTimestamp("changed_at").toInstant(),
                                new UserId(row.getObject("changed_by", UUID.class)))))
                .list()
                .forEach(row -> take(row.getKey(), row.getValue(), now, values));
        overrides = now;
        running.replace(values);
    }

    /// What an earlier or later version wrote may be none of ours, and counts for nothing.
    private static void take(String name, Decision decision, Map<Setting, Decision> now, Map<Setting, String> values) {
        try {
            Setting setting = changeable(name);
            values.put(setting, RunningSettings.checked(setting, decision.value()));
            now.put(setting, decision);
        } catch (ParleyException e) {
            log.debug("The database has a value of {} that counts for nothing here.", name, e);
        }
    }

    @Override
    public void destroy() {
        followed.close();
    }
}
