package dev.kami.parse.storage.sql;

import dev.kami.parse.value.ParseValue;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/** What databases write differently. Everything else is shared. */
interface SqlDialect {
    /** As {@code CREATE TABLE} wants it. */
    String type(ColumnType type);

    /** Question mark of a column that holds this. */
    String parameter(ColumnType type);

    /**
     * @param value String, Double, Boolean, Integer, {@code String[]}, {@code Double[]}, {@code byte[]} (JSON), a Date,
     *     GeoPoint or Polygon, or {@code null}
     */
    void bind(PreparedStatement statement, int index, Object value) throws SQLException;

    /** Milliseconds; only called when the column is not null. {@link Long#MIN_VALUE} for null. */
    long readDate(ResultSet row, int index) throws SQLException;

    /** A GeoPoint or Polygon, {@code null} for null. */
    ParseValue readShape(ResultSet row, int index) throws SQLException;

    /** {@code null} for null. */
    String[] readTexts(ResultSet row, int index) throws SQLException;

    /** True when {@code test} answers TRUE for the value of the column; never null. */
    void test(SqlText sql, Column column, RowFunction test);

    /** A number that {@code function} makes of the value of the column. */
    void number(SqlText sql, Column column, RowFunction function);

    /** Bytes that {@code function} makes of the value of the column, in the order of unsigned bytes. */
    void sortKey(SqlText sql, Column column, RowFunction function);

    /** A cheap condition that every point within these degrees fulfils, some others too. */
    void inBounds(SqlText sql, Column column, double south, double west, double north, double east);

    /** True when the array in the column holds one of the texts; null or false otherwise. */
    void containsAny(SqlText sql, String column, Collection<String> texts);

    /** {@code ORDER BY} of a column so that null comes first, or last when descending. */
    String direction(boolean descending);

    /** What a sort ends with, so that equal objects come in the same order every time. */
    String tieBreak();

    /** {@code UPDATE} of at most one row. */
    void updateOne(SqlText sql, String table, Runnable assignments, Runnable where);

    /** Locks the one row that was selected. */
    String forUpdate();

    /** Adds join rows (related id, owning id) that are not there yet. */
    void link(SqlText sql, String table, String owningId, List<String> relatedIds);

    /** The plan of a statement. */
    String explain(boolean run);

    /** Makes what {@link #test} and its kin call. */
    List<String> functions();
}
