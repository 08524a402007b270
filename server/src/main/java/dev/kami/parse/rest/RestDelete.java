package dev.kami.parse.rest;

import dev.kami.parse.account.Accounts;
import dev.kami.parse.auth.Caller;
import dev.kami.parse.database.Database;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.rest.ClassAccess.Method;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue.Str;
import java.util.List;

/** Deletes objects; the stages in their order, as in {@link RestWrite}. */
final class RestDelete {
    private final List<Step<DeleteState>> stages;

    private static final class DeleteState {
        private final Caller caller;
        private final String className;
        private final String objectId;
        private Constraint where;
        /** Of the session to delete. */
        private String sessionToken;

        private DeleteState(Caller caller, String className, String objectId) {
            this.caller = caller;
            this.className = className;
            this.objectId = objectId;
            this.where = new EqualTo("objectId", new Str(objectId));
        }
    }

    RestDelete(Database database, Accounts accounts) {
        this.stages = List.of(
                new Step<>("UserRules", RestDelete::userRules),
                new Step<>(
                        "ClassAccess",
                        delete -> ClassAccess.check(delete.caller.auth(), Method.DELETE, delete.className)),
                new Step<>("SessionRules", delete -> sessionRules(accounts, delete)),
                new Step<>("Store", delete -> store(database, delete)),
                new Step<>("FollowUp", delete -> followUp(accounts, delete)));
    }

    /** Names of the stages in the order in which they run. */
    List<String> stageNames() {
        return stages.stream().map(Step::name).toList();
    }

    void execute(Caller caller, String className, String objectId) {
        var delete = new DeleteState(caller, className, objectId);
        UserAccess.translate(className, caller.auth(), () -> {
            for (Step<DeleteState> stage : stages) {
                stage.work().accept(delete);
            }
        });
    }

    private static void userRules(DeleteState delete) {
        if (delete.className.equals(UserAccess.USER) && UserAccess.isUnknown(delete.caller.auth())) {
            throw new ParseException(ErrorCode.SESSION_MISSING, "Insufficient auth to delete user");
        }
    }

    /** The session is read first: its token must be forgotten when it is gone. */
    private static void sessionRules(Accounts accounts, DeleteState delete) {
        if (!delete.className.equals("_Session")) {
            return;
        }
        if (!delete.caller.auth().seesEverything()) {
            delete.where = Constraint.and(delete.where, RestRead.ownSession(delete.caller.auth()));
        }
        ParseObject session = accounts.rows()
                .first("_Session", delete.where)
                .orElseThrow(() -> new ParseException(ErrorCode.OBJECT_NOT_FOUND, "Object not found for delete."));
        delete.sessionToken = session.get("sessionToken") instanceof Str(String token) ? token : null;
    }

    private static void followUp(Accounts accounts, DeleteState delete) {
        switch (delete.className) {
            case "_User" -> accounts.sessions().forgetUser(delete.objectId);
            case "_Role" -> accounts.roles().forget();
            case "_Session" -> {
                if (delete.sessionToken != null) {
                    accounts.sessions().forget(delete.sessionToken);
                }
            }
            default -> {}
        }
    }

    private static void store(Database database, DeleteState delete) {
        if (database.delete(delete.caller.auth(), delete.className, delete.where) == 0) {
            throw ParseException.objectNotFound();
        }
    }
}
