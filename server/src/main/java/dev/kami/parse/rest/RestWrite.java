package dev.kami.parse.rest;

import dev.kami.parse.auth.Caller;
import dev.kami.parse.database.Database;
import dev.kami.parse.database.SchemaCatalog;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
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
            ClassAccess classes,
            RestOptions options,
            Supplier<String> serverUrl,
            InstantSource clock,
            ObjectIds ids) {
        this.schemas = schemas;
        this.clock = clock;
        var denylist = new Denylist(options.keywordDenylist());
        var store = new Store(database);
        this.stages = List.of(
                new Step<>("ClassAccess", RestWrite::classAccess),
                new Step<>("ObjectIdRules", new ObjectIdRules(options.allowCustomObjectId())::run),
                new Step<>("ClientClassCreation", write -> classes.checkCreation(write.auth(), write.className)),
                new Step<>("SessionRules", RestWrite::ownSession),
                new Step<>("SchemaCheck", new SchemaCheck(database)::run),
                new Step<>("RequiredColumns", RequiredColumns::run),
                new Step<>("DefaultValues", new DefaultValues(ids, options.objectIdSize())::run),
                new Step<>("CreatePermission", write -> createPermission(database, write)),
                new Step<>("UserRules", RestWrite::userRules),
                new Step<>("Denylist", write -> denylist.check(write.body)),
                new Step<>("NestedValues", new NestedValues(options.allowedFileUrlDomains())::run),
                new Step<>(
                        "Store", write -> UserAccess.translate(write.className, write.auth(), () -> store.run(write))),
                new Step<>("Answer", new Answer(serverUrl, database.options().saveResponseExempt())::run));
    }

    /** Names of the stages in the order in which they run. */
    List<String> stageNames() {
        return stages.stream().map(Step::name).toList();
    }

    /** @param objectId of the object to change, {@code null} to create one */
    WriteResult execute(Caller caller, String className, String objectId, Obj body) {
        var write = new WriteState(caller, className, objectId, body, clock.millis());
        write.rules = schemas.rules(className);
        for (Step<WriteState> stage : stages) {
            if (write.result != null) {
                break;
            }
            stage.work().accept(write);
        }
        return write.result;
    }

    private static void classAccess(WriteState write) {
        ClassAccess.check(write.auth(), write.creating ? Method.CREATE : Method.UPDATE, write.className);
    }

    /** Nobody but the master key changes the session of somebody else, whatever its ACL says. */
    private static void ownSession(WriteState write) {
        if (!write.className.equals("_Session") || write.auth().seesEverything()) {
            return;
        }
        if (write.body.has("ACL")) {
            throw new ParseException(ErrorCode.INVALID_KEY_NAME, "Cannot set ACL on a Session.");
        }
        if (!write.creating) {
            write.where = RestRead.ownSession(write.auth());
        }
    }

    private static void createPermission(Database database, WriteState write) {
        if (write.creating) {
            database.check(write.auth(), write.rules, Operation.CREATE, false);
        }
    }

    private static void userRules(WriteState write) {
        if (!write.className.equals("_User")) {
            return;
        }
        if (!write.creating && write.auth().userId() == null && !write.auth().seesEverything()) {
            throw ParseException.denied(ErrorCode.SESSION_MISSING, "Cannot modify user " + write.objectId + ".");
        }
        if (write.body.has("password")) {
            throw new ParseException(
                    ErrorCode.COMMAND_UNAVAILABLE, "Users with passwords are not part of this release.");
        }
    }
}
