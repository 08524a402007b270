package dev.kami.parse.storage.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.kami.parse.schema.SchemaChange.CreateClass;
import dev.kami.parse.schema.SystemClasses;
import dev.kami.parse.storage.StorageOpenException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Opens a PostgreSQL database, new or of the genuine server. Three kinds of connections: the pool for data, one that waits for
 * notices, and for each change of a class one that is opened for it.
 */
public final class PostgresDatabase {
    private static final int OLDEST = 130_000;

    /** Two servers that start at once must not make the same function; any number, the same for all. */
    private static final long LOCK = 0x6b616d6aL;

    private PostgresDatabase() {}

    /**
     * @param warnings told what does not stop the server
     * @throws StorageOpenException when the database cannot be reached in time or used
     */
    public static SqlStorage open(PostgresSettings settings, Consumer<String> warnings) {
        Connector connector = () -> connect(settings, withoutLimit(settings));
        prepare(settings, connector, warnings);
        var notices = new SchemaNotices(connector);
        var indexes = new PostgresIndexes(connector, warnings);
        HikariDataSource pool = pool(settings);
        try {
            var dialect = new PostgresDialect(indexes);
            var connections = new Connections(pool, dialect, null, () -> {});
            var lock = new ReentrantLock();
            var session = new PostgresSession(connector, notices);
            var tables = new PostgresTables(connections, session, indexes);
            session.afterUndoing(tables::reload);
            var changes = new SchemaChanges(connections, dialect, session, tables, lock);
            tables.reload();
            changes.alone(() -> {
                tables.createVolatile();
                return null;
            });
            for (String className : List.of("_User", "_Role")) {
                if (tables.find(className) == null) {
                    changes.change(className, List.of(new CreateClass(SystemClasses.initial(className))));
                }
            }
            tables.completeIndexes();
            var storage = new SqlStorage(dialect, connections, changes, () -> {
                notices.close();
                indexes.close();
            });
            notices.listen(() -> {
                tables.reload();
                storage.schemaChanged();
            });
            return storage;
        } catch (SQLException e) {
            pool.close();
            indexes.close();
            throw failure(settings, e);
        } catch (RuntimeException e) {
            pool.close();
            indexes.close();
            throw e;
        }
    }

    private static Connection connect(PostgresSettings settings, Properties driver) throws SQLException {
        return new org.postgresql.Driver().connect(settings.jdbcUrl(), driver);
    }

    /** For work that may take long and that nobody waits for. */
    private static Properties withoutLimit(PostgresSettings settings) {
        Properties driver = settings.driver();
        driver.setProperty("socketTimeout", "0");
        return driver;
    }

    // -- what a database needs before the first statement

    private static void prepare(PostgresSettings settings, Connector connector, Consumer<String> warnings) {
        try (Connection connection = firstConnection(settings, connector, warnings);
                Statement statement = connection.createStatement()) {
            requireUsable(settings, statement);
            connection.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
            if (!isTrue(
                    statement,
                    "SELECT coalesce(obj_description(to_regproc('" + PostgresFunctions.LAST + "')::oid, 'pg_proc') = '"
                            + PostgresFunctions.VERSION + "', false)")) {
                for (String function : PostgresFunctions.all()) {
                    statement.execute(function);
                }
                statement.execute(
                        "COMMENT ON FUNCTION " + PostgresFunctions.LAST + " IS '" + PostgresFunctions.VERSION + "'");
            }
            if (!isTrue(statement, "SELECT to_regclass('\"_SCHEMA\"') IS NOT NULL")) {
                statement.execute(
                        "CREATE TABLE IF NOT EXISTS \"_SCHEMA\" (\"className\" varchar(120), \"schema\" jsonb,"
                                + " \"isParseClass\" bool, PRIMARY KEY (\"className\"))");
            }
            connection.commit();
        } catch (SQLException e) {
            throw failure(settings, e);
        }
    }

    /** Waits for a database that is not there yet: it often starts at the same time. */
    private static Connection firstConnection(PostgresSettings settings, Connector connector, Consumer<String> warnings)
            throws SQLException {
        long end = System.nanoTime() + settings.startPatience().toNanos();
        for (int attempt = 1; ; attempt++) {
            try {
                return connector.open();
            } catch (SQLException e) {
                if (!SqlErrors.isUnreachable(e) || System.nanoTime() > end) {
                    throw e;
                }
                if (attempt == 1) {
                    warnings.accept("The PostgreSQL server at " + settings.address() + " cannot be reached yet ("
                            + reason(e) + "). Trying for "
                            + settings.startPatience().toSeconds() + " s.");
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
        }
    }

    private static boolean isTrue(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static void requireUsable(PostgresSettings settings, Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT current_setting('server_version_num')::int,"
                + " current_setting('server_version'), current_setting('server_encoding'), current_schema()")) {
            row.next();
            if (row.getInt(1) < OLDEST) {
                throw new StorageOpenException(
                        "The server at " + settings.address() + " is PostgreSQL " + row.getString(2)
                                + "; version 13 or newer is needed.",
                        null);
            }
            if (!row.getString(3).equals("UTF8")) {
                throw new StorageOpenException(
                        "The database " + settings.database() + " at " + settings.address() + " has encoding "
                                + row.getString(3) + ". Create it with encoding UTF8: createdb -E UTF8 -T template0 "
                                + settings.database(),
                        null);
            }
            if (row.getString(4) == null) {
                throw new StorageOpenException(
                        "User " + settings.user() + " has no schema in database " + settings.database()
                                + ". Allow it: GRANT CREATE, USAGE ON SCHEMA public TO \"" + settings.user() + "\"",
                        null);
            }
        }
    }

    private static HikariDataSource pool(PostgresSettings settings) {
        var config = new HikariConfig();
        config.setJdbcUrl(settings.jdbcUrl());
        Properties driver = settings.driver();
        if (settings.statementTimeout().isPositive()) {
            driver.setProperty(
                    "options",
                    driver.getProperty("options", "") + " -c statement_timeout="
                            + settings.statementTimeout().toMillis());
        }
        config.setDriverClassName(org.postgresql.Driver.class.getName());
        config.setUsername(driver.getProperty("user"));
        config.setPassword(driver.getProperty("password"));
        driver.remove("user");
        driver.remove("password");
        config.setDataSourceProperties(driver);
        config.setPoolName("storage");
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(Math.min(settings.minimumIdle(), settings.poolSize()));
        config.setIdleTimeout(Math.max(10_000, settings.idleTimeout().toMillis()));
        config.setConnectionTimeout(Math.max(250, settings.poolWait().toMillis()));
        config.setValidationTimeout(
                Math.max(250, Math.min(5_000, settings.poolWait().toMillis() - 1)));
        config.setKeepaliveTime(Duration.ofMinutes(2).toMillis());
        config.setInitializationFailTimeout(-1); // a connection has been made before
        return new HikariDataSource(config);
    }

    private static StorageOpenException failure(PostgresSettings settings, SQLException e) {
        String where = "The PostgreSQL server at " + settings.address();
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        String text =
                switch (state) {
                    case "28P01", "28000" ->
                        where + " refuses user " + settings.user() + " for database " + settings.database()
                                + ". Check user and password in databaseURI.";
                    case "3D000" ->
                        where + " has no database " + settings.database() + ". Create it: createdb "
                                + settings.database();
                    case "42501" ->
                        "User " + settings.user() + " may not do what the server needs in database "
                                + settings.database() + " (" + e.getMessage()
                                + "). It must own the tables and may create some in the schema.";
                    default ->
                        SqlErrors.isUnreachable(e)
                                ? where + " cannot be reached (" + reason(e)
                                        + "). Check that it runs, and host and port in databaseURI."
                                : where + " cannot be used: " + reason(e);
                };
        return new StorageOpenException(text, e);
    }

    /** The driver's sentence about host names ends in advice that does not help here. */
    private static String reason(SQLException e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.lines().findFirst().orElse(message);
    }
}
