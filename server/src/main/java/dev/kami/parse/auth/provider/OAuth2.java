package dev.kami.parse.auth.provider;

import static dev.kami.parse.auth.provider.Refusals.refused;
import static dev.kami.parse.auth.provider.Refusals.text;

import dev.kami.parse.auth.AuthAdapter;
import dev.kami.parse.auth.AuthAttempt;
import dev.kami.parse.auth.Outcome;
import dev.kami.parse.auth.ProviderSettings;
import dev.kami.parse.options.OptionsException;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Bool;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.List;
import java.util.Map;

/**
 * Any provider with {@code oauth2: true}: its token introspection end point (RFC 7662) is asked about
 * {@code access_token}. The token must be active, belong to {@code id} (field {@code useridField}, {@code sub} unless set)
 * and, with {@code appidField}, to one of {@code appIds}. One instance per provider.
 */
final class OAuth2 implements AuthAdapter {
    private final String endpoint;
    private final String userIdField;
    private final String appIdField;
    private final List<String> appIds;
    private final String authorizationHeader;
    private final ProviderHttp http;

    OAuth2(ProviderSettings settings, ProviderHttp http) {
        this.endpoint = settings.address("tokenIntrospectionEndpointUrl");
        this.appIdField = settings.text("appidField");
        this.appIds = settings.oneOrMore("appIds");
        if (endpoint == null) {
            throw new OptionsException("OAuth2 token introspection endpoint URL is missing.");
        }
        if (appIdField != null && (appIds == null || appIds.isEmpty())) {
            throw new OptionsException("OAuth2 configuration is missing app IDs.");
        }
        this.userIdField = settings.text("useridField") == null ? "sub" : settings.text("useridField");
        this.authorizationHeader = settings.text("authorizationHeader");
        this.http = http;
    }

    @Override
    public Outcome validate(Obj authData, AuthAttempt attempt) {
        String token = text(authData, "access_token");
        if (token == null) {
            throw refused("OAuth2 access token is invalid for this user.");
        }
        ProviderAnswer answer = http.postForm(
                endpoint,
                Map.of("token", token),
                authorizationHeader == null ? Map.of() : Map.of("Authorization", authorizationHeader));
        if (!answer.ok()) {
            throw refused("OAuth2 token introspection request failed.");
        }
        Obj info = answer.json();
        if (appIdField != null && !isOurApp(info.get(appIdField))) {
            throw refused("OAuth2: Invalid app ID.");
        }
        String id = ProviderAnswer.id(info.get(userIdField));
        boolean active = info.get("active") instanceof Bool(boolean value) && value;
        if (!active || id == null || !id.equals(authData.text("id"))) {
            throw refused("OAuth2 access token is invalid for this user.");
        }
        return Outcome.store(authData);
    }

    private boolean isOurApp(ParseValue app) {
        return app instanceof Array(var several)
                ? several.stream().anyMatch(this::isOurApp)
                : ProviderAnswer.id(app) instanceof String one && appIds.contains(one);
    }
}
