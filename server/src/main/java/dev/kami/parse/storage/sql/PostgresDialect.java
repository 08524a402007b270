package dev.kami.parse.storage.sql;

import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.Text;
import dev.kami.parse.query.Geo;
import dev.kami.parse.schema.FieldType.Kind;
import dev.kami.parse.storage.Capability;
import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.GeoPoint;
import dev.kami.parse.value.ParseValue.Polygon;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;

/**
 * PostgreSQL 13 and newer, with nothing but itself: no PostGIS. The columns are those of the genuine server.
 *
 * <p>Texts are ordered by code point, as MongoDB orders them. The tables that this server makes say so in their columns, so
 * an index serves ranges and order; in those of the genuine server each comparison says it.
 */
final class PostgresDialect implements SqlDialect {
    private static final String BYTEWISE = " COLLATE \"C\"";

    private final PostgresMembers members;

    /** @param wanted told about fields that an index would serve well */
    PostgresDialect(PostgresIndexes wanted) {
        this.members = new PostgresMembers(wanted);
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(Capability.TRANSACTIONS, Capability.TEXT_INDEX, Capability.EXPLAIN);
    }

    static String type(ColumnType type) {
        return switch (type) {
            case TEXT -> "text";
            case NUMBER -> "double precision";
            case BOOLEAN -> "boolean";
            case DATE -> "timestamp with time zone";
            case JSON -> "jsonb";
            case TEXT_ARRAY -> "text[]";
            case POINT -> "point";
            case POLYGON -> "polygon";
        };
    }

    @Override
    public String parameter(ColumnType type) {
        return switch (type) {
            case JSON -> "?::jsonb";
            case TEXT_ARRAY -> "?::text[]";
            case POINT -> "?::point";
            case POLYGON -> "?::polygon";
            case TEXT, NUMBER, BOOLEAN, DATE -> "?";
        };
    }

    @Override
    public void bind(PreparedStatement statement, int index, Object value) throws SQLException {
        switch (value) {
            case null -> statement.setNull(index, Types.NULL);
            case String text -> statement.setString(index, text);
            case Double number -> statement.setDouble(index, number);
            case Boolean flag -> statement.setBoolean(index, flag);
            case Integer number -> statement.setInt(index, number);
            case byte[] json -> statement.setObject(index, new String(json, StandardCharsets.UTF_8), Types.OTHER);
            case String[] texts ->
                statement.setArray(index, statement.getConnection().createArrayOf("text", texts));
            case Double[] numbers ->
                statement.setArray(index, statement.getConnection().createArrayOf("float8", numbers));
            case Date(long millis) ->
                statement.setObject(index, OffsetDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC));
            case GeoPoint point -> statement.setObject(index, text(point), Types.OTHER);
            case Polygon polygon -> statement.setObject(index, text(polygon), Types.OTHER);
            default -> throw new IllegalArgumentException("cannot bind " + value.getClass());
        }
    }

    /** Longitude comes first. */
    private static String text(GeoPoint point) {
        return "(" + point.longitude() + "," + point.latitude() + ")";
    }

    private static String text(Polygon polygon) {
        var points = new StringJoiner(",", "(", ")");
        Geo.close(polygon.points()).forEach(point -> points.add(text(point)));
        return points.toString();
    }

    @Override
    public long readDate(ResultSet row, int index) throws SQLException {
        OffsetDateTime date = row.getObject(index, OffsetDateTime.class);
        return date == null ? Long.MIN_VALUE : date.toInstant().toEpochMilli();
    }

    @Override
    public Object readJson(ResultSet row, int index) throws SQLException {
        byte[] json = row.getBytes(index);
        return json == null ? null : asJavaScriptWrites(json);
    }

    /**
     * Clients get stored JSON as it is, so it must look as JavaScript writes it: PostgreSQL puts blanks behind commas and
     * colons, which are taken out in place; and it writes out the zeros of 1e21 and 1e-7, then all of it is decoded.
     *
     * @return the bytes, or a value
     */
    static Object asJavaScriptWrites(byte[] json) {
        int size = 0;
        int digits = 0;
        int zeros = -1; // behind "0."
        boolean inText = false;
        for (int i = 0; i < json.length; i++) {
            byte c = json[i];
            if (inText) {
                json[size++] = c;
                if (c == '\\') {
                    json[size++] = json[++i];
                } else {
                    inText = c != '"';
                }
                continue;
            }
            if (c >= '0' && c <= '9') {
                digits++;
                zeros = zeros < 0 || c != '0' ? -1 : zeros + 1;
                if (digits > 21 || zeros == 6) {
                    System.arraycopy(json, i, json, size, json.length - i);
                    return JsonReader.read(Arrays.copyOf(json, size + json.length - i));
                }
            } else {
                zeros = c == '.' && digits == 1 && json[i - 1] == '0' ? 0 : -1;
                digits = 0;
                inText = c == '"';
            }
            if (c != ' ') {
                json[size++] = c;
            }
        }
        return size == json.length ? json : Arrays.copyOf(json, size);
    }

    @Override
    public ParseValue readShape(ResultSet row, int index) throws SQLException {
        String text = row.getString(index);
        if (text == null) {
            return null;
        }
        List<GeoPoint> points = points(text);
        return text.startsWith("((") ? new Polygon(points) : points.getFirst();
    }

    /** {@code (x,y)} or {@code ((x,y),(x,y),...)}. */
    private static List<GeoPoint> points(String text) {
        var points = new ArrayList<GeoPoint>();
        int i = 0;
        while (i < text.length()) {
            if (text.charAt(i) == '(' || text.charAt(i) == ')' || text.charAt(i) == ',') {
                i++;
                continue;
            }
            int comma = text.indexOf(',', i);
            int end = text.indexOf(')', comma);
            double longitude = Double.parseDouble(text.substring(i, comma));
            points.add(new GeoPoint(Double.parseDouble(text.substring(comma + 1, end)), longitude));
            i = end;
        }
        return points;
    }

    @Override
    public String[] readTexts(ResultSet row, int index) throws SQLException {
        java.sql.Array array = row.getArray(index);
        return array == null ? null : (String[]) array.getArray();
    }

    @Override
    public int fetchSize() {
        return 200;
    }

    @Override
    public boolean ask(SqlText sql, Layout layout, Column column, Constraint where, String below, boolean wide) {
        return members.compile(sql, layout, column, where, below, wide);
    }

    @Override
    public void distance(SqlText sql, Column column, GeoPoint center) {
        sql.add("coalesce(");
        PostgresMembers.radians(sql, column, center);
        sql.add(", 'Infinity')");
    }

    @Override
    public void score(SqlText sql, Column column, Text text) {
        PostgresText.of(text).rank(sql, column);
    }

    @Override
    public void sortKey(SqlText sql, Column column, String below, boolean descending) {
        switch (column.storedAs()) {
            case POINT ->
                sql.add(column.sql())
                        .add("[1]")
                        .add(direction(descending, true))
                        .add(", ")
                        .add(column.sql())
                        .add("[0]");
            case POLYGON -> sql.add(column.sql()).add("::text").add(BYTEWISE);
            default -> {
                String[] path = below.isEmpty() ? new String[0] : below.split("\\.", -1);
                sql.add("kami_sort_key_at(").add(column.sql()).value(", ?::text[], ", path);
                sql.add(descending ? "true)" : "false)");
            }
        }
    }

    @Override
    public void inBounds(
            SqlText sql, Layout layout, Column column, double south, double west, double north, double east) {
        members.near(layout, column);
        PostgresMembers.inBox(sql, column, south, west, north, east);
    }

    @Override
    public void containsAny(SqlText sql, String column, Collection<String> texts) {
        sql.add(column).value(" && ?::text[]", texts.toArray(String[]::new));
    }

    /** A range instead of {@code LIKE}: an index serves it also when the plan does not know the value. */
    @Override
    public void startsWith(SqlText sql, Column column, String prefix) {
        String end = successor(prefix);
        sql.add("(").add(ordered(column)).add(" >= ").value(prefix);
        if (end != null) {
            sql.add(" AND ").add(ordered(column)).add(" < ").value(end);
        }
        sql.add(")");
    }

    /** The smallest text that is greater than all that begin with {@code prefix}; {@code null} when there is none. */
    private static String successor(String prefix) {
        int[] points = prefix.codePoints().toArray();
        for (int last = points.length - 1; last >= 0; last--) {
            if (points[last] < Character.MAX_CODE_POINT) {
                points[last]++;
                if (points[last] == Character.MIN_SURROGATE) {
                    points[last] = Character.MAX_SURROGATE + 1;
                }
                return new String(points, 0, last + 1);
            }
        }
        return null;
    }

    @Override
    public void equalIgnoringCase(SqlText sql, Layout layout, Column column, String text) {
        sql.add("lower(").add(column.sql()).value(") = lower(?)", text);
    }

    /** The expression of the genuine server's index; its name has been checked against those that there are. */
    @Override
    public void equalIndexed(SqlText sql, String path, String text) {
        String provider = path.substring("authData.".length(), path.length() - ".id".length());
        String member = "\"authData\"->" + PostgresTables.literal(provider);
        sql.add("(((").add(member).add(")->>'id') = ").value(text);
        sql.add(" AND jsonb_typeof((").add(member).add(")->'id') = 'string')");
    }

    @Override
    public String ordered(Column column) {
        boolean text = column.kind() == Kind.STRING || column.kind() == Kind.POINTER || column.kind() == Kind.FILE;
        return text && !column.bytewise() ? column.sql() + BYTEWISE : column.sql();
    }

    @Override
    public String direction(boolean descending, boolean mayBeNull) {
        return (descending ? " DESC" : "") + (mayBeNull ? descending ? " NULLS LAST" : " NULLS FIRST" : "");
    }

    @Override
    public String tieBreak(Layout layout) {
        if (layout.column("createdAt") == null) {
            return layout.hasObjectId() ? "\"objectId\"" : null;
        }
        return "\"createdAt\", \"objectId\"";
    }

    @Override
    public boolean isComparable(ColumnType type) {
        return type != ColumnType.JSON && type != ColumnType.POINT && type != ColumnType.POLYGON;
    }

    /** The object is chosen by its id, so that of several that fit one is changed, and no other in its place. */
    @Override
    public void updateOne(SqlText sql, Layout layout, boolean unique, Runnable assignments, Runnable where) {
        sql.add("UPDATE ").add(layout.tableSql).add(" SET ");
        assignments.run();
        sql.add(" WHERE ");
        if (unique || !layout.hasObjectId()) {
            where.run();
        } else {
            sql.add("\"objectId\" = ANY(ARRAY(SELECT \"objectId\" FROM ")
                    .add(layout.tableSql)
                    .add(" WHERE ");
            where.run();
            sql.add(" LIMIT 1 FOR UPDATE))");
        }
    }

    @Override
    public String forUpdate() {
        return " LIMIT 1 FOR UPDATE";
    }

    @Override
    public void link(SqlText sql, String table, String owningId, List<String> relatedIds) {
        sql.add("INSERT INTO ").add(table).add("(\"relatedId\", \"owningId\") SELECT DISTINCT id, ");
        sql.value("?::text FROM unnest(", owningId).value("?::text[]", relatedIds.toArray(String[]::new));
        sql.add(") u(id) ORDER BY id ON CONFLICT DO NOTHING");
    }

    @Override
    public String explain(boolean run) {
        return run ? "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " : "EXPLAIN (FORMAT JSON) ";
    }

    @Override
    public ParseValue plan(String lines) {
        return JsonReader.read(lines) instanceof Array(var plans) && plans.size() == 1
                ? plans.getFirst()
                : JsonReader.read(lines);
    }
}
