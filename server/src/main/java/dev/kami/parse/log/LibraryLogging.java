package dev.kami.parse.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Sends the warnings of libraries (web server, connection pool) to the console, for the whole process
 * and apart from the log of any server. Found by logback as a service; a program that brings its own
 * logback configuration keeps it.
 */
public final class LibraryLogging extends ContextAwareBase implements Configurator {
    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (hasOwnConfiguration()) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        var layout = new Line();
        layout.setContext(context);
        layout.start();
        var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(layout);
        encoder.start();
        var console = new ConsoleAppender<ILoggingEvent>();
        console.setContext(context);
        console.setName("console");
        console.setEncoder(encoder);
        console.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(console);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static boolean hasOwnConfiguration() {
        ClassLoader loader = LibraryLogging.class.getClassLoader();
        return System.getProperty("logback.configurationFile") != null
                || List.of("logback.xml", "logback-test.xml").stream()
                        .anyMatch(name -> loader.getResource(name) != null);
    }

    /** {@code warn: message {"logger":"com.zaxxer.hikari.pool.HikariPool"}}, as a server writes its lines. */
    private static final class Line extends LayoutBase<ILoggingEvent> {
        @Override
        public String doLayout(ILoggingEvent event) {
            var out = new StringBuilder(event.getLevel().toString().toLowerCase(Locale.ROOT));
            out.append(": ").append(event.getFormattedMessage()).append(' ');
            LogJson.append(out, Map.of("logger", event.getLoggerName()));
            for (var cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
                out.append("\n  caused by ")
                        .append(cause.getClassName())
                        .append(": ")
                        .append(cause.getMessage());
                var frames = cause.getStackTraceElementProxyArray();
                for (int i = 0; i < Math.min(8, frames.length); i++) {
                    out.append("\n    ").append(frames[i].getSTEAsString());
                }
            }
            return out.append('\n').toString();
        }
    }
}
