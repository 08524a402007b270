package dev.kami.parse.auth.provider;

import static dev.kami.parse.auth.provider.Refusals.invalid;
import static dev.kami.parse.auth.provider.Refusals.text;

import dev.kami.parse.auth.ProviderSettings;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.util.LinkedHashMap;

/** Google Play Games Services: the code is a server auth code, the id a player id. */
final class PlayGames extends CodeFlow {
    PlayGames(ProviderSettings settings, ProviderHttp http) {
        super("gpgames", settings, http);
    }

    @Override
    Grant exchange(Obj authData) {
        var body = new LinkedHashMap<String, ParseValue>();
        exchangeForm(authData).forEach((name, value) -> {
            if (value != null) {
                body.put(name, new Str(value));
            }
        });
        // This adapter alone calls it so; the name of the others works too.
        if (text(authData, "redirectUri") != null) {
            body.put("redirect_uri", new Str(text(authData, "redirectUri")));
        }
        ProviderAnswer answer = http.postJson("https://oauth2.googleapis.com/token", new Obj(body));
        if (!answer.ok()) {
            throw invalid("Failed to exchange code for token: " + answer.reason());
        }
        return grant(answer.json());
    }

    @Override
    String userOf(String accessToken, String claimedId, Obj authData) {
        String player = claimedId == null ? "me" : ProviderHttp.encode(claimedId);
        ProviderAnswer answer = http.get("https://www.googleapis.com/games/v1/players/" + player, bearer(accessToken));
        if (!answer.ok()) {
            throw invalid("Failed to fetch Google Play Games Services user: " + answer.reason());
        }
        String id = ProviderAnswer.id(answer.json().get("playerId"));
        if (id == null || claimedId != null && !claimedId.equals(id)) {
            throw invalid("Invalid Google Play Games Services user data received.");
        }
        return id;
    }
}
