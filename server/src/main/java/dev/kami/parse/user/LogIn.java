package dev.kami.parse.user;

import dev.kami.parse.account.Accounts;
import dev.kami.parse.account.LinkedAccounts;
import dev.kami.parse.account.LinkedAccounts.Proof;
import dev.kami.parse.account.VerificationRequest;
import dev.kami.parse.auth.Auth;
import dev.kami.parse.auth.Caller;
import dev.kami.parse.auth.Claim;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.op.FieldOp;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.rest.Operations;
import dev.kami.parse.session.CreatedWith;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Who are you? The order of the checks is what a client learns: nothing about an account before its password is right,
 * and no answer that comes sooner because there is no such account.
 */
public final class LogIn {
    private static final String USER = "_User";

    private final Accounts accounts;
    private final Operations operations;
    private final InstantSource clock;

    public LogIn(Accounts accounts, Operations operations, InstantSource clock) {
        this.accounts = accounts;
        this.operations = operations;
        this.clock = clock;
    }

    /** 101, whatever was wrong. */
    static ParseException wrong() {
        return new ParseException(ErrorCode.OBJECT_NOT_FOUND, "Invalid username/password.");
    }

    /**
     * Begins a session.
     *
     * @param params {@code username} or {@code email} or both, {@code password}, {@code ignoreEmailVerification}
     * @param authData of further providers, a second factor above all; {@code null} for none
     * @return the user as he sees himself, with {@code sessionToken}, and {@code authDataResponse} when providers were asked
     * @throws ParseException 200, 201 for missing parameters, 101 for wrong ones, a locked account or a password that is
     *     too old, 205 for an address that is not confirmed, -1 for a missing second factor, as a provider refuses
     */
    public ParseObject logIn(Caller caller, Obj params, Obj authData) {
        ParseObject user = authenticated(caller, params);
        LinkedAccounts linked = accounts.linked();
        linked.requireAdditional(authData == null ? Obj.EMPTY : authData, user);
        Proof proof = authData == null ? null : prove(caller, user, authData);
        checkPasswordAge(user);
        if (proof == null) {
            return begun(caller, user, CreatedWith.login("password"));
        }
        linked.store(user, proof.save(), LinkedAccounts.unlinked(authData));
        return begun(caller, user, CreatedWith.login("password")).with("authDataResponse", proof.response());
    }

    /** What a log-in has to show is the same for everybody, the master key included. */
    private Proof prove(Caller caller, ParseObject user, Obj authData) {
        LinkedAccounts linked = accounts.linked();
        List<Claim> claims = linked.claims(authData);
        Proof proof = linked.prove(claims, user, caller.withAuth(Auth.NOBODY));
        if (linked.find(claims, true).stream()
                .anyMatch(other -> !other.objectId().equals(user.objectId()))) {
            throw LinkedAccounts.alreadyUsed();
        }
        return proof;
    }

    /** As {@link #logIn} without a session, and without regard to the age of the password. */
    public ParseObject verifyPassword(Caller caller, Obj params) {
        return operations.ownUser(caller, authenticated(caller, params), null);
    }

    /**
     * Begins a session of any user, for the master key.
     *
     * @throws ParseException 119 for everybody else, 162 without id, 101 {@code user not found}
     */
    public ParseObject logInAs(Caller caller, String userId) {
        if (!caller.auth().isMaster()) {
            throw ParseException.denied(ErrorCode.OPERATION_FORBIDDEN, "master key is required");
        }
        if (caller.auth().isReadOnly()) {
            throw ParseException.denied(
                    ErrorCode.OPERATION_FORBIDDEN, "read-only masterKey isn't allowed to login as another user.");
        }
        if (userId == null || userId.isEmpty()) {
            throw new ParseException(ErrorCode.INVALID_VALUE, "userId must not be empty, null, or undefined");
        }
        ParseObject user = accounts.rows()
                .first(USER, byId(userId))
                .orElseThrow(() -> new ParseException(ErrorCode.OBJECT_NOT_FOUND, "user not found"));
        return begun(caller, user, CreatedWith.login("masterkey"));
    }

    private ParseObject begun(Caller caller, ParseObject user, CreatedWith createdWith) {
        String token = accounts.sessions()
                .create(user.objectId(), createdWith, caller.info().installationId());
        return operations.ownUser(caller, user, token).with("sessionToken", new Str(token));
    }

    /** The stored user with these credentials, who may come in. */
    ParseObject authenticated(Caller caller, Obj params) {
        Credentials given = Credentials.of(params);
        Optional<ParseObject> found = find(given);
        String hash = found.map(user -> user.get("_hashed_password"))
                .map(value -> value instanceof Str(String text) ? text : null)
                .orElse(null);
        boolean right = accounts.passwords().matches(given.password(), hash);
        ParseObject user = found.orElseThrow(LogIn::wrong);
        accounts.lockout().attempted(user.objectId(), right);
        if (!right) {
            throw wrong();
        }
        if (LinkedAccounts.isLocked(user) && !caller.auth().isMaster()) {
            throw wrong();
        }
        boolean ignoresAddress =
                given.ignoreEmailVerification() && caller.auth().seesEverything();
        if (!ignoresAddress
                && accounts.verification()
                        .keepsOut(
                                user,
                                () -> VerificationRequest.of(null, user, caller, CreatedWith.login("password")))) {
            throw new ParseException(ErrorCode.EMAIL_NOT_FOUND, "User email is not verified.");
        }
        return user;
    }

    /** A name that is one user's name and another's address belongs to the first. */
    private Optional<ParseObject> find(Credentials given) {
        if (given.email() == null) {
            Optional<ParseObject> byName = first(new EqualTo("username", new Str(given.username())));
            return byName.isPresent() ? byName : first(new EqualTo("email", new Str(given.username())));
        }
        Constraint byAddress = new EqualTo("email", new Str(given.email()));
        return first(
                given.username() == null
                        ? byAddress
                        : Constraint.and(byAddress, new EqualTo("username", new Str(given.username()))));
    }

    private Optional<ParseObject> first(Constraint where) {
        return accounts.rows().first(USER, where);
    }

    private void checkPasswordAge(ParseObject user) {
        if (!accounts.passwordRules().passwordsExpire()) {
            return;
        }
        if (user.has("_password_changed_at")) {
            accounts.passwordRules().checkAge(user, clock.millis());
        } else { // older than the option
            var ops = new LinkedHashMap<String, FieldOp>();
            ops.put("_password_changed_at", new FieldOp.Set(new Date(clock.millis())));
            accounts.rows().update(USER, byId(user.objectId()), ops);
        }
    }

    private static Constraint byId(String userId) {
        return new EqualTo("objectId", new Str(userId));
    }
}
