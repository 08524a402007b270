package dev.kami.parse.rest;

import dev.kami.parse.auth.Auth;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;

/** Users are changed and deleted by themselves, or with a key; what others hear is about their rights, not the object. */
final class UserAccess {
    static final String USER = "_User";

    private UserAccess() {}

    /** Neither logged in nor trusted. */
    static boolean isUnknown(Auth auth) {
        return auth.userId() == null && !auth.seesEverything();
    }

    /** @throws ParseException 206 where {@code work} finds no user that the caller may write */
    static void translate(String className, Auth auth, Runnable work) {
        try {
            work.run();
        } catch (ParseException e) {
            if (e.code() == ErrorCode.OBJECT_NOT_FOUND && className.equals(USER) && !auth.seesEverything()) {
                throw ParseException.denied(ErrorCode.SESSION_MISSING, "Insufficient auth.");
            }
            throw e;
        }
    }
}
