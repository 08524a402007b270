package dev.kami.parse.storage.sql;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Indexes that nobody asked for: made when the first query comes that one would serve, as MongoDB does for {@code $text} and
 * {@code $nearSphere}. They are built one after the other, beside the requests, without stopping writes ({@code
 * CONCURRENTLY}); until one is ready its queries read the table.
 */
final class PostgresIndexes implements AutoCloseable {
    /** PostgreSQL cuts names silently; two indexes would become one. */
    private static final int MAX_NAME = 63;

    private final Connector connector;
    private final Consumer<String> warnings;
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private ExecutorService worker;
    private volatile Connection building;
    private volatile boolean closed;

    PostgresIndexes(Connector connector, Consumer<String> warnings) {
        this.connector = connector;
        this.warnings = warnings;
    }

    /** A name that no other class has an index of. */
    static String name(String className, String what) {
        String name = className + "." + what;
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MAX_NAME) {
            return name;
        }
        return new String(bytes, 0, MAX_NAME - 9, StandardCharsets.UTF_8).replace("\ufffd", "") + "#"
                + Integer.toHexString(name.hashCode());
    }

    /** Points of a field are searched by their place. */
    void points(Layout layout, Column column) {
        String className = layout.schema.className();
        build(name(className, column.field()), () -> points(className, column.field()));
    }

    static String points(String className, String field) {
        return " ON " + SqlText.quote(className) + " USING gist (" + SqlText.quote(field) + ")";
    }

    /** Texts of a field are searched by their words. */
    void words(Layout layout, Column column, String language) {
        String className = layout.schema.className();
        String what = language.equals("english") ? column.field() + "_text" : column.field() + "_text_" + language;
        build(
                name(className, what),
                () -> " ON " + SqlText.quote(className) + " USING gin (" + PostgresText.words(column.sql(), language)
                        + ")");
    }

    /** An index that is there; nobody has to make it. */
    void isThere(String name) {
        known.add(name);
    }

    /** What has been dropped with its table or field may be wanted again. */
    void forget(String className) {
        known.removeIf(name -> name.startsWith(className + "."));
    }

    @FunctionalInterface
    interface Definition {
        /** What follows the name of the index. */
        String sql();
    }

    void build(String name, Definition definition) {
        if (!known.contains(name) && known.add(name)) {
            start(() -> execute(name, "INDEX", definition));
        }
    }

    /** As {@link #build}, unique; where it cannot be, a warning says so. */
    void buildUnique(String name, Definition definition) {
        if (known.add(name)) {
            start(() -> execute(name, "UNIQUE INDEX", definition));
        }
    }

    private synchronized void start(Runnable work) {
        if (closed) {
            return;
        }
        if (worker == null) {
            worker = Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("storage-indexes").factory());
        }
        worker.execute(work);
    }

    private void execute(String name, String kind, Definition definition) {
        if (closed) {
            return;
        }
        try (Connection connection = connector.open();
                Statement statement = connection.createStatement()) {
            building = connection;
            try {
                statement.execute(
                        "CREATE " + kind + " CONCURRENTLY IF NOT EXISTS " + SqlText.quote(name) + definition.sql());
            } catch (SQLException e) {
                if (!closed) {
                    statement.execute("DROP INDEX IF EXISTS " + SqlText.quote(name)); // an unfinished one costs writes
                }
                throw e;
            }
        } catch (SQLException e) {
            if (!closed) {
                warnings.accept("The index " + name + " cannot be made: " + e.getMessage());
            }
        } finally {
            building = null;
        }
    }

    /** What is being built is given up. */
    @Override
    public void close() {
        ExecutorService running;
        synchronized (this) {
            closed = true;
            running = worker;
        }
        if (running == null) {
            return;
        }
        running.shutdownNow();
        Connection open = building;
        try {
            if (open != null) {
                open.abort(Runnable::run);
            }
            running.awaitTermination(5, TimeUnit.SECONDS);
        } catch (SQLException e) {
            // It is going to be closed by its own thread.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
