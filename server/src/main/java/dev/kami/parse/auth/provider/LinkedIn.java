package dev.kami.parse.auth.provider;

import static dev.kami.parse.auth.provider.Refusals.refused;

import dev.kami.parse.auth.ProviderSettings;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.LinkedHashMap;
import java.util.Map;

/** LinkedIn; tokens of its mobile SDK ({@code is_mobile_sdk: true}) need a header of their own. */
final class LinkedIn extends CodeFlow {
    LinkedIn(ProviderSettings settings, ProviderHttp http) {
        super("LinkedIn", settings, http);
    }

    @Override
    Grant exchange(Obj authData) {
        ProviderAnswer answer =
                http.postForm("https://www.linkedin.com/oauth/v2/accessToken", exchangeForm(authData), Map.of());
        if (!answer.ok()) {
            throw refused("LinkedIn API request failed.");
        }
        return grant(answer.json());
    }

    @Override
    String userOf(String accessToken, String claimedId, Obj authData) {
        var headers = new LinkedHashMap<>(bearer(accessToken));
        headers.put("x-li-format", "json");
        if (ParseValue.TRUE.equals(authData.get("is_mobile_sdk"))) {
            headers.put("x-li-src", "msdk");
        }
        ProviderAnswer answer = http.get("https://api.linkedin.com/v2/me", headers);
        if (!answer.ok()) {
            throw refused("LinkedIn API request failed.");
        }
        return ProviderAnswer.id(answer.json().get("id"));
    }
}
