package dev.kami.parse.storage.sql;

import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.Text;
import dev.kami.parse.storage.Capability;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.GeoPoint;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What databases write differently. Everything else is shared. */
interface SqlDialect {
    Set<Capability> capabilities();

    /** Question mark of a column that holds this. */
    String parameter(ColumnType type);

    /**
     * @param value String, Double, Boolean, Integer, {@code String[]}, {@code Double[]}, {@code byte[]} (JSON), a Date,
     *     GeoPoint or Polygon, or {@code null}
     */
    void bind(PreparedStatement statement, int index, Object value) throws SQLException;

    /** Milliseconds; {@link Long#MIN_VALUE} for null. */
    long readDate(ResultSet row, int index) throws SQLException;

    /** Undecoded JSON as bytes, or a {@link ParseValue}; {@code null} for null. */
    Object readJson(ResultSet row, int index) throws SQLException;

    /** A GeoPoint or Polygon, {@code null} for null. */
    ParseValue readShape(ResultSet row, int index) throws SQLException;

    /** {@code null} for null. */
    String[] readTexts(ResultSet row, int index) throws SQLException;

    /**
     * Rows that the driver fetches at a time when a result may be large; 0 when it never holds more than one.
     */
    int fetchSize();

    /**
     * A condition that plain comparison of columns cannot express: on members of JSON columns, shapes, patterns and words.
     * Null counts as false.
     *
     * @param below path within the value of the column, {@code ""} for the value itself
     * @param wide what to do when the database cannot tell: true takes rows that may not fulfil the condition, false leaves
     *     out rows that may
     * @return false when the database cannot tell exactly
     */
    boolean ask(SqlText sql, Layout layout, Column column, Constraint where, String below, boolean wide);

    /** The distance of a point column from {@code center} in radians; infinite when there is no point. */
    void distance(SqlText sql, Column column, GeoPoint center);

    /** How well a text fits the search. */
    void score(SqlText sql, Column column, Text text);

    /** What values in a JSON or shape column are ordered by: see {@link dev.kami.parse.query.Values#sortValue}. */
    void sortKey(SqlText sql, Column column, String below, boolean descending);

    /** A cheap condition that every point within these degrees fulfils, some others too. */
    void inBounds(SqlText sql, Layout layout, Column column, double south, double west, double north, double east);

    /** True when the array in the column holds one of the texts; null or false otherwise. */
    void containsAny(SqlText sql, String column, Collection<String> texts);

    /** True when the text of the column begins with {@code prefix}, in a way that an index may serve. */
    void startsWith(SqlText sql, Column column, String prefix);

    /** Equality of texts without regard to case. */
    void equalIgnoringCase(SqlText sql, Layout layout, Column column, String text);

    /** True when the member of {@code authData} that has an index is this text. */
    void equalIndexed(SqlText sql, String path, String text);

    /** The column as {@code <} and {@code ORDER BY} want it: texts are ordered by code point. */
    String ordered(Column column);

    /** Ends a part of {@code ORDER BY} so that null comes first, or last when descending. */
    String direction(boolean descending, boolean mayBeNull);

    /** What an order ends with, so that equal objects come in the same order every time; {@code null} for nothing. */
    String tieBreak(Layout layout);

    /** True when {@code SELECT DISTINCT} works on such columns. */
    boolean isComparable(ColumnType type);

    /**
     * {@code UPDATE} of at most one row.
     *
     * @param unique when no more than one row can fulfil {@code where}
     */
    void updateOne(SqlText sql, Layout layout, boolean unique, Runnable assignments, Runnable where);

    /** Locks the one row that was selected. */
    String forUpdate();

    /** Adds join rows (related id, owning id) that are not there yet. */
    void link(SqlText sql, String table, String owningId, List<String> relatedIds);

    /** Puts this in front of a statement to get its plan. */
    String explain(boolean run);

    /** The plan as it came, one line for each row. */
    ParseValue plan(String lines);
}
