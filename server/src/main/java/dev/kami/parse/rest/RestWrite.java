package dev.kami.parse.rest;

import dev.kami.parse.account.Accounts;
import dev.kami.parse.auth.Caller;
import dev.kami.parse.database.Database;
import dev.kami.parse.database.SchemaCatalog;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.log.Log;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.rest.ClassAccess.Method;
import dev.kami.parse.schema.Operation;
import dev.kami.parse.value.ObjectIds;
import dev.kami.parse.value.ParseValue.Obj;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * Creates and updates objects. The order of the stages is the behaviour that clients see (a wrong type is reported before
 * a missing field, that before a missing permission, ...), so it stands here in one list and is pinned by a test.
 */
final class RestWrite {
    private final SchemaCatalog schemas;
    private final InstantSource clock;
    private final List<Step<WriteState>> stages;

    RestWrite(
            Database database,
            SchemaCatalog schemas,
            Accounts accounts,
            ClassAccess classes,
            RestRead read,
            RestOptions options,
            Supplier<String> serverUrl,
            InstantSource clock,
            ObjectIds ids,
            Log log) {
        this.schemas = schemas;
        this.clock = clock;
        var denylist = new Denylist(options.keywordDenylist());
        var answer = new Answer(serverUrl, database.options().saveResponseExempt());
        var ownUser = new OwnUser(read, accounts.roles());
        var installations = new InstallationRules(database, accounts.rows(), options.deviceTokens(), log);
        this.stages = List.of(
                new Step<>("ClassAccess", RestWrite::classAccess),
                new Step<>("ObjectIdRules", new ObjectIdRules(options.allowCustomObjectId())::run),
                new Step<>("ClientClassCreation", write -> classes.checkCreation(write.auth(), write.className)),
                new Step<>("InstallationRules", installations::run),
                new Step<>("SessionRules", new SessionRules(accounts.sessions(), this::createSession)::run),
                new Step<>("Credentials", Credentials::run),
                new Step<>("AuthDataRules", new AuthDataRules(accounts, denylist, ownUser, answer)::run),
                new Step<>("RestrictedFields", RestrictedFields::run),
                new Step<>("ResetTokenCleanup", ResetTokenCleanup::run),
                new Step<>("SchemaCheck", new SchemaCheck(database)::run),
                new Step<>("RequiredColumns", RequiredColumns::run),
                new Step<>("DefaultValues", new DefaultValues(ids, options.objectIdSize())::run),
                new Step<>("CreatePermission", write -> createPermission(database, write)),
                new Step<>("UserRules", new UserRules(accounts, ids)::run),
                new Step<>("OwnAcl", new OwnAcl(accounts.settings().privateUsers())::run),
                new Step<>("Denylist", write -> denylist.check(write.body)),
                new Step<>("NestedValues", new NestedValues(options.allowedFileUrlDomains())::run),
                new Step<>("DuplicateSessions", new DuplicateSessions(accounts.sessions())::run),
                new Step<>("Store", new Store(database)::run),
                new Step<>("SessionToken", new SessionToken(accounts)::run),
                new Step<>("FollowUp", new FollowUp(accounts)::run),
                new Step<>("UnconfirmedSignUp", write -> unconfirmedSignUp(accounts, write)),
                new Step<>("Answer", answer::run));
    }

    /** Names of the stages in the order in which they run. */
    List<String> stageNames() {
        return stages.stream().map(Step::name).toList();
    }

    /** @param objectId of the object to change, {@code null} to create one */
    WriteResult execute(Caller caller, String className, String objectId, Obj body) {
        return execute(caller, className, objectId, Constraint.ALWAYS, body);
    }

    /** @param where what must hold for the object besides */
    WriteResult execute(Caller caller, String className, String objectId, Constraint where, Obj body) {
        var write = new WriteState(caller, className, objectId, body, clock.millis());
        write.where = where;
        write.rules = schemas.rules(className);
        if (write.creating) {
            run(write);
        } else {
            UserAccess.translate(className, caller.auth(), () -> run(write));
        }
        return write.result;
    }

    private void run(WriteState write) {
        for (Step<WriteState> stage : stages) {
            if (write.result != null) {
                return;
            }
            stage.work().accept(write);
        }
    }

    private WriteResult createSession(Caller caller, Obj body) {
        return execute(caller, "_Session", null, body);
    }

    private static void classAccess(WriteState write) {
        ClassAccess.check(write.auth(), write.creating ? Method.CREATE : Method.UPDATE, write.className);
    }

    private static void createPermission(Database database, WriteState write) {
        if (write.creating) {
            database.check(write.auth(), write.rules, Operation.CREATE, false);
        }
    }

    /** The user is stored and the mail is on its way; only the client is told that there is more to do. */
    private static void unconfirmedSignUp(Accounts accounts, WriteState write) {
        if (write.unconfirmed && accounts.verification().refusesSignUp()) {
            throw new ParseException(ErrorCode.EMAIL_NOT_FOUND, "User email is not verified.");
        }
    }
}
