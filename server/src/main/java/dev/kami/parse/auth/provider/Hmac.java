package dev.kami.parse.auth.provider;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keyed hashes of the JDK, without its checked exceptions. */
final class Hmac {
    private Hmac() {}

    /** @param algorithm one the JDK has, such as {@code HmacSHA256} */
    static byte[] of(String algorithm, byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(message);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("the JDK cannot compute " + algorithm, e);
        }
    }
}
