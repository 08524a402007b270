package dev.kami.parse.account;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.options.OptionsException;
import dev.kami.parse.options.PasswordPolicy;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.Str;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The option {@code passwordPolicy}: what a new password must look like, which ones may not come back, how long one is
 * good. Without the option every password is.
 */
public final class PasswordRules {
    private final Optional<PasswordPolicy> policy;
    private final Predicate<String> pattern;
    private final Predicate<String> callback;
    private final Passwords passwords;

    /** @throws OptionsException when the pattern is no regular expression */
    public PasswordRules(Optional<PasswordPolicy> policy, Passwords passwords) {
        this.policy = policy;
        this.pattern = policy.map(PasswordPolicy::validatorPattern)
                .map(PasswordRules::pattern)
                .orElse(null);
        this.callback = policy.map(PasswordPolicy::validatorCallback)
                .map(PasswordRules::callback)
                .orElse(null);
        this.passwords = passwords;
    }

    private static Predicate<String> pattern(String text) {
        try {
            return Pattern.compile(text).asPredicate();
        } catch (PatternSyntaxException e) {
            throw new OptionsException(
                    "Option passwordPolicy.validatorPattern is not a regular expression: " + e.getDescription() + ".");
        }
    }

    @SuppressWarnings("unchecked") // given in code; a predicate of anything else fails with its first password
    private static Predicate<String> callback(Object given) {
        if (given instanceof Predicate<?> function) {
            return (Predicate<String>) function;
        }
        throw new OptionsException("Option passwordPolicy.validatorCallback must be a Predicate<String>.");
    }

    /** Whether the name of the user is needed for {@link #check}. */
    public boolean asksForUsername() {
        return policy.isPresent() && policy.get().doNotAllowUsername();
    }

    /**
     * @param username may be {@code null} when there is none
     * @throws ParseException 142
     */
    public void check(String password, String username) {
        if (pattern != null && !pattern.test(password) || callback != null && !callback.test(password)) {
            String own = policy.orElseThrow().validationError();
            throw refused(
                    own == null || own.isEmpty() ? "Password does not meet the Password Policy requirements." : own);
        }
        if (asksForUsername() && username != null && !username.isEmpty() && password.contains(username)) {
            throw refused("Password cannot contain your username.");
        }
    }

    private static ParseException refused(String text) {
        return new ParseException(ErrorCode.VALIDATION_ERROR, text);
    }

    /** Whether old passwords are kept, so that the stored user is needed for {@link #checkHistory}. */
    public boolean keepsHistory() {
        return policy.isPresent() && policy.get().maxPasswordHistory() > 0;
    }

    /**
     * @param user as stored, with internal fields
     * @throws ParseException 142 when the password is the present one or one of the last
     */
    public void checkHistory(String password, ParseObject user) {
        int remembered = policy.orElseThrow().maxPasswordHistory();
        List<String> old = new ArrayList<>(history(user));
        old = old.subList(0, Math.min(old.size(), remembered - 1));
        for (String hash : old) {
            refuseIfSame(password, hash, remembered);
        }
        if (user.get("_hashed_password") instanceof Str(String hash)) {
            refuseIfSame(password, hash, remembered);
        }
    }

    private void refuseIfSame(String password, String hash, int remembered) {
        if (passwords.matches(password, hash)) {
            throw refused("New password should not be the same as last " + remembered + " passwords.");
        }
    }

    /**
     * Field {@code _password_history} once the present password is an old one: the last n-1, oldest first.
     *
     * @param user as stored before the change
     */
    public ParseValue historyAfter(ParseObject user) {
        int remembered = policy.orElseThrow().maxPasswordHistory();
        var hashes = new ArrayList<>(history(user));
        while (hashes.size() > Math.max(0, remembered - 2)) {
            hashes.removeFirst();
        }
        if (user.get("_hashed_password") instanceof Str(String present)) {
            hashes.add(present);
        }
        return new Array(hashes.stream().<ParseValue>map(Str::new).toList());
    }

    private static List<String> history(ParseObject user) {
        if (!(user.get("_password_history") instanceof Array(var items))) {
            return List.of();
        }
        return items.stream()
                .filter(Str.class::isInstance)
                .map(item -> ((Str) item).value())
                .toList();
    }

    /** Whether it matters when a password was set, field {@code _password_changed_at}. */
    public boolean passwordsExpire() {
        return policy.isPresent() && policy.get().maxPasswordAge() != null;
    }

    /**
     * @param user as stored; one without {@code _password_changed_at} counts from now on
     * @throws ParseException 101 when the password is too old to log in with
     */
    public void checkAge(ParseObject user, long now) {
        if (user.get("_password_changed_at") instanceof Date(long changed)
                && changed + policy.orElseThrow().maxPasswordAge().toMillis() < now) {
            throw new ParseException(
                    ErrorCode.OBJECT_NOT_FOUND, "Your password has expired. Please reset your password.");
        }
    }
}
