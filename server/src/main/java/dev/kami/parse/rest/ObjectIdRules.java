package dev.kami.parse.rest;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Bool;
import dev.kami.parse.value.ParseValue.Null;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Str;

/** Whether a client may name the id of a new object. */
final class ObjectIdRules {
    private final boolean allowCustomObjectId;

    ObjectIdRules(boolean allowCustomObjectId) {
        this.allowCustomObjectId = allowCustomObjectId;
    }

    void run(WriteState write) {
        if (!write.creating) {
            return;
        }
        ParseValue id = write.body.get("objectId");
        // A user called role:x would have the rights of the role x.
        if (write.className.equals("_User") && id instanceof Str(String text) && text.startsWith("role:")) {
            throw ParseException.denied(ErrorCode.OPERATION_FORBIDDEN, "Invalid object ID.");
        }
        if (allowCustomObjectId) {
            if (id != null && !isGiven(id)) {
                throw new ParseException(ErrorCode.MISSING_OBJECT_ID, "objectId must not be empty, null or undefined");
            }
        } else if (isGiven(id)) {
            throw new ParseException(ErrorCode.INVALID_KEY_NAME, "objectId is an invalid field name.");
        } else if (isGiven(write.body.get("id"))) {
            throw new ParseException(ErrorCode.INVALID_KEY_NAME, "id is an invalid field name.");
        }
    }

    /** What JavaScript takes for true. */
    private static boolean isGiven(ParseValue value) {
        return switch (value) {
            case null -> false;
            case Null() -> false;
            case Str(String text) -> !text.isEmpty();
            case Num(double number) -> number != 0;
            case Bool(boolean yes) -> yes;
            default -> true;
        };
    }
}
