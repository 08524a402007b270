package dev.kami.parse.storage.sql;

import java.util.function.Supplier;

/** How statements that change classes reach the database: never on the connection of a data transaction. */
interface SchemaSession {
    /** A statement without parameters. */
    void execute(String sql);

    /** Statements beside those that change tables. */
    <T> T on(Connections.Work<T> work);

    /**
     * A change of a class from beginning to end; where the database allows it, all of it happens or nothing. {@code change}
     * may run several times.
     */
    <T> T together(Supplier<T> change);
}
