package dev.parley.users;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada@example.org",
                "ada.lovelace+chat@mail.example.co.uk",
                "o'neill@example.org",
                "root@localhost",
                "användare@exämple.se",
                "用户@例子.中国",
                " ada@example.org "
            })
    void isAnEmail(String text) {
        assertThat(EmailAddress.parse(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ada",
                "ada@",
                "@example.org",
                "ada@example",
                "ada@@example.org",
                "ada@example..org",
                ".ada@example.org",
                "ada.@example.org",
                "a da@example.org",
                "ada@example.org\nbcc:all@example.org",
                "ada@exam\u0000ple.org",
                "ada@-example.org",
                "ada@[127.0.0.1]",
                "<ada@example.org>",
                "ada@example.org,bob@example.org"
            })
    void isNoEmail(String text) {
        assertThat(EmailAddress.parse(text)).isEmpty();
    }

    @Test
    void anEmailHasAtMost254Characters() {
        String domain = ("a".repeat(60) + ".").repeat(3) + "example.org";
        String local = "x".repeat(254 - domain.length() - 1);

        assertThat(EmailAddress.parse(local + "@" + domain)).isPresent();
        assertThat(EmailAddress.parse(local + "x@" + domain)).isEmpty();
    }

    @Test
    void aHostileEmailIsRefusedAtOnce() {
        assertThat(EmailAddress.parse("a@" + "a-".repeat(120) + "!")).isEmpty();
        assertThat(EmailAddress.parse("a.".repeat(100) + "@")).isEmpty();
    }

    /// Nothing is done with it before it is known to be too long: putting its marks in order would take minutes.
    @Test
    @Timeout(60)
    void anEndlessEmailIsRefusedAtOnce() {
        assertThat(EmailAddress.parse("\u0301".repeat(500_000) + "\u0316".repeat(500_000) + "@example.org"))
                .isEmpty();
    }

    @Test
    void emailsThatDifferInCaseAreTheSame() {
        assertThat(new EmailAddress("Ada@Example.ORG").key()).isEqualTo(new EmailAddress("ada@example.org").key());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada", "Ada_L.O-9", "---", "abcdefghijklmnopqrstuvwxyz0123"})
    void isAUsername(String text) {
        assertThat(Username.parse(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ad", "a b c", "ada!", "адa1", "ada\n", "abcdefghijklmnopqrstuvwxyz01234"})
    void isNoUsername(String text) {
        assertThat(Username.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada@example.org",
                "a@example.org",
                "用户@例子.中国",
                "+@example.org",
                "a-very-long-name-of-somebody-with-many-names@example.org"
            })
    void aUsernameMadeFromAnEmailIsAlwaysOne(String email) {
        for (int attempt = 0; attempt < 12; attempt++) {
            Username made = Username.from(new EmailAddress(email), attempt);
            assertThat(Username.parse(made.text())).as(made.text()).isPresent();
        }
    }
}
