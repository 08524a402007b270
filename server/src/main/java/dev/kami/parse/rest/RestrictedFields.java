package dev.kami.parse.rest;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;

/** Fields of a user that only the server may set. */
final class RestrictedFields {
    private RestrictedFields() {}

    static void run(WriteState write) {
        if (write.className.equals("_User")
                && write.body.has("emailVerified")
                && !write.auth().seesEverything()) {
            throw ParseException.denied(
                    ErrorCode.OPERATION_FORBIDDEN, "Clients aren't allowed to manually update email verification.");
        }
    }
}
