package dev.kami.parse.auth;

import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue.Obj;

/**
 * The circumstances under which a provider's data is checked.
 *
 * @param user the user who was found by the data or who is being changed; {@code null} at sign-up
 * @param stored what that user has stored for the provider; empty when nothing
 * @param master whether the master key came with the request
 */
public record AuthAttempt(Kind kind, ParseObject user, Obj stored, RequestInfo info, boolean master) {
    public enum Kind {
        /** The provider is new: a sign-up, or an account that links it. */
        SET_UP,
        /** Nobody is logged in, and the user has the provider. */
        LOGIN,
        /** The user, or the master key for him, changes what is stored. */
        UPDATE
    }

    /**
     * @param user found by the data, or the one being changed, with {@code authData}; {@code null} at sign-up
     */
    public static AuthAttempt of(String provider, ParseObject user, Caller caller) {
        boolean master = caller.auth().isMaster();
        Obj stored = user != null && user.get("authData") instanceof Obj all && all.get(provider) instanceof Obj own
                ? own
                : Obj.EMPTY;
        boolean loggedIn = user != null
                && (master
                        || user.objectId() != null
                                && user.objectId().equals(caller.auth().userId()));
        Kind kind;
        if (stored.isEmpty()) {
            kind = Kind.SET_UP;
        } else {
            kind = loggedIn ? Kind.UPDATE : Kind.LOGIN;
        }
        return new AuthAttempt(kind, user, stored, caller.info(), master);
    }
}
