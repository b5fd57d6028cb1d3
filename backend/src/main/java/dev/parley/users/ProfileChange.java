package dev.parley.users;

import dev.parley.shared.FieldErrors;
import dev.parley.web.Text;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a request changes of a profile, found acceptable. What is null stays as it is.
///
/// Read from the JSON tree, because here absent (stays) and null (back to the default) are two things.
///
/// @param preferences the keys that change, with their new values
record ProfileChange(
        @Nullable Username username,
        @Nullable String firstName,
        @Nullable String lastName,
        ObjectNode preferences) {
    private static final Set<String> THEMES = Set.of("system", "light", "dark");
    private static final Set<String> CONTRASTS = Set.of("system", "normal", "high");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}");
    private static final int LONGEST_MODEL = 200;
    private static final int LONGEST_INSTRUCTIONS = 4000;

    static ProfileChange patch(JsonNode body) {
        return new Reader(body, false).read();
    }

    /// Replaces all that can be edited: what is absent goes back to its default. A username has none, and stays.
    static ProfileChange replacement(JsonNode body) {
        return new Reader(body, true).read();
    }

    private static final class Reader {
        private final JsonNode body;
        private final JsonNode wanted;
        private final boolean replaces;
        private final FieldErrors errors = new FieldErrors();
        private final ObjectNode preferences;

        Reader(JsonNode body, boolean replaces) {
            this.body = body;
            this.wanted = body.path("preferences");
            this.replaces = replaces;
            boolean reset = replaces || wanted.isNull();
            this.preferences =
                    reset ? StoredPreferences.write(Preferences.DEFAULT) : JsonNodeFactory.instance.objectNode();
        }

        ProfileChange read() {
            Username username = username();
            String firstName = name("first_name");
            String lastName = name("last_name");
            if (wanted.isObject()) {
                oneOf("theme", THEMES, Preferences.DEFAULT.theme());
                oneOf("contrast", CONTRASTS, Preferences.DEFAULT.contrast());
                language();
                text("default_model", LONGEST_MODEL, null);
                text("custom_instructions", LONGEST_INSTRUCTIONS, Preferences.DEFAULT.customInstructions());
                flag("memory_enabled", Preferences.DEFAULT.memoryEnabled());
                flag("memory_ask", Preferences.DEFAULT.memoryAsk());
            } else if (!wanted.isMissingNode() && !wanted.isNull()) {
                errors.add("preferences", "Preferences are an object.");
            }
            errors.throwIfAny();
            return new ProfileChange(username, firstName, lastName, preferences);
        }

        private @Nullable Username username() {
            JsonNode value = body.path("username");
            if (value.isMissingNode()) {
                return null;
            }
            Username username = Username.parse(value.isString() ? value.stringValue() : null)
                    .orElse(null);
            if (username == null) {
                errors.add("username", Username.RULE);
            }
            return username;
        }

        private @Nullable String name(String field) {
            JsonNode value = body.path(field);
            if (value.isMissingNode()) {
                return replaces ? "" : null;
            }
            if (!value.isString() && !value.isNull()) {
                errors.add(field, "A name is text.");
                return null;
            }
            return PersonName.check(field, value.isNull() ? null : value.stringValue(), errors);
        }

        private void oneOf(String name, Set<String> allowed, String byDefault) {
            JsonNode value = wanted.path(name);
            if (value.isNull()) {
                preferences.put(name, byDefault);
            } else if (value.isString() && allowed.contains(value.stringValue())) {
                preferences.put(name, value.stringValue());
            } else if (!value.isMissingNode()) {
                errors.add(
                        "preferences." + name,
                        "Choose one of "
                                + String.join(", ", allowed.stream().sorted().toList()) + ".");
            }
        }

        private void language() {
            JsonNode value = wanted.path("language");
            if (value.isNull()) {
                preferences.putNull("language");
            } else if (value.isString() && LANGUAGE.matcher(value.stringValue()).matches()) {
                preferences.put("language", value.stringValue());
            } else if (!value.isMissingNode()) {
                errors.add("preferences.language", "A language is a tag such as en or pt-BR.");
            }
        }

        private void text(String name, int longest, @Nullable String byDefault) {
            JsonNode value = wanted.path(name);
            if (value.isMissingNode()) {
                return;
            }
            if (value.isNull()) {
                preferences.put(name, byDefault);
                return;
            }
            if (!value.isString() || !Text.isStorable(value.stringValue())) {
                errors.add("preferences." + name, "This is not text.");
                return;
            }
            String text = value.stringValue();
            if (text.codePointCount(0, text.length()) > longest) {
                errors.add("preferences." + name, "This has at most " + longest + " characters.");
                return;
            }
            preferences.put(name, text);
        }

        private void flag(String name, boolean byDefault) {
            JsonNode value = wanted.path(name);
            if (value.isNull()) {
                preferences.put(name, byDefault);
            } else if (value.isBoolean()) {
                preferences.put(name, value.booleanValue());
            } else if (!value.isMissingNode()) {
                errors.add("preferences." + name, "This is true or false.");
            }
        }
    }
}
