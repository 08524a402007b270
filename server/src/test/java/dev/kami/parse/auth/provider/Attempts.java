package dev.kami.parse.auth.provider;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kami.parse.auth.AuthAdapter;
import dev.kami.parse.auth.AuthAttempt;
import dev.kami.parse.auth.AuthAttempt.Kind;
import dev.kami.parse.auth.Outcome;
import dev.kami.parse.auth.ProviderSettings;
import dev.kami.parse.auth.RequestInfo;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.ParseValue.Obj;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** Short words for the tests of providers. */
final class Attempts {
    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private Attempts() {}

    static ProviderSettings settings(Map<String, ?> options) {
        return settings(options, () -> NOW);
    }

    static ProviderSettings settings(Map<String, ?> options, InstantSource clock) {
        return new ProviderSettings("test", options, true, clock);
    }

    static Obj obj(String json) {
        return (Obj) JsonReader.read(json);
    }

    static AuthAttempt attempt(Kind kind, Obj stored) {
        return new AuthAttempt(kind, null, stored, RequestInfo.INTERNAL, false);
    }

    /** A sign-up: identified, then validated; the result is what is stored. */
    static Obj signUp(AuthAdapter adapter, Obj authData) {
        Outcome outcome = adapter.validate(adapter.identify(authData), attempt(Kind.SET_UP, Obj.EMPTY));
        return outcome.save();
    }

    /** {@code "101 text"} of a sign-up that must be refused. */
    static String refusal(AuthAdapter adapter, Obj authData) {
        return refusal(() -> signUp(adapter, authData));
    }

    static String refusal(Runnable work) {
        ParseException refusal = catchThrowableOfType(ParseException.class, work::run);
        return refusal == null ? "not refused" : refusal.code().number() + " " + refusal.getMessage();
    }
}
