package dev.kami.parse.log;

import java.net.SocketException;
import java.net.SocketTimeoutException;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** One logger of a library: warnings and errors only. */
final class LibraryLogger extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1L;

    private final transient LibraryLogging target;

    LibraryLogger(String name, LibraryLogging target) {
        this.name = name;
        this.target = target;
    }

    @Override
    public boolean isTraceEnabled() {
        return false;
    }

    @Override
    public boolean isDebugEnabled() {
        return false;
    }

    @Override
    public boolean isInfoEnabled() {
        return false;
    }

    @Override
    public boolean isWarnEnabled() {
        return true;
    }

    @Override
    public boolean isErrorEnabled() {
        return true;
    }

    /**
     * A client that hung up or fell silent inside a request. Helidon calls that an internal error; written down, anybody
     * could fill the log with it.
     */
    private static boolean isHangUp(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            String type = each.getClass().getName();
            if (type.equals("io.helidon.common.buffers.DataReader$InsufficientDataAvailableException")
                    || type.equals("io.helidon.webserver.ServerConnectionException")
                    || each instanceof SocketException
                    || each instanceof SocketTimeoutException) {
                return true;
            }
        }
        return false;
    }

    @Override
    protected String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level, Marker marker, String pattern, Object[] arguments, Throwable cause) {
        if (isHangUp(cause)) {
            return;
        }
        target.write(
                level == Level.ERROR ? LogLevel.ERROR : LogLevel.WARN,
                name,
                MessageFormatter.basicArrayFormat(pattern, arguments),
                cause);
    }
}
