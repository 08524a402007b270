package dev.kami.parse.api;

import dev.kami.parse.auth.Auth;
import dev.kami.parse.query.Query;
import dev.kami.parse.query.QueryParser;
import dev.kami.parse.rest.FindResult;
import dev.kami.parse.rest.Operations;
import dev.kami.parse.rest.WriteResult;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;

/** The five things that can be done with the objects of a class, as requests and answers. */
final class ObjectHandlers {
    private final Operations operations;
    private final QueryParser parser;

    ObjectHandlers(Operations operations, QueryParser parser) {
        this.operations = operations;
        this.parser = parser;
    }

    FindResult results(ApiRequest request, String className) {
        Query query = parser.find(className, request.params(), trusted(request));
        return operations.find(request.caller(), query);
    }

    ApiResponse find(ApiRequest request, String className) {
        return answer(results(request, className));
    }

    static ApiResponse answer(FindResult found) {
        return ApiResponse.ok(out -> {
            out.startObject().name("results");
            if (found.explained() != null) {
                out.value(found.explained());
            } else {
                out.startArray();
                found.results().forEach(object -> object.writeTo(out));
                out.endArray();
            }
            if (found.count() != null) {
                out.name("count").number(found.count());
            }
            out.endObject();
        });
    }

    ParseObject object(ApiRequest request, String className) {
        Query query = parser.get(className, request.variable("objectId"), request.params(), trusted(request));
        return operations.get(request.caller(), query);
    }

    ApiResponse get(ApiRequest request, String className) {
        ParseObject object = object(request, className);
        ParseObject sent = className.equals("_User") ? withOwnToken(object, request.auth()) : object;
        return ApiResponse.ok(sent::writeTo);
    }

    /** Users see no session token but their own, and that of this very session. */
    private static ParseObject withOwnToken(ParseObject user, Auth auth) {
        return auth instanceof Auth.User(ParseObject me, String sessionToken, var _)
                        && me.objectId().equals(user.objectId())
                ? user.with("sessionToken", new Str(sessionToken))
                : user.without("sessionToken");
    }

    ApiResponse create(ApiRequest request, String className) {
        return answer(operations.create(request.caller(), className, request.body()));
    }

    ApiResponse update(ApiRequest request, String className) {
        return answer(operations.update(request.caller(), className, request.variable("objectId"), request.body()));
    }

    static ApiResponse answer(WriteResult written) {
        Obj body = written.body();
        ApiResponse response = ApiResponse.json(written.status(), out -> out.value(body));
        return written.location() == null ? response : response.withHeader("Location", written.location());
    }

    ApiResponse delete(ApiRequest request, String className) {
        operations.delete(request.caller(), className, request.variable("objectId"));
        return ApiResponse.empty();
    }

    private static boolean trusted(ApiRequest request) {
        return request.auth().seesEverything();
    }
}
