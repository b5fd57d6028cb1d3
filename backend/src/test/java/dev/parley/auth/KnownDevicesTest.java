package dev.parley.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.settings.Secrets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class KnownDevicesTest {
    private static final String ADA = "ada@example.org";
    private static final String BOB = "bob@example.org";

    private final KnownDevices devices = devices("one key of thirty-two bytes or more");

    @Test
    void aDeviceIsKnownToTheAccountsThatWereSignedInToOnIt() {
        String kept = devices.with(null, ADA);

        assertThat(devices.idOf(kept, ADA)).isNotNull();
        assertThat(devices.idOf(kept, BOB)).isNull();
        String both = devices.with(kept, BOB);
        assertThat(devices.idOf(both, ADA)).isEqualTo(devices.idOf(kept, ADA)).isEqualTo(devices.idOf(both, BOB));
    }

    @Test
    void itRemembersTheLatestFour() {
        String kept = devices.with(null, ADA);
        for (int i = 0; i < 3; i++) {
            kept = devices.with(kept, "somebody-" + i + "@example.org");
        }
        assertThat(devices.idOf(kept, ADA)).isNotNull();
        // Who comes again is the latest, and takes nobody's place.
        kept = devices.with(kept, ADA);
        assertThat(devices.idOf(kept, "somebody-0@example.org")).isNotNull();

        kept = devices.with(kept, BOB);

        assertThat(devices.idOf(kept, "somebody-0@example.org")).isNull();
        assertThat(devices.idOf(kept, ADA)).isNotNull();
    }

    @Test
    void twoDevicesAreTwo() {
        assertThat(devices.idOf(devices.with(null, ADA), ADA)).isNotEqualTo(devices.idOf(devices.with(null, ADA), ADA));
    }

    @Test
    void whatWasNotSignedHereIsNoDevice() {
        String kept = devices.with(null, ADA);

        assertThat(devices.idOf(null, ADA)).isNull();
        assertThat(devices.idOf("", ADA)).isNull();
        assertThat(devices.idOf("no Base64 at all", ADA)).isNull();
        assertThat(devices.idOf("A".repeat(8_000), ADA)).isNull();
        assertThat(devices("another key of thirty-two bytes, or more").idOf(kept, ADA))
                .isNull();
        byte[] bytes = Base64.getUrlDecoder().decode(kept);
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            assertThat(devices.idOf(Base64.getUrlEncoder().encodeToString(changed), ADA))
                    .as("byte %d", i)
                    .isNull();
        }
    }

    @Test
    void itDoesNotTellWhoseItIs() {
        String kept = devices.with(null, ADA);

        assertThat(new String(Base64.getUrlDecoder().decode(kept), ISO_8859_1)).doesNotContain("ada");
        assertThat(kept).hasSizeLessThan(200);
    }

    private static KnownDevices devices(String key) {
        return new KnownDevices(new Secrets(Path.of(""), key, ""));
    }
}
