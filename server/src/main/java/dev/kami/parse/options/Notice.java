package dev.kami.parse.options;

/**
 * Something the person who starts the server should read, though the start goes on.
 *
 * @param error whether it belongs to the error level of the log instead of the warnings
 */
public record Notice(boolean error, String text) {
    static Notice warning(String text) {
        return new Notice(false, text);
    }
}
