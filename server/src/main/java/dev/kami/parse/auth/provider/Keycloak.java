package dev.kami.parse.auth.provider;

import static dev.kami.parse.auth.provider.Refusals.refused;
import static dev.kami.parse.auth.provider.Refusals.text;

import dev.kami.parse.auth.AuthAdapter;
import dev.kami.parse.auth.AuthAttempt;
import dev.kami.parse.auth.Outcome;
import dev.kami.parse.auth.ProviderSettings;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.List;
import java.util.Objects;

/**
 * Keycloak: {@code access_token} is verified here with the keys of the realm, and must have been issued for
 * {@code client-id} (claim {@code azp}). {@code roles} and {@code groups}, if the token has them, must be sent and equal.
 */
final class Keycloak implements AuthAdapter {
    /** {@code null} when a part of the configuration is missing. */
    private final String issuer;

    private final String clientId;
    private final JwtVerifier tokens;

    Keycloak(ProviderSettings settings, ProviderHttp http) {
        ProviderSettings config = settings.inside("config");
        String server = config.address("auth-server-url");
        String realm = config.text("realm");
        this.clientId = config.text("client-id");
        // Keycloak's own configuration file has a slash at the end of the address, its issuer has not.
        this.issuer = server == null || realm == null ? null : server.replaceAll("/+$", "") + "/realms/" + realm;
        this.tokens =
                issuer == null ? null : new JwtVerifier(issuer + "/protocol/openid-connect/certs", settings, http);
    }

    @Override
    public Outcome validate(Obj authData, AuthAttempt attempt) {
        String token = text(authData, "access_token");
        String id = text(authData, "id");
        if (token == null || id == null) {
            throw refused("Missing access token and/or User id");
        }
        if (issuer == null) {
            throw refused("Missing keycloak configuration");
        }
        if (clientId == null) {
            throw refused("Keycloak auth is not configured. Missing client-id.");
        }
        Obj claims = tokens.verify(token, null);
        if (!issuer.equals(claims.text("iss"))) {
            throw refused("access token not issued by correct provider - expected: " + issuer + " | from: "
                    + JwtVerifier.shown(claims, "iss"));
        }
        if (!clientId.equals(claims.text("azp"))) {
            throw refused("access token is not authorized for this client - expected: " + clientId + " | from: "
                    + JwtVerifier.shown(claims, "azp"));
        }
        if (!id.equals(claims.text("sub"))) {
            throw refused("auth data is invalid for this user.");
        }
        if (!same(claims.get("roles"), authData.get("roles")) || !same(claims.get("groups"), authData.get("groups"))) {
            throw refused("Invalid authentication");
        }
        return Outcome.store(authData);
    }

    /** Equal, or lists with the same items in any order. */
    private static boolean same(ParseValue claimed, ParseValue sent) {
        if (claimed instanceof Array(var claims) && sent instanceof Array(var items)) {
            return sorted(claims).equals(sorted(items));
        }
        return Objects.equals(claimed, sent);
    }

    private static List<String> sorted(List<ParseValue> items) {
        return items.stream().map(ParseValue::toJson).sorted().toList();
    }
}
