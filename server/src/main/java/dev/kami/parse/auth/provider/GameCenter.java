package dev.kami.parse.auth.provider;

import static dev.kami.parse.auth.provider.Refusals.refused;
import static dev.kami.parse.auth.provider.Refusals.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kami.parse.auth.AuthAdapter;
import dev.kami.parse.auth.AuthAttempt;
import dev.kami.parse.auth.Outcome;
import dev.kami.parse.auth.ProviderSettings;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.options.OptionsException;
import dev.kami.parse.value.ParseValue.Obj;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Apple Game Center. The device sends a signature over player id, bundle id, time and salt, and the address of Apple's
 * certificate. The address must be Apple's, the certificate must be issued by the one at {@code rootCertificateUrl} (that
 * of DigiCert unless set) and be valid now, and the bundle id is the configured one.
 *
 * <p>With {@code enableInsecureAuth} and no {@code bundleId} option the bundle id of the client is believed.
 */
final class GameCenter implements AuthAdapter {
    private static final String DIGICERT =
            "https://cacerts.digicert.com/DigiCertTrustedG4CodeSigningRSA4096SHA3842021CA1.crt.pem";
    private static final Pattern MAX_AGE = Pattern.compile("max-age=([0-9]{1,9})");
    private static final int MAX_CERTIFICATE_BYTES = 10_000;
    private static final int MAX_URL = 500;
    private static final int MAX_CERTIFICATES = 20;

    private record Kept(X509Certificate certificate, Instant until) {}

    private final boolean insecureAuth;
    private final String bundleId;
    private final String rootUrl;
    private final InstantSource clock;
    private final ProviderHttp http;
    private final Map<String, Kept> certificates = new ConcurrentHashMap<>();
    /** Read at the first log-in, not at start; tried again while it fails. */
    private volatile X509Certificate root;

    GameCenter(ProviderSettings settings, ProviderHttp http) {
        if (!settings.isConfigured()) {
            throw new OptionsException("Game center auth options are required.");
        }
        this.insecureAuth = settings.insecureAuth();
        this.bundleId = settings.text("bundleId");
        if (!insecureAuth && bundleId == null) {
            throw new OptionsException("bundleId is required for secure auth.");
        }
        String address = settings.address("rootCertificateUrl");
        this.rootUrl = address == null ? DIGICERT : address;
        this.clock = settings.clock();
        this.http = http;
    }

    @Override
    public Outcome validate(Obj authData, AuthAttempt attempt) {
        String id = required(authData, "id");
        String url = required(authData, "publicKeyUrl");
        String timestamp = required(authData, "timestamp");
        String signature = required(authData, "signature");
        String salt = required(authData, "salt");
        String bundle = insecureAuth ? required(authData, "bundleId") : bundleId;
        if (bundleId != null) {
            bundle = bundleId;
        }
        X509Certificate certificate = appleCertificate(url);
        if (!isSigned(certificate, signature, id, bundle, timestamp, salt)) {
            throw refused("Invalid signature.");
        }
        return Outcome.store(authData);
    }

    /** A text, or a number as text: the time comes as either. */
    private static String required(Obj authData, String key) {
        String value = key.equals("timestamp") ? ProviderAnswer.id(authData.get(key)) : text(authData, key);
        if (value == null || value.equals("0")) {
            throw refused("AuthData " + key + " is missing.");
        }
        return value;
    }

    private X509Certificate appleCertificate(String url) {
        if (!isApples(url)) {
            throw invalidUrl(url);
        }
        Kept kept = certificates.get(url);
        if (kept != null && kept.until().isAfter(clock.instant())) {
            return kept.certificate();
        }
        ProviderAnswer answer = http.get(url, Map.of("Accept", "*/*"));
        X509Certificate certificate = answer.ok() ? read(answer.body()) : null;
        if (certificate == null || !isIssuedBy(root(), certificate)) {
            throw invalidUrl(url);
        }
        keep(url, certificate, answer.header("cache-control"));
        return certificate;
    }

    /** {@code https://<host of Apple>/<path>.cer} and nothing else: no user, port, query or fragment. */
    private static boolean isApples(String url) {
        try {
            URI uri = new URI(url);
            String host = uri.getHost();
            return url.length() <= MAX_URL
                    && host != null
                    && (host.equals("apple.com") || host.endsWith(".apple.com"))
                    && url.equals("https://" + host + uri.getRawPath())
                    && url.endsWith(".cer");
        } catch (URISyntaxException _) {
            return false;
        }
    }

    private void keep(String url, X509Certificate certificate, String cacheControl) {
        Matcher maxAge = MAX_AGE.matcher(cacheControl == null ? "" : cacheControl);
        if (maxAge.find()) {
            if (certificates.size() >= MAX_CERTIFICATES) {
                certificates.clear();
            }
            Duration age = Duration.ofSeconds(Long.parseLong(maxAge.group(1)));
            certificates.put(url, new Kept(certificate, clock.instant().plus(age)));
        }
    }

    private X509Certificate root() {
        X509Certificate known = root;
        return known == null ? readRoot() : known;
    }

    private synchronized X509Certificate readRoot() {
        if (root == null) {
            ProviderAnswer answer = http.get(rootUrl, Map.of("Accept", "*/*"));
            String type = answer.header("content-type");
            boolean pem = type != null && type.startsWith("application/x-pem-file");
            if (!answer.ok() || !pem || answer.body().length > MAX_CERTIFICATE_BYTES) {
                throw refused("Invalid rootCertificateURL.");
            }
            X509Certificate certificate = read(answer.body());
            if (certificate == null) {
                throw refused("Root certificate is invalid or missing.");
            }
            root = certificate;
        }
        return root;
    }

    /** PEM or DER; {@code null} when it is neither. */
    private static X509Certificate read(byte[] bytes) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
        } catch (CertificateException _) {
            return null; // the caller names the address it came from
        }
    }

    private boolean isIssuedBy(X509Certificate issuer, X509Certificate certificate) {
        try {
            var path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate));
            var parameters = new PKIXParameters(Set.of(new TrustAnchor(issuer, null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(clock.instant()));
            CertPathValidator.getInstance("PKIX").validate(path, parameters);
            return true;
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    private static boolean isSigned(
            X509Certificate certificate, String signature, String id, String bundle, String timestamp, String salt) {
        try {
            var verifier = Signature.getInstance("SHA256withRSA");
            verifier.initVerify(certificate.getPublicKey());
            verifier.update(id.getBytes(UTF_8));
            verifier.update(bundle.getBytes(UTF_8));
            verifier.update(ByteBuffer.allocate(8)
                    .putLong(Long.parseUnsignedLong(timestamp))
                    .array());
            verifier.update(base64(salt));
            return verifier.verify(base64(signature));
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            return false; // not a number, not base 64, or no signature at all
        }
    }

    private static byte[] base64(String text) {
        return Base64.getMimeDecoder().decode(text.replace('-', '+').replace('_', '/'));
    }

    private static ParseException invalidUrl(String url) {
        return refused("Invalid publicKeyUrl: " + (url.length() > 300 ? url.substring(0, 300) : url));
    }
}
