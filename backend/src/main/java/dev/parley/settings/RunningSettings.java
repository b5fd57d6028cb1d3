package dev.parley.settings;

import dev.parley.shared.ParleyException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// What operators set while the server runs, over what it was started with. Whoever reads a setting that is
/// [changeable][Setting#isChangeable] asks here each time, and first. `admin` keeps it, the same on every node.
public final class RunningSettings {
    private volatile Map<Setting, String> overrides = Map.of();

    /// In the one form that the program reads; empty: what the server was started with counts.
    public Optional<String> of(Setting setting) {
        return Optional.ofNullable(overrides.get(setting));
    }

    public Optional<Integer> number(Setting setting) {
        return of(setting).map(Integer::valueOf);
    }

    public void replace(Map<Setting, String> all) {
        overrides = all.isEmpty() ? Map.of() : new EnumMap<>(all);
    }

    /// As strict as the start is.
    ///
    /// @return the one form that the program reads
    /// @throws ParleyException VALIDATION_ERROR
    public static String checked(Setting setting, String written) {
        String value = written.strip();
        if (value.isEmpty()) {
            throw ParleyException.invalid("value", "Enter a value, or take the setting back.");
        }
        try {
            return setting.kind().normalised(value);
        } catch (IllegalArgumentException e) {
            throw ParleyException.invalid("value", reason(setting.form()));
        }
    }

    private static String reason(Setting.Form form) {
        return switch (form.type()) {
            case "choice" -> "Choose " + String.join(" or ", form.options()) + ".";
            case "whole" -> "Enter a whole number from " + form.least() + " to " + form.most() + ".";
            case "decimal" -> "Enter a number from " + form.least() + " to " + form.most() + ".";
            case "items" -> "Enter ids of models, separated by commas.";
            default -> "Enter text of at most 8,000 characters.";
        };
    }
}
