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

/** PhantAuth, made-up users for tests. Believes a token of the client, so it needs {@code enableInsecureAuth}. */
final class PhantAuth implements AuthAdapter {
    private final boolean insecureAuth;
    private final ProviderHttp http;

    PhantAuth(ProviderSettings settings, ProviderHttp http) {
        this.insecureAuth = settings.insecureAuth();
        this.http = http;
    }

    @Override
    public Outcome validate(Obj authData, AuthAttempt attempt) {
        if (!insecureAuth) {
            throw unusable("PhantAuth only works with enableInsecureAuth: true");
        }
        String token = text(authData, "access_token");
        if (token != null) {
            ProviderAnswer answer =
                    http.get("https://phantauth.net/auth/userinfo", Map.of("Authorization", "bearer " + token));
            String id = ProviderAnswer.id(answer.json().get("sub"));
            if (answer.ok() && id != null && id.equals(authData.text("id"))) {
                return Outcome.store(authData);
            }
        }
        throw refused("PhantAuth auth is invalid for this user.");
    }
}
