package dev.kami.parse.auth.provider;

import static dev.kami.parse.auth.provider.Refusals.refused;
import static dev.kami.parse.auth.provider.Refusals.text;

import dev.kami.parse.auth.AuthAdapter;
import dev.kami.parse.auth.AuthAttempt;
import dev.kami.parse.auth.Outcome;
import dev.kami.parse.auth.ProviderSettings;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.List;

/** Google Sign-In: {@code id_token} is an ID token for {@code clientId} (one or a list), {@code id} its subject. */
final class Google implements AuthAdapter {
    private static final String ISSUER = "accounts.google.com";
    private static final String HTTPS_ISSUER = "https://accounts.google.com";

    private final List<String> clientIds;
    private final JwtVerifier tokens;

    Google(ProviderSettings settings, ProviderHttp http) {
        this.clientIds = settings.oneOrMore("clientId");
        this.tokens = new JwtVerifier("https://www.googleapis.com/oauth2/v3/certs", settings, http);
    }

    @Override
    public Outcome validate(Obj authData, AuthAttempt attempt) {
        if (clientIds == null || clientIds.isEmpty()) {
            throw refused("Google auth is not configured.");
        }
        String token = text(authData, "id_token");
        if (token == null) {
            throw refused("id token is invalid for this user.");
        }
        Obj claims = tokens.verify(token, clientIds);
        String issuer = claims.text("iss");
        if (!ISSUER.equals(issuer) && !HTTPS_ISSUER.equals(issuer)) {
            throw refused("id token not issued by correct provider - expected: " + ISSUER + " or " + HTTPS_ISSUER
                    + " | from: " + JwtVerifier.shown(claims, "iss"));
        }
        if (claims.text("sub") == null || !claims.text("sub").equals(authData.text("id"))) {
            throw refused("auth data is invalid for this user.");
        }
        return Outcome.store(authData);
    }
}
