package dev.kami.parse.auth.provider;

import static dev.kami.parse.auth.provider.Refusals.refused;

import dev.kami.parse.auth.ProviderSettings;
import dev.kami.parse.value.ParseValue.Obj;

/**
 * QQ (wiki.connect.qq.com). Answers are JavaScript, {@code callback( {"client_id":"...","openid":"..."} );}, and a token is
 * a form, {@code access_token=...&expires_in=7776000&refresh_token=...}; an error is again a callback.
 */
final class Qq extends CodeFlow {
    Qq(ProviderSettings settings, ProviderHttp http) {
        super("qq", settings, http);
    }

    @Override
    Grant exchange(Obj authData) {
        ProviderAnswer answer =
                http.get("https://graph.qq.com/oauth2.0/token?" + ProviderHttp.form(exchangeForm(authData)));
        if (!answer.ok()) {
            throw refused("qq API request failed.");
        }
        return grant(object(answer.text()));
    }

    @Override
    String userOf(String accessToken, String claimedId, Obj authData) {
        ProviderAnswer answer = http.get(
                "https://graph.qq.com/oauth2.0/me?access_token=" + ProviderHttp.encode(accessToken),
                bearer(accessToken));
        if (!answer.ok()) {
            throw refused("qq API request failed.");
        }
        return ProviderAnswer.id(object(answer.text()).get("openid"));
    }

    private static Obj object(String text) {
        String body = text.strip();
        int open = body.indexOf('(');
        int close = body.lastIndexOf(')');
        if (open >= 0 && close > open) {
            return ProviderAnswer.json(body.substring(open + 1, close));
        }
        return body.startsWith("{") ? ProviderAnswer.json(body) : ProviderAnswer.form(body);
    }
}
