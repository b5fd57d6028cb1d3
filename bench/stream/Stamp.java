/// The moment at which a token was sent, as its text: a space and five digits of base 36, in microseconds. The clock is
/// the machine's, so that another process can tell a token's age. It wraps after a minute.
final class Stamp {
    static final int LENGTH = 6;
    private static final int DIGITS = LENGTH - 1;
    private static final long WRAP = 60_466_176; // 36⁵

    private Stamp() {}

    static void put(byte[] into, int at, long nanoTime) {
        long rest = nanoTime / 1_000 % WRAP;
        into[at] = ' ';
        for (int i = at + DIGITS; i > at; i--) {
            into[i] = (byte) Character.forDigit((int) (rest % 36), 36);
            rest /= 36;
        }
    }

    /// @return in microseconds
    static int age(byte[] text, int at, long nanoTime) {
        long sent = 0;
        for (int i = at + 1; i <= at + DIGITS; i++) {
            sent = sent * 36 + Character.digit(text[i], 36);
        }
        return (int) ((nanoTime / 1_000 - sent) % WRAP);
    }
}
