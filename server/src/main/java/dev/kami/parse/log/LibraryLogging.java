package dev.kami.parse.log;

import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * The warnings and errors of libraries (web server, connection pool) on the console of the command, for
 * the whole process and apart from the log of any server.
 *
 * <p>An slf4j provider of 60 lines instead of logback: setting up logback for it costs 45 ms (100 ms of
 * CPU) of every start. It is not registered as a service, because a program that uses the server as a
 * library chooses its own provider; the command asks for it with {@link #install()}.
 */
public final class LibraryLogging implements SLF4JServiceProvider {
    private final ConcurrentHashMap<String, Logger> loggers = new ConcurrentHashMap<>();
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter context = new NOPMDCAdapter();
    private final PrintStream out;

    /** Called by slf4j. */
    public LibraryLogging() {
        this(System.out);
    }

    LibraryLogging(PrintStream out) {
        this.out = out;
    }

    /** Must run before the first line of any library; a provider chosen on the Java command line stays. */
    public static void install() {
        if (System.getProperty(LoggerFactory.PROVIDER_PROPERTY_KEY) == null) {
            System.setProperty(LoggerFactory.PROVIDER_PROPERTY_KEY, LibraryLogging.class.getName());
            // Otherwise slf4j tells on standard error which provider it was told to take.
            System.setProperty("slf4j.internal.verbosity", "WARN");
        }
    }

    /** {@code warn: message {"logger":"com.zaxxer.hikari.pool.HikariPool"}}, as a server writes its lines. */
    void write(LogLevel level, String logger, String message, Throwable cause) {
        Map<String, String> meta =
                cause == null ? Map.of("logger", logger) : Map.of("logger", logger, "stack", Log.stack(cause));
        new ConsoleWriter(out, false).write(level, message, meta);
    }

    @Override
    public void initialize() {
        // Everything is made with the object.
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return name -> loggers.computeIfAbsent(name, key -> new LibraryLogger(key, this));
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return context;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }
}
