package dev.kami.parse.storage.sql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * PostgreSQL for tests: one real server for all tests of this process, started from the jars of the build on a random port,
 * and the one that {@code TEST_POSTGRES_URI} names, if it is set. Each storage gets a database of its own.
 */
public final class TestPostgres {
    /** What no test may be stopped by. */
    private static final Duration AT_ONCE = Duration.ZERO;

    private final String name;
    private final Supplier<String> uri;
    private String template;

    private TestPostgres(String name, Supplier<String> uri) {
        this.name = name;
        this.uri = uri;
    }

    /** Started with the first use; ends with the process. */
    private static final class Embedded {
        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("full_page_writes", "off")
                        .setServerConfig("max_connections", "300")
                        .setServerConfig("shared_buffers", "64MB")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static String uri() {
            return "postgres://postgres@127.0.0.1:" + SERVER.getPort() + "/postgres";
        }
    }

    private static final TestPostgres OF_THE_BUILD = new TestPostgres("of the build", Embedded::uri);

    /** All that are to be tested. */
    public static List<TestPostgres> servers() {
        var servers = new ArrayList<>(List.of(OF_THE_BUILD));
        String given = System.getenv("TEST_POSTGRES_URI");
        if (given != null && !given.isBlank()) {
            servers.add(new TestPostgres("of TEST_POSTGRES_URI", () -> given));
        }
        return servers;
    }

    /** The one of the build. */
    public static TestPostgres server() {
        return OF_THE_BUILD;
    }

    @Override
    public String toString() {
        return name;
    }

    /** Runs a statement in the database that the address names. */
    public static void execute(String uri, String sql) {
        try (Connection connection = connect(uri);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    static Connection connect(String uri) throws SQLException {
        PostgresSettings settings = PostgresSettings.of(uri, Map.of());
        return new org.postgresql.Driver().connect(settings.jdbcUrl(), settings.driver());
    }

    /** The address of a new, empty database. */
    public String create() {
        return create("template0");
    }

    private String create(String from) {
        String database = "test_" + UUID.randomUUID().toString().replace("-", "");
        execute(uri.get(), "CREATE DATABASE " + database + " ENCODING 'UTF8' TEMPLATE " + from);
        return at(database);
    }

    private String at(String database) {
        URI all = URI.create(uri.get());
        String query = all.getRawQuery() == null ? "" : "?" + all.getRawQuery();
        return all.getScheme() + "://" + all.getRawAuthority() + "/" + database + query;
    }

    public void drop(String address) {
        execute(
                uri.get(),
                "DROP DATABASE IF EXISTS " + URI.create(address).getPath().substring(1) + " WITH (FORCE)");
    }

    /** The address of a new database with the tables that a start makes: a copy of one that was started. */
    synchronized String prepared() {
        if (template == null) {
            String address = create();
            open(address).close();
            template = URI.create(address).getPath().substring(1);
        }
        return create(template);
    }

    public static SqlStorage open(String address) {
        return open(address, Map.of());
    }

    public static SqlStorage open(String address, Map<String, Object> options) {
        return PostgresDatabase.open(PostgresSettings.of(address, options).withStartPatience(AT_ONCE), warning -> {
            throw new AssertionError(warning);
        });
    }
}
