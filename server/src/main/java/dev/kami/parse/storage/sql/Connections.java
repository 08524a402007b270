package dev.kami.parse.storage.sql;

import com.zaxxer.hikari.HikariDataSource;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * Runs statements on a connection of the pool, or on that of the open transaction. The transaction is a scoped value that
 * nobody else can read, so it ends with the call that opened it and cannot leak into another request.
 */
final class Connections implements AutoCloseable {
    /** Attempts of a statement that lost against another one, outside of a transaction. */
    private static final int ATTEMPTS = 10;

    /** Databases have a limit (H2 100,000, PostgreSQL 65,535); lists of ids and numbers count as one value. */
    private static final int MAX_VALUES = 50_000;

    private final HikariDataSource pool;
    private final SqlDialect dialect;
    private final Runnable written;
    private final TableGates gates = new TableGates();
    private final ScopedValue<Transaction> transaction = ScopedValue.newInstance();

    /** The open transaction, used by its thread alone. */
    private static final class Transaction {
        final Connection connection;
        /** The tables that must not change before it ends. */
        final TableGates.Held held;
        /** The database has undone it already (a deadlock), whatever the work thinks of the error. */
        ParseException lost;

        Transaction(Connection connection, TableGates.Held held) {
            this.connection = connection;
            this.held = held;
        }
    }

    /** @param written called after something may have been written */
    Connections(HikariDataSource pool, SqlDialect dialect, Runnable written) {
        this.pool = pool;
        this.dialect = dialect;
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
        return gates.shared(table, transaction.isBound() ? transaction.get().held : null, work);
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

    /** Runs a query and hands its rows to {@code rows}, on this thread. */
    <T> T query(SqlText sql, Rows<T> rows) {
        return call(connection -> query(connection, sql, rows));
    }

    <T> T query(Connection connection, SqlText sql, Rows<T> rows) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql)) {
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
     * the same place, and the failed statement is undone.
     *
     * @param columns their names, without quotes
     */
    <T> T updateReturning(SqlText sql, String[] columns, Rows<T> rows) {
        T result = call(connection -> updateReturning(connection, sql, columns, rows));
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
        int changed = call(connection -> update(connection, sql));
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

    /** Several statements that succeed or fail as one: in the open transaction, or in one of their own. */
    <T> T atomically(Work<T> work) {
        if (transaction.isBound()) {
            return call(work);
        }
        return again(() -> {
            try (Connection connection = pool.getConnection()) {
                connection.setAutoCommit(false);
                boolean done = false;
                try {
                    T result = work.on(connection);
                    connection.commit();
                    written.run();
                    done = true;
                    return result;
                } finally {
                    end(connection, done);
                }
            }
        });
    }

    private static void end(Connection connection, boolean committed) throws SQLException {
        if (!committed) {
            connection.rollback();
        }
        connection.setAutoCommit(true);
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
        try (TableGates.Held held = gates.held();
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

    @Override
    public void close() {
        pool.close();
    }
}
