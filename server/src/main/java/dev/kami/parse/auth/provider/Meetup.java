package dev.kami.parse.auth.provider;

import static dev.kami.parse.auth.provider.Refusals.refused;
import static dev.kami.parse.auth.provider.Refusals.text;
import static dev.kami.parse.auth.provider.Refusals.unusable;

import dev.kami.parse.auth.AuthAdapter;
import dev.kami.parse.auth.AuthAttempt;
import dev.kami.parse.auth.Outcome;
import dev.kami.parse.auth.ProviderSettings;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.Map;

/** Meetup. Believes a token of the client, so it needs {@code enableInsecureAuth}. */
final class Meetup implements AuthAdapter {
    private final boolean insecureAuth;
    private final ProviderHttp http;

    Meetup(ProviderSettings settings, ProviderHttp http) {
        this.insecureAuth = settings.insecureAuth();
        this.http = http;
    }

    @Override
    public Outcome validate(Obj authData, AuthAttempt attempt) {
        if (!insecureAuth) {
            throw unusable("Meetup only works with enableInsecureAuth: true");
        }
        String token = text(authData, "access_token");
        if (token != null) {
            ProviderAnswer answer =
                    http.get("https://api.meetup.com/2/member/self", Map.of("Authorization", "bearer " + token));
            String id = ProviderAnswer.id(answer.json().get("id"));
            if (answer.ok() && id != null && id.equals(authData.text("id"))) {
                return Outcome.store(authData);
            }
        }
        throw refused("Meetup auth is invalid for this user.");
    }
}
