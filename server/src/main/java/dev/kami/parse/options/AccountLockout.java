package dev.kami.parse.options;

import java.time.Duration;
import java.util.Optional;

/**
 * The option {@code accountLockout}.
 *
 * @param threshold failed log-ins that lock an account
 * @param duration how long it stays locked
 */
public record AccountLockout(int threshold, Duration duration, boolean unlockOnPasswordReset) {
    /** Empty when the option is not set. */
    public static Optional<AccountLockout> of(Options options) {
        if (options.get(UserOptions.ACCOUNT_LOCKOUT) == null) {
            return Optional.empty();
        }
        double minutes = options.get(UserOptions.ACCOUNT_LOCKOUT_DURATION);
        return Optional.of(new AccountLockout(
                options.get(UserOptions.ACCOUNT_LOCKOUT_THRESHOLD),
                Duration.ofMillis(Math.round(minutes * 60_000)),
                options.is(UserOptions.ACCOUNT_LOCKOUT_UNLOCK_ON_PASSWORD_RESET)));
    }
}
