package dev.kami.parse.storage.sql;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * Runs statements on a connection of the pool, or on that of the open transaction. The transaction is a scoped value that
 * nobody else can read, so it ends with the call that opened it and cannot leak into another request.
 *
 * <p>A transaction may need a class to grow that it has written to. Its own lock on the table would then stop the change,
 * which has a connection of its own, for ever. H2 puts the field into the overflow column instead ({@link TableGates}). A
 * database without such a column takes the other way: the transaction keeps a journal of what it has written; {@link
 * #outside} undoes it, lets the change happen while the transaction holds nothing, and writes everything again. What the
 * caller has been told must still be true then (an Increment answers with its result), otherwise the transaction has lost
 * against another one, as if it had met it at a lock.
 */
final class Connections implements AutoCloseable {
    /** Attempts of a statement that lost against another one, outside of a transaction. */
    private static final int ATTEMPTS = 10;

    /** Databases have a limit (H2 100,000, PostgreSQL 65,535); lists of ids and numbers count as one value. */
    private static final int MAX_VALUES = 50_000;

    private final HikariDataSource pool;
    private final SqlDialect dialect;
    private final Runnable written;
    private final TableGates gates;
    private final ScopedValue<Transaction> transaction = ScopedValue.newInstance();

    /** Something written, and what it answered. */
    private record Step<T>(Work<T> work, T answer) {
        boolean repeat(Connection connection) throws SQLException {
            return Objects.equals(answer, work.on(connection));
        }
    }

    /** The open transaction of a thread. */
    private static final class Transaction {
        private final Connection connection;
        /** The tables that must not change before it ends; {@code null} where the database sees to that. */
        private final TableGates.Held held;

        private final List<Step<?>> journal = new ArrayList<>();

        /** The database has undone it already (a deadlock), whatever the work thinks of the error. */
        private ParseException lost;

        private Transaction(Connection connection, TableGates.Held held) {
            this.connection = connection;
            this.held = held;
        }
    }

    /**
     * @param gates keep statements and changes of a table apart; {@code null} when the database does it, and a transaction
     *     must let go of a table before it can change
     * @param written called after something may have been written
     */
    Connections(HikariDataSource pool, SqlDialect dialect, TableGates gates, Runnable written) {
        this.pool = pool;
        this.dialect = dialect;
        this.gates = gates;
        this.written = written;
    }

    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    @FunctionalInterface
    interface Rows<T> {
        T read(ResultSet rows) throws SQLException;
    }

    /** Statements on a table of a class, which does not change its columns meanwhile. */
    <T> T on(String table, Supplier<T> work) {
        return gates == null
                ? work.get()
                : gates.shared(table, transaction.isBound() ? transaction.get().held : null, work);
    }

    /**
     * A change of a table, while no statement is on it.
     *
     * @param patience how long to wait for the statements and transactions that are on it
     * @return false when nothing was done, because others are on it for longer, or the open transaction itself
     */
    boolean alone(String table, Duration patience, Runnable change) {
        if (transaction.isBound() && transaction.get().held.holds(table)) {
            return false;
        }
        return gates.alone(table, patience, change);
    }

    /** Work that may have to wait for other transactions, so the open one holds nothing meanwhile. */
    <T> T outside(Supplier<T> work) {
        if (gates != null || !transaction.isBound()) {
            return work.get();
        }
        Transaction open = transaction.get();
        try {
            open.connection.rollback();
        } catch (SQLException e) {
            throw SqlErrors.translate(e);
        }
        try {
            return work.get();
        } finally {
            writeAgain(open);
        }
    }

    private static void writeAgain(Transaction open) {
        for (Step<?> step : open.journal) {
            if (!inside(open, step::repeat)) {
                open.lost = SqlErrors.conflict();
                throw open.lost;
            }
        }
    }

    /** Runs a query and hands its rows to {@code rows}, on this thread. */
    <T> T query(SqlText sql, Rows<T> rows) {
        return call(connection -> query(connection, sql, rows));
    }

    /** A query whose rows may be many: no more than a few of them are in memory at a time. */
    <T> T stream(SqlText sql, Rows<T> rows) {
        if (dialect.fetchSize() == 0 || transaction.isBound()) {
            return query(sql, rows);
        }
        return atomically(connection -> query(connection, sql, rows), () -> {});
    }

    <T> T query(Connection connection, SqlText sql, Rows<T> rows) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql)) {
            statement.setFetchSize(dialect.fetchSize());
            RowFunction[] functions = bind(statement, sql.values());
            try (ResultSet result = functions.length == 0
                    ? statement.executeQuery()
                    : withFunctions(functions, statement::executeQuery)) {
                return rows.read(result);
            }
        }
    }

    /**
     * An update that hands on the columns of what it has changed.
     *
     * <p>Not {@code SELECT ... FROM FINAL TABLE (UPDATE ...)}: when such an update violates a unique index, H2 2.4.240 does
     * not undo it, and the row differs from its indexes from then on. The columns of the "generated keys" of JDBC come from
     * the same place, and the failed statement is undone. On PostgreSQL they are {@code RETURNING}.
     *
     * @param columns their names, without quotes
     */
    <T> T updateReturning(SqlText sql, String[] columns, Rows<T> rows) {
        T result = write(connection -> updateReturning(connection, sql, columns, rows));
        written.run();
        return result;
    }

    private <T> T updateReturning(Connection connection, SqlText sql, String[] columns, Rows<T> rows)
            throws SQLException {
        requireFewValues(sql);
        try (PreparedStatement statement = connection.prepareStatement(sql.text(), columns)) {
            RowFunction[] functions = bind(statement, sql.values());
            if (functions.length == 0) {
                statement.executeUpdate();
            } else {
                withFunctions(functions, statement::executeUpdate);
            }
            try (ResultSet result = statement.getGeneratedKeys()) {
                return rows.read(result);
            }
        }
    }

    /** How many rows were changed. */
    int update(SqlText sql) {
        int changed = write(connection -> update(connection, sql));
        written.run();
        return changed;
    }

    int update(Connection connection, SqlText sql) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql)) {
            RowFunction[] functions = bind(statement, sql.values());
            return functions.length == 0
                    ? statement.executeUpdate()
                    : withFunctions(functions, statement::executeUpdate);
        }
    }

    /** One statement with many rows of values. */
    void batch(Connection connection, String sql, Iterable<Object[]> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Object[] values : rows) {
                for (int i = 0; i < values.length; i++) {
                    dialect.bind(statement, i + 1, values[i]);
                }
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (BatchUpdateException e) {
            throw e.getNextException() == null ? e : e.getNextException(); // what the row was refused for
        }
    }

    private static PreparedStatement prepare(Connection connection, SqlText sql) throws SQLException {
        requireFewValues(sql);
        return connection.prepareStatement(sql.text());
    }

    private static void requireFewValues(SqlText sql) {
        if (sql.values().size() > MAX_VALUES) {
            throw new ParseException(
                    ErrorCode.INVALID_QUERY, "The query has more than " + MAX_VALUES + " values. Split it.");
        }
    }

    private RowFunction[] bind(PreparedStatement statement, List<Object> values) throws SQLException {
        RowFunction[] functions = NONE;
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            if (value instanceof RowFunction function) {
                functions = java.util.Arrays.copyOf(functions, functions.length + 1);
                functions[functions.length - 1] = function;
                statement.setInt(i + 1, functions.length - 1);
            } else {
                dialect.bind(statement, i + 1, value);
            }
        }
        return functions;
    }

    private static final RowFunction[] NONE = {};

    @FunctionalInterface
    private interface Execution<T> {
        T run() throws SQLException;
    }

    private static <T> T withFunctions(RowFunction[] functions, Execution<T> execution) throws SQLException {
        return ScopedValue.where(H2Functions.OF_STATEMENT, functions).<T, SQLException>call(execution::run);
    }

    /** One statement, or several that need not be atomic: on the open transaction if there is one. */
    <T> T call(Work<T> work) {
        if (transaction.isBound()) {
            return inside(transaction.get(), work);
        }
        return again(() -> {
            try (Connection connection = pool.getConnection()) {
                return work.on(connection);
            }
        });
    }

    private static <T> T inside(Transaction transaction, Work<T> work) {
        if (transaction.lost != null) {
            throw transaction.lost;
        }
        try {
            return work.on(transaction.connection);
        } catch (SQLException e) {
            RuntimeException answer = SqlErrors.translate(e);
            if (answer instanceof ParseException lost && lost.code() == ErrorCode.INVALID_LINKED_SESSION) {
                transaction.lost = lost;
            }
            throw answer;
        }
    }

    /** As {@link #call}, for work that writes. */
    private <T> T write(Work<T> work) {
        T answer = call(work);
        if (gates == null && transaction.isBound()) {
            transaction.get().journal.add(new Step<>(work, answer));
        }
        return answer;
    }

    /** Several statements that succeed or fail as one: in the open transaction, or in one of their own. */
    <T> T atomically(Work<T> work) {
        return atomically(work, written);
    }

    private <T> T atomically(Work<T> work, Runnable committed) {
        if (transaction.isBound()) {
            return write(work);
        }
        return again(() -> {
            try (Connection connection = pool.getConnection()) {
                connection.setAutoCommit(false);
                boolean done = false;
                try {
                    T result = work.on(connection);
                    connection.commit();
                    committed.run();
                    done = true;
                    return result;
                } finally {
                    end(connection, done);
                }
            }
        });
    }

    private static void end(Connection connection, boolean committed) throws SQLException {
        try {
            if (!committed) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            if (committed) {
                throw e;
            }
            // The connection is broken, so the database undoes it; the failure that led here is the one to tell.
        }
    }

    private static <T> T again(Execution<T> execution) {
        for (int attempt = 1; ; attempt++) {
            try {
                return execution.run();
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !SqlErrors.mayTryAgain(e)) {
                    throw SqlErrors.translate(e);
                }
            }
        }
    }

    <T> T inTransaction(Callable<T> work) throws Exception {
        if (transaction.isBound()) {
            return work.call();
        }
        try (TableGates.Held held = gates == null ? null : gates.held();
                Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            boolean done = false;
            try {
                var open = new Transaction(connection, held);
                T result = ScopedValue.where(transaction, open).call(work::call);
                if (open.lost != null) {
                    throw open.lost;
                }
                connection.commit();
                written.run();
                done = true;
                return result;
            } finally {
                end(connection, done);
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e);
        }
    }

    int count(SqlStorage.PoolState state) {
        HikariPoolMXBean figures = pool.getHikariPoolMXBean();
        return switch (state) {
            case OPEN -> figures.getTotalConnections();
            case ACTIVE -> figures.getActiveConnections();
            case AWAITED -> figures.getThreadsAwaitingConnection();
        };
    }

    @Override
    public void close() {
        pool.close();
    }
}
