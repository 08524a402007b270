package dev.kami.parse.auth.provider;

import static dev.kami.parse.auth.provider.Refusals.refused;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import dev.kami.parse.auth.ProviderSettings;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.time.InstantSource;
import java.util.List;

/**
 * Checks JSON Web Tokens of one provider: signature, times, audience. Issuer and subject are the caller's.
 *
 * <p>The algorithm is RS256, whatever the token says: a token that names another one is refused before any key is looked
 * up, so neither {@code none} nor an HMAC keyed with the public key gets anywhere. Texts are those of npm jsonwebtoken,
 * which the genuine server sends to its clients.
 */
final class JwtVerifier {
    private final SigningKeys keys;
    private final InstantSource clock;

    /** @param address of the provider's JSON Web Key Set */
    JwtVerifier(String address, ProviderSettings settings, ProviderHttp http) {
        this.keys = new SigningKeys(address, settings, http);
        this.clock = settings.clock();
    }

    /**
     * @param audiences one of them must be in the token's; {@code null} to leave the audience to the caller
     * @return the claims
     * @throws dev.kami.parse.error.ParseException 101 when anything is wrong with the token
     */
    Obj verify(String token, List<String> audiences) {
        String[] parts = token.split("\\.", -1);
        Obj header = parts.length == 3 ? decode(parts[0]) : Obj.EMPTY;
        Obj claims = parts.length == 3 ? decode(parts[1]) : Obj.EMPTY;
        if (header.isEmpty() || claims.isEmpty()) {
            throw refused("provided token does not decode as JWT");
        }
        if (!"RS256".equals(header.text("alg"))) {
            throw refused("invalid algorithm");
        }
        String keyId = header.text("kid");
        RSAPublicKey key = keys.find(keyId);
        if (key == null) {
            throw refused("Unable to find matching key for Key ID: " + (keyId == null ? "undefined" : keyId));
        }
        if (!isSigned(parts, key)) {
            throw refused("invalid signature");
        }
        checkTimes(claims);
        if (audiences != null && !hasAudience(claims.get("aud"), audiences)) {
            throw refused("jwt audience invalid. expected: " + String.join(" or ", audiences));
        }
        return claims;
    }

    private static Obj decode(String part) {
        return ProviderAnswer.json(new String(new Base64URL(part).decode(), StandardCharsets.UTF_8));
    }

    private static boolean isSigned(String[] parts, RSAPublicKey key) {
        try {
            var header = JWSHeader.parse(new Base64URL(parts[0]));
            return JWSAlgorithm.RS256.equals(header.getAlgorithm())
                    && new RSASSAVerifier(key)
                            .verify(
                                    header,
                                    (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII),
                                    new Base64URL(parts[2]));
        } catch (java.text.ParseException | JOSEException _) {
            return false; // a header that is JSON but not one of JWS, or a key that cannot verify
        }
    }

    private void checkTimes(Obj claims) {
        double now = clock.millis() / 1000;
        if (claims.has("nbf")) {
            if (!(claims.get("nbf") instanceof Num(double notBefore))) {
                throw refused("invalid nbf value");
            }
            if (notBefore > now) {
                throw refused("jwt not active");
            }
        }
        if (claims.has("exp")) {
            if (!(claims.get("exp") instanceof Num(double expires))) {
                throw refused("invalid exp value");
            }
            if (now >= expires) {
                throw refused("jwt expired");
            }
        }
    }

    private static boolean hasAudience(ParseValue audience, List<String> wanted) {
        return switch (audience) {
            case Str(String one) -> wanted.contains(one);
            case Array(var several) ->
                several.stream().anyMatch(item -> item instanceof Str(String one) && wanted.contains(one));
            case null, default -> false;
        };
    }

    /** A claim for a message, as JavaScript prints it. */
    static String shown(Obj claims, String name) {
        ParseValue value = claims.get(name);
        return switch (value) {
            case null -> "undefined";
            case Str(String text) -> text;
            default -> value.toJson();
        };
    }
}
