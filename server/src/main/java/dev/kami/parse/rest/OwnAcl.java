package dev.kami.parse.rest;

import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;

/** The ACL of a user: a user always keeps the own record, and shares it with nobody unless the options or the user say so. */
final class OwnAcl {
    private static final Obj READ = Obj.of("read", ParseValue.TRUE);
    private static final Obj READ_AND_WRITE = Obj.of("read", ParseValue.TRUE, "write", ParseValue.TRUE);

    private final boolean privateUsers;

    OwnAcl(boolean privateUsers) {
        this.privateUsers = privateUsers;
    }

    void run(WriteState write) {
        if (!write.className.equals("_User")) {
            return;
        }
        if (write.creating) {
            Obj acl = write.acl;
            if (acl == null) {
                acl = privateUsers ? Obj.EMPTY : Obj.of("*", READ);
            }
            write.acl = acl.with(write.objectId, READ_AND_WRITE);
        } else if (write.acl != null && !write.auth().seesEverything()) {
            // The master key may take a user's own record away: that locks the account.
            write.acl = write.acl.with(write.objectId, READ_AND_WRITE);
        }
    }
}
