package dev.kami.parse.account;

import dev.kami.parse.auth.Caller;
import dev.kami.parse.session.CreatedWith;
import dev.kami.parse.value.ParseObject;

/**
 * What the functions of the options {@code verifyUserEmails} and {@code preventLoginWithUnverifiedEmail} are asked with.
 *
 * @param original the user before the change, {@code null} for a new one and at log-in
 * @param object the user, without password and internal fields
 * @param resendRequest the user asks for the mail again
 * @param createdWith at sign-up and log-in, otherwise {@code null}
 */
public record VerificationRequest(
        ParseObject original,
        ParseObject object,
        boolean master,
        String ip,
        String installationId,
        boolean resendRequest,
        CreatedWith createdWith) {

    public static VerificationRequest of(
            ParseObject original, ParseObject object, Caller caller, CreatedWith createdWith) {
        return new VerificationRequest(
                original == null ? null : shown(original),
                shown(object),
                caller.auth().isMaster(),
                caller.info().ip(),
                caller.info().installationId(),
                false,
                createdWith);
    }

    public static VerificationRequest resend(ParseObject user, Caller caller) {
        return new VerificationRequest(
                null,
                shown(user),
                caller.auth().isMaster(),
                caller.info().ip(),
                caller.info().installationId(),
                true,
                null);
    }

    private static ParseObject shown(ParseObject user) {
        return user.retain(field -> field.charAt(0) != '_' && !field.equals("password"));
    }
}
