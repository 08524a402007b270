package dev.kami.parse.rest;

import dev.kami.parse.auth.Auth;
import dev.kami.parse.database.SchemaCatalog;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.schema.SystemClasses;
import java.util.Locale;

/** What is refused before anything is looked at: classes of the server itself, writes with the read-only master key. */
final class ClassAccess {
    private final SchemaCatalog schemas;
    private final boolean allowClientClassCreation;

    /** The word for an operation in the texts of refusals. */
    enum Method {
        FIND,
        GET,
        CREATE,
        UPDATE,
        DELETE;

        private final String word = name().toLowerCase(Locale.ROOT);

        private boolean isWrite() {
            return this == CREATE || this == UPDATE || this == DELETE;
        }
    }

    ClassAccess(SchemaCatalog schemas, boolean allowClientClassCreation) {
        this.schemas = schemas;
        this.allowClientClassCreation = allowClientClassCreation;
    }

    /** @throws ParseException 119 */
    static void check(Auth auth, Method method, String className) {
        if (!auth.seesEverything()) {
            if (className.equals("_Installation") && (method == Method.FIND || method == Method.DELETE)) {
                throw ParseException.denied(
                        ErrorCode.OPERATION_FORBIDDEN,
                        "Clients aren't allowed to perform the " + method.word
                                + " operation on the installation collection.");
            }
            if (SystemClasses.isMasterOnly(className)) {
                throw ParseException.denied(
                        ErrorCode.OPERATION_FORBIDDEN,
                        "Clients aren't allowed to perform the " + method.word + " operation on the " + className
                                + " collection.");
            }
        }
        if (method.isWrite() && auth.isReadOnly()) {
            throw ParseException.denied(
                    ErrorCode.OPERATION_FORBIDDEN,
                    "read-only masterKey isn't allowed to perform the " + method.word + " operation.");
        }
    }

    /** @throws ParseException 119 when the class does not exist and this caller may not bring it into being */
    void checkCreation(Auth auth, String className) {
        if (allowClientClassCreation
                || auth.seesEverything()
                || SystemClasses.isSystem(className)
                || schemas.find(className) != null) {
            return;
        }
        throw ParseException.denied(
                ErrorCode.OPERATION_FORBIDDEN, "This user is not allowed to access non-existent class: " + className);
    }
}
