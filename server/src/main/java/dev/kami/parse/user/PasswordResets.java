package dev.kami.parse.user;

import dev.kami.parse.account.Accounts;
import dev.kami.parse.auth.Caller;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.op.FieldOp;
import dev.kami.parse.options.PasswordPolicy;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.Compare;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.query.Constraint.Exists;
import dev.kami.parse.query.Constraint.Order;
import dev.kami.parse.rest.Operations;
import dev.kami.parse.value.ObjectIds;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * A new password for who has forgotten the old one: a mail with a token, then the token with a password.
 *
 * <p>A token ({@code _perishable_token}) is good once: the password is written on condition that the user still has it,
 * and writing a password takes it away. So does every other change of the password or the address.
 */
public final class PasswordResets {
    private static final String USER = "_User";
    private static final String TOKEN = "_perishable_token";
    private static final String TOKEN_END = "_perishable_token_expires_at";
    private static final int TOKEN_LENGTH = 25;

    private final Accounts accounts;
    private final Operations operations;
    private final Optional<Duration> validity;
    private final boolean reuse;
    private final boolean hideUnknown;
    private final InstantSource clock;
    private final ObjectIds ids;

    public PasswordResets(
            Accounts accounts,
            Operations operations,
            Optional<PasswordPolicy> policy,
            InstantSource clock,
            ObjectIds ids) {
        this.accounts = accounts;
        this.operations = operations;
        this.validity = policy.map(PasswordPolicy::resetTokenValidity).filter(Duration::isPositive);
        this.reuse = policy.map(PasswordPolicy::resetTokenReuseIfValid).orElse(false);
        this.hideUnknown =
                policy.map(PasswordPolicy::resetPasswordSuccessOnInvalidEmail).orElse(true);
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * Sends the mail. That nobody has the address is not told, unless the option
     * {@code passwordPolicy.resetPasswordSuccessOnInvalidEmail} says so.
     *
     * @param params {@code email}, which may be a username that is an address, or {@code token} of a reset that has expired
     * @throws ParseException 1 when mails are not configured, 204, 125 or 162 for what is missing or no text, 101 for an
     *     unknown address
     */
    public void request(Obj params) {
        accounts.mails().requireConfigured();
        ParseValue email = params.get("email");
        ParseValue token = params.get("token");
        if (!Credentials.isGiven(email) && !Credentials.isGiven(token)) {
            throw new ParseException(ErrorCode.EMAIL_MISSING, "you must provide an email");
        }
        ParseValue address = email;
        if (Credentials.isGiven(token)) {
            if (!(token instanceof Str(String text))) {
                throw new ParseException(ErrorCode.INVALID_VALUE, "token must be a string");
            }
            address = addressOfExpired(text).orElse(email);
        }
        if (!(address instanceof Str(String text))) {
            throw new ParseException(ErrorCode.INVALID_EMAIL_ADDRESS, "you must provide a valid email string");
        }
        Optional<ParseObject> user = find(text);
        if (user.isPresent()) {
            send(user.get());
        } else if (!hideUnknown) {
            throw new ParseException(ErrorCode.OBJECT_NOT_FOUND, "A user with that email does not exist.");
        }
    }

    private Optional<ParseValue> addressOfExpired(String token) {
        Constraint expired = new Compare(TOKEN_END, Order.LESS, new Date(clock.millis()));
        return accounts.rows()
                .first(USER, Constraint.and(byToken(token), expired))
                .map(user -> user.get("email"));
    }

    /** By address; a user without one by a name that is one. Each is found by an index. */
    private Optional<ParseObject> find(String address) {
        var text = new Str(address);
        Optional<ParseObject> byEmail = accounts.rows().first(USER, new EqualTo("email", text));
        return byEmail.isPresent()
                ? byEmail
                : accounts.rows()
                        .first(USER, Constraint.and(new EqualTo("username", text), new Exists("email", false)));
    }

    private void send(ParseObject user) {
        boolean stillGood = reuse
                && validity.isPresent()
                && user.get(TOKEN) instanceof Str
                && user.get(TOKEN_END) instanceof Date(long end)
                && clock.millis() < end;
        ParseObject ready = stillGood ? user : withNewToken(user);
        if (ready != null && ready.get(TOKEN) instanceof Str(String token)) {
            accounts.mails().sendPasswordReset(ready, token);
        }
    }

    /** {@code null} when the user is gone. */
    private ParseObject withNewToken(ParseObject user) {
        var ops = new LinkedHashMap<String, FieldOp>();
        ops.put(TOKEN, new FieldOp.Set(new Str(ids.next(TOKEN_LENGTH))));
        ops.put(
                TOKEN_END,
                validity.<FieldOp>map(life -> new FieldOp.Set(new Date(clock.millis() + life.toMillis())))
                        .orElse(new FieldOp.Delete()));
        return accounts.rows()
                .update(USER, new EqualTo("objectId", user.get("objectId")), ops)
                .orElse(null);
    }

    /**
     * Who may choose a new password.
     *
     * @throws ParseException -1 with the text for the page
     */
    ParseObject owner(String token) {
        ParseObject user = accounts.rows().first(USER, byToken(token)).orElseThrow(PasswordResets::invalid);
        if (validity.isPresent() && user.get(TOKEN_END) instanceof Date(long end) && end < clock.millis()) {
            throw new ParseException(ErrorCode.OTHER_CAUSE, "The password reset link has expired");
        }
        return user;
    }

    /**
     * Sets the password by all the rules for passwords, ends the sessions and opens a locked account where the options say
     * so.
     *
     * @throws ParseException -1 as {@link #owner}, 142 for a password against the policy
     */
    void reset(String token, String password) {
        String userId = owner(token).objectId();
        try {
            operations.update(Caller.SERVER, USER, userId, byToken(token), Obj.of("password", new Str(password)));
        } catch (ParseException e) {
            throw e.code() == ErrorCode.OBJECT_NOT_FOUND ? invalid() : e;
        }
        accounts.lockout().passwordWasReset(userId);
    }

    private static ParseException invalid() {
        return new ParseException(
                ErrorCode.OTHER_CAUSE, "Failed to reset password: username / email / token is invalid");
    }

    private static Constraint byToken(String token) {
        return new EqualTo(TOKEN, new Str(token));
    }
}
