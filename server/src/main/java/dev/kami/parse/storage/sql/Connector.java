package dev.kami.parse.storage.sql;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens a connection that belongs to the caller. */
@FunctionalInterface
interface Connector {
    Connection open() throws SQLException;
}
