package dev.kami.parse.storage.sql;

import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.Regex;
import dev.kami.parse.query.Constraint.Text;
import dev.kami.parse.query.Geo;
import dev.kami.parse.query.QueryMatcher;
import dev.kami.parse.query.RegexEngine;
import dev.kami.parse.query.TextSearch;
import dev.kami.parse.query.Values;
import dev.kami.parse.storage.Capability;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.GeoPoint;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Polygon;
import dev.kami.parse.value.ParseValue.Str;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * H2 in its own mode. Points and rings are GEOMETRY, bound and read as extended well-known binary, which needs no geometry
 * library and lets a spatial index answer {@code &&}.
 */
final class H2Dialect implements SqlDialect {
    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(Capability.TRANSACTIONS, Capability.EXPLAIN, Capability.BACKUP, Capability.NUL_IN_TEXT);
    }

    /** As {@code CREATE TABLE} wants it. */
    String type(ColumnType type) {
        return switch (type) {
            case TEXT -> "CHARACTER VARYING";
            case NUMBER -> "DOUBLE PRECISION";
            case BOOLEAN -> "BOOLEAN";
            case DATE -> "TIMESTAMP(3) WITH TIME ZONE";
            case JSON -> "JSON";
            case TEXT_ARRAY -> "CHARACTER VARYING ARRAY";
            case POINT, POLYGON -> "GEOMETRY";
        };
    }

    @Override
    public String parameter(ColumnType type) {
        return type == ColumnType.JSON ? "? FORMAT JSON" : "?";
    }

    @Override
    public void bind(PreparedStatement statement, int index, Object value) throws SQLException {
        switch (value) {
            case null -> statement.setObject(index, null);
            case String text -> statement.setString(index, text);
            case Double number -> statement.setDouble(index, number);
            case Boolean flag -> statement.setBoolean(index, flag);
            case Integer number -> statement.setInt(index, number);
            case byte[] json -> statement.setBytes(index, json);
            case Object[] array -> statement.setObject(index, array);
            case Date(long millis) -> statement.setObject(index, Instant.ofEpochMilli(millis));
            case GeoPoint point -> statement.setBytes(index, Shapes.encode(point));
            case Polygon polygon -> statement.setBytes(index, Shapes.encode(polygon));
            default -> throw new IllegalArgumentException("cannot bind " + value.getClass());
        }
    }

    @Override
    public long readDate(ResultSet row, int index) throws SQLException {
        Instant instant = row.getObject(index, Instant.class);
        return instant == null ? Long.MIN_VALUE : instant.toEpochMilli();
    }

    @Override
    public Object readJson(ResultSet row, int index) throws SQLException {
        return row.getBytes(index);
    }

    @Override
    public ParseValue readShape(ResultSet row, int index) throws SQLException {
        byte[] binary = row.getBytes(index);
        return binary == null ? null : Shapes.decode(binary);
    }

    @Override
    public String[] readTexts(ResultSet row, int index) throws SQLException {
        return row.getObject(index, String[].class);
    }

    /** H2 holds its results on its own. */
    @Override
    public int fetchSize() {
        return 0;
    }

    /** Asks the matcher for each row. */
    @Override
    public boolean ask(SqlText sql, Layout layout, Column column, Constraint where, String below, boolean wide) {
        if (where instanceof Regex(var _, String pattern, String options)) {
            RegexEngine.compile(pattern, options); // a bad one is refused even when the class is empty
        }
        if (where instanceof Text text && below.isEmpty()) {
            TextSearch search = TextSearch.of(text);
            test(
                    sql,
                    column,
                    field -> Values.any(field, value -> value instanceof Str(String words) && search.matches(words)));
        } else {
            test(sql, column, field -> QueryMatcher.matchesValue(where, field, below));
        }
        return true;
    }

    /** True when {@code test} answers TRUE for the value of the column; never null. */
    void test(SqlText sql, Column column, RowFunction test) {
        call(sql, "kami_test", column, test);
    }

    @Override
    public void distance(SqlText sql, Column column, GeoPoint center) {
        number(
                sql,
                column,
                field -> field instanceof GeoPoint point ? Geo.radians(point, center) : Double.POSITIVE_INFINITY);
    }

    @Override
    public void score(SqlText sql, Column column, Text text) {
        TextSearch search = TextSearch.of(text);
        number(sql, column, field -> field instanceof Str(String words) ? search.score(words) : 0.0);
    }

    /** A number that {@code function} makes of the value of the field, wherever it lives. */
    private static void number(SqlText sql, Column column, RowFunction function) {
        call(
                sql,
                "kami_number",
                column,
                column.overflow()
                        ? overflow -> function.apply(overflow instanceof Obj fields ? fields.get(column.field()) : null)
                        : function);
    }

    /** Bytes in the order of unsigned bytes. */
    @Override
    public void sortKey(SqlText sql, Column column, String below, boolean descending) {
        call(sql, "kami_key", column, field -> SortBytes.of(Values.sortValue(field, below, descending)));
    }

    private static void call(SqlText sql, String function, Column column, RowFunction argument) {
        String suffix =
                switch (column.storedAs()) {
                    case TEXT -> "_text";
                    case JSON -> "_json";
                    case POINT, POLYGON -> "_shape";
                    case NUMBER, BOOLEAN, DATE, TEXT_ARRAY ->
                        throw new IllegalArgumentException("no function takes " + column.storedAs());
                };
        sql.add("\"").add(function).add(suffix).add("\"(").add(column.sql()).add(", ");
        sql.value(argument).add(")");
    }

    @Override
    public void inBounds(
            SqlText sql, Layout layout, Column column, double south, double west, double north, double east) {
        sql.add(column.sql()).add(" && CAST(");
        sql.value(new Polygon(List.of(
                        new GeoPoint(south, west),
                        new GeoPoint(south, east),
                        new GeoPoint(north, east),
                        new GeoPoint(north, west),
                        new GeoPoint(south, west))))
                .add(" AS GEOMETRY)");
    }

    @Override
    public void containsAny(SqlText sql, String column, Collection<String> texts) {
        String or = "";
        for (String text : texts) {
            sql.add(or).add("ARRAY_CONTAINS(").add(column).add(", ").value(text).add(")");
            or = " OR ";
        }
        if (texts.isEmpty()) {
            sql.add("FALSE");
        }
    }

    @Override
    public void startsWith(SqlText sql, Column column, String prefix) {
        sql.add(column.sql()).value(" LIKE ? ESCAPE '!'", SqlText.escapeLike(prefix) + "%");
    }

    @Override
    public void equalIgnoringCase(SqlText sql, Layout layout, Column column, String text) {
        String lower = "_lower_" + column.field();
        sql.add(layout.table.has(lower) ? SqlText.quote(lower) : "LOWER(" + column.sql() + ")");
        sql.value(" = LOWER(?)", text);
    }

    @Override
    public void equalIndexed(SqlText sql, String path, String text) {
        sql.name("_" + path).value(" = CAST(CAST(? AS JSON) AS CHARACTER VARYING)", text);
    }

    /** H2 compares texts by code unit unless it is told otherwise. */
    @Override
    public String ordered(Column column) {
        return column.sql();
    }

    /** H2 takes null for the smallest value, as MongoDB does. */
    @Override
    public String direction(boolean descending, boolean mayBeNull) {
        return descending ? " DESC" : "";
    }

    /** The order in which rows were inserted; free when an index gives the order. */
    @Override
    public String tieBreak(Layout layout) {
        return "_ROWID_";
    }

    @Override
    public boolean isComparable(ColumnType type) {
        return type != ColumnType.JSON;
    }

    @Override
    public void updateOne(SqlText sql, Layout layout, boolean unique, Runnable assignments, Runnable where) {
        sql.add("UPDATE ").add(layout.tableSql).add(" SET ");
        assignments.run();
        sql.add(" WHERE ");
        where.run();
        sql.add(" FETCH FIRST ROW ONLY");
    }

    @Override
    public String forUpdate() {
        return " FETCH FIRST ROW ONLY FOR UPDATE";
    }

    @Override
    public void link(SqlText sql, String table, String owningId, List<String> relatedIds) {
        sql.add("INSERT INTO ").add(table).add("(\"relatedId\", \"owningId\") SELECT DISTINCT u.id, CAST(");
        sql.value(owningId).add(" AS CHARACTER VARYING) FROM UNNEST(");
        sql.value("CAST(? AS CHARACTER VARYING ARRAY)", relatedIds.toArray(String[]::new));
        sql.add(") u(id) WHERE NOT EXISTS (SELECT 1 FROM ").add(table);
        sql.add(" WHERE \"relatedId\" = u.id AND \"owningId\" = ")
                .value(owningId)
                .add(")");
    }

    @Override
    public String explain(boolean run) {
        return run ? "EXPLAIN ANALYZE " : "EXPLAIN ";
    }

    @Override
    public ParseValue plan(String lines) {
        return new Str(lines);
    }

    /** Makes what {@link #test} and its kin call. Not declared deterministic: H2 would take the answer of an earlier statement with the same parameters. */
    List<String> functions() {
        String owner = H2Functions.class.getName();
        return List.of(
                        "test_text",
                        "test_json",
                        "test_shape",
                        "number_text",
                        "number_json",
                        "number_shape",
                        "key_json",
                        "key_shape")
                .stream()
                .map(name ->
                        "CREATE ALIAS IF NOT EXISTS \"kami_" + name + "\" FOR \"" + owner + "." + camel(name) + "\"")
                .toList();
    }

    private static String camel(String name) {
        int at = name.indexOf('_');
        return name.substring(0, at) + Character.toUpperCase(name.charAt(at + 1)) + name.substring(at + 2);
    }
}
