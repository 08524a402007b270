package dev.kami.parse.auth.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A provider's key: signs tokens and publishes its public half. */
record Signer(RSAKey key) {
    static Signer withKeyId(String keyId) {
        try {
            return new Signer(new RSAKeyGenerator(2048).keyID(keyId).generate());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The JSON Web Key Set of these keys. */
    static String keySet(Signer... signers) {
        return new JWKSet(Arrays.stream(signers)
                        .map(signer -> (JWK) signer.key().toPublicJWK())
                        .toList())
                .toString();
    }

    String sign(Obj claims) {
        try {
            return sign(claims, JWSAlgorithm.RS256, new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    String signWith(JWSAlgorithm algorithm, Obj claims) {
        try {
            return sign(claims, algorithm, new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The attack: the public key, which everybody has, as the secret of an HMAC. */
    String signByPublicKey(Obj claims) {
        try {
            return sign(
                    claims,
                    JWSAlgorithm.HS256,
                    new MACSigner(key.toRSAPublicKey().getEncoded()));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private String sign(Obj claims, JWSAlgorithm algorithm, JWSSigner signer) throws JOSEException {
        var header = new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build();
        var token = new JWSObject(header, new Payload(claims.toJson()));
        token.sign(signer);
        return token.serialize();
    }

    static String unsigned(Obj header, Obj claims) {
        return encode(header) + "." + encode(claims) + ".";
    }

    static String encode(ParseValue part) {
        return Base64URL.encode(part.toJson().getBytes(StandardCharsets.UTF_8)).toString();
    }
}
