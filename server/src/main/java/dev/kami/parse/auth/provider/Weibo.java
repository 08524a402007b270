package dev.kami.parse.auth.provider;

import static dev.kami.parse.auth.provider.Refusals.refused;
import static dev.kami.parse.auth.provider.Refusals.text;

import dev.kami.parse.auth.ProviderSettings;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.Map;

/** Sina Weibo; ids are numbers there ({@code "uid":1073880650}). */
final class Weibo extends CodeFlow {
    Weibo(ProviderSettings settings, ProviderHttp http) {
        super("Weibo", settings, http);
    }

    @Override
    Grant exchange(Obj authData) {
        if (text(authData, "redirect_uri") == null) {
            throw refused("Weibo auth requires code and redirect_uri to be sent.");
        }
        ProviderAnswer answer =
                http.postForm("https://api.weibo.com/oauth2/access_token", exchangeForm(authData), Map.of());
        Obj grant = answer.json();
        if (!answer.ok() || grant.has("errcode") || grant.has("error_code")) {
            throw invalidForUser();
        }
        return grant(grant);
    }

    @Override
    String userOf(String accessToken, String claimedId, Obj authData) {
        ProviderAnswer answer = http.postForm(
                "https://api.weibo.com/oauth2/get_token_info", Map.of("access_token", accessToken), Map.of());
        return answer.ok() ? ProviderAnswer.id(answer.json().get("uid")) : null;
    }
}
