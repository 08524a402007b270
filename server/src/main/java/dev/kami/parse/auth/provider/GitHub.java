package dev.kami.parse.auth.provider;

import static dev.kami.parse.auth.provider.Refusals.invalid;
import static dev.kami.parse.auth.provider.Refusals.text;

import dev.kami.parse.auth.ProviderSettings;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;

/** GitHub. Exchange and errors: docs.github.com, "Authorizing OAuth apps"; an error comes with status 200. */
final class GitHub extends CodeFlow {
    GitHub(ProviderSettings settings, ProviderHttp http) {
        super("GitHub", settings, http);
    }

    @Override
    Grant exchange(Obj authData) {
        ProviderAnswer answer = http.postJson(
                "https://github.com/login/oauth/access_token",
                Obj.of(
                        "client_id", new Str(option("clientId")),
                        "client_secret", new Str(option("clientSecret")),
                        "code", new Str(text(authData, "code"))));
        if (!answer.ok()) {
            throw invalid("Failed to exchange code for token: " + answer.reason());
        }
        return grant(answer.json());
    }

    @Override
    String userOf(String accessToken, String claimedId, Obj authData) {
        ProviderAnswer answer = http.get("https://api.github.com/user", bearer(accessToken));
        if (!answer.ok()) {
            throw invalid("Failed to fetch GitHub user: " + answer.reason());
        }
        Obj user = answer.json();
        String id = ProviderAnswer.id(user.get("id"));
        if (id == null || text(user, "login") == null) {
            throw invalid("Invalid GitHub user data received.");
        }
        return id;
    }
}
