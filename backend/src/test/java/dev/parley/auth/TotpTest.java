package dev.parley.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TotpTest {
    private static final byte[] SECRET = "12345678901234567890".getBytes(US_ASCII);
    private static final Instant NOW = Instant.ofEpochSecond(1_111_111_109);
    private static final long STEP = 1_111_111_109L / 30;

    @ParameterizedTest // RFC 6238, appendix B, its last six digits
    @CsvSource({
        "59, 287082",
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130"
    })
    void codesAreThoseOfTheStandard(long second, String code) {
        assertThat(Totp.code(SECRET, second / 30)).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1})
    void theStepsBesideTheCurrentOneCountToo(long distance) {
        assertThat(Totp.stepOf(Totp.code(SECRET, STEP + distance), SECRET, NOW, 0))
                .hasValue(STEP + distance);
    }

    @ParameterizedTest
    @ValueSource(longs = {-3, -2, 2, 3})
    void thoseFurtherAwayDoNot(long distance) {
        assertThat(Totp.stepOf(Totp.code(SECRET, STEP + distance), SECRET, NOW, 0))
                .isEmpty();
    }

    @Test
    void aCodeIsGoodOnceAndNoneBeforeItAfterwards() {
        assertThat(Totp.stepOf(Totp.code(SECRET, STEP), SECRET, NOW, STEP)).isEmpty();
        assertThat(Totp.stepOf(Totp.code(SECRET, STEP - 1), SECRET, NOW, STEP)).isEmpty();
        assertThat(Totp.stepOf(Totp.code(SECRET, STEP + 1), SECRET, NOW, STEP)).hasValue(STEP + 1);
    }

    @Test
    void secretsAreToldToPeopleAndToCameras() {
        assertThat(Totp.base32(SECRET)).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assertThat(Totp.base32("foob".getBytes(US_ASCII))).isEqualTo("MZXW6YQ");
        assertThat(Totp.uri("Parley (chat.example.org)", "a+b@example.org", SECRET))
                .isEqualTo("otpauth://totp/Parley%20%28chat.example.org%29:a%2Bb%40example.org"
                        + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Parley%20%28chat.example.org%29"
                        + "&algorithm=SHA1&digits=6&period=30");
    }
}
