package dev.kami.parse.account;

import dev.kami.parse.options.Options;
import dev.kami.parse.options.UserOptions;

/**
 * The options about writing users.
 *
 * @param privateUsers new users cannot be read by everybody
 * @param revokeSessions a new password ends all sessions of the user
 */
public record UserSettings(
        boolean privateUsers, boolean lowerCaseUsername, boolean lowerCaseEmail, boolean revokeSessions) {

    public static UserSettings from(Options options) {
        return new UserSettings(
                options.is(UserOptions.ENFORCE_PRIVATE_USERS),
                options.is(UserOptions.CONVERT_USERNAME_TO_LOWERCASE),
                options.is(UserOptions.CONVERT_EMAIL_TO_LOWERCASE),
                options.is(UserOptions.REVOKE_SESSION_ON_PASSWORD_RESET));
    }
}
