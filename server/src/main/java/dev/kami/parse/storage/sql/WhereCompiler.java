package dev.kami.parse.storage.sql;

import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.All;
import dev.kami.parse.query.Constraint.AllStartWith;
import dev.kami.parse.query.Constraint.And;
import dev.kami.parse.query.Constraint.Compare;
import dev.kami.parse.query.Constraint.ContainedBy;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.query.Constraint.Exists;
import dev.kami.parse.query.Constraint.In;
import dev.kami.parse.query.Constraint.InQuery;
import dev.kami.parse.query.Constraint.Intersects;
import dev.kami.parse.query.Constraint.JoinSide;
import dev.kami.parse.query.Constraint.Joined;
import dev.kami.parse.query.Constraint.Near;
import dev.kami.parse.query.Constraint.Nor;
import dev.kami.parse.query.Constraint.NotEqual;
import dev.kami.parse.query.Constraint.NotIn;
import dev.kami.parse.query.Constraint.Or;
import dev.kami.parse.query.Constraint.Permitted;
import dev.kami.parse.query.Constraint.Regex;
import dev.kami.parse.query.Constraint.RelatedTo;
import dev.kami.parse.query.Constraint.Select;
import dev.kami.parse.query.Constraint.Text;
import dev.kami.parse.query.Constraint.WithinBox;
import dev.kami.parse.query.Constraint.WithinPolygon;
import dev.kami.parse.query.Constraint.WithinSphere;
import dev.kami.parse.query.QueryMatcher;
import dev.kami.parse.query.RegexEngine;
import dev.kami.parse.query.RegexEngine.Literal;
import dev.kami.parse.query.Values;
import dev.kami.parse.schema.FieldType.Kind;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.GeoPoint;
import dev.kami.parse.value.ParseValue.Null;
import dev.kami.parse.value.ParseValue.Str;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Constraints as SQL conditions that mean what MongoDB means.
 *
 * <p>What an index can answer stays plain SQL: equality, sets and order of scalar columns, ids, pointers, text that begins
 * with a literal. Members of JSON columns, shapes, patterns and words are the dialect's: H2 asks {@link QueryMatcher} for
 * each row, PostgreSQL has operators for most of it and says when its answer is only nearly right. A value whose type the column cannot hold makes the condition constant,
 * so the database never compares a text with a number. A field without a column is answered like a missing one.
 *
 * <p>A condition may become null in SQL where MongoDB says false (a comparison with a missing field); only {@code NOT}
 * would notice, and all negations here are written so that they do not: {@code IS NOT TRUE}, {@code IS NULL OR <>}.
 */
final class WhereCompiler {
    private final SqlDialect dialect;
    private final Layout layout;
    private final Predicate<String> tableExists;
    private final boolean ignoreCase;
    private final SqlText sql;
    /** Whether rows that may not fulfil the part that is compiled now are taken: turned around by every {@code $nor}. */
    private boolean wide = true;

    private boolean exact = true;

    /** @param ignoreCase of equal texts */
    WhereCompiler(SqlDialect dialect, Layout layout, Predicate<String> tableExists, boolean ignoreCase, SqlText sql) {
        this.dialect = dialect;
        this.layout = layout;
        this.tableExists = tableExists;
        this.ignoreCase = ignoreCase;
        this.sql = sql;
    }

    /**
     * Appends the condition to the statement.
     *
     * @return false when some of the rows that fulfil it do not fulfil the constraint
     */
    boolean isExact(Constraint where) {
        compile(where);
        return exact;
    }

    private void compile(Constraint where) {
        switch (where) {
            case And(var parts) -> join(parts, " AND ", "TRUE");
            case Or(var parts) -> join(parts, " OR ", "FALSE");
            case Nor(var parts) -> {
                wide = !wide;
                join(parts, " OR ", "FALSE");
                wide = !wide;
                sql.add(" IS NOT TRUE");
            }
            case Permitted(boolean write, var principals) -> permitted(write, principals);
            case Joined joined -> joined(joined);
            case EqualTo(String path, var _) -> at(path, where);
            case NotEqual(String path, var _) -> at(path, where);
            case Compare(String path, var _, var _) -> at(path, where);
            case In(String path, var _) -> at(path, where);
            case NotIn(String path, var _) -> at(path, where);
            case All(String path, var _) -> at(path, where);
            case AllStartWith(String path, var _) -> at(path, where);
            case ContainedBy(String path, var _) -> at(path, where);
            case Exists(String path, var _) -> at(path, where);
            case Regex(String path, var _, var _) -> at(path, where);
            case Text text -> at(text.path(), where);
            case Near(String path, var _, var _) -> at(path, where);
            case WithinBox(String path, var _, var _) -> at(path, where);
            case WithinPolygon(String path, var _) -> at(path, where);
            case WithinSphere(String path, var _, var _) -> at(path, where);
            case Intersects(String path, var _) -> at(path, where);
            case InQuery _, Select _, RelatedTo _ ->
                throw new IllegalStateException(
                        "should have been resolved: " + where.getClass().getSimpleName());
        }
    }

    private void join(List<Constraint> parts, String operator, String ofNone) {
        if (parts.isEmpty()) {
            sql.add(ofNone);
        } else {
            bracket(parts, operator);
        }
    }

    /**
     * Long lists as brackets of brackets: databases read {@code a OR b OR c ...} as a chain as deep as it is long, and some
     * thousand parts would overflow the stack.
     */
    private void bracket(List<Constraint> parts, String operator) {
        boolean isLong = parts.size() > 32;
        sql.add("(");
        if (isLong) {
            int middle = parts.size() / 2;
            bracket(parts.subList(0, middle), operator);
            sql.add(operator);
            bracket(parts.subList(middle, parts.size()), operator);
        } else {
            String before = "";
            for (Constraint part : parts) {
                sql.add(before);
                compile(part);
                before = operator;
            }
        }
        sql.add(")");
    }

    private void permitted(boolean write, Set<String> principals) {
        if (!layout.hasPermissions()) {
            sql.add("TRUE");
            return;
        }
        String column = SqlText.quote(write ? Layout.WRITERS : Layout.READERS);
        sql.add("(").add(column).add(" IS NULL OR ");
        dialect.containsAny(sql, column, principals);
        sql.add(")");
    }

    private void joined(Joined joined) {
        if (!tableExists.test(joined.joinClass()) || joined.others().isEmpty()) {
            constant(joined.negated());
            return;
        }
        boolean owning = joined.select() == JoinSide.OWNING_ID;
        sql.add("\"objectId\"").add(joined.negated() ? " NOT IN (SELECT " : " IN (SELECT ");
        sql.name(owning ? "owningId" : "relatedId")
                .add(" FROM ")
                .name(joined.joinClass())
                .add(" WHERE ");
        sql.name(owning ? "relatedId" : "owningId");
        oneOf(new ArrayList<>(joined.others()));
        sql.add(")");
    }

    /** {@code = ANY (array)}: one text of the statement for lists of any length, and an index is used. */
    private void oneOf(List<?> values) {
        switch (values.getFirst()) {
            case Object only when values.size() == 1 -> sql.add(" = ").value(only);
            case String _ ->
                sql.add(" = ANY(").value(values.toArray(String[]::new)).add(")");
            case Double _ ->
                sql.add(" = ANY(").value(values.toArray(Double[]::new)).add(")");
            default -> {
                String before = " IN (";
                for (Object value : values) {
                    sql.add(before).value(value);
                    before = ", ";
                }
                sql.add(")");
            }
        }
    }

    private void constant(boolean answer) {
        sql.add(answer ? "TRUE" : "FALSE");
    }

    private void at(String path, Constraint where) {
        int dot = path.indexOf('.');
        Column column = layout.column(dot < 0 ? path : path.substring(0, dot));
        if (where instanceof EqualTo(var _, Str(String text)) && dot >= 0 && layout.table.has("_" + path)) {
            dialect.equalIndexed(sql, path, text);
        } else if (column == null || dot >= 0 && !column.hasMembers()) {
            constant(QueryMatcher.matchesValue(where, null, Values.below(path)));
        } else if (column.overflow()) {
            ask(column, where, path);
        } else if (dot >= 0) {
            ask(column, where, Values.below(path));
        } else {
            ofColumn(column, where);
        }
    }

    private void ask(Column column, Constraint where, String below) {
        exact &= dialect.ask(sql, layout, column, where, below, wide);
    }

    private void ofColumn(Column column, Constraint where) {
        if (column.storedAs() == ColumnType.TEXT_ARRAY) {
            ofArray(column, where);
            return;
        }
        boolean asks = column.storedAs() == ColumnType.JSON
                || column.storedAs() == ColumnType.POINT
                || column.storedAs() == ColumnType.POLYGON;
        switch (where) {
            case Exists(var _, boolean exists) -> isNull(column, !exists);
            case EqualTo(var _, Null()) when column.kind() != Kind.ARRAY -> isNull(column, true);
            case NotEqual(var _, Null()) when column.kind() != Kind.ARRAY -> isNull(column, false);
            case Near(var _, GeoPoint center, double radians)
            when column.storedAs() == ColumnType.POINT -> inSphere(column, where, center, radians);
            case WithinSphere(var _, GeoPoint center, double radians)
            when column.storedAs() == ColumnType.POINT -> inSphere(column, where, center, radians);
            case Constraint _ when asks -> ask(column, where, "");
            case EqualTo(var _, ParseValue value) -> equal(column, value);
            case NotEqual(var _, ParseValue value) -> notEqual(column, value);
            case Compare(var _, var order, ParseValue value) -> compare(column, order, value);
            case In(var _, var values) -> in(column, values);
            case NotIn(var _, var values) -> {
                in(column, values);
                sql.add(" IS NOT TRUE");
            }
            case All(var path, var values) -> each(path, values);
            case AllStartWith(var path, var prefixes)
            when column.kind() == Kind.STRING ->
                join(
                        prefixes.stream()
                                .<Constraint>map(prefix -> new Regex(path, "^\\Q" + prefix + "\\E", ""))
                                .toList(),
                        " AND ",
                        "FALSE");
            case Regex(var _, String pattern, String options)
            when column.kind() == Kind.STRING -> regex(column, where, pattern, options);
            case Text _ when column.kind() == Kind.STRING -> ask(column, where, "");
            // What is left asks for an array, a text or a shape, and the column holds something else.
            default -> sql.add("FALSE");
        }
    }

    private void isNull(Column column, boolean expected) {
        sql.add(column.sql()).add(expected ? " IS NULL" : " IS NOT NULL");
    }

    private void equal(Column column, ParseValue value) {
        Object parameter = ColumnCodec.fitting(column, value);
        if (parameter == null) {
            sql.add("FALSE");
        } else if (ignoreCase && column.kind() == Kind.STRING) {
            dialect.equalIgnoringCase(sql, layout, column, (String) parameter);
        } else {
            sql.add(column.sql()).add(" = ").value(parameter);
        }
    }

    private void notEqual(Column column, ParseValue value) {
        Object parameter = ColumnCodec.fitting(column, value);
        if (parameter == null) {
            sql.add("TRUE");
        } else {
            sql.add("(").add(column.sql()).add(" IS NULL OR ").add(column.sql()).add(" <> ");
            sql.value(parameter).add(")");
        }
    }

    private void compare(Column column, Constraint.Order order, ParseValue value) {
        boolean ordered =
                switch (column.kind()) {
                    case STRING, NUMBER, DATE, BOOLEAN -> true;
                    default -> false;
                };
        Object parameter = ordered ? ColumnCodec.fitting(column, value) : null;
        if (parameter == null) {
            sql.add("FALSE");
            return;
        }
        sql.add(dialect.ordered(column));
        sql.add(
                switch (order) {
                    case LESS -> " < ";
                    case LESS_OR_EQUAL -> " <= ";
                    case GREATER -> " > ";
                    case GREATER_OR_EQUAL -> " >= ";
                });
        sql.value(parameter);
    }

    private void in(Column column, List<ParseValue> values) {
        boolean withNull = false;
        var parameters = new ArrayList<Object>(values.size());
        for (ParseValue value : values) {
            withNull |= value instanceof Null;
            Object parameter = ColumnCodec.fitting(column, value);
            if (parameter != null) {
                parameters.add(parameter);
            }
        }
        sql.add("(");
        if (withNull) {
            isNull(column, true);
            sql.add(parameters.isEmpty() ? "" : " OR ");
        } else if (parameters.isEmpty()) {
            sql.add("FALSE");
        }
        if (!parameters.isEmpty()) {
            sql.add(column.sql());
            oneOf(parameters);
        }
        sql.add(")");
    }

    private void regex(Column column, Constraint where, String pattern, String options) {
        Literal literal = RegexEngine.literal(pattern, options);
        if (literal == null) {
            String prefix = RegexEngine.prefix(pattern, options);
            sql.add("(");
            if (!prefix.isEmpty()) {
                dialect.startsWith(sql, column, prefix);
                sql.add(" AND ");
            }
            ask(column, where, "");
            sql.add(")");
            return;
        }
        switch (literal.where()) {
            case WHOLE -> sql.add(column.sql()).add(" = ").value(literal.text());
            case START -> dialect.startsWith(sql, column, literal.text());
            case END -> like(column, "%" + SqlText.escapeLike(literal.text()));
            case ANYWHERE -> like(column, "%" + SqlText.escapeLike(literal.text()) + "%");
        }
    }

    private void like(Column column, String pattern) {
        sql.add(column.sql()).value(" LIKE ? ESCAPE '!'", pattern);
    }

    /** First a box in degrees, which is cheap and may use an index, then the distance. */
    private void inSphere(Column column, Constraint where, GeoPoint center, double radians) {
        double latitudes = Math.toDegrees(radians);
        double south = center.latitude() - latitudes;
        double north = center.latitude() + latitudes;
        boolean bounded = south > -90 && north < 90;
        if (bounded) {
            double longitudes = Math.toDegrees(
                    Math.asin(Math.min(1, Math.sin(radians) / Math.cos(Math.toRadians(center.latitude())))));
            double west = center.longitude() - longitudes;
            double east = center.longitude() + longitudes;
            bounded = west > -180 && east < 180;
            if (bounded) {
                double margin = 1e-6; // rounding must not lose a point on the edge
                sql.add("(");
                dialect.inBounds(sql, layout, column, south - margin, west - margin, north + margin, east + margin);
                sql.add(" AND ");
            }
        }
        ask(column, where, "");
        sql.add(bounded ? ")" : "");
    }

    /** Equal to every one of the values, which is never so when there are none. */
    private void each(String path, List<ParseValue> values) {
        join(values.stream().<Constraint>map(value -> new EqualTo(path, value)).toList(), " AND ", "FALSE");
    }

    /** {@code _rperm} and {@code _wperm}, which the master key may ask for. */
    private void ofArray(Column column, Constraint where) {
        switch (where) {
            case Exists(var _, boolean exists) -> isNull(column, !exists);
            case EqualTo(var _, Null()) -> isNull(column, true);
            case NotEqual(var _, Null()) -> isNull(column, false);
            case EqualTo(var _, Str(String text)) -> dialect.containsAny(sql, column.sql(), List.of(text));
            case NotEqual(var _, Str(String text)) -> {
                sql.add("(");
                dialect.containsAny(sql, column.sql(), List.of(text));
                sql.add(") IS NOT TRUE");
            }
            case In(var _, var values) -> anyOf(column, values);
            case NotIn(var _, var values) -> {
                anyOf(column, values);
                sql.add(" IS NOT TRUE");
            }
            case All(var path, var values) -> each(path, values);
            default -> sql.add("FALSE");
        }
    }

    private void anyOf(Column column, List<ParseValue> values) {
        var texts = new ArrayList<String>();
        for (ParseValue value : values) {
            if (value instanceof Str(String text)) {
                texts.add(text);
            }
        }
        sql.add("(").add(values.contains(ParseValue.NULL) ? column.sql() + " IS NULL OR " : "");
        dialect.containsAny(sql, column.sql(), texts);
        sql.add(")");
    }
}
