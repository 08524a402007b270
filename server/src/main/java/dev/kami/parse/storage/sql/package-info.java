/**
 * Objects in a SQL database, in the table layout of the genuine server's PostgreSQL adapter: one table per class, one
 * column per field, join tables for relations, the classes themselves as JSON in {@code _SCHEMA}.
 *
 * <p>{@link dev.kami.parse.storage.sql.SqlStorage} is the adapter. What happens to a request: {@code Layout} knows which
 * field lives in which column, {@code WhereCompiler} and {@code SortCompiler} turn constraints and order into SQL with
 * parameters, {@code UpdateCompiler} turns operations into one statement or a locked read and write, {@code Connections}
 * runs it, {@code RowReader} makes objects of rows. {@code SchemaChanges} changes classes, and only {@code Tables} changes
 * tables. What databases write differently is in {@code SqlDialect}, {@code Tables} and {@code SchemaSession}.
 *
 * <p>H2 ({@code EmbeddedDatabase}): has no operator for much of it and calls Java functions ({@code H2Functions}), the same
 * code as the in-memory matcher. Adding a column copies the table, so {@code SpareTables} keeps some in store.
 *
 * <p>PostgreSQL ({@code PostgresDatabase}): {@code PostgresMembers} and {@code PostgresJson} say it in SQL; where that is only
 * nearly right, {@code Residual} tests each row. {@code SchemaNotices} tells other servers of changes and hears of theirs.
 */
package dev.kami.parse.storage.sql;
