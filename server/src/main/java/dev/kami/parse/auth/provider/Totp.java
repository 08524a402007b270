package dev.kami.parse.auth.provider;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Map;

/**
 * Time-based one-time passwords, RFC 6238.
 *
 * @param algorithm of {@link #ALGORITHMS}, as authenticator apps call it
 * @param digits 4 to 10
 * @param periodSeconds how long one password lasts
 */
record Totp(String algorithm, int digits, long periodSeconds) {
    /** Names of authenticator apps and of the JDK. */
    static final Map<String, String> ALGORITHMS = Map.of(
            "SHA1", "HmacSHA1",
            "SHA224", "HmacSHA224",
            "SHA256", "HmacSHA256",
            "SHA384", "HmacSHA384",
            "SHA512", "HmacSHA512");

    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /** The password of one period; RFC 4226 section 5.3. */
    String password(byte[] secret, long period) {
        byte[] hash = Hmac.of(
                ALGORITHMS.get(algorithm),
                secret,
                ByteBuffer.allocate(8).putLong(period).array());
        int offset = hash[hash.length - 1] & 0xf;
        long number = ByteBuffer.wrap(hash).getInt(offset) & 0x7fffffffL;
        String text = String.format("%010d", number);
        return text.substring(10 - digits);
    }

    /** Whether it is the password of now, of the period before or of the next; clocks differ and people type slowly. */
    boolean accepts(byte[] secret, String password, Instant now) {
        long period = Math.floorDiv(now.getEpochSecond(), periodSeconds);
        boolean accepted = false;
        for (long p = period - 1; p <= period + 1; p++) {
            accepted |= same(password(secret, p), password);
        }
        return accepted;
    }

    /** Takes as long for a wrong text as for the right one. */
    static boolean same(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }

    /** RFC 4648 base 32 without regard to case, spaces and padding; {@code null} when it has other characters. */
    static byte[] base32(String text) {
        String letters = text.replace(" ", "").replaceFirst("=+$", "");
        var bytes = new byte[letters.length() * 5 / 8];
        int bits = 0;
        int held = 0;
        int at = 0;
        for (int i = 0; i < letters.length(); i++) {
            int value = BASE32.indexOf(Character.toUpperCase(letters.charAt(i)));
            if (value < 0) {
                return null;
            }
            held = (held << 5 | value) & 0xfff;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes[at++] = (byte) (held >> bits);
            }
        }
        return bytes;
    }
}
