package dev.parley.auth;

import dev.parley.shared.Letters;
import dev.parley.shared.Sha256;
import dev.parley.shared.UserId;
import java.security.SecureRandom;
import java.util.regex.Pattern;

/// What lets somebody in once whose device is lost: 80 random bits in letters that are not taken for one another,
/// so that a plain hash is enough to store them.
record RecoveryCode(String text) {
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz123456789";
    private static final int LENGTH = 16;
    private static final int GROUP = 4;
    private static final Pattern ADORNMENT = Pattern.compile("[\\s-]+");
    private static final SecureRandom RANDOM = new SecureRandom();

    static RecoveryCode random() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            text.append(i > 0 && i % GROUP == 0 ? "-" : "").append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return new RecoveryCode(text.toString());
    }

    /// The same for all spellings of one code, and another one for each account.
    byte[] hash(UserId owner) {
        String plain = Letters.lower(ADORNMENT.matcher(text).replaceAll(""));
        return Sha256.of(owner + " " + plain);
    }

    /// Never in a log.
    @Override
    public String toString() {
        return "RecoveryCode[…]";
    }
}
