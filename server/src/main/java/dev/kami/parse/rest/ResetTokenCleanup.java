package dev.kami.parse.rest;

import dev.kami.parse.op.FieldOp;

/** A new password or address makes the links in old mails worthless. */
final class ResetTokenCleanup {
    private ResetTokenCleanup() {}

    static void run(WriteState write) {
        if (write.className.equals("_User")
                && !write.creating
                && (write.body.has("password") || write.body.has("email"))) {
            write.ops.putIfAbsent("_perishable_token", new FieldOp.Delete());
            write.ops.putIfAbsent("_perishable_token_expires_at", new FieldOp.Delete());
        }
    }
}
