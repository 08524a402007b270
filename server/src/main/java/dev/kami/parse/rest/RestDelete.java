package dev.kami.parse.rest;

import dev.kami.parse.auth.Caller;
import dev.kami.parse.database.Database;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.rest.ClassAccess.Method;
import dev.kami.parse.value.ParseValue.Str;
import java.util.List;

/** Deletes objects; the stages in their order, as in {@link RestWrite}. */
final class RestDelete {
    private final List<Step<DeleteState>> stages;

    private static final class DeleteState {
        private final Caller caller;
        private final String className;
        private Constraint where;

        private DeleteState(Caller caller, String className, Constraint where) {
            this.caller = caller;
            this.className = className;
            this.where = where;
        }
    }

    RestDelete(Database database) {
        this.stages = List.of(
                new Step<>("UserRules", RestDelete::userRules),
                new Step<>(
                        "ClassAccess",
                        delete -> ClassAccess.check(delete.caller.auth(), Method.DELETE, delete.className)),
                new Step<>("SessionRules", RestDelete::ownSession),
                new Step<>("Store", delete -> store(database, delete)));
    }

    /** Names of the stages in the order in which they run. */
    List<String> stageNames() {
        return stages.stream().map(Step::name).toList();
    }

    void execute(Caller caller, String className, String objectId) {
        var delete = new DeleteState(caller, className, new EqualTo("objectId", new Str(objectId)));
        for (Step<DeleteState> stage : stages) {
            stage.work().accept(delete);
        }
    }

    private static void userRules(DeleteState delete) {
        if (delete.className.equals(UserAccess.USER) && UserAccess.isUnknown(delete.caller.auth())) {
            throw new ParseException(ErrorCode.SESSION_MISSING, "Insufficient auth to delete user");
        }
    }

    private static void ownSession(DeleteState delete) {
        if (delete.className.equals("_Session") && !delete.caller.auth().seesEverything()) {
            delete.where = Constraint.and(delete.where, RestRead.ownSession(delete.caller.auth()));
        }
    }

    private static void store(Database database, DeleteState delete) {
        UserAccess.translate(delete.className, delete.caller.auth(), () -> {
            if (database.delete(delete.caller.auth(), delete.className, delete.where) == 0) {
                throw ParseException.objectNotFound();
            }
        });
    }
}
