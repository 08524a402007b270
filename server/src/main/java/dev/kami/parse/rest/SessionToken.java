package dev.kami.parse.rest;

import dev.kami.parse.account.Accounts;
import dev.kami.parse.session.CreatedWith;
import dev.kami.parse.value.ParseValue.Obj;

/** Whoever signs up is logged in, unless the address must be confirmed first. Cloud Code signs up others, not itself. */
final class SessionToken {
    private final Accounts accounts;

    SessionToken(Accounts accounts) {
        this.accounts = accounts;
    }

    void run(WriteState write) {
        if (!write.className.equals("_User")) {
            return;
        }
        boolean hasAuthData = write.body.has("authData");
        boolean linksOwn = hasAuthData && write.auth().userId() != null;
        if (!write.creating && !hasAuthData || linksOwn) {
            return;
        }
        if (accounts.verification().needsConfirmation(write.stored)) {
            write.unconfirmed = true;
            return;
        }
        create(accounts, write, createdWith(write));
    }

    private static CreatedWith createdWith(WriteState write) {
        return write.body.get("authData") instanceof Obj(var providers) && !providers.isEmpty()
                ? CreatedWith.login(String.join(",", providers.keySet()))
                : CreatedWith.signup("password");
    }

    static void create(Accounts accounts, WriteState write, CreatedWith createdWith) {
        String installationId = write.caller.info().installationId();
        if (!"cloud".equals(installationId)) {
            write.sessionToken = accounts.sessions().create(write.objectId, createdWith, installationId);
        }
    }
}
