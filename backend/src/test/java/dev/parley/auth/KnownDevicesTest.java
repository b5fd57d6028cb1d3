package dev.parley.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.SettableClock;
import dev.parley.settings.Secrets;
import dev.parley.shared.Ids;
import dev.parley.shared.UserId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KnownDevicesTest {
    private static final String ADA = "ada@example.org";
    private static final String BOB = "bob@example.org";

    private static final UserId OWNER = new UserId(Ids.next());
    private static final long EPOCH = 7;

    private final SettableClock clock = new SettableClock();
    private final KnownDevices devices = devices("one key of thirty-two bytes or more");

    @Test
    void aDeviceIsKnownToTheAccountsThatWereSignedInToOnIt() {
        String kept = with(null, ADA);

        assertThat(devices.idOf(kept, ADA)).isNotNull();
        assertThat(devices.idOf(kept, BOB)).isNull();
        String both = with(kept, BOB);
        assertThat(devices.idOf(both, ADA)).isEqualTo(devices.idOf(kept, ADA)).isEqualTo(devices.idOf(both, BOB));
    }

    @Test
    void itRemembersTheLatestFour() {
        String kept = with(null, ADA);
        for (int i = 0; i < 3; i++) {
            kept = with(kept, "somebody-" + i + "@example.org");
        }
        assertThat(devices.idOf(kept, ADA)).isNotNull();
        // Who comes again is the latest, and takes nobody's place.
        kept = with(kept, ADA);
        assertThat(devices.idOf(kept, "somebody-0@example.org")).isNotNull();

        kept = with(kept, BOB);

        assertThat(devices.idOf(kept, "somebody-0@example.org")).isNull();
        assertThat(devices.idOf(kept, ADA)).isNotNull();
    }

    @Test
    void twoDevicesAreTwo() {
        assertThat(devices.idOf(with(null, ADA), ADA)).isNotEqualTo(devices.idOf(with(null, ADA), ADA));
    }

    @Test
    void whatWasNotSignedHereIsNoDevice() {
        String kept = with(null, ADA);

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
        String kept = with(null, ADA);

        assertThat(new String(Base64.getUrlDecoder().decode(kept), ISO_8859_1)).doesNotContain("ada");
        assertThat(kept).hasSizeLessThan(200);
    }

    @Test
    void whatWasGivenInAnotherEpochOrForAnotherAccountOfThatNameIsVoid() {
        String kept = with(null, ADA);

        assertThat(devices.isOf(kept, ADA, OWNER, EPOCH)).isTrue();
        assertThat(devices.isOf(kept, ADA, OWNER, EPOCH + 1)).isFalse();
        assertThat(devices.isOf(kept, ADA, new UserId(Ids.next()), EPOCH)).isFalse();
        assertThat(devices.isOf(kept, BOB, OWNER, EPOCH)).isFalse();
        assertThat(devices.isOf(null, ADA, OWNER, EPOCH)).isFalse();
        // Somebody else's signing in there makes it good no more than it was.
        String both = with(kept, BOB);
        assertThat(devices.isOf(both, ADA, OWNER, EPOCH)).isTrue();
        assertThat(devices.isOf(both, ADA, OWNER, EPOCH + 1)).isFalse();
    }

    @Test
    void itIsGoodForFourHundredDays() {
        String kept = with(null, ADA);
        clock.pass(Duration.ofDays(399));
        String both = with(kept, BOB);
        assertThat(devices.idOf(both, ADA)).isNotNull();

        clock.pass(Duration.ofDays(2));

        assertThat(devices.idOf(kept, ADA)).isNull();
        assertThat(devices.idOf(both, ADA)).isNull();
        assertThat(devices.isOf(both, ADA, OWNER, EPOCH)).isFalse();
        assertThat(devices.idOf(both, BOB)).isNotNull();
    }

    private String with(@Nullable String kept, String account) {
        return devices.with(kept, account, OWNER, EPOCH);
    }

    private KnownDevices devices(String key) {
        return new KnownDevices(new Secrets(Path.of(""), key, ""), clock);
    }
}
