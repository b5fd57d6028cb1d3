package dev.parley.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.cluster.Followed;
import dev.parley.cluster.Signals;
import dev.parley.models.ModelRules.Rule;
import dev.parley.models.ModelsProperties.Named;
import dev.parley.models.ProviderRepository.Added;
import dev.parley.settings.SecretBox;
import dev.parley.shared.AuditEvent;
import dev.parley.shared.CommonError;
import dev.parley.shared.FieldErrors;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import java.net.URI;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/// All providers of this instance, and what operators decide about them and their models while it runs. The catalogue
/// follows: here at once, on other nodes as soon as they hear of it.
@Service
class Providers implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(Providers.class);
    private static final String CHANGED = "providers.changed";
    private static final int MOST = 50;
    /// Of a shorter key the end would tell too much.
    private static final int LEAST_FOR_END = 20;
    private static final int END = 4;

    private final Assembly assembly;
    private final Catalogue catalogue;
    private final ProviderRepository rows;
    private final SecretBox box;
    private final ApplicationEventPublisher events;
    private final TransactionOperations transactions;
    private final Clock clock;
    private final Followed followed;
    private volatile Map<String, Standing> standings = Map.of();

    Providers(
            Assembly assembly,
            Catalogue catalogue,
            ProviderRepository rows,
            SecretBox box,
            ApplicationEventPublisher events,
            TransactionOperations transactions,
            Clock clock,
            Signals signals) {
        this.assembly = assembly;
        this.catalogue = catalogue;
        this.rows = rows;
        this.box = box;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
        this.followed = Followed.start(CHANGED, signals, this::read);
    }

    /// A provider as it stands.
    ///
    /// @param added null: it is of the environment
    /// @param problem why it cannot be asked; null: nothing is known against it
    record Standing(
            Source source,
            @Nullable Added added,
            boolean enabled,
            @Nullable String problem) {
        boolean isAsked() {
            return enabled && problem == null;
        }
    }

    /// Those of the environment first.
    List<Standing> list() {
        return List.copyOf(standings.values());
    }

    /// @throws ParleyException NOT_FOUND
    Standing get(String name) {
        Standing standing = standings.get(name);
        if (standing == null) {
            throw ParleyException.notFound("provider");
        }
        return standing;
    }

    /// By what stands before the names of their models.
    Map<String, ChatCompletions> servers() {
        return standings.values().stream()
                .filter(Standing::isAsked)
                .collect(Collectors.toMap(
                        standing -> standing.source().prefix(),
                        standing -> standing.source().server()));
    }

    Rule rule(String model) {
        return assembly.rules().of(model);
    }

    /// @throws ParleyException VALIDATION_ERROR; CONFLICT when the name is taken
    Standing add(UserId actor, @Nullable String name, WantedProvider wanted) {
        FieldErrors errors = new FieldErrors();
        WantedProvider.checkName(name, errors);
        wanted.check(errors);
        errors.throwIfAny();
        String checked = Objects.requireNonNull(name);
        if (standings.containsKey(checked)) {
            throw taken(checked);
        }
        Added one = added(checked, wanted, null);
        change(actor, "provider.added", Map.of("provider", checked, "url", one.url()), () -> {
            rows.lock();
            if (rows.added().size() >= MOST) {
                throw new ParleyException(
                        CommonError.CONFLICT, "There are " + MOST + " providers already. Remove one that is not used.");
            }
            if (!rows.insert(one)) {
                throw taken(checked);
            }
        });
        return get(checked);
    }

    /// @throws ParleyException NOT_FOUND, VALIDATION_ERROR; CONFLICT for one of the environment
    Standing change(UserId actor, String name, WantedProvider wanted) {
        requireAdded(name);
        FieldErrors errors = new FieldErrors();
        wanted.check(errors);
        errors.throwIfAny();
        change(actor, "provider.changed", Map.of("provider", name, "url", wanted.address()), () -> {
            rows.lock();
            Added before = rows.added().stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> ParleyException.notFound("provider"));
            // Or whoever gets hold of an operator's session would have the key sent to himself.
            if (before.key() != null
                    && wanted.apiKey() == null
                    && WantedProvider.isElsewhere(before.url(), wanted.address())) {
                throw ParleyException.invalid("api_key", "Enter the key again, because the address is another one.");
            }
            rows.update(added(name, wanted, before));
        });
        return get(name);
    }

    /// @throws ParleyException NOT_FOUND
    Standing enable(UserId actor, String name, boolean enabled) {
        Standing before = get(name);
        if (before.enabled() != enabled) {
            String action = enabled ? "provider.enabled" : "provider.disabled";
            change(actor, action, Map.of("provider", name), () -> {
                if (before.added() == null) {
                    turn(name, enabled);
                } else {
                    rows.lock();
                    rows.added().stream()
                            .filter(one -> one.name().equals(name))
                            .forEach(one -> rows.update(enabled(one, enabled)));
                }
            });
        }
        return get(name);
    }

    private void turn(String name, boolean on) {
        if (on) {
            rows.turnOn(name);
        } else {
            rows.turnOff(name);
        }
    }

    /// @throws ParleyException NOT_FOUND; CONFLICT for one of the environment
    void remove(UserId actor, String name) {
        requireAdded(name);
        change(actor, "provider.removed", Map.of("provider", name), () -> {
            if (!rows.delete(name)) {
                throw ParleyException.notFound("provider");
            }
        });
    }

    /// @param id of a model, offered or not
    void rule(UserId actor, String id, Rule rule) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("model", id);
        details.put("enabled", String.valueOf(rule.enabled()));
        if (rule.contextWindow() != null) {
            details.put("context_window", String.valueOf(rule.contextWindow()));
        }
        if (rule.maxTokens() != null) {
            details.put("max_tokens", String.valueOf(rule.maxTokens()));
        }
        change(actor, "model.changed", details, () -> rows.rule(id, rule));
    }

    private void requireAdded(String name) {
        if (get(name).added() == null) {
            throw new ParleyException(
                    CommonError.CONFLICT,
                    "This provider is set in the server's environment, and is changed there. It can be turned off here.");
        }
    }

    private static ParleyException taken(String name) {
        return new ParleyException(CommonError.CONFLICT, "There is a provider named " + name + " already.");
    }

    private void change(UserId actor, String action, Map<String, String> details, Runnable work) {
        transactions.executeWithoutResult(_ -> {
            work.run();
            events.publishEvent(new AuditEvent(actor, action, null, details));
        });
        followed.changed();
    }

    private Added added(String name, WantedProvider wanted, @Nullable Added before) {
        String given = wanted.apiKey();
        Key key = given == null && before != null
                ? new Key(before.key(), before.keyEnd())
                : sealed(name, given == null ? "" : given);
        return new Added(
                name,
                wanted.form(),
                wanted.address(),
                key.sealed(),
                key.end(),
                wanted.offered(),
                wanted.contextWindow(),
                before == null || before.enabled(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    private record Key(@Nullable String sealed, String end) {}

    private Key sealed(String name, String key) {
        if (key.isEmpty()) {
            return new Key(null, "");
        }
        String end = key.length() < LEAST_FOR_END ? "" : key.substring(key.length() - END);
        return new Key(box.seal(place(name), key.getBytes(UTF_8)), end);
    }

    private static Added enabled(Added one, boolean enabled) {
        return new Added(
                one.name(),
                one.dialect(),
                one.url(),
                one.key(),
                one.keyEnd(),
                one.models(),
                one.contextWindow(),
                enabled,
                one.changedAt());
    }

    private static String place(String name) {
        return "provider/" + name;
    }

    /// What is as before stays as it is, with what was learned of it.
    private void read() {
        Map<String, Standing> before = standings;
        Set<String> off = rows.off();
        Map<String, Standing> now = new LinkedHashMap<>();
        for (Source source : assembly.environment()) {
            now.put(source.name(), new Standing(source, null, !off.contains(source.name()), null));
        }
        for (Added one : rows.added()) {
            now.computeIfAbsent(one.name(), name -> standing(one, before.get(name)));
        }
        assembly.rules().replace(rows.rules());
        standings = now;
        catalogue.replace(
                now.values().stream()
                        .filter(Standing::isAsked)
                        .map(standing -> standing.source().provider())
                        .toList(),
                now.values().stream()
                        .filter(standing ->
                                isAnother(standing, before.get(standing.source().name())))
                        .map(standing -> standing.source().name())
                        .toList());
    }

    private static boolean isAnother(Standing now, @Nullable Standing before) {
        return before != null && !now.source().equals(before.source());
    }

    private Standing standing(Added one, @Nullable Standing before) {
        if (before != null && one.equals(before.added())) {
            return before;
        }
        if (before != null && before.added() != null && isSameBut(one, before.added())) {
            return new Standing(before.source(), one, one.enabled(), before.problem());
        }
        String key = "";
        String problem = null;
        try {
            key = one.key() == null ? "" : new String(box.open(place(one.name()), one.key()), UTF_8);
        } catch (SecretBox.Sealed e) {
            log.warn("The key of the provider {} cannot be opened: {}", one.name(), e.getMessage());
            problem = "Its key was encrypted with another SECRET_KEY. Enter it again.";
        }
        Named named = new Named(
                one.name(),
                URI.create(one.url()),
                key,
                one.dialect(),
                "",
                one.models(),
                "",
                one.contextWindow(),
                null,
                null);
        return new Standing(assembly.added(named), one, one.enabled(), problem);
    }

    /// Being turned on or off makes no other one of it.
    private static boolean isSameBut(Added one, Added other) {
        Function<Added, Added> same = each -> enabled(each, true);
        return same.apply(one).equals(same.apply(other));
    }

    @Override
    public void destroy() {
        followed.close();
    }
}
