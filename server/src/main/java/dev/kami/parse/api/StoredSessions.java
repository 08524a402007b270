package dev.kami.parse.api;

import dev.kami.parse.auth.Auth;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.session.Sessions;

/** Session tokens as the database knows them. */
public final class StoredSessions implements SessionResolver {
    private final Sessions sessions;

    public StoredSessions(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Auth.User resolve(String sessionToken, String installationId) {
        return sessions.resolve(sessionToken);
    }

    /** The stores of this server never held any. */
    @Override
    public Auth.User resolveLegacy(String sessionToken, String installationId) {
        throw new ParseException(ErrorCode.INVALID_SESSION_TOKEN, "invalid legacy session token");
    }
}
