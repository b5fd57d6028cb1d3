package dev.parley.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Makes boxes for the tests of other modules.
public final class SecretBoxForTests {
    private SecretBoxForTests() {}

    public static SecretBox box(String secretKey) {
        return new SecretBox(() -> secretKey.getBytes(UTF_8));
    }
}
