package dev.kami.parse.value;

import java.util.random.RandomGenerator;

/** Random names of the protocol: object ids of letters and digits, session tokens, e-mail tokens. */
public final class ObjectIds {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final RandomGenerator random;

    /** @param random cryptographically strong where the result is a secret; shared by many threads */
    public ObjectIds(RandomGenerator random) {
        this.random = random;
    }

    /** {@code length} characters of A-Z a-z 0-9. */
    public String next(int length) {
        var text = new char[length];
        var bytes = new byte[length + 8];
        int used = bytes.length;
        int i = 0;
        while (i < length) {
            if (used == bytes.length) {
                random.nextBytes(bytes);
                used = 0;
            }
            int value = bytes[used++] & 0xff;
            if (value < 248) { // 4 * 62: all letters stay equally likely
                text[i++] = ALPHABET.charAt(value % 62);
            }
        }
        return new String(text);
    }
}
