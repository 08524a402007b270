package dev.kami.parse.auth;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.log.Log;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.util.Map;

/**
 * "I am this account of that provider", as a client says it, after {@link AuthAdapters#identify}. Many adapters do all
 * their checking there, so a claim cannot be made in any other way and validating without identifying is impossible.
 *
 * <p>A claim is not proof before {@link #validate} has returned.
 */
public final class Claim {
    private final String provider;
    private final AuthAdapter adapter;
    private final Obj authData;
    private final String id;
    private final Log log;

    private Claim(String provider, AuthAdapter adapter, Obj authData, String id, Log log) {
        this.provider = provider;
        this.adapter = adapter;
        this.authData = authData;
        this.id = id;
        this.log = log;
    }

    /** @throws ParseException 162 when the id is there and no text: an object could be read as an operator of a query */
    static Claim of(String provider, AuthAdapter adapter, Obj authData, Log log) {
        String id =
                switch (authData.get("id")) {
                    case null -> null;
                    case ParseValue.Null() -> null;
                    case Str(String text) -> text.isEmpty() ? null : text;
                    default ->
                        throw new ParseException(
                                ErrorCode.INVALID_VALUE, "Invalid authData id for provider '" + provider + "'.");
                };
        return new Claim(provider, adapter, authData, id, log);
    }

    public String provider() {
        return provider;
    }

    /** What is searched as {@code authData.<provider>.id}; {@code null} for a provider without (a second factor). */
    public String id() {
        return id;
    }

    /** The data as it would be stored: ids and tokens of an exchange are in it, codes are not. */
    public Obj authData() {
        return authData;
    }

    /** @throws ParseException as the adapter refuses; 141 when it fails in another way */
    public Outcome validate(AuthAttempt attempt) {
        try {
            return adapter.validate(authData, attempt);
        } catch (ParseException refusal) {
            String user = attempt.user() == null ? null : attempt.user().objectId();
            log.error(
                    "Failed running auth step " + attempt.kind() + " for " + provider + " for user " + user + ": "
                            + refusal.getMessage(),
                    Map.of("provider", provider));
            throw refusal;
        } catch (RuntimeException defect) {
            throw failed(provider, defect, log);
        }
    }

    /** An adapter of somebody else may throw anything; the client learns that it failed, the log learns why. */
    static ParseException failed(String provider, RuntimeException defect, Log log) {
        log.error("Auth provider " + provider + " failed", defect);
        return new ParseException(ErrorCode.SCRIPT_FAILED, "Auth failed. Unknown error.");
    }

    /** Without the data. */
    @Override
    public String toString() {
        return "Claim[" + provider + "]";
    }
}
