package dev.kami.parse.storage;

/** The store cannot be opened. The message is for the person who starts the server: what, why, and what to do. */
public final class StorageOpenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StorageOpenException(String message, Throwable cause) {
        super(message, cause);
    }
}
