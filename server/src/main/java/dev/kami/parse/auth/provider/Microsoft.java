package dev.kami.parse.auth.provider;

import static dev.kami.parse.auth.provider.Refusals.refused;

import dev.kami.parse.auth.ProviderSettings;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.Map;

/** Microsoft accounts of any tenant ({@code common}); the id is that of Microsoft Graph. */
final class Microsoft extends CodeFlow {
    Microsoft(ProviderSettings settings, ProviderHttp http) {
        super("Microsoft", settings, http);
    }

    @Override
    Grant exchange(Obj authData) {
        ProviderAnswer answer = http.postForm(
                "https://login.microsoftonline.com/common/oauth2/v2.0/token", exchangeForm(authData), Map.of());
        if (!answer.ok()) {
            throw refused("Microsoft API request failed.");
        }
        return grant(answer.json());
    }

    @Override
    String userOf(String accessToken, String claimedId, Obj authData) {
        ProviderAnswer answer = http.get("https://graph.microsoft.com/v1.0/me", bearer(accessToken));
        if (!answer.ok()) {
            throw refused("Microsoft API request failed.");
        }
        return ProviderAnswer.id(answer.json().get("id"));
    }
}
