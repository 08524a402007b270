package dev.kami.parse.auth.provider;

import static dev.kami.parse.auth.provider.Refusals.invalid;
import static dev.kami.parse.auth.provider.Refusals.refused;
import static dev.kami.parse.auth.provider.Refusals.text;

import dev.kami.parse.auth.AuthAdapter;
import dev.kami.parse.auth.AuthAttempt;
import dev.kami.parse.auth.Caller;
import dev.kami.parse.auth.Outcome;
import dev.kami.parse.auth.ProviderSettings;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.options.OptionsException;
import dev.kami.parse.value.ObjectIds;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * Twitter, OAuth 1.0a. The client sends {@code oauth_token} and {@code oauth_verifier}, which the server exchanges with its
 * consumer key and secret; stored are the id and the token, shown is the id. With {@code enableInsecureAuth} and
 * {@code enableInsecureAuthAdapters} the client may send {@code id}, {@code oauth_token} and {@code oauth_token_secret}
 * (the SDKs of before: {@code auth_token}, {@code auth_token_secret}), which are tried.
 *
 * <p>The genuine 9.10 cannot log anybody in: its look-up calls a method that is not there, expects JSON where Twitter sends
 * a form, and signs nothing. This follows its documentation and Twitter's. Several apps may be configured as a list; the
 * client chooses one by {@code consumer_key}.
 */
final class Twitter implements AuthAdapter {
    private static final String EXCHANGE = "https://api.twitter.com/oauth/access_token";
    private static final String VERIFY = "https://api.twitter.com/1.1/account/verify_credentials.json";

    private record App(String key, String secret, boolean insecure) {}

    private final List<App> apps;
    private final InstantSource clock;
    private final ProviderHttp http;
    private final ObjectIds nonces = new ObjectIds(new SecureRandom());

    Twitter(ProviderSettings settings, ProviderHttp http) {
        if (!settings.isConfigured() || settings.each().isEmpty()) {
            throw new OptionsException("Twitter auth options are required.");
        }
        this.apps = settings.each().stream().map(Twitter::app).toList();
        this.clock = settings.clock();
        this.http = http;
    }

    private static App app(ProviderSettings settings) {
        String key = either(settings, "consumer_key", "consumerKey");
        String secret = either(settings, "consumer_secret", "consumerSecret");
        if (!settings.insecureAuth() && (key == null || secret == null)) {
            throw new OptionsException("Consumer key and secret are required for secure Twitter auth.");
        }
        return new App(
                key == null ? "" : key,
                secret == null ? "" : secret,
                settings.insecureAuth() && settings.insecureAdapters());
    }

    /** Its code and its documentation name the options differently. */
    private static String either(ProviderSettings settings, String key, String other) {
        return settings.text(key) == null ? settings.text(other) : settings.text(key);
    }

    @Override
    public Obj identify(Obj authData) {
        App app = chosen(authData);
        String token = first(authData, "oauth_token", "auth_token");
        String verifier = text(authData, "oauth_verifier");
        if (verifier == null && app.insecure()) {
            return tried(app, authData, token, first(authData, "oauth_token_secret", "auth_token_secret"));
        }
        if (app.key().isEmpty() || app.secret().isEmpty()) {
            throw refused("Twitter auth configuration missing consumer_key and/or consumer_secret.");
        }
        if (token == null || verifier == null) {
            throw invalid("Twitter code is required.");
        }
        return exchanged(app, authData, token, verifier);
    }

    private App chosen(Obj authData) {
        if (apps.size() == 1) {
            return apps.getFirst();
        }
        String key = text(authData, "consumer_key");
        return apps.stream().filter(app -> app.key().equals(key)).findFirst().orElseThrow(Twitter::invalidForUser);
    }

    private Obj exchanged(App app, Obj authData, String token, String verifier) {
        var form = Map.of("oauth_verifier", verifier);
        ProviderAnswer answer =
                http.postForm(EXCHANGE, form, Map.of("Authorization", sign("POST", EXCHANGE, form, app, token, "")));
        if (!answer.ok()) {
            throw refused("Failed to exchange access token.");
        }
        String body = answer.text().strip();
        Obj grant = body.startsWith("{") ? ProviderAnswer.json(body) : ProviderAnswer.form(body);
        String granted = text(grant, "oauth_token");
        String id = ProviderAnswer.id(grant.get("user_id"));
        boolean claimed = authData.get("id") instanceof Str(String value) && !value.isEmpty();
        if (granted == null || id == null || claimed && !id.equals(authData.text("id"))) {
            throw invalidForUser();
        }
        return authData.without("oauth_token", "oauth_verifier", "oauth_token_secret", "code", "redirect_uri")
                .with("auth_token", new Str(granted))
                .with("id", new Str(id));
    }

    private Obj tried(App app, Obj authData, String token, String secret) {
        if (token == null || secret == null) {
            throw refused("Twitter insecure auth requires oauth_token and oauth_token_secret.");
        }
        ProviderAnswer answer =
                http.get(VERIFY, Map.of("Authorization", sign("GET", VERIFY, Map.of(), app, token, secret)));
        String id = answer.json().text("id_str");
        if (!answer.ok() || id == null || !id.equals(authData.text("id"))) {
            throw invalidForUser();
        }
        return authData;
    }

    private String sign(
            String method, String url, Map<String, String> form, App app, String token, String tokenSecret) {
        return OAuth1.header(
                method,
                url,
                form,
                app.key(),
                app.secret(),
                token,
                tokenSecret,
                nonces.next(30),
                clock.instant().getEpochSecond());
    }

    private static String first(Obj authData, String key, String other) {
        return text(authData, key) == null ? text(authData, other) : text(authData, key);
    }

    /** Nothing is left to check: {@link #identify} has asked Twitter. */
    @Override
    public Outcome validate(Obj authData, AuthAttempt attempt) {
        return Outcome.store(authData);
    }

    @Override
    public Obj afterFind(Obj stored, Caller caller) {
        return CodeFlow.onlyId(stored);
    }

    private static ParseException invalidForUser() {
        return refused("Twitter auth is invalid for this user.");
    }
}
