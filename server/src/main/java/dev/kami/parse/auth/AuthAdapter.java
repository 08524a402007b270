package dev.kami.parse.auth;

import dev.kami.parse.error.ParseException;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;

/**
 * One provider of third-party log-in, configured: checks what a client sends as {@code authData.<provider>}.
 *
 * <p>The order for one request is {@link #identify} (who does the client claim to be; may ask the provider), then a search
 * for the user with {@code authData.<provider>.id}, then {@link #validate}. An adapter may do its checks in either of the
 * two; both always run unless the client only sends back what is stored.
 *
 * <p>Implementations are used by many threads at once and may block. They answer a refusal with {@link ParseException}
 * and never put a secret or a token into its text. Options are checked when the adapter is opened, see
 * {@link AuthAdapterFactory}.
 */
public interface AuthAdapter extends AutoCloseable {
    /** What an account that has this provider needs at log-in. */
    enum Policy {
        /** One provider is enough, unless the user has one of {@link #ADDITIONAL}. */
        DEFAULT,
        /** Enough alone, even if the user has one of {@link #ADDITIONAL}. */
        SOLO,
        /** A second factor: a user who has set it up must give at least one of these besides. */
        ADDITIONAL
    }

    /** @param stored what the user has stored for this provider */
    default Policy policy(Obj stored) {
        return Policy.DEFAULT;
    }

    /**
     * The data with the {@code id} by which the user is found; here a code is exchanged for an access token and an id.
     * What must not be stored (the code, a password that was needed only here) is left out.
     *
     * @param authData as the client sent it: any keys, values of any type
     * @throws ParseException when the data cannot be that of anybody
     */
    default Obj identify(Obj authData) {
        return authData;
    }

    /**
     * Decides whether the data is genuine, and what is stored.
     *
     * @param authData what {@link #identify} returned
     * @throws ParseException when it is not
     */
    Outcome validate(Obj authData, AuthAttempt attempt);

    /**
     * A step before the log-in proper, such as a WebAuthn challenge.
     *
     * @param challengeData of this provider, as the client sent it
     * @param authData of this provider, or {@code null} when the client sent none
     * @return the answer for the client, {@code null} when this provider knows no challenges
     */
    default ParseValue challenge(ParseValue challengeData, Obj authData, AuthAttempt attempt) {
        return null;
    }

    /** What a client may see of the stored data; asked for each user that is read. */
    default Obj afterFind(Obj stored, Caller caller) {
        return stored;
    }

    @Override
    default void close() {}
}
