package dev.kami.parse.migrate;

/** Nothing can be copied, or not on. The message is for the person who gave the command; it may have several lines. */
public final class MigrationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MigrationException(String message) {
        super(message, null, false, false);
    }

    MigrationException(String message, Throwable cause) {
        super(message, cause);
    }
}
