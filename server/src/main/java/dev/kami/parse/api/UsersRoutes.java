package dev.kami.parse.api;

import dev.kami.parse.auth.Auth;
import dev.kami.parse.auth.AuthAdapters;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.query.Query;
import dev.kami.parse.query.QueryParser;
import dev.kami.parse.rest.Operations;
import dev.kami.parse.session.Sessions;
import dev.kami.parse.user.LogIn;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Bool;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.util.LinkedHashMap;

/** {@code /users}, {@code /login} and {@code /logout}: signing up is creating a user. */
public final class UsersRoutes implements Routes {
    private static final String CLASS = "_User";

    private final ObjectHandlers objects;
    private final Operations operations;
    private final LogIn logIn;
    private final Sessions sessions;

    public UsersRoutes(Operations operations, QueryParser parser, LogIn logIn, Sessions sessions) {
        this.objects = new ObjectHandlers(operations, parser);
        this.operations = operations;
        this.logIn = logIn;
        this.sessions = sessions;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("GET", "/users", request -> objects.find(request, CLASS));
        table.add("POST", "/users", request -> objects.create(request, CLASS));
        table.add("GET", "/users/me", this::me);
        table.add("GET", "/users/:objectId", request -> objects.get(request, CLASS));
        table.add("PUT", "/users/:objectId", request -> objects.update(request, CLASS));
        table.add("DELETE", "/users/:objectId", request -> objects.delete(request, CLASS));
        table.add("GET", "/login", this::logIn);
        table.add("POST", "/login", this::logIn);
        table.add("POST", "/loginAs", this::logInAs);
        table.add("POST", "/logout", this::logOut);
        table.add("GET", "/verifyPassword", this::verifyPassword);
        table.add("POST", "/verifyPassword", this::verifyPassword);
    }

    private ApiResponse me(ApiRequest request) {
        if (!(request.auth() instanceof Auth.User(ParseObject user, String _, var _))) {
            throw ParseException.denied(ErrorCode.INVALID_SESSION_TOKEN, "Invalid session token");
        }
        var where = new EqualTo("objectId", new Str(user.objectId()));
        try {
            return ApiResponse.ok(operations.get(request.caller(), Query.of(CLASS, where))::writeTo);
        } catch (ParseException e) {
            if (e.code() == ErrorCode.OBJECT_NOT_FOUND && !e.sanitizable()) {
                throw ParseException.denied(ErrorCode.INVALID_SESSION_TOKEN, "Invalid session token");
            }
            throw e;
        }
    }

    private ApiResponse logIn(ApiRequest request) {
        return ApiResponse.ok(logIn.logIn(request.caller(), credentials(request), authData(request))::writeTo);
    }

    private ApiResponse verifyPassword(ApiRequest request) {
        return ApiResponse.ok(logIn.verifyPassword(request.caller(), credentials(request))::writeTo);
    }

    /** Of the body only: what proves somebody's identity does not belong into addresses. */
    private static Obj authData(ApiRequest request) {
        return switch (request.body().get("authData")) {
            case null -> null;
            case ParseValue.Null() -> null;
            case Obj authData -> authData;
            default -> throw AuthAdapters.unsupported();
        };
    }

    /** The query string is only looked at when it brings a name that the body lacks. */
    private static Obj credentials(ApiRequest request) {
        boolean inQuery = !isGiven(request.body(), "username") && isGiven(request.query(), "username")
                || !isGiven(request.body(), "email") && isGiven(request.query(), "email");
        return inQuery ? asTexts(request.query()) : request.body();
    }

    private static boolean isGiven(Obj params, String name) {
        ParseValue value = params.get(name);
        return value != null && !(value instanceof Str(String text) && text.isEmpty());
    }

    /** In a query string {@code password=1234} is a text like any other. */
    private static Obj asTexts(Obj query) {
        var texts = new LinkedHashMap<>(query.fields());
        texts.replaceAll((_, value) -> value instanceof Num || value instanceof Bool ? new Str(value.toJson()) : value);
        return new Obj(texts);
    }

    private ApiResponse logInAs(ApiRequest request) {
        ParseValue userId = request.body().has("userId")
                ? request.body().get("userId")
                : request.query().get("userId");
        String id = userId instanceof Num ? userId.toJson() : userId instanceof Str(String text) ? text : null;
        return ApiResponse.ok(logIn.logInAs(request.caller(), id)::writeTo);
    }

    private ApiResponse logOut(ApiRequest request) {
        if (request.auth() instanceof Auth.User(var _, String token, var _) && token != null) {
            sessions.end(token);
        }
        return ApiResponse.empty();
    }
}
