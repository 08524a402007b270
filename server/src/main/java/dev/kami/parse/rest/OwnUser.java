package dev.kami.parse.rest;

import dev.kami.parse.auth.Auth;
import dev.kami.parse.auth.Caller;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.query.Query;
import dev.kami.parse.session.Roles;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.List;

/** The answer to a log-in: the user, as he may see himself. */
final class OwnUser {
    private static final String USER = "_User";

    private final RestRead read;
    private final Roles roles;

    OwnUser(RestRead read, Roles roles) {
        this.read = read;
        this.roles = roles;
    }

    /**
     * When permissions keep even his own record from him, the id alone: the log-in is good, and what is stored is still
     * not shown. The master key sees all.
     *
     * @param user as stored
     * @param token of the session that has begun, {@code null} for none
     */
    ParseObject see(Caller caller, ParseObject user, String token) {
        Auth auth = caller.auth();
        if (!auth.seesEverything()) {
            auth = new Auth.User(user, token, roles.of(user.objectId()));
        }
        var query = Query.of(USER, new EqualTo("objectId", user.get("objectId")));
        List<ParseObject> seen;
        try {
            seen = read.get(caller.withAuth(auth), query);
        } catch (ParseException notPermitted) {
            seen = List.of();
        }
        return seen.isEmpty() ? ParseObject.of(USER, Obj.of("objectId", user.get("objectId"))) : seen.getFirst();
    }
}
