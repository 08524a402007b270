package dev.kami.parse.auth.provider;

import static dev.kami.parse.auth.provider.Attempts.NOW;
import static dev.kami.parse.auth.provider.Attempts.obj;
import static dev.kami.parse.auth.provider.Attempts.refusal;
import static dev.kami.parse.auth.provider.Attempts.settings;
import static dev.kami.parse.auth.provider.Attempts.signUp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kami.parse.auth.provider.StandIn.Reply;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GameCenterTest {
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Certificates ROOT =
            Certificates.authority("CN=Root of the test", NOW.minus(YEAR), NOW.plus(YEAR));
    private static final Certificates APPLE = ROOT.issue("CN=Apple Inc.", NOW.minus(YEAR), NOW.plus(YEAR));

    private static final String ROOT_PLACE =
            "cacerts.digicert.com/DigiCertTrustedG4CodeSigningRSA4096SHA3842021CA1.crt.pem";
    private static final String KEY_PLACE = "static.gc.apple.com/public-key/gc-prod-10.cer";
    private static final String KEY_URL = "https://" + KEY_PLACE;
    private static final String BUNDLE = "com.example.game";
    private static final long TIMESTAMP = NOW.toEpochMilli();
    private static final byte[] SALT = {1, 2, 3, 4};

    private final StandIn standIn = new StandIn();

    @BeforeEach
    void appleAnswers() {
        standIn.on(ROOT_PLACE, request -> Reply.of(200, "application/x-pem-file", ROOT.pem()));
        serve(APPLE, Map.of());
    }

    private void serve(Certificates certificate, Map<String, String> headers) {
        standIn.on(KEY_PLACE, request -> new Reply(200, headers, certificate.der()));
    }

    @AfterEach
    void stop() {
        standIn.close();
    }

    private GameCenter open(Map<String, ?> options) {
        return new GameCenter(settings(options), standIn.http());
    }

    private GameCenter open() {
        return open(Map.of("bundleId", BUNDLE));
    }

    private static Obj authData(Certificates signer, String id, String bundle) {
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(signer.keys().getPrivate());
            signature.update(id.getBytes(StandardCharsets.UTF_8));
            signature.update(bundle.getBytes(StandardCharsets.UTF_8));
            signature.update(ByteBuffer.allocate(8).putLong(TIMESTAMP).array());
            signature.update(SALT);
            return Obj.of(
                    "id", new Str(id),
                    "publicKeyUrl", new Str(KEY_URL),
                    "timestamp", new Num(TIMESTAMP),
                    "signature", new Str(Base64.getEncoder().encodeToString(signature.sign())),
                    "salt", new Str(Base64.getEncoder().encodeToString(SALT)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Obj authData() {
        return authData(APPLE, "G:1965586982", BUNDLE);
    }

    @Test
    void aSignatureOfAppleIsAccepted() {
        assertThat(signUp(open(), authData())).isEqualTo(authData());
        signUp(open(), authData().with("timestamp", new Str(Long.toString(TIMESTAMP))));
    }

    @Test
    void theRootCertificateIsReadOnceAndTheOtherAsLongAsAppleSays() {
        var clock = new MovableClock(NOW);
        var adapter = new GameCenter(settings(Map.of("bundleId", BUNDLE), clock), standIn.http());
        serve(APPLE, Map.of("Cache-Control", "public, max-age=600"));
        signUp(adapter, authData());
        clock.advance(Duration.ofSeconds(599));
        signUp(adapter, authData());
        assertThat(standIn.requests(KEY_PLACE)).hasSize(1);
        clock.advance(Duration.ofSeconds(1));
        signUp(adapter, authData());
        assertThat(standIn.requests(KEY_PLACE)).hasSize(2);
        assertThat(standIn.requests(ROOT_PLACE)).hasSize(1);
    }

    @Test
    void aSignatureOverOtherDataIsRefused() {
        String invalid = "101 Invalid signature.";
        assertThat(refusal(open(), authData().with("id", new Str("G:1")))).isEqualTo(invalid);
        assertThat(refusal(open(), authData().with("timestamp", new Num(TIMESTAMP + 1))))
                .isEqualTo(invalid);
        assertThat(refusal(open(), authData().with("salt", new Str("AAAA")))).isEqualTo(invalid);
        assertThat(refusal(open(), authData(APPLE, "G:1", "com.example.other"))).isEqualTo(invalid);
        assertThat(refusal(
                        open(),
                        authData()
                                .with("bundleId", new Str("com.example.other"))
                                .with("id", new Str("G:2"))))
                .isEqualTo(invalid);
    }

    /** The server crashed or let the user in (fixed in 4.10.10). */
    @Test
    void brokenDataIsARefusal() {
        for (String key : List.of("id", "publicKeyUrl", "timestamp", "signature", "salt")) {
            for (ParseValue value : new ParseValue[] {
                null,
                ParseValue.NULL,
                new Str(""),
                new Num(0),
                ParseValue.FALSE,
                obj("{\"$ne\":1}"),
                obj("{\"a\":[1]}").get("a")
            }) {
                Obj data = value == null ? authData().without(key) : authData().with(key, value);
                assertThat(refusal(open(), data)).isEqualTo("101 AuthData " + key + " is missing.");
            }
        }
        for (String text : List.of("x", "-1", "1.5", "1e3", "99999999999999999999999")) {
            assertThat(refusal(open(), authData().with("timestamp", new Str(text))))
                    .isEqualTo("101 Invalid signature.");
        }
        for (String text : List.of("!", "AA=A", "\u00e4", "A".repeat(100_000))) {
            assertThat(refusal(open(), authData().with("signature", new Str(text))))
                    .isEqualTo("101 Invalid signature.");
        }
    }

    @Test
    void anAddressThatIsNotApplesIsNotAsked() {
        for (String url : List.of(
                "https://evil.example/apple.com/x.cer",
                "https://apple.com.evil.example/x.cer",
                "https://evilapple.com/x.cer",
                "https://evil.example\\.apple.com/x.cer",
                "https://user@apple.com/x.cer",
                "https://apple.com:8443/x.cer",
                "https://evil.example#.apple.com/x.cer",
                "http://static.gc.apple.com/x.cer",
                "file:///apple.com/x.cer",
                "https://static.gc.apple.com/x.pem",
                "https://static.gc.apple.com/x.cer?y",
                "https://static.gc.apple.com/x\n.cer",
                "https://" + "a.".repeat(20_000) + "example/x.cer")) {
            assertThat(refusal(open(), authData().with("publicKeyUrl", new Str(url))))
                    .startsWith("101 Invalid publicKeyUrl: ");
        }
        assertThat(standIn.requests()).isEmpty();
    }

    /** A certificate of anybody on an Apple host passed (fixed in 4.10.11). */
    @Test
    void aCertificateOfAnotherRootIsRefused() {
        Certificates foreign = Certificates.authority("CN=Root of the test", NOW.minus(YEAR), NOW.plus(YEAR))
                .issue("CN=Apple Inc.", NOW.minus(YEAR), NOW.plus(YEAR));
        serve(foreign, Map.of());
        assertThat(refusal(open(), authData(foreign, "G:1", BUNDLE))).isEqualTo("101 Invalid publicKeyUrl: " + KEY_URL);

        Certificates self = Certificates.authority("CN=Apple Inc.", NOW.minus(YEAR), NOW.plus(YEAR));
        serve(self, Map.of());
        assertThat(refusal(open(), authData(self, "G:1", BUNDLE))).isEqualTo("101 Invalid publicKeyUrl: " + KEY_URL);
    }

    @Test
    void aCertificateThatIsOverIsRefused() {
        Certificates old = ROOT.issue("CN=Apple Inc.", NOW.minus(YEAR), NOW.minusSeconds(1));
        serve(old, Map.of());
        assertThat(refusal(open(), authData(old, "G:1", BUNDLE))).isEqualTo("101 Invalid publicKeyUrl: " + KEY_URL);
    }

    @Test
    void whatIsNoCertificateIsRefused() {
        for (String body : List.of("", "<html>", "-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----")) {
            standIn.on(KEY_PLACE, request -> Reply.of(200, "text/plain", body));
            assertThat(refusal(open(), authData())).isEqualTo("101 Invalid publicKeyUrl: " + KEY_URL);
        }
        standIn.on(KEY_PLACE, 404, "{}");
        assertThat(refusal(open(), authData())).isEqualTo("101 Invalid publicKeyUrl: " + KEY_URL);
    }

    @Test
    void aRootThatCannotBeReadIsTriedAgain() {
        GameCenter adapter = open();
        standIn.on(ROOT_PLACE, request -> Reply.of(200, "text/html", ROOT.pem()));
        assertThat(refusal(adapter, authData())).isEqualTo("101 Invalid rootCertificateURL.");
        standIn.on(ROOT_PLACE, request -> Reply.of(200, "application/x-pem-file", ROOT.pem() + " ".repeat(10_000)));
        assertThat(refusal(adapter, authData())).isEqualTo("101 Invalid rootCertificateURL.");
        standIn.on(ROOT_PLACE, request -> Reply.of(200, "application/x-pem-file", "x"));
        assertThat(refusal(adapter, authData())).isEqualTo("101 Root certificate is invalid or missing.");
        appleAnswers();
        signUp(adapter, authData());
    }

    @Test
    void anotherRootMayBeConfigured() {
        Certificates root = Certificates.authority("CN=Other", NOW.minus(YEAR), NOW.plus(YEAR));
        Certificates apple = root.issue("CN=Apple Inc.", NOW.minus(YEAR), NOW.plus(YEAR));
        standIn.on("ca.example/root.pem", request -> Reply.of(200, "application/x-pem-file", root.pem()));
        serve(apple, Map.of());
        signUp(
                open(Map.of("bundleId", BUNDLE, "rootCertificateUrl", "https://ca.example/root.pem")),
                authData(apple, "G:1", BUNDLE));
    }

    @Test
    void insecurelyTheBundleOfTheClientIsBelieved() {
        GameCenter adapter = open(Map.of("enableInsecureAuth", true));
        signUp(adapter, authData(APPLE, "G:1", "com.example.other").with("bundleId", new Str("com.example.other")));
        assertThat(refusal(adapter, authData())).isEqualTo("101 AuthData bundleId is missing.");
        GameCenter both = open(Map.of("enableInsecureAuth", true, "bundleId", BUNDLE));
        assertThat(refusal(
                        both,
                        authData(APPLE, "G:1", "com.example.other").with("bundleId", new Str("com.example.other"))))
                .isEqualTo("101 Invalid signature.");
    }

    @Test
    void missingOptionsEndTheStart() {
        assertThatThrownBy(() -> open(null)).hasMessage("Game center auth options are required.");
        assertThatThrownBy(() -> open(Map.of())).hasMessage("bundleId is required for secure auth.");
    }
}
