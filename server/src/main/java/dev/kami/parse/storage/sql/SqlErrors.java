package dev.kami.parse.storage.sql;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;

/** Turns what the database says into what a client may hear. */
final class SqlErrors {
    /**
     * {@code ... ON PUBLIC.T(column NULLS FIRST) VALUES (...)}: the first bracket names the columns, before any value.
     * Quotes of names are doubled inside the message.
     */
    private static final Pattern DUPLICATE = Pattern.compile(" ON [^(]*\\(\"*([^\"\\s,)]+)");

    private static final String LOWER = "_lower_";

    /**
     * 40001 serialisation (on H2 also a deadlock), 40P01 deadlock, 55P03 and HYT00 lock not granted in time, 90131 concurrent
     * update of the same row, 0A000 on PostgreSQL: a table changed its columns since the statement was prepared.
     */
    private static final Set<String> CONFLICTS = Set.of("40001", "40P01", "55P03", "HYT00", "90131", "0A000");

    /** 08 connection, 53 too many of them or no room, 57P somebody stops the database. */
    private static final Pattern UNREACHABLE = Pattern.compile("08...|53...|57P0.|90098|90121");

    private SqlErrors() {}

    /** True when the statement lost against another one at once, and would succeed when tried again. */
    static boolean mayTryAgain(SQLException e) {
        return isConflict(e) && !"HYT00".equals(e.getSQLState()) && !"55P03".equals(e.getSQLState());
    }

    private static boolean isConflict(SQLException e) {
        return e.getSQLState() != null && CONFLICTS.contains(e.getSQLState());
    }

    static ParseException conflict() {
        return new ParseException(
                ErrorCode.INVALID_LINKED_SESSION, "Another transaction changed the same objects; try again.");
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
            return ParseException.duplicate(
                    e instanceof PSQLException postgres
                            ? PostgresErrors.duplicateField(postgres)
                            : duplicateField(e.getMessage()));
        }
        if (isConflict(e)) {
            return conflict();
        }
        if (e instanceof SQLTransientConnectionException || isUnreachable(e)) {
            return new ParseException(ErrorCode.INTERNAL_SERVER_ERROR, "Database error");
        }
        if (isMissing(e)) {
            return new ParseException(
                    ErrorCode.INTERNAL_SERVER_ERROR, "The class was changed at the same time; try again.");
        }
        return switch (e.getSQLState()) {
            case "22001", "54000" ->
                new ParseException(ErrorCode.OBJECT_TOO_LARGE, "A value is too long for the database.");
            case "22021", "22P05" ->
                new ParseException(ErrorCode.INVALID_VALUE, "The database cannot store the character NUL in a text.");
            case "22003", "22008" ->
                new ParseException(ErrorCode.INVALID_VALUE, "A number or date is out of the range of the database.");
            case "57014" ->
                new ParseException(ErrorCode.TIMEOUT, "The database took too long for this request and was stopped.");
            case "25P02" ->
                new ParseException(
                        ErrorCode.INTERNAL_SERVER_ERROR,
                        "The transaction is undone because one of its operations failed.");
            case null, default -> unknown(e);
        };
    }

    private static IllegalStateException unknown(SQLException e) {
        return new IllegalStateException("The database refused a statement: " + e.getMessage(), e);
    }

    static boolean isUnreachable(SQLException e) {
        return e.getSQLState() != null && UNREACHABLE.matcher(e.getSQLState()).matches();
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
