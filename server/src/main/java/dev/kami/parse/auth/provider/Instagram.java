package dev.kami.parse.auth.provider;

import static dev.kami.parse.auth.provider.Refusals.refused;

import dev.kami.parse.auth.ProviderSettings;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.Map;

/** Instagram. An {@code apiURL} of the client is ignored: it made the server ask any address it was given. */
final class Instagram extends CodeFlow {
    Instagram(ProviderSettings settings, ProviderHttp http) {
        super("Instagram", settings, http);
    }

    @Override
    Grant exchange(Obj authData) {
        var form = exchangeForm(authData);
        form.putIfAbsent("redirect_uri", option("redirectUri"));
        ProviderAnswer answer = http.postForm("https://api.instagram.com/oauth/access_token", form, Map.of());
        if (!answer.ok()) {
            throw refused("Instagram API request failed.");
        }
        return grant(answer.json());
    }

    @Override
    String userOf(String accessToken, String claimedId, Obj authData) {
        ProviderAnswer answer =
                http.get("https://graph.instagram.com/me?fields=id&access_token=" + ProviderHttp.encode(accessToken));
        if (!answer.ok()) {
            throw refused("Instagram API request failed.");
        }
        return ProviderAnswer.id(answer.json().get("id"));
    }
}
