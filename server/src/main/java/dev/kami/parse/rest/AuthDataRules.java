package dev.kami.parse.rest;

import dev.kami.parse.account.Accounts;
import dev.kami.parse.account.LinkedAccounts;
import dev.kami.parse.account.LinkedAccounts.Proof;
import dev.kami.parse.auth.Auth;
import dev.kami.parse.auth.AuthAdapters;
import dev.kami.parse.auth.Caller;
import dev.kami.parse.auth.Claim;
import dev.kami.parse.database.Rows;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.op.FieldOp;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.session.CreatedWith;
import dev.kami.parse.session.Sessions;
import dev.kami.parse.value.IsoDate;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.Null;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * A user written with {@code authData}: who is known to a provider logs in instead of signing up again, everybody else
 * signs up; a user who is there links or unlinks providers.
 *
 * <pre>
 *   create, nobody has the id          all is proven, the user is made with it
 *   create, one user has it            all is proven, that user is logged in: the write ends here
 *   update, nobody or oneself has it   what has changed is proven and written, null is unlinked
 *   two users, or another one          all is proven first, so that nobody finds out who has an id, then 208
 * </pre>
 *
 * At log-in everything is proven although the id alone would find the user: an id is no secret. That two requests with the
 * same id do not make two users is the work of a unique index.
 */
final class AuthDataRules {
    private static final String USER = "_User";

    private final LinkedAccounts linked;
    private final Rows rows;
    private final Sessions sessions;
    private final Denylist denylist;
    private final OwnUser ownUser;
    private final Answer answer;

    AuthDataRules(Accounts accounts, Denylist denylist, OwnUser ownUser, Answer answer) {
        this.linked = accounts.linked();
        this.rows = accounts.rows();
        this.sessions = accounts.sessions();
        this.denylist = denylist;
        this.ownUser = ownUser;
        this.answer = answer;
    }

    void run(WriteState write) {
        if (!write.className.equals(USER) || !write.body.has("authData")) {
            return;
        }
        ParseValue sent = write.body.get("authData");
        if (sent instanceof Null || sent instanceof Str) {
            throw AuthAdapters.unsupported();
        }
        if (!(sent instanceof Obj given)) {
            return; // SchemaCheck says what type it must have
        }
        write.body = write.body.without("authData");
        if (given.isEmpty()) {
            return;
        }
        denylist.check(given);
        LinkedAccounts.checkNames(given);
        if (write.creating) {
            signUpOrLogIn(write, given);
        } else {
            link(write, given);
        }
    }

    private void signUpOrLogIn(WriteState write, Obj given) {
        List<Claim> claims = linked.claims(given);
        List<ParseObject> found = linked.find(claims, write.auth().seesEverything());
        String self = write.auth().userId();
        if (found.isEmpty()) {
            Proof proof = linked.prove(claims, null, write.caller);
            write.authProviders = names(given);
            write.authDataResponse = proof.response();
            if (!proof.save().isEmpty()) {
                write.ops.put("authData", new FieldOp.Set(new Obj(new LinkedHashMap<>(proof.save()))));
            }
            return;
        }
        ParseObject user = found.getFirst();
        if (found.size() > 1 || self != null && !self.equals(user.objectId())) {
            linked.prove(claims, found.size() == 1 ? user : null, asNobody(write.caller));
            throw LinkedAccounts.alreadyUsed();
        }
        logIn(write, given, claims, user);
    }

    /** What a log-in has to show is the same for everybody; the master key changes no data by logging in. */
    private static Caller asNobody(Caller caller) {
        return caller.withAuth(Auth.NOBODY);
    }

    private void logIn(WriteState write, Obj given, List<Claim> claims, ParseObject user) {
        linked.requireAdditional(given, user);
        Proof proof = linked.prove(claims, user, asNobody(write.caller));
        linked.store(user, proof.save(), LinkedAccounts.unlinked(given));
        String token = null;
        if (write.auth().userId() == null && SessionToken.begins(write.caller)) {
            token = sessions.create(
                    user.objectId(),
                    CreatedWith.login(names(given)),
                    write.caller.info().installationId());
        }
        Obj seen = withTextDates(ownUser.see(write.caller, user, token)).with("authDataResponse", proof.response());
        write.objectId = user.objectId();
        write.result = new WriteResult(
                200, token == null ? seen : seen.with("sessionToken", new Str(token)), answer.location(write));
    }

    /** As objects are answered: only dates of fields are objects in JSON. */
    private static Obj withTextDates(ParseObject user) {
        Obj fields = user.toObj();
        for (String field : List.of("createdAt", "updatedAt")) {
            if (fields.get(field) instanceof Date(long millis)) {
                fields = fields.with(field, new Str(IsoDate.format(millis)));
            }
        }
        return fields;
    }

    private static String names(Obj given) {
        return String.join(",", given.fields().keySet());
    }

    private void link(WriteState write, Obj given) {
        if (UserAccess.isUnknown(write.auth())) {
            throw UserRules.cannotModify(write.objectId);
        }
        ParseObject stored = rows.first(USER, new EqualTo("objectId", new Str(write.objectId)))
                .orElseThrow(ParseException::objectNotFound);
        boolean self =
                write.objectId.equals(write.auth().userId()) || write.auth().isMaster();
        if (!LinkedAccounts.unlinked(given).isEmpty()) {
            write.authDataResponse = Obj.EMPTY;
        }
        Obj changed = self ? withoutEchoes(given, LinkedAccounts.authData(stored), write.caller) : given;
        if (changed.isEmpty()) {
            return;
        }
        List<Claim> claims = linked.claims(changed);
        List<ParseObject> found = linked.find(claims, write.auth().seesEverything());
        boolean taken = found.stream().anyMatch(user -> !user.objectId().equals(write.objectId));
        Proof proof = linked.prove(claims, self ? stored : null, write.caller);
        if (taken) {
            throw LinkedAccounts.alreadyUsed();
        }
        write.authDataResponse = proof.response();
        write.ops.putAll(LinkedAccounts.changes(proof.save(), LinkedAccounts.unlinked(changed)));
        write.where = Constraint.and(write.where, LinkedAccounts.unchanged(stored, proof.save()));
        write.authProviders = names(changed);
    }

    /** SDKs send all providers when one changes, as they were shown to them. */
    private Obj withoutEchoes(Obj given, Obj stored, Caller caller) {
        Obj visible = linked.adapters().visible(stored, caller);
        var changed = new LinkedHashMap<String, ParseValue>();
        given.fields().forEach((provider, data) -> {
            boolean echo = data instanceof Obj sent
                    && stored.get(provider) instanceof Obj own
                    && (AuthAdapters.isEcho(sent, own) || sent.equals(visible.get(provider)));
            boolean goneAlready = data instanceof Null && stored.get(provider) == null;
            if (!echo && !goneAlready) {
                changed.put(provider, data);
            }
        });
        return new Obj(changed);
    }
}
