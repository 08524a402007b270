package dev.kami.parse.storage.sql;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what the database says into what a client may hear. */
final class SqlErrors {
    /**
     * {@code ... ON PUBLIC.T(column NULLS FIRST) VALUES (...)}: the first bracket names the columns, before any value.
     * Quotes of names are doubled inside the message.
     */
    private static final Pattern DUPLICATE = Pattern.compile(" ON [^(]*\\(\"*([^\"\\s,)]+)");

    private static final String LOWER = "_lower_";

    private SqlErrors() {}

    /** True when the statement lost against another one at once, and would succeed when tried again. */
    static boolean mayTryAgain(SQLException e) {
        return isConflict(e) && !"HYT00".equals(e.getSQLState());
    }

    private static boolean isConflict(SQLException e) {
        String state = e.getSQLState();
        // 40001 deadlock or serialisation, 90131 concurrent update of the same row, HYT00 lock not granted in time
        return "40001".equals(state) || "90131".equals(state) || "HYT00".equals(state);
    }

    static boolean isDuplicate(SQLException e) {
        return "23505".equals(e.getSQLState());
    }

    /** The table or a column is gone: somebody dropped it since the statement was written. */
    private static boolean isMissing(SQLException e) {
        String state = e.getSQLState();
        return "42S02".equals(state) || "42S22".equals(state) || "42P01".equals(state) || "42703".equals(state);
    }

    static RuntimeException translate(SQLException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ParseException answer) { // thrown inside a function that a statement called
                return answer;
            }
        }
        if (isDuplicate(e)) {
            return ParseException.duplicate(duplicateField(e.getMessage()));
        }
        if (isConflict(e)) {
            return new ParseException(
                    ErrorCode.INVALID_LINKED_SESSION, "Another transaction changed the same objects; try again.");
        }
        if (e instanceof SQLTransientConnectionException || "90098".equals(e.getSQLState()) || isBroken(e)) {
            return new ParseException(ErrorCode.INTERNAL_SERVER_ERROR, "Database error");
        }
        if (isMissing(e)) {
            return new ParseException(
                    ErrorCode.INTERNAL_SERVER_ERROR, "The class was changed at the same time; try again.");
        }
        if ("22001".equals(e.getSQLState())) {
            return new ParseException(ErrorCode.OBJECT_TOO_LARGE, "A value is too long for the database.");
        }
        return new IllegalStateException("The database refused a statement: " + e.getMessage(), e);
    }

    private static boolean isBroken(SQLException e) {
        return e.getSQLState() != null && e.getSQLState().startsWith("08");
    }

    private static String duplicateField(String message) {
        Matcher found = DUPLICATE.matcher(message == null ? "" : message);
        if (!found.find()) {
            return null;
        }
        String column = found.group(1);
        return column.startsWith(LOWER) ? column.substring(LOWER.length()) : column;
    }
}
