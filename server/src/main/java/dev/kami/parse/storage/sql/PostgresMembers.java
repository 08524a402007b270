package dev.kami.parse.storage.sql;

import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.All;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.query.Constraint.In;
import dev.kami.parse.query.Constraint.Intersects;
import dev.kami.parse.query.Constraint.Near;
import dev.kami.parse.query.Constraint.NotEqual;
import dev.kami.parse.query.Constraint.NotIn;
import dev.kami.parse.query.Constraint.Regex;
import dev.kami.parse.query.Constraint.Text;
import dev.kami.parse.query.Constraint.WithinBox;
import dev.kami.parse.query.Constraint.WithinPolygon;
import dev.kami.parse.query.Constraint.WithinSphere;
import dev.kami.parse.query.RegexEngine;
import dev.kami.parse.schema.FieldType.Kind;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.GeoPoint;
import dev.kami.parse.value.ParseValue.Polygon;
import java.util.List;

/**
 * Conditions on shapes, patterns and words; those on members of JSON columns are made by {@link PostgresJson}. What the
 * database cannot tell exactly is narrowed here and tested afterwards ({@link Residual}): patterns beyond {@link
 * PostgresRegex}, text searches that count case or accents.
 */
final class PostgresMembers {
    private final PostgresIndexes wanted;

    PostgresMembers(PostgresIndexes wanted) {
        this.wanted = wanted;
    }

    /** See {@link SqlDialect#ask}. */
    boolean compile(SqlText sql, Layout layout, Column column, Constraint where, String below, boolean wide) {
        if (where instanceof Regex(var _, String pattern, String options)) {
            RegexEngine.compile(pattern, options); // a bad one is refused even when the class is empty
        }
        return switch (column.storedAs()) {
            case JSON -> PostgresJson.compile(sql, column, where, below, wide);
            case POINT -> {
                point(sql, layout, column, where);
                yield true;
            }
            case POLYGON -> {
                polygon(sql, column, where);
                yield true;
            }
            case TEXT -> text(sql, layout, column, where, wide);
            case NUMBER, BOOLEAN, DATE, TEXT_ARRAY ->
                throw new IllegalArgumentException("nothing to ask of " + column.storedAs());
        };
    }

    /** Called for a search near a point, which an index on the column would narrow. */
    void near(Layout layout, Column column) {
        wanted.points(layout, column);
    }

    // -- texts

    private boolean text(SqlText sql, Layout layout, Column column, Constraint where, boolean wide) {
        return switch (where) {
            case Regex(var _, String pattern, String options) -> {
                String translated = PostgresRegex.translate(pattern, options);
                if (translated == null) {
                    narrow(sql, wide, () -> sql.add(column.sql()).add(" IS NOT NULL"));
                    yield false;
                }
                sql.add(column.sql()).value(" COLLATE \"C\" ~ ?", translated);
                yield true;
            }
            case Text words -> {
                PostgresText search = PostgresText.of(words);
                wanted.words(layout, column, search.language());
                var condition = new SqlText();
                boolean exact = search.matches(condition, column);
                if (exact) {
                    sql.append(condition);
                } else {
                    narrow(sql, wide, () -> sql.append(condition));
                }
                yield exact;
            }
            default ->
                throw new IllegalArgumentException(
                        "no question about a text: " + where.getClass().getSimpleName());
        };
    }

    /** A condition that some rows fulfil that should not. Where that would leave out rows, none is taken. */
    static void narrow(SqlText sql, boolean wide, Runnable condition) {
        if (wide) {
            condition.run();
        } else {
            sql.add("FALSE");
        }
    }

    // -- points

    private void point(SqlText sql, Layout layout, Column column, Constraint where) {
        switch (where) {
            case EqualTo(var _, ParseValue value) -> samePoint(sql, column, value);
            case NotEqual(var _, ParseValue value) -> {
                sql.add("(");
                samePoint(sql, column, value);
                sql.add(") IS NOT TRUE");
            }
            case In(var _, var values) -> or(sql, values, value -> samePoint(sql, column, value));
            case NotIn(var _, var values) -> {
                or(sql, values, value -> samePoint(sql, column, value));
                sql.add(" IS NOT TRUE");
            }
            case All(var _, var values)
            when !values.isEmpty() -> and(sql, values, value -> samePoint(sql, column, value));
            case Near(var _, GeoPoint center, double radians) -> within(sql, column, center, radians);
            case WithinSphere(var _, GeoPoint center, double radians) -> within(sql, column, center, radians);
            case WithinBox(var _, GeoPoint a, GeoPoint b) -> {
                wanted.points(layout, column);
                inBox(
                        sql,
                        column,
                        Math.min(a.latitude(), b.latitude()),
                        Math.min(a.longitude(), b.longitude()),
                        Math.max(a.latitude(), b.latitude()),
                        Math.max(a.longitude(), b.longitude()));
            }
            case WithinPolygon(var _, var ring) -> {
                wanted.points(layout, column);
                sql.add(column.sql()).value(" <@ ?::polygon", new Polygon(ring));
            }
            default -> sql.add("FALSE");
        }
    }

    /** Not {@code ~=}, which takes points for the same that are a millionth of a degree apart. */
    private static void samePoint(SqlText sql, Column column, ParseValue value) {
        switch (value) {
            case GeoPoint(double latitude, double longitude) -> {
                sql.add("(").add(column.sql()).value("[0] = ?", longitude);
                sql.add(" AND ").add(column.sql()).value("[1] = ?", latitude).add(")");
            }
            case ParseValue.Null() -> sql.add(column.sql()).add(" IS NULL");
            default -> sql.add("FALSE");
        }
    }

    private static void within(SqlText sql, Column column, GeoPoint center, double radians) {
        if (radians == Double.POSITIVE_INFINITY) {
            sql.add(column.sql()).add(" IS NOT NULL");
            return;
        }
        radians(sql, column, center);
        sql.value(" <= ?", radians);
    }

    /** The great circle between the point of the column and another one, as {@link dev.kami.parse.query.Geo#radians}. */
    static void radians(SqlText sql, Column column, GeoPoint center) {
        sql.add("kami_radians(").add(column.sql());
        sql.value(", ?", center.longitude()).value(", ?", center.latitude()).add(")");
    }

    static void inBox(SqlText sql, Column column, double south, double west, double north, double east) {
        sql.add(column.sql()).value(" <@ box(?::point, ", new GeoPoint(south, west));
        sql.value("?::point)", new GeoPoint(north, east));
    }

    // -- polygons

    private static void polygon(SqlText sql, Column column, Constraint where) {
        switch (where) {
            case EqualTo(var _, ParseValue value) -> samePolygon(sql, column, value);
            case NotEqual(var _, ParseValue value) -> {
                sql.add("(");
                samePolygon(sql, column, value);
                sql.add(") IS NOT TRUE");
            }
            case In(var _, var values) -> or(sql, values, value -> samePolygon(sql, column, value));
            case NotIn(var _, var values) -> {
                or(sql, values, value -> samePolygon(sql, column, value));
                sql.add(" IS NOT TRUE");
            }
            case All(var _, var values)
            when !values.isEmpty() -> and(sql, values, value -> samePolygon(sql, column, value));
            case Intersects(var _, GeoPoint point) -> sql.add(column.sql()).value(" @> ?::point", point);
            default -> sql.add("FALSE");
        }
    }

    /** {@code ~=} knows rings that begin elsewhere or turn the other way for the same; their texts differ. */
    private static void samePolygon(SqlText sql, Column column, ParseValue value) {
        switch (value) {
            case Polygon polygon -> sql.add(column.sql()).value("::text = ?::polygon::text", polygon);
            case ParseValue.Null() -> sql.add(column.sql()).add(" IS NULL");
            default -> sql.add("FALSE");
        }
    }

    // -- several

    @FunctionalInterface
    interface OfValue {
        void add(ParseValue value);
    }

    static void or(SqlText sql, List<ParseValue> values, OfValue condition) {
        join(sql, values, " OR ", condition);
    }

    static void and(SqlText sql, List<ParseValue> values, OfValue condition) {
        join(sql, values, " AND ", condition);
    }

    private static void join(SqlText sql, List<ParseValue> values, String operator, OfValue condition) {
        if (values.isEmpty()) {
            sql.add("FALSE");
            return;
        }
        String before = "(";
        for (ParseValue value : values) {
            sql.add(before);
            condition.add(value);
            before = operator;
        }
        sql.add(")");
    }

    /** The kind of a column whose value is an array. */
    static boolean isArray(Column column) {
        return column.kind() == Kind.ARRAY;
    }
}
