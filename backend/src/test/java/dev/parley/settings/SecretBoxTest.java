package dev.parley.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class SecretBoxTest {
    private static final byte[] SECRET = "a secret".getBytes(UTF_8);

    private final SecretBox box = SecretBoxForTests.box("a key");

    @Test
    void givesBackWhatItSealedAlsoAfterARestart() throws Exception {
        String sealed = box.seal("here", SECRET);

        assertThat(new String(Base64.getDecoder().decode(sealed), UTF_8)).doesNotContain("a secret");
        assertThat(SecretBoxForTests.box("a key").open("here", sealed)).isEqualTo(SECRET);
    }

    @Test
    void sealsTheSameNeverTheSameWay() {
        assertThat(box.seal("here", SECRET)).isNotEqualTo(box.seal("here", SECRET));
    }

    @Test
    void opensNothingElsewhereAndNothingThatWasChanged() {
        String text = box.seal("here", SECRET);
        byte[] sealed = Base64.getDecoder().decode(text);

        assertThatThrownBy(() -> box.open("there", text)).isInstanceOf(SecretBox.Sealed.class);
        assertThatThrownBy(() -> box.open("here", "no Base64")).isInstanceOf(SecretBox.Sealed.class);
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertShut(changed);
            assertShut(Arrays.copyOf(sealed, i));
        }
    }

    private void assertShut(byte[] sealed) {
        String text = Base64.getEncoder().encodeToString(sealed);
        assertThatThrownBy(() -> box.open("here", text)).isInstanceOf(SecretBox.Sealed.class);
    }

    @Test
    void saysThatTheKeyIsAnotherOne() {
        String sealed = box.seal("here", SECRET);

        assertThatThrownBy(() -> SecretBoxForTests.box("another key").open("here", sealed))
                .isInstanceOf(SecretBox.Sealed.class)
                .hasMessageContaining("SECRET_KEY");
    }
}
