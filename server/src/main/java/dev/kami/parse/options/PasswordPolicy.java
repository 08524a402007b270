package dev.kami.parse.options;

import java.time.Duration;
import java.util.Optional;

/**
 * The option {@code passwordPolicy}.
 *
 * @param validatorPattern regular expression (JavaScript syntax) a password must match, or null
 * @param validatorCallback function given in code, or null
 * @param validationError text for a password that breaks the rules, or null for the standard text
 * @param maxPasswordAge after which a password must be changed, or null
 * @param maxPasswordHistory how many last passwords may not come back; 0 for none
 * @param resetTokenValidity life of a reset token, or null for ever
 */
public record PasswordPolicy(
        String validatorPattern,
        Object validatorCallback,
        String validationError,
        boolean doNotAllowUsername,
        Duration maxPasswordAge,
        int maxPasswordHistory,
        Duration resetTokenValidity,
        boolean resetTokenReuseIfValid,
        boolean resetPasswordSuccessOnInvalidEmail) {

    /** Empty when the option is not set. */
    public static Optional<PasswordPolicy> of(Options options) {
        if (options.get(UserOptions.PASSWORD_POLICY) == null) {
            return Optional.empty();
        }
        Double days = options.get(UserOptions.PASSWORD_POLICY_MAX_PASSWORD_AGE);
        Double seconds = options.get(UserOptions.PASSWORD_POLICY_RESET_TOKEN_VALIDITY_DURATION);
        return Optional.of(new PasswordPolicy(
                options.get(UserOptions.PASSWORD_POLICY_VALIDATOR_PATTERN),
                options.get(UserOptions.PASSWORD_POLICY_VALIDATOR_CALLBACK),
                options.get(UserOptions.PASSWORD_POLICY_VALIDATION_ERROR),
                options.is(UserOptions.PASSWORD_POLICY_DO_NOT_ALLOW_USERNAME),
                // 0 is unset, as in the npm server
                days == null || days == 0 ? null : Duration.ofMillis(Math.round(days * 86_400_000)),
                options.find(UserOptions.PASSWORD_POLICY_MAX_PASSWORD_HISTORY).orElse(0),
                seconds == null ? null : Duration.ofMillis(Math.round(seconds * 1000)),
                options.is(UserOptions.PASSWORD_POLICY_RESET_TOKEN_REUSE_IF_VALID),
                options.is(UserOptions.PASSWORD_POLICY_RESET_PASSWORD_SUCCESS_ON_INVALID_EMAIL)));
    }
}
