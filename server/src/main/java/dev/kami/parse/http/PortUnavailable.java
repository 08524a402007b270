package dev.kami.parse.http;

import java.net.BindException;

/** The port cannot be opened. */
public final class PortUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String host;
    private final int port;

    PortUnavailable(String host, int port, Exception cause) {
        super("Unable to listen on " + host + ":" + port + ": " + reason(cause), cause);
        this.host = host;
        this.port = port;
    }

    /** True when somebody else has it; false when this process may not open it, or the address is not of this machine. */
    public boolean inUse() {
        return reason(getCause()).contains("in use");
    }

    /** For the person who starts the server: what, why, and what to do. */
    public String advice() {
        return inUse()
                ? "Unable to listen on port " + port + ". The port is already in use. Stop the program that uses it, or"
                        + " choose another port with option port (--port 1338)."
                : "Unable to listen on " + host + ":" + port + " (" + reason(getCause())
                        + "). Check the options host and port; ports below 1024 need special rights.";
    }

    private static String reason(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof BindException) {
                return each.getMessage();
            }
        }
        return cause.getMessage();
    }
}
