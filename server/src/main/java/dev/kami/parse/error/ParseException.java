package dev.kami.parse.error;

/**
 * An answer to the client that is not a success: a code, and a sentence a person can act on.
 *
 * <p>Thrown for everything a request can do wrong, so it carries no stack trace (it is an answer, not a defect). A
 * defect stays an ordinary runtime exception and becomes code 1 at the edge.
 *
 * <p>Some texts would tell an attacker what exists (class names, fields). Those are made by {@link #denied}: the edge
 * sends {@code Permission denied} instead while option {@code enableSanitizedErrorResponse} is on, and logs the text.
 */
public final class ParseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final int httpStatus;
    private final boolean sanitizable;
    private final String field;

    public ParseException(ErrorCode code, String message) {
        this(code, code.httpStatus(), message, false);
    }

    private ParseException(ErrorCode code, int httpStatus, String message, boolean sanitizable) {
        this(code, httpStatus, message, sanitizable, null);
    }

    private ParseException(ErrorCode code, int httpStatus, String message, boolean sanitizable, String field) {
        super(message, null, false, false);
        this.code = code;
        this.httpStatus = httpStatus;
        this.sanitizable = sanitizable;
        this.field = field;
    }

    /** A refusal whose text is for the log; clients see {@code Permission denied} unless the option says otherwise. */
    public static ParseException denied(ErrorCode code, String message) {
        return new ParseException(code, code.httpStatus(), message, true);
    }

    /** HTTP 403 with {@code {"error":text}} and no code, as routes for the master key answer everybody else. */
    public static ParseException forbidden(String message) {
        return new ParseException(null, 403, message, true);
    }

    /** As {@link #forbidden(String)}, but with a status of its own and a text that is always sent. */
    public static ParseException withStatus(int httpStatus, String message) {
        return new ParseException(null, httpStatus, message, false);
    }

    /** {@code 101 Object not found.}, for objects that are missing, unreadable or not writable alike. */
    public static ParseException objectNotFound() {
        return new ParseException(ErrorCode.OBJECT_NOT_FOUND, "Object not found.");
    }

    /** 137 from a unique index; {@link #field()} tells which value exists already, so that 202 and 203 can be made of it. */
    public static ParseException duplicate(String field) {
        return new ParseException(
                ErrorCode.DUPLICATE_VALUE,
                ErrorCode.DUPLICATE_VALUE.httpStatus(),
                "A duplicate value for a field with unique values was provided",
                false,
                field);
    }

    /** The code, or {@code null} for the few answers that have none. */
    public ErrorCode code() {
        return code;
    }

    public int httpStatus() {
        return httpStatus;
    }

    /** True when the text may be replaced by {@code Permission denied}. */
    public boolean sanitizable() {
        return sanitizable;
    }

    /** The field whose value exists already (only after {@link #duplicate}), or {@code null} when it is not known. */
    public String field() {
        return field;
    }
}
