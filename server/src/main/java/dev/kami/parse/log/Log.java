package dev.kami.parse.log;

import dev.kami.parse.options.LoggingOptions;
import dev.kami.parse.options.Options;
import dev.kami.parse.options.OptionsException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;

/**
 * The log of one server. Checking a level costs one read of a field, so callers that build large
 * texts ask {@link #isEnabled} first:
 *
 * <pre>{@code
 * log.info("Configuration loaded", Map.of("file", name));
 * if (log.isEnabled(LogLevel.VERBOSE)) {
 *     log.verbose("REQUEST for [GET] " + Masking.url(url), meta);
 * }
 * }</pre>
 *
 * A line written inside a request carries its id as {@code requestId}.
 */
public final class Log implements AutoCloseable {
    private final LoggerAdapter adapter;
    private volatile int threshold;

    private Log(LoggerAdapter adapter, int threshold) {
        this.adapter = adapter;
        this.threshold = threshold;
    }

    /**
     * Console and files as the options say: {@code verbose}, {@code logLevel}, {@code silent}, {@code
     * jsonLogs}, {@code logsFolder}, {@code maxLogFiles}.
     *
     * @throws OptionsException when the folder cannot be used
     */
    public static Log open(Options options) {
        return open(options, System.out, InstantSource.system(), TimeZone.getDefault());
    }

    /**
     * @param zone decides when a day ends and the next file begins
     * @throws OptionsException when the folder cannot be used
     */
    static Log open(Options options, PrintStream console, InstantSource clock, TimeZone zone) {
        String level = options.find(LoggingOptions.LOG_LEVEL).orElse("info");
        if (options.is(LoggingOptions.VERBOSE)) {
            level = "verbose";
        }
        int threshold = LogLevel.of(level).map(LogLevel::ordinal).orElse(-1);
        return new Log(FileLogger.open(options, console, clock, zone), threshold);
    }

    /** A log that hands lines up to this level to the adapter and closes it with itself. */
    public static Log to(LoggerAdapter adapter, LogLevel level) {
        return new Log(adapter, level.ordinal());
    }

    /** A log that writes nothing at all. */
    public static Log off() {
        return new Log((_, _, _) -> {}, -1);
    }

    public boolean isEnabled(LogLevel level) {
        return level.ordinal() <= threshold;
    }

    /** The lowest level that is written; empty when nothing is. */
    public Optional<LogLevel> level() {
        int now = threshold;
        return now < 0 ? Optional.empty() : Optional.of(LogLevel.values()[now]);
    }

    /** Takes effect for the next line. */
    public void level(LogLevel level) {
        threshold = level.ordinal();
    }

    public void log(LogLevel level, String message, Map<String, ?> meta) {
        if (level.ordinal() > threshold) {
            return;
        }
        adapter.log(level, message, RequestScope.isBound() ? withRequestId(meta) : meta);
    }

    private static Map<String, ?> withRequestId(Map<String, ?> meta) {
        if (meta.containsKey("requestId")) {
            return meta;
        }
        var copy = new LinkedHashMap<String, Object>(meta);
        copy.put("requestId", RequestScope.requestId());
        return copy;
    }

    public void error(String message) {
        log(LogLevel.ERROR, message, Map.of());
    }

    public void error(String message, Map<String, ?> meta) {
        log(LogLevel.ERROR, message, meta);
    }

    /** A defect: the line holds the stack trace as {@code stack}. */
    public void error(String message, Throwable defect) {
        log(LogLevel.ERROR, message, Map.of("stack", stack(defect)));
    }

    static String stack(Throwable defect) {
        var stack = new StringWriter();
        defect.printStackTrace(new PrintWriter(stack));
        return stack.toString();
    }

    public void warn(String message) {
        log(LogLevel.WARN, message, Map.of());
    }

    public void warn(String message, Map<String, ?> meta) {
        log(LogLevel.WARN, message, meta);
    }

    public void info(String message) {
        log(LogLevel.INFO, message, Map.of());
    }

    public void info(String message, Map<String, ?> meta) {
        log(LogLevel.INFO, message, meta);
    }

    public void verbose(String message) {
        log(LogLevel.VERBOSE, message, Map.of());
    }

    public void verbose(String message, Map<String, ?> meta) {
        log(LogLevel.VERBOSE, message, meta);
    }

    public void debug(String message) {
        log(LogLevel.DEBUG, message, Map.of());
    }

    public void debug(String message, Map<String, ?> meta) {
        log(LogLevel.DEBUG, message, meta);
    }

    /** Lines of this log, if its adapter can read them. */
    public Optional<List<Map<String, Object>>> query(LogQuery query) {
        return adapter.query(query);
    }

    @Override
    public void close() {
        adapter.close();
    }
}
