package dev.kami.parse.storage.sql;

import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.DbClientException;
import io.helidon.dbclient.jdbc.JdbcClientBuilder;
import io.helidon.dbclient.jdbc.JdbcConnectionPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;

/**
 * Each statement on a connection of its own, because H2 commits with every change of a table. The statements are rare, so
 * they go through Helidon's DbClient. It is built with the first of them; a start on a complete database needs none.
 */
final class EmbeddedSession implements SchemaSession {
    private final Connector connector;
    private final Supplier<DbClient> client;

    /**
     * @param connector not the pool of data statements: all of that may be held by transactions that wait for this change to
     *     end
     */
    EmbeddedSession(Connector connector) {
        this.connector = connector;
        this.client = once(() -> client(connector));
    }

    private static DbClient client(Connector connector) {
        JdbcConnectionPool pool = () -> {
            try {
                return connector.open();
            } catch (SQLException e) {
                throw new DbClientException("No connection", e);
            }
        };
        return JdbcClientBuilder.create().connectionPool(pool).build();
    }

    /** Only called under the lock, or before other threads know this object. */
    private static <T> Supplier<T> once(Supplier<T> make) {
        return new Supplier<>() {
            private T made;

            @Override
            public T get() {
                if (made == null) {
                    made = make.get();
                }
                return made;
            }
        };
    }

    @Override
    public void execute(String sql) {
        try {
            client.get().execute().dml(sql);
        } catch (DbClientException e) {
            throw translated(e);
        }
    }

    /** Number of rows of a table (quoted name). */
    long rows(String table) {
        return client.get()
                .execute()
                .createGet("SELECT COUNT(*) AS \"n\" FROM " + table)
                .execute()
                .map(row -> row.column("n").get(Long.class))
                .orElse(0L);
    }

    private static RuntimeException translated(DbClientException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return SqlErrors.translate(sql);
            }
        }
        return e;
    }

    @Override
    public <T> T on(Connections.Work<T> work) {
        try (Connection connection = connector.open()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw SqlErrors.translate(e);
        }
    }

    @Override
    public <T> T together(Supplier<T> change) {
        return change.get();
    }
}
