package dev.kami.parse.storage.sql;

import dev.kami.parse.storage.StorageOpenException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * Where a PostgreSQL database is and how to talk to it, from {@code databaseURI} and {@code databaseOptions}. The keys of the
 * address are those of the genuine server; of the options, those that have a meaning here: {@code maxPoolSize},
 * {@code minPoolSize}, {@code maxIdleTimeMS}, {@code waitQueueTimeoutMS}, {@code connectTimeoutMS}, {@code socketTimeoutMS},
 * {@code maxTimeMS}, {@code appName}.
 *
 * @param driver properties of the driver, user and password among them
 * @param poolWait how long a request waits for a connection
 * @param statementTimeout of one statement, zero for no limit
 * @param startPatience how long a start waits for a database that is not there yet
 */
public record PostgresSettings(
        String host,
        int port,
        String database,
        String user,
        Properties driver,
        int poolSize,
        int minimumIdle,
        Duration idleTimeout,
        Duration poolWait,
        Duration statementTimeout,
        Duration startPatience) {
    private static final int STANDARD_PORT = 5432;
    private static final int STANDARD_POOL = 10;

    public PostgresSettings {
        driver = copy(driver);
    }

    private static Properties copy(Properties properties) {
        var copy = new Properties();
        copy.putAll(properties);
        return copy;
    }

    @Override
    public Properties driver() {
        return copy(driver);
    }

    /** Without the password, and without the rest of the address, in which one may hide. */
    @Override
    public String toString() {
        return "PostgreSQL database " + database + " at " + address();
    }

    /** The address without the password, and without keys that may name secrets. */
    public String publicUri() {
        return "postgres://" + user + "@" + address() + "/" + database;
    }

    String address() {
        return host + ":" + port;
    }

    String jdbcUrl() {
        return "jdbc:postgresql://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port + "/"
                + java.net.URLEncoder.encode(database, StandardCharsets.UTF_8);
    }

    public PostgresSettings withStartPatience(Duration patience) {
        return new PostgresSettings(
                host,
                port,
                database,
                user,
                driver,
                poolSize,
                minimumIdle,
                idleTimeout,
                poolWait,
                statementTimeout,
                patience);
    }

    /**
     * @param uri {@code postgres://user:password@host:port/database?key=value}; user, password and database may be percent
     *     encoded
     * @param options {@code databaseOptions}, or an empty map
     * @throws StorageOpenException for an address that is none; its text does not repeat the address
     */
    public static PostgresSettings of(String uri, Map<String, Object> options) {
        int slashes = uri.indexOf("://");
        if (slashes < 0) {
            throw bad("it must begin with postgres://");
        }
        String rest = uri.substring(slashes + 3);
        int question = rest.indexOf('?');
        Map<String, String> query = query(question < 0 ? "" : rest.substring(question + 1));
        String place = question < 0 ? rest : rest.substring(0, question);
        int at = place.lastIndexOf('@');
        String account = at < 0 ? "" : place.substring(0, at);
        String hostAndPath = place.substring(at + 1);
        int slash = hostAndPath.indexOf('/');
        String hostAndPort = slash < 0 ? hostAndPath : hostAndPath.substring(0, slash);
        String path = slash < 0 ? "" : decode(hostAndPath.substring(slash + 1));
        int colon = account.indexOf(':');
        String user = decode(colon < 0 ? account : account.substring(0, colon));
        String password = colon < 0 ? "" : decode(account.substring(colon + 1));
        if (user.isEmpty()) {
            user = System.getProperty("user.name");
        }
        int portColon = hostAndPort.endsWith("]") ? -1 : hostAndPort.lastIndexOf(':');
        String host = portColon < 0 ? hostAndPort : hostAndPort.substring(0, portColon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        var settings = new Parsed(query, options);
        return new PostgresSettings(
                host.isEmpty() ? "localhost" : host,
                portColon < 0 ? STANDARD_PORT : port(hostAndPort.substring(portColon + 1)),
                path.isEmpty() ? user : path,
                user,
                settings.driver(user, password),
                settings.number("maxPoolSize", settings.number("max", settings.number("poolSize", STANDARD_POOL))),
                settings.number("minPoolSize", 1),
                Duration.ofMillis(settings.number("maxIdleTimeMS", settings.number("idleTimeoutMillis", 600_000))),
                Duration.ofMillis(settings.number("waitQueueTimeoutMS", 10_000)),
                settings.statementTimeout(),
                Duration.ofSeconds(30));
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port < 65_536) {
                return port;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw bad("its port is no number between 1 and 65535");
    }

    private static StorageOpenException bad(String why) {
        return new StorageOpenException(
                "Option databaseURI cannot be used: " + why
                        + ". Write postgres://user:password@host:5432/database, with special characters percent encoded.",
                null);
    }

    private static Map<String, String> query(String text) {
        var query = new LinkedHashMap<String, String>();
        for (String part : text.split("&")) {
            int equals = part.indexOf('=');
            if (!part.isEmpty()) {
                query.put(
                        decode(equals < 0 ? part : part.substring(0, equals)),
                        equals < 0 ? "" : decode(part.substring(equals + 1)));
            }
        }
        return query;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw bad("it has a % that no two hexadecimal digits follow (write %25)");
        }
    }

    /** The keys of the address and the options behind them. */
    private record Parsed(Map<String, String> query, Map<String, Object> options) {
        /** The leading digits, as JavaScript reads them; {@code standard} for none. */
        int number(String key, int standard) {
            Object given = options.containsKey(key) ? options.get(key) : query.get(key);
            String digits = given instanceof Number number
                    ? String.valueOf(number.longValue())
                    : given instanceof String text ? text.replaceFirst("[^0-9].*", "") : "";
            return digits.isEmpty() || digits.length() > 9 || Integer.parseInt(digits) == 0
                    ? standard
                    : Integer.parseInt(digits);
        }

        private boolean isTrue(String key) {
            return "true".equalsIgnoreCase(query.get(key));
        }

        Duration statementTimeout() {
            return Duration.ofMillis(number("maxTimeMS", number("query_timeout", 0)));
        }

        Properties driver(String user, String password) {
            var driver = new Properties();
            driver.setProperty("user", user);
            driver.setProperty("password", password);
            driver.setProperty("ApplicationName", name());
            driver.setProperty("tcpKeepAlive", String.valueOf(!"false".equalsIgnoreCase(query.get("keepAlive"))));
            driver.setProperty("connectTimeout", seconds(number("connectTimeoutMS", 10_000)));
            driver.setProperty("loginTimeout", seconds(number("connectTimeoutMS", 10_000)));
            // A database that has vanished without a word must not hold requests for ever.
            int limit = Math.max(60_000, (int) statementTimeout().toMillis() + 10_000);
            driver.setProperty("socketTimeout", seconds(number("socketTimeoutMS", limit)));
            for (String key : new String[] {"prepareThreshold", "options", "sslmode"}) {
                if (query.containsKey(key)) {
                    driver.setProperty(key, query.get(key));
                }
            }
            ssl(driver);
            return driver;
        }

        private static String seconds(int millis) {
            return String.valueOf(Math.max(1, millis / 1000));
        }

        private String name() {
            if (options.get("appName") instanceof String name) {
                return name;
            }
            return query.getOrDefault(
                    "application_name", query.getOrDefault("fallback_application_name", "parse-server"));
        }

        /**
         * {@code ssl=true} checks the certificate against the authorities that Java knows, {@code ca} against that file, {@code
         * rejectUnauthorized=false} not at all.
         */
        private void ssl(Properties driver) {
            boolean checks = !"false".equalsIgnoreCase(query.get("rejectUnauthorized"));
            boolean wanted = isTrue("ssl");
            for (String key : new String[] {"ca", "pfx", "cert", "key", "passphrase", "rejectUnauthorized"}) {
                wanted |= query.containsKey(key);
            }
            if (!wanted) {
                return;
            }
            driver.setProperty("ssl", "true");
            driver.putIfAbsent("sslmode", checks ? "verify-full" : "require");
            if (query.containsKey("ca")) {
                driver.setProperty("sslrootcert", file("ca"));
            } else if (checks && !query.containsKey("key") && !query.containsKey("pfx")) {
                driver.setProperty("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
            }
            if (query.containsKey("cert")) {
                driver.setProperty("sslcert", file("cert"));
            }
            if (query.containsKey("key") || query.containsKey("pfx")) {
                driver.setProperty("sslkey", file(query.containsKey("pfx") ? "pfx" : "key"));
            }
            if (query.containsKey("passphrase")) {
                driver.setProperty("sslpassword", query.get("passphrase"));
            }
        }

        private String file(String key) {
            Path file = Path.of(query.get(key));
            if (!Files.isReadable(file)) {
                throw bad("the file that " + key.toLowerCase(Locale.ROOT) + " names cannot be read");
            }
            return file.toString();
        }
    }
}
