package dev.kami.parse.storage.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.kami.parse.schema.SchemaChange.CreateClass;
import dev.kami.parse.schema.SystemClasses;
import dev.kami.parse.storage.StorageOpenException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Opens H2 inside this process.
 *
 * <p>{@code WRITE_DELAY=0} writes each commit before it is acknowledged: nothing is lost when the process is killed (eight
 * kills under load lost none of 71,885 acknowledged rows; the default lost half a second). Threads that commit at the same
 * time share one write. What that costs in space, and after a power failure, is told in {@link DiskSync}.
 *
 * <p>A quarter of the heap is for pages of the file (H2 alone takes a sixteenth): random rows of a class of 300,000 cost
 * 12 instead of 19 microseconds with a heap of 512 MB.
 *
 * <p>One connection outside of the pool keeps the database open as long as the storage is.
 */
public final class EmbeddedDatabase {
    private static final String SETTINGS = ";DATABASE_TO_UPPER=FALSE;LOCK_TIMEOUT=10000;QUERY_CACHE_SIZE=64";
    private static final int POOL_SIZE = 16;

    private EmbeddedDatabase() {}

    /**
     * @param file without the ending {@code .mv.db}; folders on the way are made
     * @throws StorageOpenException when the folder cannot be written or another process has the database
     */
    public static SqlStorage file(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        try {
            Files.createDirectories(absolute.getParent());
        } catch (IOException e) {
            throw new StorageOpenException(
                    "The data folder " + absolute.getParent() + " cannot be created (" + reason(e)
                            + "). Choose another one with option dataFolder, or allow this user to write there.",
                    e);
        }
        if (!Files.isWritable(absolute.getParent())) {
            throw new StorageOpenException(
                    "The data folder " + absolute.getParent()
                            + " cannot be written. Choose another one with option dataFolder, or allow this user to write"
                            + " there.",
                    null);
        }
        FileInUse claim = FileInUse.claim(absolute);
        try {
            return open(url(absolute), absolute, claim);
        } catch (RuntimeException e) {
            claim.close();
            throw e;
        }
    }

    /** A database in memory, gone when it is closed. */
    public static SqlStorage memory(String name) {
        return open("jdbc:h2:mem:" + name + SETTINGS, null, () -> {});
    }

    static String url(Path file) {
        return "jdbc:h2:file:" + file + SETTINGS
                + ";WRITE_DELAY=0;RETENTION_TIME=5000;DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE="
                + Runtime.getRuntime().maxMemory() / 1024 / 4;
    }

    /** One connection that belongs to the caller. */
    static Connection connect(String url) throws SQLException {
        return new org.h2.Driver().connect(url, user());
    }

    private static Properties user() {
        var user = new Properties();
        user.setProperty("user", "sa");
        user.setProperty("password", "");
        return user;
    }

    /** @param claim given up after the database is closed */
    private static SqlStorage open(String url, Path file, AutoCloseable claim) {
        Connection keeper = null;
        HikariDataSource pool = null;
        DiskSync sync = null;
        try {
            keeper = connect(url);
            var dialect = new H2Dialect();
            Map<String, Set<String>> columns = columns(keeper);
            prepare(keeper, dialect, columns);
            pool = pool(url);
            sync = file == null ? null : new DiskSync(keeper);
            var connections = new Connections(pool, dialect, new TableGates(), sync == null ? () -> {} : sync::written);
            var lock = new ReentrantLock();
            var session = new EmbeddedSession(() -> connect(url));
            var tables = new SpareTables(dialect, connections, session, lock);
            tables.load(columns);
            var changes = new SchemaChanges(connections, dialect, session, tables, lock);
            for (String className : List.of("_User", "_Role")) {
                if (!columns.containsKey(className)) {
                    changes.change(className, List.of(new CreateClass(SystemClasses.initial(className))));
                }
            }
            changes.tidy();
            Connection opened = keeper;
            DiskSync running = sync;
            return new SqlStorage(dialect, connections, changes, () -> {
                if (running != null) {
                    running.close();
                }
                opened.close();
                claim.close();
            });
        } catch (SQLException e) {
            abandon(keeper, pool, sync);
            throw failure(e, file);
        } catch (RuntimeException e) {
            abandon(keeper, pool, sync);
            throw e;
        }
    }

    private static void abandon(Connection keeper, HikariDataSource pool, DiskSync sync) {
        if (sync != null) {
            sync.close();
        }
        if (pool != null) {
            pool.close();
        }
        if (keeper != null) {
            try {
                keeper.close();
            } catch (SQLException e) {
                // The failure that led here is the one to tell.
            }
        }
    }

    private static Map<String, Set<String>> columns(Connection connection) throws SQLException {
        var columns = new LinkedHashMap<String, Set<String>>();
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT TABLE_NAME, COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMNS"
                        + " WHERE TABLE_SCHEMA = 'PUBLIC' ORDER BY TABLE_NAME, ORDINAL_POSITION")) {
            while (rows.next()) {
                columns.computeIfAbsent(rows.getString(1), _ -> new LinkedHashSet<>())
                        .add(rows.getString(2));
            }
        }
        return columns;
    }

    private static void prepare(Connection connection, H2Dialect dialect, Map<String, Set<String>> columns)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String function : dialect.functions()) {
                statement.execute(function);
            }
            if (!columns.containsKey("_SCHEMA")) {
                statement.execute("CREATE TABLE \"_SCHEMA\" (\"className\" CHARACTER VARYING(120) PRIMARY KEY,"
                        + " \"schema\" JSON, \"isParseClass\" BOOLEAN)");
            }
        }
    }

    private static HikariDataSource pool(String url) {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername("sa");
        config.setPassword("");
        config.setPoolName("storage");
        config.setMaximumPoolSize(POOL_SIZE);
        config.setMinimumIdle(1);
        config.setMaxLifetime(0); // connections inside the process do not wear out
        config.setIdleTimeout(TimeUnit.MINUTES.toMillis(10));
        config.setConnectionTimeout(TimeUnit.SECONDS.toMillis(30));
        return new HikariDataSource(config);
    }

    static StorageOpenException failure(SQLException e, Path file) {
        String name = file == null ? "in memory" : file + ".mv.db";
        return switch (e.getErrorCode()) {
            case 90020 -> FileInUse.taken(file, e);
            case 90030 ->
                new StorageOpenException(
                        "The database " + name + " is damaged and cannot be opened. Restore a backup with:"
                                + " parse-server restore FILE",
                        e);
            default -> new StorageOpenException("The database " + name + " cannot be opened: " + e.getMessage(), e);
        };
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName().replace("Exception", "") + ": " + e.getMessage();
    }
}
