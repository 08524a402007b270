package dev.kami.parse.api;

import dev.kami.parse.auth.Auth;
import dev.kami.parse.auth.Caller;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.query.Query;
import dev.kami.parse.query.QueryParser;
import dev.kami.parse.rest.Operations;
import dev.kami.parse.session.CreatedWith;
import dev.kami.parse.session.Sessions;
import dev.kami.parse.value.ParseObject;

/** {@code /sessions}: everybody sees the own ones. */
public final class SessionsRoutes implements Routes {
    private static final String CLASS = "_Session";

    private final ObjectHandlers objects;
    private final Operations operations;
    private final Sessions sessions;

    public SessionsRoutes(Operations operations, QueryParser parser, Sessions sessions) {
        this.objects = new ObjectHandlers(operations, parser);
        this.operations = operations;
        this.sessions = sessions;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("GET", "/sessions", request -> objects.find(request, CLASS));
        table.add("POST", "/sessions", request -> objects.create(request, CLASS));
        table.add("GET", "/sessions/me", this::me);
        table.add("GET", "/sessions/:objectId", request -> objects.get(request, CLASS));
        table.add("PUT", "/sessions/:objectId", request -> objects.update(request, CLASS));
        table.add("DELETE", "/sessions/:objectId", request -> objects.delete(request, CLASS));
        table.add("POST", "/upgradeToRevocableSession", this::upgrade);
    }

    private ApiResponse me(ApiRequest request) {
        if (!(request.auth() instanceof Auth.User(var _, String token, var _)) || token == null) {
            throw new ParseException(ErrorCode.INVALID_SESSION_TOKEN, "Session token required.");
        }
        return ApiResponse.ok(
                session(request.caller(), token, ErrorCode.INVALID_SESSION_TOKEN, "Session token not found.")::writeTo);
    }

    /** A token of the time before sessions, or any other, becomes a session that can end. */
    private ApiResponse upgrade(ApiRequest request) {
        Caller caller = request.caller();
        if (!(caller.auth() instanceof Auth.User(ParseObject user, var _, var roles))) {
            throw new ParseException(ErrorCode.OBJECT_NOT_FOUND, "invalid session");
        }
        String token = sessions.create(
                user.objectId(), CreatedWith.UPGRADE, caller.info().installationId());
        Caller same = caller.withAuth(new Auth.User(user, token, roles));
        return ApiResponse.ok(
                session(same, token, ErrorCode.INTERNAL_SERVER_ERROR, "Failed to load upgraded session.")::writeTo);
    }

    /** As the caller may see it, which may be without its token. */
    private ParseObject session(Caller caller, String token, ErrorCode otherwise, String text) {
        ParseObject session = sessions.find(token).orElseThrow(() -> new ParseException(otherwise, text));
        return operations.get(caller, Query.of(CLASS, new EqualTo("objectId", session.get("objectId"))));
    }
}
