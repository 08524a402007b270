package dev.kami.parse.auth.provider;

import static dev.kami.parse.auth.provider.Refusals.refused;
import static dev.kami.parse.auth.provider.Refusals.text;
import static dev.kami.parse.auth.provider.Refusals.unusable;

import dev.kami.parse.auth.AuthAdapter;
import dev.kami.parse.auth.AuthAttempt;
import dev.kami.parse.auth.Outcome;
import dev.kami.parse.auth.ProviderSettings;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.LinkedHashMap;
import java.util.Map;

/** Janrain Engage. It needs {@code enableInsecureAuth} and {@code enableInsecureAuthAdapters}. */
final class JanrainEngage implements AuthAdapter {
    private final boolean allowed;
    private final String apiKey;
    private final ProviderHttp http;

    JanrainEngage(ProviderSettings settings, ProviderHttp http) {
        this.allowed = settings.insecureAuth() && settings.insecureAdapters();
        this.apiKey = settings.text("api_key");
        this.http = http;
    }

    @Override
    public Outcome validate(Obj authData, AuthAttempt attempt) {
        if (!allowed) {
            throw unusable("janrainengage adapter only works with enableInsecureAuth: true");
        }
        String token = text(authData, "auth_token");
        if (token != null) {
            var form = new LinkedHashMap<String, String>();
            form.put("token", token);
            form.put("apiKey", apiKey);
            form.put("format", "json");
            Obj answer = http.postForm("https://rpxnow.com/api/v2/auth_info", form, Map.of())
                    .json();
            String id =
                    answer.get("profile") instanceof Obj profile ? ProviderAnswer.id(profile.get("identifier")) : null;
            if ("ok".equals(answer.text("stat")) && id != null && id.equals(authData.text("id"))) {
                return Outcome.store(authData);
            }
        }
        throw refused("Janrain engage auth is invalid for this user.");
    }
}
