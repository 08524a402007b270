package dev.kami.parse.api;

import dev.kami.parse.auth.Auth;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;

/** Who stands behind a session token. */
public interface SessionResolver {
    /** A server without users: every token is unknown. */
    SessionResolver NONE = (_, _) -> {
        throw new ParseException(ErrorCode.INVALID_SESSION_TOKEN, "Invalid session token");
    };

    /**
     * @param installationId of the request, or {@code null}
     * @throws ParseException 209 {@code Invalid session token} when nobody has that token, or had it too long ago
     */
    Auth.User resolve(String sessionToken, String installationId);

    /** The same for a token of the time before sessions, which does not start with {@code r:}. */
    default Auth.User resolveLegacy(String sessionToken, String installationId) {
        return resolve(sessionToken, installationId);
    }
}
