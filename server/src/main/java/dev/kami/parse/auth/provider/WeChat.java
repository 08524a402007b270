package dev.kami.parse.auth.provider;

import static dev.kami.parse.auth.provider.Refusals.text;

import dev.kami.parse.auth.ProviderSettings;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.LinkedHashMap;

/** WeChat: the id is the {@code openid} of the exchange, and a token is checked together with it. Errors have status 200. */
final class WeChat extends CodeFlow {
    WeChat(ProviderSettings settings, ProviderHttp http) {
        super("WeChat", settings, http);
    }

    @Override
    Grant exchange(Obj authData) {
        var query = new LinkedHashMap<String, String>();
        query.put("appid", option("clientId"));
        query.put("secret", option("clientSecret"));
        query.put("code", text(authData, "code"));
        query.put("grant_type", "authorization_code");
        ProviderAnswer answer =
                http.get("https://api.weixin.qq.com/sns/oauth2/access_token?" + ProviderHttp.form(query));
        Obj grant = answer.json();
        String error = ProviderAnswer.id(grant.get("errcode"));
        if (!answer.ok() || error != null && !error.equals("0")) {
            throw invalidForUser();
        }
        return new Grant(text(grant, "access_token"), text(grant, "openid"));
    }

    @Override
    String userOf(String accessToken, String claimedId, Obj authData) {
        if (claimedId == null) {
            return null;
        }
        ProviderAnswer answer = http.get("https://api.weixin.qq.com/sns/auth?access_token="
                + ProviderHttp.encode(accessToken) + "&openid=" + ProviderHttp.encode(claimedId));
        return answer.ok() && "0".equals(ProviderAnswer.id(answer.json().get("errcode"))) ? claimedId : null;
    }
}
