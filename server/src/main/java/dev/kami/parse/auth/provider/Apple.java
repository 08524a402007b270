package dev.kami.parse.auth.provider;

import static dev.kami.parse.auth.provider.Refusals.refused;
import static dev.kami.parse.auth.provider.Refusals.text;

import dev.kami.parse.auth.AuthAdapter;
import dev.kami.parse.auth.AuthAttempt;
import dev.kami.parse.auth.Outcome;
import dev.kami.parse.auth.ProviderSettings;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.List;

/**
 * Sign in with Apple: {@code token} is an identity token for {@code clientId} (one or a list), {@code id} its subject.
 */
final class Apple implements AuthAdapter {
    private static final String ISSUER = "https://appleid.apple.com";

    private final List<String> clientIds;
    private final JwtVerifier tokens;

    Apple(ProviderSettings settings, ProviderHttp http) {
        this.clientIds = settings.oneOrMore("clientId");
        this.tokens = new JwtVerifier(ISSUER + "/auth/keys", settings, http);
    }

    @Override
    public Outcome validate(Obj authData, AuthAttempt attempt) {
        if (clientIds == null || clientIds.isEmpty()) {
            throw refused("Apple auth is not configured.");
        }
        String token = text(authData, "token");
        if (token == null) {
            throw refused("id token is invalid for this user.");
        }
        Obj claims = tokens.verify(token, clientIds);
        if (!ISSUER.equals(claims.text("iss"))) {
            throw refused("id token not issued by correct OpenID provider - expected: " + ISSUER + " | from: "
                    + JwtVerifier.shown(claims, "iss"));
        }
        if (claims.text("sub") == null || !claims.text("sub").equals(authData.text("id"))) {
            throw refused("auth data is invalid for this user.");
        }
        return Outcome.store(authData);
    }
}
