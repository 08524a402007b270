package dev.kami.parse.storage.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * A change of a class as one transaction on a connection of its own: all of it or nothing, one at a time among all servers of
 * this kind on the database (an advisory lock), and told to the others when it is done.
 *
 * <p>A server of the genuine kind takes no such lock, so the same table may be made twice; and a long query may hold a table.
 * Then everything is undone and tried again for a while. Statements that come behind a change wait for it as long as it waits
 * for the table, therefore it does not wait long at a time.
 *
 * <p>Used by one thread at a time, under the lock of {@link SchemaChanges}.
 */
final class PostgresSession implements SchemaSession {
    /** Any number, the same for all servers of this kind. */
    private static final long LOCK = 0x6b616d69L;

    private static final long PATIENCE_SECONDS = 20;

    /**
     * 55P03 table not free in time, 40P01 deadlock, 40001 serialisation, 42P07 table, 42701 column, 42710 object is there, 23505
     * the same in the catalogue of the database, XX000 a row of the catalogue was changed at the same time.
     */
    private static final Set<String> TRY_AGAIN =
            Set.of("55P03", "40P01", "40001", "42P07", "42701", "42710", "23505", "XX000");

    private final Connector connector;
    private final SchemaNotices notices;
    private Runnable undone = () -> {};
    private Connection open;

    /** Carries what may be tried again past the code between. */
    private static final class Again extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient SQLException reason;

        Again(SQLException reason) {
            super(null, reason, false, false);
            this.reason = reason;
        }
    }

    PostgresSession(Connector connector, SchemaNotices notices) {
        this.connector = connector;
        this.notices = notices;
    }

    /** What to do after a change has been undone: what is known of tables may be wrong then. */
    void afterUndoing(Runnable undone) {
        this.undone = undone;
    }

    @Override
    public void execute(String sql) {
        on(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    @Override
    public <T> T on(Connections.Work<T> work) {
        try {
            if (open != null) {
                return work.on(open);
            }
            try (Connection connection = connector.open()) {
                return work.on(connection);
            }
        } catch (SQLException e) {
            if (open != null && TRY_AGAIN.contains(e.getSQLState())) {
                throw new Again(e);
            }
            throw SqlErrors.translate(e);
        }
    }

    @Override
    public <T> T together(Supplier<T> change) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        for (int attempt = 1; ; attempt++) {
            try {
                return once(change);
            } catch (Again again) {
                if (System.nanoTime() > end) {
                    throw SqlErrors.translate(again.reason);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(Math.min(20L * attempt, 500)));
            }
        }
    }

    private <T> T once(Supplier<T> change) {
        try (Connection connection = connector.open()) {
            connection.setAutoCommit(false);
            boolean done = false;
            open = connection;
            try {
                execute("SET LOCAL lock_timeout = '15s'");
                execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
                execute("SET LOCAL lock_timeout = '2s'");
                T result = change.get();
                if (hasWritten(connection)) {
                    notices.tell(connection);
                }
                connection.commit();
                done = true;
                return result;
            } finally {
                open = null;
                if (!done) {
                    rollback(connection);
                    undone.run();
                }
            }
        } catch (SQLException e) {
            throw TRY_AGAIN.contains(e.getSQLState()) ? new Again(e) : SqlErrors.translate(e);
        }
    }

    private static boolean hasWritten(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT pg_current_xact_id_if_assigned() IS NOT NULL");
                ResultSet row = statement.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // It is closed next, which undoes the same.
        }
    }
}
