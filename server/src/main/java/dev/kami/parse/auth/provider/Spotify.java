package dev.kami.parse.auth.provider;

import static dev.kami.parse.auth.provider.Refusals.refused;
import static dev.kami.parse.auth.provider.Refusals.text;

import dev.kami.parse.auth.ProviderSettings;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.LinkedHashMap;
import java.util.Map;

/** Spotify, authorization code with PKCE: instead of the secret the client's {@code code_verifier} is sent. */
final class Spotify extends CodeFlow {
    Spotify(ProviderSettings settings, ProviderHttp http) {
        super("spotify", settings, http);
    }

    @Override
    Grant exchange(Obj authData) {
        String redirect = text(authData, "redirect_uri");
        String verifier = text(authData, "code_verifier");
        if (redirect == null || verifier == null) {
            throw refused(
                    "Spotify auth configuration authData.code and/or authData.redirect_uri and/or authData.code_verifier.");
        }
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "authorization_code");
        form.put("code", text(authData, "code"));
        form.put("redirect_uri", redirect);
        form.put("code_verifier", verifier);
        form.put("client_id", option("clientId"));
        ProviderAnswer answer = http.postForm("https://accounts.spotify.com/api/token", form, Map.of());
        if (!answer.ok()) {
            throw refused("Spotify API request failed.");
        }
        return grant(answer.json());
    }

    @Override
    String userOf(String accessToken, String claimedId, Obj authData) {
        ProviderAnswer answer = http.get("https://api.spotify.com/v1/me", bearer(accessToken));
        if (!answer.ok()) {
            throw refused("Spotify API request failed.");
        }
        return ProviderAnswer.id(answer.json().get("id"));
    }
}
