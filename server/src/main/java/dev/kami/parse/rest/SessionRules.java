package dev.kami.parse.rest;

import dev.kami.parse.auth.Auth;
import dev.kami.parse.auth.Caller;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.session.CreatedWith;
import dev.kami.parse.session.Sessions;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Pointer;
import dev.kami.parse.value.ParseValue.Str;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Sessions written through the API. A user makes a session for nobody but himself, and what makes it a session is not his
 * to choose; he changes only own ones, and only what the server does not rely on.
 */
final class SessionRules {
    /** What a client may send for a new session and the server decides; silently left out. */
    private static final String[] DECIDED_BY_SERVER = {"objectId", "user", "sessionToken", "expiresAt", "createdWith"};

    private static final List<String> NEVER_CHANGED = List.of("installationId", "sessionToken");
    private static final List<String> CHANGED_BY_MASTER = List.of("expiresAt", "createdWith");

    private final Sessions sessions;
    private final BiFunction<Caller, Obj, WriteResult> create;

    /** @param create stores a session with all rights */
    SessionRules(Sessions sessions, BiFunction<Caller, Obj, WriteResult> create) {
        this.sessions = sessions;
        this.create = create;
    }

    void run(WriteState write) {
        if (!write.className.equals("_Session")) {
            return;
        }
        Auth auth = write.auth();
        if (auth.userId() == null && !auth.seesEverything()) {
            throw new ParseException(ErrorCode.INVALID_SESSION_TOKEN, "Session token required.");
        }
        if (write.body.has("ACL")) {
            throw new ParseException(ErrorCode.INVALID_KEY_NAME, "Cannot set ACL on a Session.");
        }
        if (write.creating) {
            if (!auth.seesEverything()) {
                write.result = created(write);
            }
            return;
        }
        checkFields(write);
        if (!auth.seesEverything()) {
            write.where = Constraint.and(write.where, RestRead.ownSession(auth));
        }
    }

    private WriteResult created(WriteState write) {
        var session = new LinkedHashMap<>(
                sessions.fields(write.auth().userId(), CreatedWith.CREATE).fields());
        session.putAll(write.body.without(DECIDED_BY_SERVER).fields());
        WriteResult stored = create.apply(write.caller.asMaster(), new Obj(session));
        session.put("objectId", stored.body().get("objectId"));
        return new WriteResult(201, new Obj(session), stored.location());
    }

    /** That a key is present counts, whatever its value. */
    private static void checkFields(WriteState write) {
        Auth auth = write.auth();
        ParseValue user = write.body.get("user");
        if (user != null && !auth.isMaster() && !isUser(user, auth.userId())) {
            throw refused("user");
        }
        for (String field : NEVER_CHANGED) {
            if (write.body.has(field)) {
                throw refused(field);
            }
        }
        for (String field : CHANGED_BY_MASTER) {
            if (write.body.has(field) && !auth.seesEverything()) {
                throw refused(field);
            }
        }
    }

    private static boolean isUser(ParseValue value, String userId) {
        return switch (value) {
            case Pointer(var _, String objectId) -> objectId.equals(userId);
            case Obj object -> object.get("objectId") instanceof Str(String objectId) && objectId.equals(userId);
            default -> false;
        };
    }

    private static ParseException refused(String field) {
        return new ParseException(ErrorCode.INVALID_KEY_NAME, "Invalid key name: " + field);
    }
}
