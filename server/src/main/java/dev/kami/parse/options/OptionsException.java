package dev.kami.parse.options;

/**
 * The options do not make a server: unknown name, unreadable value, a combination that is refused.
 * The message is one sentence for the person who starts the server; the command ends with code 1.
 */
public final class OptionsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean helpFirst;

    public OptionsException(String message) {
        this(message, false);
    }

    OptionsException(String message, boolean helpFirst) {
        super(message, null, false, false);
        this.helpFirst = helpFirst;
    }

    /** Whether the command prints its help on standard output before this message. */
    public boolean helpFirst() {
        return helpFirst;
    }
}
