package dev.parley.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.shared.FieldErrors;
import dev.parley.shared.ParleyException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short77",
                "ada.lovelace@example.org",
                "ADA.Lovelace@Example.org",
                "password",
                "Password1",
                "PASSWORD123",
                "passw0rd",
                "p@ssw0rd1",
                "12345678",
                "123456789",
                "1234567890",
                "87654321",
                "11111111",
                "00000000",
                "12341234",
                "abcabcabc",
                "qwertyui",
                "qwerty123",
                "QWERTYUIOP",
                "1q2w3e4r5t",
                "1qaz2wsx",
                "asdfghjkl",
                "abcd1234",
                "abc12345",
                "iloveyou",
                "iloveyou2",
                "sunshine",
                "princess1",
                "football",
                "baseball1",
                "superman",
                "letmein1",
                "welcome1",
                "trustno1",
                "admin123",
                "changeme",
                "monkey123",
                "dragon2024",
                "summer2025",
                "secretsecret"
            })
    void refuses(String password) {
        assertThat(isAccepted(password)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "seven green bottles",
                "Str0ng-Passw0rd!",
                "correct horse battery staple",
                "x7Kp2mQ9",
                "Tr0ub4dor&3",
                "MyS3cureP@ssw0rd!",
                "password-of-mine-only",
                "пароль-из-снов",
                "合言葉は山と川です",
                "🔑🔑🌍🌍🐚🐚🐢🐢"
            })
    void accepts(String password) {
        assertThat(isAccepted(password)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 128})
    void countsCharactersAndNotTheirParts(int length) {
        String keys = "🔑" + "a1".repeat(length).substring(0, length - 2) + "z";

        assertThat(isAccepted(keys)).isTrue();
        assertThat(isAccepted(length == 8 ? keys.substring(0, keys.length() - 1) : keys + "z"))
                .isFalse();
    }

    private static boolean isAccepted(String password) {
        FieldErrors errors = new FieldErrors();
        PasswordRules.check("password", password, "ada.lovelace@example.org", errors);
        try {
            errors.throwIfAny();
            return true;
        } catch (ParleyException e) {
            assertThat(e.details().toString()).contains("password=[");
            return false;
        }
    }
}
