package dev.kami.parse.log;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where log lines go, and where {@code /scriptlog} reads them. Called from many threads at once. */
public interface LoggerAdapter extends AutoCloseable {
    /**
     * Must not throw: a log line that cannot be written is no reason to fail a request.
     *
     * @param meta further facts by name, plain values or anything with a useful {@code toString}
     */
    void log(LogLevel level, String message, Map<String, ?> meta);

    /** Lines as maps with level, message, timestamp and their meta; empty when this adapter cannot read. */
    default Optional<List<Map<String, Object>>> query(LogQuery query) {
        return Optional.empty();
    }

    @Override
    default void close() {}
}
