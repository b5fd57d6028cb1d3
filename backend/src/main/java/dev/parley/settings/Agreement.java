package dev.parley.settings;

import dev.parley.settings.Settings.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Mistakes that no setting shows by itself. Of one that is wrong by itself nothing more is said.
final class Agreement {
    private final Map<Setting, Value> values;
    private final List<String> mistakes = new ArrayList<>();

    private Agreement(Map<Setting, Value> values) {
        this.values = values;
    }

    /// @param values of all settings that are right by themselves
    /// @return a sentence each, which names the variables
    static List<String> mistakes(Map<Setting, Value> values) {
        Agreement agreement = new Agreement(values);
        agreement.roles();
        agreement.ports();
        agreement.provider();
        return agreement.mistakes;
    }

    private void roles() {
        boolean parted = !text(Setting.PARLEY_ROLES).equals(Setting.PARLEY_ROLES.standard());
        if (known(Setting.PARLEY_ROLES, Setting.DATABASE_URL) && parted && !isSet(Setting.DATABASE_URL)) {
            mistakes.add("DATABASE_URL must be set, because PARLEY_ROLES is " + text(Setting.PARLEY_ROLES)
                    + ": the embedded database serves one process, which has to do everything.");
        }
    }

    private void ports() {
        if (isSet(Setting.PORT) && text(Setting.PORT).equals(text(Setting.PARLEY_MANAGEMENT_PORT))) {
            mistakes.add("PARLEY_MANAGEMENT_PORT must be another port than PORT, not " + text(Setting.PORT) + ".");
        }
    }

    private void provider() {
        if (isSet(Setting.PARLEY_OIDC_ISSUER)
                && known(Setting.PARLEY_OIDC_CLIENT_ID)
                && !isSet(Setting.PARLEY_OIDC_CLIENT_ID)) {
            mistakes.add("PARLEY_OIDC_CLIENT_ID must be set, because PARLEY_OIDC_ISSUER is.");
        }
    }

    private boolean known(Setting... settings) {
        return Stream.of(settings).allMatch(values::containsKey);
    }

    private boolean isSet(Setting setting) {
        return !text(setting).isEmpty();
    }

    private String text(Setting setting) {
        Value value = values.get(setting);
        return value == null ? "" : value.text();
    }
}
