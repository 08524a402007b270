package dev.kami.parse.auth.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import dev.kami.parse.auth.ProviderSettings;
import dev.kami.parse.error.ParseException;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The RSA keys with which a provider signs, by key id, read from its JSON Web Key Set (RFC 7517) and remembered for
 * {@code cacheMaxAge} milliseconds, at most {@code cacheMaxEntries} of them.
 *
 * <p>Anybody can send a token with a key id he made up. So that such tokens do not become requests to the provider, the
 * set is asked again for an id it did not have only after {@link #PAUSE}, and by one thread while the others wait.
 */
final class SigningKeys {
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private record Known(RSAPublicKey key, Instant until) {}

    /** What the last answer said; replaced whole. {@code ids} are all key ids it had, also those not kept. */
    private record Snapshot(Map<String, Known> keys, Set<String> ids, Instant quietUntil) {}

    private final ProviderHttp http;
    private final String address;
    private final Duration maxAge;
    private final int maxEntries;
    private final InstantSource clock;
    private volatile Snapshot snapshot = new Snapshot(Map.of(), Set.of(), Instant.MIN);

    SigningKeys(String address, ProviderSettings settings, ProviderHttp http) {
        this.http = http;
        this.address = address;
        this.maxAge = Duration.ofMillis(
                (long) settings.number("cacheMaxAge", Duration.ofHours(1).toMillis()));
        this.maxEntries = Math.max(1, (int) settings.number("cacheMaxEntries", 5));
        this.clock = settings.clock();
    }

    /**
     * @param keyId {@code null} when the token names none; then the set must have exactly one key
     * @return {@code null} when the provider has no such key, or cannot be asked
     */
    RSAPublicKey find(String keyId) {
        RSAPublicKey key = known(keyId);
        return key == null ? ask(keyId) : key;
    }

    private RSAPublicKey known(String keyId) {
        Snapshot now = snapshot;
        String wanted =
                keyId == null && now.ids().size() == 1 ? now.ids().iterator().next() : keyId;
        Known known = wanted == null ? null : now.keys().get(wanted);
        return known != null && known.until().isAfter(clock.instant()) ? known.key() : null;
    }

    private synchronized RSAPublicKey ask(String keyId) {
        RSAPublicKey meanwhile = known(keyId);
        if (meanwhile != null) {
            return meanwhile;
        }
        Instant now = clock.instant();
        boolean hadIt = keyId != null && snapshot.ids().contains(keyId);
        if (!hadIt && now.isBefore(snapshot.quietUntil())) {
            return null;
        }
        try {
            ProviderAnswer answer = http.get(address);
            if (answer.ok()) {
                snapshot = read(JWKSet.parse(answer.text()), keyId, now);
                return known(keyId);
            }
        } catch (ParseException | java.text.ParseException | JOSEException _) {
            // Not reached (the log has it) or no key set: as if it had no such key.
        }
        snapshot = new Snapshot(snapshot.keys(), Set.of(), now.plus(PAUSE_AFTER_FAILURE));
        return null;
    }

    private Snapshot read(JWKSet set, String wanted, Instant now) throws JOSEException {
        var keys = new LinkedHashMap<String, Known>();
        var ids = new HashSet<String>();
        for (JWK jwk : set.getKeys()) {
            if (!(jwk instanceof RSAKey rsa) || jwk.getKeyUse() != null && !KeyUse.SIGNATURE.equals(jwk.getKeyUse())) {
                continue;
            }
            String id = jwk.getKeyID() == null ? "" : jwk.getKeyID();
            ids.add(id);
            if (keys.size() < maxEntries || id.equals(wanted)) {
                keys.put(id, new Known(rsa.toRSAPublicKey(), now.plus(maxAge)));
            }
        }
        return new Snapshot(Map.copyOf(keys), Set.copyOf(ids), now.plus(PAUSE));
    }
}
