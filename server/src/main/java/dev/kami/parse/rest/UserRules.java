package dev.kami.parse.rest;

import dev.kami.parse.account.Accounts;
import dev.kami.parse.account.LinkedAccounts;
import dev.kami.parse.account.PasswordRules;
import dev.kami.parse.account.UserSettings;
import dev.kami.parse.account.VerificationRequest;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.op.FieldOp;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.value.ObjectIds;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names, addresses and passwords of users. The password is checked first and hashed last: hashing is the dearest thing
 * that the server does, and a write that is refused shall not get it.
 */
final class UserRules {
    private static final String USER = UserAccess.USER;
    private static final int GENERATED_NAME = 25;
    private static final Pattern EMAIL = Pattern.compile("[^\n\r\u2028\u2029]+@[^\n\r\u2028\u2029]+");

    private final Accounts accounts;
    private final ObjectIds ids;

    UserRules(Accounts accounts, ObjectIds ids) {
        this.accounts = accounts;
        this.ids = ids;
    }

    void run(WriteState write) {
        if (!write.className.equals(USER)) {
            return;
        }
        if (!write.creating && UserAccess.isUnknown(write.auth())) {
            throw cannotModify(write.objectId);
        }
        UserSettings settings = accounts.settings();
        if (settings.lowerCaseUsername()) {
            lowerCase(write, "username");
        }
        if (settings.lowerCaseEmail()) {
            lowerCase(write, "email");
        }
        boolean hasPassword = write.ops.containsKey("password");
        String password = hasPassword ? password(write) : null;
        if (hasPassword) {
            checkPassword(write, password);
        }
        username(write);
        email(write);
        if (hasPassword) {
            write.ops.remove("password");
            write.ops.put(
                    "_hashed_password",
                    new FieldOp.Set(new Str(accounts.passwords().hash(password))));
            write.newPassword = true;
        }
        if (accounts.passwordRules().passwordsExpire() && (hasPassword || write.creating)) {
            write.ops.put("_password_changed_at", new FieldOp.Set(new Date(write.now)));
        }
    }

    static ParseException cannotModify(String userId) {
        return ParseException.denied(ErrorCode.SESSION_MISSING, "Cannot modify user " + userId + ".");
    }

    private static void lowerCase(WriteState write, String field) {
        String text = text(write, field);
        if (text != null) {
            write.ops.put(field, new FieldOp.Set(new Str(text.toLowerCase(Locale.ROOT))));
        }
    }

    private static String password(WriteState write) {
        String password = text(write, "password");
        if (password == null) {
            throw new ParseException(ErrorCode.PASSWORD_MISSING, "password is required");
        }
        return password;
    }

    private void checkPassword(WriteState write, String password) {
        PasswordRules rules = accounts.passwordRules();
        String username = text(write, "username");
        boolean remembers = !write.creating && rules.keepsHistory();
        boolean unnamed = !write.creating && rules.asksForUsername() && username == null;
        ParseObject before = remembers || unnamed ? stored(write) : null;
        if (unnamed && before.get("username") instanceof Str(String name)) {
            username = name;
        }
        rules.check(password, username);
        if (remembers) {
            rules.checkHistory(password, before);
            write.ops.put("_password_history", new FieldOp.Set(rules.historyAfter(before)));
        }
    }

    private ParseObject stored(WriteState write) {
        return accounts.rows()
                .first(USER, new EqualTo("objectId", new Str(write.objectId)))
                .orElseThrow(ParseException::objectNotFound);
    }

    private void username(WriteState write) {
        String username = text(write, "username");
        if (username != null && !username.isEmpty()) {
            if (isTaken("username", username, write.objectId)) {
                throw usernameTaken();
            }
        } else if (write.creating) {
            write.ops.put("username", new FieldOp.Set(new Str(ids.next(GENERATED_NAME))));
            write.changed.add("username");
        }
    }

    private void email(WriteState write) {
        String email = text(write, "email");
        if (email == null || email.isEmpty()) {
            return;
        }
        if (!EMAIL.matcher(email).matches()) {
            throw new ParseException(ErrorCode.INVALID_EMAIL_ADDRESS, "Email address format is invalid.");
        }
        if (isTaken("email", email, write.objectId)) {
            throw emailTaken();
        }
        boolean byProviderOnly = write.authProviders != null && !write.authProviders.equals("anonymous");
        if (!byProviderOnly && accounts.verification().isWanted(() -> request(write))) {
            write.ops.putAll(accounts.verification().newToken());
            write.sendsVerification = true;
        }
    }

    /** For functions that decide about mails: the user as this write would make him. */
    private VerificationRequest request(WriteState write) {
        ParseObject before = write.creating ? null : stored(write);
        ParseObject after = before == null ? ParseObject.of(USER, Obj.of("objectId", new Str(write.objectId))) : before;
        for (var op : write.ops.entrySet()) {
            if (op.getValue() instanceof FieldOp.Set(var value) && op.getKey().indexOf('.') < 0) {
                after = after.with(op.getKey(), value);
            }
        }
        return VerificationRequest.of(before, after, write.caller, write.creating ? SessionToken.signUp(write) : null);
    }

    private boolean isTaken(String field, String text, String ownId) {
        return accounts.rows().findIgnoringCase(USER, new EqualTo(field, new Str(text)), 2).stream()
                .anyMatch(other -> !other.objectId().equals(ownId));
    }

    /** The text that a field is set to, {@code null} when it is not set to a text. */
    private static String text(WriteState write, String field) {
        return write.ops.get(field) instanceof FieldOp.Set(Str(String text)) ? text : null;
    }

    /** What a unique index says, when two sign-ups were too close together for the search to see. */
    static ParseException answer(ParseException duplicate) {
        return switch (duplicate.field()) {
            case "username" -> usernameTaken();
            case "email" -> emailTaken();
            case String field when field.startsWith("_authData.") -> LinkedAccounts.alreadyUsed();
            case null, default -> duplicate;
        };
    }

    private static ParseException usernameTaken() {
        return new ParseException(ErrorCode.USERNAME_TAKEN, "Account already exists for this username.");
    }

    private static ParseException emailTaken() {
        return new ParseException(ErrorCode.EMAIL_TAKEN, "Account already exists for this email address.");
    }
}
