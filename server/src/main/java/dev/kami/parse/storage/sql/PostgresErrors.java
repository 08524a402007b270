package dev.kami.parse.storage.sql;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Which field a unique violation of PostgreSQL is about. Its text is in the language of the database, so only names count. */
final class PostgresErrors {
    private static final Pattern AUTH_DATA = Pattern.compile("_User_unique_authData_(.+)_id");
    private static final Pattern UNIQUE = Pattern.compile("(?:.*_)?unique_(.+)");

    private PostgresErrors() {}

    /** {@code null} when it cannot be told. */
    static String duplicateField(PSQLException e) {
        ServerErrorMessage message = e.getServerErrorMessage();
        String constraint = message == null ? null : message.getConstraint();
        if (constraint == null) {
            return null;
        }
        Matcher authData = AUTH_DATA.matcher(constraint);
        if (authData.matches()) {
            return "_authData." + authData.group(1) + ".id";
        }
        if (constraint.endsWith("_pkey")) {
            return "objectId";
        }
        Matcher unique = UNIQUE.matcher(constraint);
        return unique.matches() ? unique.group(1) : null;
    }
}
