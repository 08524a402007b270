package dev.kami.parse.auth.provider;

import static dev.kami.parse.auth.provider.Refusals.invalid;
import static dev.kami.parse.auth.provider.Refusals.refused;

import dev.kami.parse.auth.ProviderSettings;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.Map;

/** LINE; the id is called {@code userId} there. */
final class Line extends CodeFlow {
    Line(ProviderSettings settings, ProviderHttp http) {
        super("Line", settings, http);
    }

    @Override
    Grant exchange(Obj authData) {
        ProviderAnswer answer =
                http.postForm("https://api.line.me/oauth2/v2.1/token", exchangeForm(authData), Map.of());
        if (!answer.ok()) {
            throw refused("Failed to exchange code for token: " + answer.reason());
        }
        return grant(answer.json());
    }

    @Override
    String userOf(String accessToken, String claimedId, Obj authData) {
        ProviderAnswer answer = http.get("https://api.line.me/v2/profile", bearer(accessToken));
        if (!answer.ok()) {
            throw refused("Failed to fetch Line user: " + answer.reason());
        }
        String id = ProviderAnswer.id(answer.json().get("userId"));
        if (id == null) {
            throw invalid("Invalid Line user data received.");
        }
        return id;
    }
}
