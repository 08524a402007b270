package dev.kami.parse.auth.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
    private static final String SEED = "1234567890";

    /** RFC 6238, appendix B; the seed is as long as the hash. */
    @ParameterizedTest
    @CsvSource({
        "59, 94287082, 46119246, 90693936",
        "1111111109, 07081804, 68084774, 25091201",
        "1111111111, 14050471, 67062674, 99943326",
        "1234567890, 89005924, 91819424, 93441116",
        "2000000000, 69279037, 90698825, 38618901",
        "20000000000, 65353130, 77737706, 47863826"
    })
    void passwordsAreThoseOfTheStandard(long seconds, String sha1, String sha256, String sha512) {
        assertThat(password("SHA1", 20, seconds)).isEqualTo(sha1);
        assertThat(password("SHA256", 32, seconds)).isEqualTo(sha256);
        assertThat(password("SHA512", 64, seconds)).isEqualTo(sha512);
    }

    private static String password(String algorithm, int length, long seconds) {
        byte[] secret = SEED.repeat(7).substring(0, length).getBytes(StandardCharsets.US_ASCII);
        return new Totp(algorithm, 8, 30).password(secret, seconds / 30);
    }

    /** RFC 4226, appendix D. */
    @Test
    void sixDigitsAreTheLastSix() {
        byte[] secret = SEED.repeat(2).getBytes(StandardCharsets.US_ASCII);
        assertThat(new Totp("SHA1", 6, 30).password(secret, 0)).isEqualTo("755224");
        assertThat(new Totp("SHA1", 6, 30).password(secret, 9)).isEqualTo("520489");
    }

    @Test
    void onePeriodBeforeAndAfterIsAccepted() {
        byte[] secret = SEED.repeat(2).getBytes(StandardCharsets.US_ASCII);
        var totp = new Totp("SHA1", 8, 30);
        for (long seconds : new long[] {29, 30, 59, 60, 89}) {
            assertThat(totp.accepts(secret, "94287082", Instant.ofEpochSecond(seconds)))
                    .as("at %d", seconds)
                    .isTrue();
        }
        assertThat(totp.accepts(secret, "94287082", Instant.ofEpochSecond(90))).isFalse();
        for (String wrong : new String[] {"", "94287083", "4287082", "942870820", "287082", "\u0669"}) {
            assertThat(totp.accepts(secret, wrong, Instant.ofEpochSecond(59))).isFalse();
        }
    }

    /** RFC 4648, section 10. */
    @ParameterizedTest
    @CsvSource({
        "f, MY======",
        "fo, MZXQ====",
        "foo, MZXW6===",
        "foob, MZXW6YQ=",
        "fooba, MZXW6YTB",
        "foobar, mzxw 6ytb oi"
    })
    void secretsAreBase32(String text, String encoded) {
        assertThat(new String(Totp.base32(encoded), StandardCharsets.US_ASCII)).isEqualTo(text);
    }

    @Test
    void otherCharactersAreNoBase32() {
        assertThat(Totp.base32("MZXW6YT1")).isNull();
        assertThat(Totp.base32("MZ=XW6YT")).isNull();
        assertThat(Totp.base32("\u00e4")).isNull();
    }
}
