/**
 * Objects in a SQL database, in the table layout of the genuine server's PostgreSQL adapter: one table per class, one
 * column per field, join tables for relations, the classes themselves as JSON in {@code _SCHEMA}.
 *
 * <p>{@link dev.kami.parse.storage.sql.SqlStorage} is the adapter. What happens to a request: {@code Layout} knows which
 * field lives in which column, {@code WhereCompiler} and {@code SortCompiler} turn constraints and order into SQL with
 * parameters, {@code UpdateCompiler} turns operations into one statement or a locked read and write, {@code Connections}
 * runs it, {@code RowReader} makes objects of rows. {@code Tables} is the only one that changes tables. What databases
 * write differently is in {@code SqlDialect}; H2 ({@code H2Dialect}) calls Java functions ({@code H2Functions}) where it
 * has no operator, and these are the same code as the in-memory matcher.
 */
package dev.kami.parse.storage.sql;
