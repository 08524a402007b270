package dev.kami.parse.rest;

import dev.kami.parse.account.Accounts;
import dev.kami.parse.account.VerificationRequest;
import dev.kami.parse.auth.Caller;
import dev.kami.parse.session.CreatedWith;

/** Whoever signs up is logged in, unless the address must be confirmed first. Cloud Code signs up others, not itself. */
final class SessionToken {
    private final Accounts accounts;

    SessionToken(Accounts accounts) {
        this.accounts = accounts;
    }

    void run(WriteState write) {
        boolean forSomebodyElse = write.authProviders != null && write.auth().userId() != null;
        if (!write.className.equals("_User") || !write.creating || forSomebodyElse) {
            return;
        }
        if (accounts.verification()
                .needsConfirmation(() -> VerificationRequest.of(null, write.stored, write.caller, signUp(write)))) {
            write.unconfirmed = true;
            return;
        }
        create(accounts, write, createdWith(write));
    }

    static CreatedWith signUp(WriteState write) {
        return CreatedWith.signup(write.authProviders == null ? "password" : write.authProviders);
    }

    /** A provider's sign-up is called a log-in, as it always was: the client cannot know which of the two it is. */
    private static CreatedWith createdWith(WriteState write) {
        return write.authProviders == null ? signUp(write) : CreatedWith.login(write.authProviders);
    }

    static void create(Accounts accounts, WriteState write, CreatedWith createdWith) {
        if (begins(write.caller)) {
            write.sessionToken = accounts.sessions()
                    .create(write.objectId, createdWith, write.caller.info().installationId());
        }
    }

    /** Not from Cloud Code, and not for a server with a key: somebody at a device wants to be logged in. */
    static boolean begins(Caller caller) {
        String installationId = caller.info().installationId();
        return installationId == null ? !caller.auth().seesEverything() : !installationId.equals("cloud");
    }
}
