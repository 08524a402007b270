package dev.kami.parse.auth.provider;

import static dev.kami.parse.auth.provider.Refusals.refused;
import static dev.kami.parse.auth.provider.Refusals.text;

import dev.kami.parse.auth.AuthAdapter;
import dev.kami.parse.auth.AuthAttempt;
import dev.kami.parse.auth.Outcome;
import dev.kami.parse.auth.ProviderSettings;
import dev.kami.parse.value.ParseValue.Obj;

/** Janrain Capture at {@code janrain_capture_host}: the {@code uuid} of the entity behind the token is the id. */
final class JanrainCapture implements AuthAdapter {
    private final String host;
    private final ProviderHttp http;

    JanrainCapture(ProviderSettings settings, ProviderHttp http) {
        this.host = settings.text("janrain_capture_host");
        this.http = http;
    }

    @Override
    public Outcome validate(Obj authData, AuthAttempt attempt) {
        if (host == null) {
            throw refused("Janrain capture auth is not configured.");
        }
        String token = text(authData, "access_token");
        if (token != null) {
            Obj answer = http.get("https://" + host + "/entity?access_token=" + ProviderHttp.encode(token)
                            + "&attribute_name=uuid")
                    .json();
            String id = ProviderAnswer.id(answer.get("result"));
            if ("ok".equals(answer.text("stat")) && id != null && id.equals(authData.text("id"))) {
                return Outcome.store(authData);
            }
        }
        throw refused("Janrain capture auth is invalid for this user.");
    }
}
