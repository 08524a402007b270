package dev.kami.parse.email;

import dev.kami.parse.log.Log;
import dev.kami.parse.options.OptionsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How to reach a mail server.
 *
 * @param user {@code null} to send without log-in, and then the password is, too
 * @param from sender of mails that name none
 * @param helloName what this computer calls itself, {@code null} for the library's choice
 * @param connect time to connect
 * @param answer time for one answer of the server, and for one write
 */
record SmtpSettings(
        String host,
        int port,
        String user,
        String password,
        String from,
        String replyTo,
        Security security,
        boolean anyCertificate,
        String helloName,
        Duration connect,
        Duration answer) {

    enum Security {
        /** TLS from the first byte, port 465. */
        TLS,
        /** STARTTLS, or the mail is not sent. */
        STARTTLS,
        /** STARTTLS when the server offers it. */
        STARTTLS_IF_OFFERED,
        /** Nothing is encrypted. */
        NONE
    }

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");
    private static final int MAX_PORT = 65_535;

    /**
     * Reads the options in the words of {@code smtp} and of npm modules: {@code user} is also {@code auth.user},
     * {@code from} also {@code fromAddress}, and so on.
     *
     * @throws OptionsException without host or sender, and for values that make no sense
     */
    static SmtpSettings of(String module, Map<String, Object> options, Log log) {
        var read = new Reader(module, flat(options));
        String host = read.text("host", "server");
        if (host == null) {
            throw read.fault("needs \"host\", the name of the mail server");
        }
        String from = read.text("from", "fromAddress", "fromEmail", "defaultFrom", "defaults.from", "sender");
        if (from == null) {
            throw read.fault(
                    "needs \"from\", the address mails are sent from, such as \"My App <no-reply@example.com>\"");
        }
        String user = read.text("user", "username", "auth.user");
        String password = read.text("password", "pass", "auth.pass");
        boolean trusting = Boolean.FALSE.equals(read.flag("tls.rejectUnauthorized", "rejectUnauthorized"));
        if (trusting) {
            log.warn(
                    "Option emailAdapter: certificates of " + host + " are not checked (rejectUnauthorized is false).");
        }
        Security security = security(read, host, user);
        return new SmtpSettings(
                host,
                read.port(security == Security.TLS ? 465 : 587),
                user,
                user == null ? null : password == null ? "" : password,
                from,
                read.text("replyTo"),
                security,
                trusting,
                read.text("name", "helloName"),
                read.millis("connectionTimeout", Duration.ofSeconds(10)),
                read.millis("socketTimeout", Duration.ofSeconds(20)));
    }

    /** A password is not sent in the clear unless the server is this computer or the options say so. */
    private static Security security(Reader read, String host, String user) {
        if (Boolean.TRUE.equals(read.flag("tls", "secure", "isSSL"))) {
            return Security.TLS;
        }
        Boolean startTls = read.flag("starttls", "startTls", "requireTLS");
        if (startTls != null) {
            return startTls ? Security.STARTTLS : Security.NONE;
        }
        if (Boolean.TRUE.equals(read.flag("ignoreTLS"))) {
            return Security.NONE;
        }
        return user == null || LOOPBACK.contains(host) ? Security.STARTTLS_IF_OFFERED : Security.STARTTLS;
    }

    /** {@code {"auth": {"user": "a"}}} as {@code auth.user}; what npm modules hand to nodemailer stands with the rest. */
    private static Map<String, Object> flat(Map<String, Object> options) {
        var flat = new LinkedHashMap<String, Object>();
        options.forEach((key, value) -> {
            boolean wrapped = key.equals("nodeMailerOptions") || key.equals("transport") || key.equals("smtp");
            if (value instanceof Map<?, ?> inner && !key.equals(MailTemplates.OPTION)) {
                inner.forEach((name, item) -> {
                    if (wrapped && item instanceof Map<?, ?> deeper) {
                        deeper.forEach((last, leaf) -> flat.put(name + "." + last, leaf));
                    } else {
                        flat.put(wrapped ? String.valueOf(name) : key + "." + name, item);
                    }
                });
            } else {
                flat.put(key, value);
            }
        });
        return flat;
    }

    private record Reader(String module, Map<String, Object> options) {
        String text(String... names) {
            for (String name : names) {
                Object value = options.get(name);
                if (value != null && !(value instanceof String)) {
                    throw fault("needs a text as \"" + name + "\"");
                }
                if (value instanceof String text && !text.isEmpty()) {
                    return text;
                }
            }
            return null;
        }

        Boolean flag(String... names) {
            for (String name : names) {
                Object value = options.get(name);
                if (value instanceof Boolean flag) {
                    return flag;
                }
                if (value != null) {
                    throw fault("needs true or false as \"" + name + "\"");
                }
            }
            return null;
        }

        /** A number, or text that is one, as npm configurations have it. */
        int port(int otherwise) {
            Object value = options.get("port");
            if (value == null) {
                return otherwise;
            }
            long port = whole(value);
            if (port < 1 || port > MAX_PORT) {
                throw fault("needs a number from 1 to 65535 as \"port\"");
            }
            return (int) port;
        }

        Duration millis(String name, Duration otherwise) {
            Object value = options.get(name);
            if (value == null) {
                return otherwise;
            }
            long millis = whole(value);
            if (millis < 1 || millis > Integer.MAX_VALUE) {
                throw fault("needs a positive number of milliseconds as \"" + name + "\"");
            }
            return Duration.ofMillis(millis);
        }

        /** -1 for what is no whole number. */
        private static long whole(Object value) {
            return switch (value) {
                case Long number -> number;
                case Integer number -> number;
                case String text when text.matches("[0-9]{1,10}") -> Long.parseLong(text);
                default -> -1;
            };
        }

        OptionsException fault(String what) {
            return new OptionsException("Option emailAdapter: \"" + module + "\" " + what + ".");
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>(List.of(host + ":" + port, security.name(), "from " + from));
        if (user != null) {
            parts.add("with log-in");
        }
        return "SmtpSettings" + parts;
    }
}
