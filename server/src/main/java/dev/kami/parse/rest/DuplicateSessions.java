package dev.kami.parse.rest;

import dev.kami.parse.op.FieldOp;
import dev.kami.parse.session.Sessions;
import dev.kami.parse.value.ParseValue.Pointer;
import dev.kami.parse.value.ParseValue.Str;

/** One installation has one session of a user: a new one ends the others. */
final class DuplicateSessions {
    private final Sessions sessions;

    DuplicateSessions(Sessions sessions) {
        this.sessions = sessions;
    }

    void run(WriteState write) {
        if (write.className.equals("_Session")
                && write.creating
                && write.ops.get("user") instanceof FieldOp.Set(Pointer(var _, String userId))
                && write.ops.get("installationId") instanceof FieldOp.Set(Str(String installationId))
                && !installationId.isEmpty()) {
            String token = write.ops.get("sessionToken") instanceof FieldOp.Set(Str(String text)) ? text : "";
            sessions.endOthers(userId, installationId, token);
        }
    }
}
