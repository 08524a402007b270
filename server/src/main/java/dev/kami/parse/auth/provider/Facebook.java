package dev.kami.parse.auth.provider;

import static dev.kami.parse.auth.provider.Refusals.refused;
import static dev.kami.parse.auth.provider.Refusals.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kami.parse.auth.AuthAdapter;
import dev.kami.parse.auth.AuthAttempt;
import dev.kami.parse.auth.Outcome;
import dev.kami.parse.auth.ProviderSettings;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.HexFormat;
import java.util.List;

/**
 * Facebook: an {@code access_token} that the Graph API is asked about, or the {@code token} of Limited Login, an ID token
 * for one of {@code appIds}. With {@code appSecret} each Graph request is signed ({@code appsecret_proof}).
 */
final class Facebook implements AuthAdapter {
    private static final String ISSUER = "https://www.facebook.com";
    private static final String GRAPH = "https://graph.facebook.com/";

    /** {@code null} when they are no list: as one text, any part of an id would pass. */
    private final List<String> appIds;

    private final boolean hasAppIds;
    private final String appSecret;
    private final ProviderHttp http;
    private final JwtVerifier tokens;

    Facebook(ProviderSettings settings, ProviderHttp http) {
        this.appIds = settings.texts("appIds");
        this.hasAppIds = settings.get("appIds") != null;
        this.appSecret = settings.text("appSecret");
        this.http = http;
        this.tokens = new JwtVerifier(ISSUER + "/.well-known/oauth/openid/jwks/", settings, http);
    }

    @Override
    public Outcome validate(Obj authData, AuthAttempt attempt) {
        if (text(authData, "token") != null) {
            validateIdToken(authData);
        } else {
            validateAccessToken(authData);
        }
        return Outcome.store(authData);
    }

    private void validateAccessToken(Obj authData) {
        if (appIds == null && hasAppIds) {
            throw refused("appIds must be an array.");
        }
        if (appIds == null || appIds.isEmpty()) {
            throw refused("Facebook auth is not configured.");
        }
        String token = text(authData, "access_token");
        if (token == null) {
            throw invalidForUser();
        }
        String app = ProviderAnswer.id(graph("app?", token).get("id"));
        if (app == null || !appIds.contains(app)) {
            throw invalidForUser();
        }
        String id = ProviderAnswer.id(graph("me?fields=id&", token).get("id"));
        if (id == null || !id.equals(authData.text("id"))) {
            throw invalidForUser();
        }
    }

    private Obj graph(String path, String token) {
        String proof = appSecret == null
                ? ""
                : "&appsecret_proof="
                        + HexFormat.of()
                                .formatHex(Hmac.of("HmacSHA256", appSecret.getBytes(UTF_8), token.getBytes(UTF_8)));
        ProviderAnswer answer = http.get(GRAPH + path + "access_token=" + ProviderHttp.encode(token) + proof);
        return answer.ok() ? answer.json() : Obj.EMPTY;
    }

    private void validateIdToken(Obj authData) {
        if (appIds == null || appIds.isEmpty()) {
            throw refused("Facebook auth is not configured.");
        }
        Obj claims = tokens.verify(text(authData, "token"), appIds);
        if (!ISSUER.equals(claims.text("iss"))) {
            throw refused("id token not issued by correct OpenID provider - expected: " + ISSUER + " | from: "
                    + JwtVerifier.shown(claims, "iss"));
        }
        if (claims.text("sub") == null || !claims.text("sub").equals(authData.text("id"))) {
            throw refused("auth data is invalid for this user.");
        }
    }

    private static ParseException invalidForUser() {
        return refused("Facebook auth is invalid for this user.");
    }
}
