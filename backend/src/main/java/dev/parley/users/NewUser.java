package dev.parley.users;

import dev.parley.shared.FieldErrors;
import org.jspecify.annotations.Nullable;

/// What an account is made of, found acceptable.
///
/// @param username null: one is made from the email
public record NewUser(EmailAddress email, @Nullable String username, String firstName, String lastName) {
    /// @param errors receives what is wrong; the result is null then
    public static @Nullable NewUser check(
            @Nullable String email,
            @Nullable String username,
            @Nullable String firstName,
            @Nullable String lastName,
            FieldErrors errors) {
        EmailAddress address = EmailAddress.parse(email).orElse(null);
        if (address == null) {
            errors.add("email", "Enter a valid email address.");
        }
        String chosen = username == null || username.isEmpty() ? null : username;
        if (chosen != null && Username.parse(chosen).isEmpty()) {
            errors.add("username", Username.RULE);
        }
        String first = PersonName.check("first_name", firstName, errors);
        String last = PersonName.check("last_name", lastName, errors);
        return address == null ? null : new NewUser(address, chosen, first, last);
    }
}
