package dev.kami.parse.account;

import dev.kami.parse.auth.RequestInfo;
import dev.kami.parse.error.ParseException;

/**
 * What the links in mails do to an account. Whoever holds the token is the owner; there is no other proof, so a token is
 * good once, ends, and is compared as plain text.
 *
 * <p>Safe for several threads. Tokens and passwords are never logged.
 */
public interface AccountActions {
    /**
     * Marks the e-mail address as verified and ends the token.
     *
     * @param token {@code _email_verify_token} from the link
     * @return false when no user has this token any more, when it is expired, and while users are not asked to verify
     * @throws ParseException when the change is refused, for example by a trigger
     */
    boolean verifyEmail(String token);

    /**
     * Sends the verification mail again, with a new token or the one that is still good.
     *
     * @param username {@code null} when the user is named by the token
     * @param token an earlier verification token, also an expired one; {@code null} when the user is named by the username
     * @param info of the request, for the functions that decide about mails
     * @return false when there is no such user or nothing to verify; pages may hide the difference
     * @throws ParseException when the change is refused
     */
    boolean resendVerification(String username, String token, RequestInfo info);

    /**
     * Looks whether a new password may be chosen; changes nothing.
     *
     * @param token {@code _perishable_token} from the link
     * @return false when no user has this token or it is expired
     */
    boolean checkResetToken(String token);

    /**
     * Sets the password, ends the token (conditional on it, so that only one of two requests at once succeeds), revokes
     * sessions and unlocks the account where the options say so.
     *
     * @param newPassword not empty
     * @throws ParseException with the text the page shows: {@code Failed to reset password: username / email / token is
     *     invalid}, {@code The password reset link has expired}, or that of the password policy
     */
    void resetPassword(String token, String newPassword);
}
