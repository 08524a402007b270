package dev.kami.parse.http;

import java.net.BindException;

/** The port cannot be opened. */
public final class PortUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PortUnavailable(String host, int port, RuntimeException cause) {
        super("Unable to listen on " + host + ":" + port + ": " + reason(cause), cause);
    }

    /** True when somebody else has it; false when this process may not open it, or the address is not of this machine. */
    public boolean inUse() {
        return getMessage().contains("in use");
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
