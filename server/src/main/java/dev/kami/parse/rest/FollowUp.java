package dev.kami.parse.rest;

import dev.kami.parse.account.Accounts;
import dev.kami.parse.value.ParseValue.Str;

/**
 * What follows from a write of a user, a session or a role: nothing that is remembered may be older than the write; a new
 * password ends the sessions that the old one had begun; a new address gets a mail.
 */
final class FollowUp {
    private final Accounts accounts;

    FollowUp(Accounts accounts) {
        this.accounts = accounts;
    }

    void run(WriteState write) {
        switch (write.className) {
            case "_User" -> {
                if (!write.creating) {
                    changed(write);
                }
                if (write.sendsVerification) {
                    accounts.verification().send(write.stored, write.auth().isMaster());
                }
            }
            case "_Role" -> accounts.roles().forget();
            case "_Session" -> {
                if (!write.creating && write.stored.get("sessionToken") instanceof Str(String token)) {
                    accounts.sessions().forget(token);
                }
            }
            default -> {}
        }
    }

    private void changed(WriteState write) {
        if (!write.newPassword) {
            accounts.sessions().forgetUser(write.objectId);
            return;
        }
        if (accounts.settings().revokeSessions()) {
            accounts.sessions().endAll(write.objectId);
        } else {
            accounts.sessions().forgetUser(write.objectId);
        }
        // Who changes the own password stays logged in; nobody gets a session of somebody else.
        if (write.objectId.equals(write.auth().userId())) {
            SessionToken.create(accounts, write, null);
        }
    }
}
