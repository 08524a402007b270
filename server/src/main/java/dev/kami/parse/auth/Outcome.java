package dev.kami.parse.auth;

import dev.kami.parse.error.ParseException;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;

/**
 * What a provider decided about data that is genuine.
 *
 * <p>Single-use values (recovery codes, codes sent by SMS) are used up by {@code save} lacking them. Whoever stores it must
 * make the update conditional on the values that change, or two requests could use the same one.
 *
 * @param save what is stored as {@code authData.<provider>}; {@code null} leaves the stored data as it is
 * @param response for the client, as {@code authDataResponse.<provider>}; {@code null} for none
 * @param refusal how the request ends after {@code save} was stored with all rights; {@code null} when it goes on
 */
public record Outcome(Obj save, ParseValue response, ParseException refusal) {
    private static final Outcome UNCHANGED = new Outcome(null, null, null);

    public static Outcome store(Obj authData) {
        return new Outcome(authData, null, null);
    }

    /** Genuine, and nothing to store. */
    public static Outcome unchanged() {
        return UNCHANGED;
    }

    /** Something must be remembered although the request is refused: a code was sent, now the client must come back. */
    public static Outcome storeAndRefuse(Obj authData, ParseException refusal) {
        return new Outcome(authData, null, refusal);
    }

    public Outcome withResponse(ParseValue answer) {
        return new Outcome(save, answer, refusal);
    }

    /** Data of log-ins is not for log lines. */
    @Override
    public String toString() {
        return "Outcome[" + (save == null ? "unchanged" : "store") + (refusal == null ? "" : ", refuse") + "]";
    }
}
