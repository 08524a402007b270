package dev.kami.parse.user;

import dev.kami.parse.account.AccountActions;
import dev.kami.parse.auth.Auth;
import dev.kami.parse.auth.Caller;
import dev.kami.parse.auth.RequestInfo;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;

/** What the pages behind the links in mails do. */
public final class MailedLinks implements AccountActions {
    private final EmailConfirmations confirmations;
    private final PasswordResets resets;

    public MailedLinks(EmailConfirmations confirmations, PasswordResets resets) {
        this.confirmations = confirmations;
        this.resets = resets;
    }

    @Override
    public boolean verifyEmail(String token) {
        return confirmations.confirm(token);
    }

    @Override
    public boolean resendVerification(String username, String token, RequestInfo info) {
        return confirmations.resend(username, token, new Caller(Auth.NOBODY, info));
    }

    @Override
    public boolean checkResetToken(String token) {
        try {
            resets.owner(token);
            return true;
        } catch (ParseException e) {
            if (e.code() == ErrorCode.OTHER_CAUSE) {
                return false; // the page says that the link is no longer good; why does not matter
            }
            throw e;
        }
    }

    @Override
    public void resetPassword(String token, String newPassword) {
        resets.reset(token, newPassword);
    }
}
