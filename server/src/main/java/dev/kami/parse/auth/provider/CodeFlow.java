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
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Log-in by authorization code (OAuth 2, RFC 6749 section 4.1): the client sends {@code code}, the server exchanges it with
 * its own id and secret, so a token that another app obtained is worth nothing here. Stored are the id and the access
 * token; shown is the id.
 *
 * <p>Option {@code enableInsecureAuth} also accepts {@code access_token} and {@code id} of the client, as before 8.0.
 *
 * <p>Where the genuine 9.10 cannot work against the real provider (GitHub and Weibo write ids as numbers, LINE, QQ and
 * WeChat call them otherwise, Spotify's token answer is used whole), the documented behaviour is what happens here.
 */
abstract class CodeFlow implements AuthAdapter {
    /** What an exchange brings. */
    record Grant(String accessToken, String id) {}

    final ProviderHttp http;
    private final String label;
    private final ProviderSettings settings;

    /** @param label how error texts call the provider */
    CodeFlow(String label, ProviderSettings settings, ProviderHttp http) {
        this.label = label;
        this.settings = settings;
        this.http = http;
        if (!settings.isConfigured()) {
            throw new OptionsException(label + " options are required.");
        }
        if (!settings.insecureAuth()) {
            if (settings.text("clientId") == null) {
                throw new OptionsException(label + " clientId is required.");
            }
            if (settings.text("clientSecret") == null) {
                throw new OptionsException(label + " clientSecret is required.");
            }
        }
    }

    /**
     * @param authData has {@code code}
     * @return the token, and the id if this answer already has it
     */
    abstract Grant exchange(Obj authData);

    /**
     * Whose token it is.
     *
     * @param claimedId the id the client or the exchange named, or {@code null}
     * @return the id; {@code null} when the provider does not say
     */
    abstract String userOf(String accessToken, String claimedId, Obj authData);

    @Override
    public final Obj identify(Obj authData) {
        String claimedId = claimedId(authData);
        String code = text(authData, "code");
        if (code == null && settings.insecureAuth()) {
            String token = text(authData, "access_token");
            if (token == null || claimedId == null || !claimedId.equals(userOf(token, claimedId, authData))) {
                throw invalidForUser();
            }
            return authData;
        }
        if (code == null) {
            throw invalid(label + " code is required.");
        }
        Grant grant = exchange(authData);
        if (grant.accessToken() == null) {
            throw invalidForUser();
        }
        String id = userOf(grant.accessToken(), grant.id() == null ? claimedId : grant.id(), authData);
        if (id == null || claimedId != null && !claimedId.equals(id)) {
            throw invalidForUser();
        }
        return authData.without("code", "redirect_uri", "redirectUri", "code_verifier")
                .with("access_token", new Str(grant.accessToken()))
                .with("id", new Str(id));
    }

    /** @throws ParseException when there is an id that is no text: it cannot be that of the user */
    private String claimedId(Obj authData) {
        return switch (authData.get("id")) {
            case null -> null;
            case ParseValue.Null() -> null;
            case Str(String id) -> id.isEmpty() ? null : id;
            default -> throw invalidForUser();
        };
    }

    /** Nothing is left to check: {@link #identify} has asked the provider. */
    @Override
    public final Outcome validate(Obj authData, AuthAttempt attempt) {
        return Outcome.store(authData);
    }

    @Override
    public final Obj afterFind(Obj stored, Caller caller) {
        return onlyId(stored);
    }

    static Obj onlyId(Obj stored) {
        return stored.has("id") ? Obj.of("id", stored.get("id")) : Obj.EMPTY;
    }

    String option(String key) {
        return settings.text(key);
    }

    /** The parameters that every exchange has; {@code redirect_uri} as the client used it, if it did. */
    Map<String, String> exchangeForm(Obj authData) {
        var form = new LinkedHashMap<String, String>();
        form.put("client_id", settings.text("clientId"));
        form.put("client_secret", settings.text("clientSecret"));
        form.put("grant_type", "authorization_code");
        form.put("redirect_uri", text(authData, "redirect_uri"));
        form.put("code", text(authData, "code"));
        return form;
    }

    /** {@code {"access_token":...}}; providers that answer an error with status 200 are refused with its text. */
    static Grant grant(Obj answer) {
        String error =
                text(answer, "error_description") == null ? text(answer, "error") : text(answer, "error_description");
        if (error != null) {
            throw refused(error.length() > 300 ? error.substring(0, 300) : error);
        }
        return new Grant(text(answer, "access_token"), null);
    }

    static Map<String, String> bearer(String accessToken) {
        return Map.of("Authorization", "Bearer " + accessToken);
    }

    ParseException invalidForUser() {
        return refused(label + " auth is invalid for this user.");
    }
}
