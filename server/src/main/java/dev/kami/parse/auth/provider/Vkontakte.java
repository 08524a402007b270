package dev.kami.parse.auth.provider;

import static dev.kami.parse.auth.provider.Refusals.refused;
import static dev.kami.parse.auth.provider.Refusals.text;
import static dev.kami.parse.auth.provider.Refusals.unusable;

import dev.kami.parse.auth.AuthAdapter;
import dev.kami.parse.auth.AuthAttempt;
import dev.kami.parse.auth.Outcome;
import dev.kami.parse.auth.ProviderSettings;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.LinkedHashMap;

/**
 * VK. Believes a token of the client, so it needs {@code enableInsecureAuth} and {@code enableInsecureAuthAdapters}. The
 * app's own id and secret are tried first, to tell a wrong configuration from a wrong user.
 */
final class Vkontakte implements AuthAdapter {
    private final boolean allowed;
    private final String appId;
    private final String appSecret;
    private final String apiVersion;
    private final ProviderHttp http;

    Vkontakte(ProviderSettings settings, ProviderHttp http) {
        this.allowed = settings.insecureAuth() && settings.insecureAdapters();
        var appIds = settings.oneOrMore("appIds");
        this.appId = appIds == null || appIds.isEmpty() ? null : String.join(",", appIds);
        this.appSecret = settings.text("appSecret");
        this.apiVersion = settings.text("apiVersion") == null ? "5.124" : settings.text("apiVersion");
        this.http = http;
    }

    @Override
    public Outcome validate(Obj authData, AuthAttempt attempt) {
        if (!allowed) {
            throw unusable("Vk only works with enableInsecureAuth: true");
        }
        if (appId == null || appSecret == null) {
            throw refused("Vk auth is not configured. Missing appIds or appSecret.");
        }
        var app = new LinkedHashMap<String, String>();
        app.put("client_id", appId);
        app.put("client_secret", appSecret);
        app.put("v", apiVersion);
        app.put("grant_type", "client_credentials");
        Obj grant = http.get("https://oauth.vk.com/access_token?" + ProviderHttp.form(app))
                .json();
        if (text(grant, "access_token") == null) {
            throw refused("Vk appIds or appSecret is incorrect.");
        }
        String id = userOf(text(authData, "access_token"));
        if (id == null || !id.equals(authData.text("id"))) {
            throw refused("Vk auth is invalid for this user.");
        }
        return Outcome.store(authData);
    }

    private String userOf(String token) {
        if (token == null) {
            return null;
        }
        Obj answer = http.get("https://api.vk.com/method/users.get?access_token=" + ProviderHttp.encode(token) + "&v="
                        + ProviderHttp.encode(apiVersion))
                .json();
        return answer.get("response") instanceof Array(var users)
                        && !users.isEmpty()
                        && users.getFirst() instanceof Obj user
                ? ProviderAnswer.id(user.get("id"))
                : null;
    }
}
