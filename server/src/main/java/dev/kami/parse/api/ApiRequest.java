package dev.kami.parse.api;

import dev.kami.parse.auth.Auth;
import dev.kami.parse.auth.Caller;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request whose keys have been checked.
 *
 * @param method GET, POST, PUT or DELETE, after {@code _method}
 * @param path below the mount path, starting with {@code /}
 * @param variables values of {@code :name} parts of the route's pattern, URL-decoded
 * @param query query string, every value JSON-decoded where it parses
 * @param body JSON body with the transport keys ({@code _ApplicationId} ...) removed; empty when there is none
 * @param bytes raw body for uploads, else {@code null}
 * @param headers all headers, names in lower case
 */
public record ApiRequest(
        String method,
        String path,
        Map<String, String> variables,
        Obj query,
        Obj body,
        byte[] bytes,
        Map<String, String> headers,
        Caller caller) {

    public String variable(String name) {
        return variables.get(name);
    }

    public Auth auth() {
        return caller.auth();
    }

    /** Body and query string together; the query string wins. */
    public Obj params() {
        if (query.isEmpty()) {
            return body;
        }
        if (body.isEmpty()) {
            return query;
        }
        var all = new LinkedHashMap<>(body.fields());
        all.putAll(query.fields());
        return new Obj(all);
    }

    /** @throws ParseException 403 {@code unauthorized: master key is required} for everybody else */
    public void requireMaster() {
        if (!auth().isMaster()) {
            throw ParseException.forbidden("unauthorized: master key is required");
        }
    }

    /**
     * Master key, and not the read-only one.
     *
     * @param action ends the sentence {@code read-only masterKey isn't allowed to ...}, for example {@code create a hook}
     */
    public void requireWritingMaster(String action) {
        requireMaster();
        if (auth().isReadOnly()) {
            throw ParseException.denied(
                    dev.kami.parse.error.ErrorCode.OPERATION_FORBIDDEN,
                    "read-only masterKey isn't allowed to " + action + ".");
        }
    }
}
