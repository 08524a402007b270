package dev.kami.parse.user;

import dev.kami.parse.account.Accounts;
import dev.kami.parse.account.EmailVerification;
import dev.kami.parse.account.VerificationRequest;
import dev.kami.parse.auth.Auth;
import dev.kami.parse.auth.Caller;
import dev.kami.parse.auth.RequestInfo;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.Compare;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.query.Constraint.Order;
import dev.kami.parse.rest.Operations;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.time.InstantSource;
import java.util.Optional;

/** What happens after the mail that asks to confirm an address: the link is opened, or the mail is wanted again. */
public final class EmailConfirmations {
    private static final String USER = "_User";
    private static final Obj DELETE = Obj.of("__op", new Str("Delete"));
    private static final Caller MAINTENANCE = new Caller(Auth.MAINTENANCE, RequestInfo.INTERNAL);

    private final Accounts accounts;
    private final EmailVerification verification;
    private final Operations operations;
    private final InstantSource clock;

    public EmailConfirmations(Accounts accounts, Operations operations, InstantSource clock) {
        this.accounts = accounts;
        this.verification = accounts.verification();
        this.operations = operations;
        this.clock = clock;
    }

    /** False when nobody has this token any more, or it has ended. */
    boolean confirm(String token) {
        if (!verification.isPossible()) {
            return false;
        }
        Constraint where = byToken(token);
        if (verification.expires()) {
            where = Constraint.and(
                    where,
                    new EqualTo("emailVerified", ParseValue.FALSE),
                    new Compare(EmailVerification.TOKEN_END, Order.GREATER, new Date(clock.millis())));
        }
        Optional<ParseObject> user = accounts.rows().first(USER, where);
        if (user.isEmpty()) {
            return false;
        }
        Obj changes = Obj.of(
                "emailVerified", ParseValue.TRUE, EmailVerification.TOKEN, DELETE, EmailVerification.TOKEN_END, DELETE);
        try {
            operations.update(MAINTENANCE, USER, user.get().objectId(), where, changes);
            return true;
        } catch (ParseException e) {
            if (e.code() == ErrorCode.OBJECT_NOT_FOUND) {
                return false; // the same link was faster
            }
            throw e;
        }
    }

    /** False when there is no such user, or nothing to confirm. */
    boolean resend(String username, String token, Caller caller) {
        if (username == null && token == null) {
            return false;
        }
        Constraint where;
        if (username == null) {
            where = byToken(token);
        } else {
            Constraint byName = new EqualTo("username", new Str(username));
            where = token == null ? byName : Constraint.and(byName, byToken(token));
        }
        Optional<ParseObject> user = accounts.rows().first(USER, where);
        if (user.isEmpty() || isConfirmed(user.get())) {
            return false;
        }
        send(user.get(), caller);
        return true;
    }

    /**
     * Sends the mail again. Whether there is such a user is not told, unless the option
     * {@code emailVerifySuccessOnInvalidEmail} says so.
     *
     * @param params {@code email}
     * @throws ParseException 1 when mails are not configured, 204 or 125 for an address that is missing or no text, 205 for
     *     an unknown one, -1 for one that is confirmed already
     */
    public void request(Caller caller, Obj params) {
        accounts.mails().requireConfigured();
        ParseValue email = params.get("email");
        if (!Credentials.isGiven(email)) {
            throw new ParseException(ErrorCode.EMAIL_MISSING, "you must provide an email");
        }
        if (!(email instanceof Str(String address))) {
            throw new ParseException(ErrorCode.INVALID_EMAIL_ADDRESS, "you must provide a valid email string");
        }
        Optional<ParseObject> user = accounts.rows().first(USER, new EqualTo("email", email));
        if (user.isEmpty()) {
            if (!verification.hidesUnknown()) {
                throw new ParseException(ErrorCode.EMAIL_NOT_FOUND, "No user found with email " + address);
            }
        } else if (isConfirmed(user.get())) {
            if (!verification.hidesUnknown()) {
                throw new ParseException(ErrorCode.OTHER_CAUSE, "Email " + address + " is already verified.");
            }
        } else {
            send(user.get(), caller);
        }
    }

    private static boolean isConfirmed(ParseObject user) {
        return ParseValue.TRUE.equals(user.get("emailVerified"));
    }

    private void send(ParseObject user, Caller caller) {
        boolean master = caller.auth().isMaster();
        if (verification.keepsToken(user)) {
            verification.send(user, master);
        } else if (verification.isWanted(() -> VerificationRequest.resend(user, caller))) {
            accounts.rows()
                    .update(USER, new EqualTo("objectId", user.get("objectId")), verification.newToken())
                    .ifPresent(ready -> verification.send(ready, master));
        }
    }

    private static Constraint byToken(String token) {
        return new EqualTo(EmailVerification.TOKEN, new Str(token));
    }
}
