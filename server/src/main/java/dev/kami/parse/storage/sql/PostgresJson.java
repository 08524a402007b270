package dev.kami.parse.storage.sql;

import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.All;
import dev.kami.parse.query.Constraint.AllStartWith;
import dev.kami.parse.query.Constraint.Compare;
import dev.kami.parse.query.Constraint.ContainedBy;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.query.Constraint.Exists;
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
import dev.kami.parse.query.RegexEngine.Literal;
import dev.kami.parse.query.Values;
import dev.kami.parse.value.JsonWriter;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Bool;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.Embedded;
import dev.kami.parse.value.ParseValue.File;
import dev.kami.parse.value.ParseValue.Null;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Pointer;
import dev.kami.parse.value.ParseValue.Polygon;
import dev.kami.parse.value.ParseValue.Str;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Constraints on values in {@code jsonb} columns, with the meaning of {@link Values}.
 *
 * <p>The lax mode of SQL/JSON paths is nearly MongoDB's: a key on an array asks the objects in it, and a filter on an array
 * asks its elements, one level deep. So {@code o.k = 1} is {@code jsonb_path_exists(o, '$."k" ? (@.type() == "number" && @ ==
 * $v)')}: in C, one call for each row. The type is asked first because a comparison would open a second array in the first.
 * Keys that may be an index, and the question what is missing, are beyond such paths: {@code kami_leaves} walks them as
 * {@link Values#anyLeaf} does.
 *
 * <p>Equality of {@code jsonb} is equality here, because a {@code __type} form is only taken for one when it is complete and
 * would be written the same. Two are not: files count by their name, rings whether closed or not. A value that holds one
 * makes the condition inexact, like a path into a date, which has members in JSON but not in MongoDB.
 */
final class PostgresJson {
    private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");

    /** Members that values have in JSON and not in MongoDB. */
    private static final Set<String> NO_MEMBERS = Set.of("__type", "iso", "base64", "coordinates");

    /** Up to so many texts are asked one by one, which an index may serve. */
    private static final int FEW = 16;

    /** Longer paths through arrays may be read in too many ways. */
    private static final int MAX_INDEXES = 4;

    /** From here on, texts are ordered in UTF-16 by SQL/JSON and by code point by MongoDB. */
    private static final char ODD_ORDER = Character.MIN_SURROGATE;

    private final SqlText sql;
    private final Column column;
    private final String[] keys;
    /** Path that leads to the values, in SQL/JSON. */
    private final String path;

    private final boolean walks;

    private PostgresJson(SqlText sql, Column column, String[] keys) {
        this.sql = sql;
        this.column = column;
        this.keys = keys;
        this.walks = indexes(keys) > 0;
        var steps = new StringBuilder("$");
        for (String key : keys) {
            steps.append('.').append(JsonWriter.toText(new Str(key)));
        }
        this.path = steps.toString();
    }

    private static int indexes(String[] keys) {
        int indexes = 0;
        for (String key : keys) {
            indexes += INDEX.matcher(key).matches() ? 1 : 0;
        }
        return indexes;
    }

    /** See {@link SqlDialect#ask}. */
    static boolean compile(SqlText sql, Column column, Constraint where, String below, boolean wide) {
        String[] keys = below.isEmpty() ? new String[0] : below.split("\\.", -1);
        var json = new PostgresJson(sql, column, keys);
        if (json.isExact(where)) {
            json.compile(where);
            return true;
        }
        PostgresMembers.narrow(sql, wide, () -> json.narrow(where));
        return false;
    }

    private boolean isExact(Constraint where) {
        for (String key : keys) {
            if (NO_MEMBERS.contains(key)) {
                return false;
            }
        }
        if (indexes(keys) > MAX_INDEXES) {
            return false;
        }
        return switch (where) {
            case EqualTo(var _, var value) -> isExact(value);
            case NotEqual(var _, var value) -> isExact(value);
            case In(var _, var values) -> values.stream().allMatch(PostgresJson::isExact);
            case NotIn(var _, var values) -> values.stream().allMatch(PostgresJson::isExact);
            case All(var _, var values) -> values.stream().allMatch(PostgresJson::isExact);
            case ContainedBy(var _, var values) -> values.stream().allMatch(PostgresJson::isExact);
            case Compare(var _, var _, Str(String text)) -> text.chars().noneMatch(c -> c >= ODD_ORDER);
            case Compare(var _, var _, Date(long millis)) -> isFourDigitYear(millis);
            case Compare _, AllStartWith _, Exists _ -> true;
            case Regex(var _, String pattern, String options) ->
                RegexEngine.literal(pattern, options) != null || PostgresRegex.translate(pattern, options) != null;
            default -> false;
        };
    }

    /** Other dates are no dates in JSON, and the texts of these are in the order of the dates. */
    private static boolean isFourDigitYear(long millis) {
        return millis >= -62_167_219_200_000L && millis <= 253_402_300_799_999L;
    }

    private static boolean isExact(ParseValue value) {
        return switch (value) {
            case File _, Polygon _ -> false;
            case Date(long millis) -> isFourDigitYear(millis);
            case Array(var items) -> items.stream().allMatch(PostgresJson::isExact);
            case Obj(var fields) -> fields.values().stream().allMatch(PostgresJson::isExact);
            default -> true;
        };
    }

    /** A condition that all rows fulfil that are wanted, and some others. */
    private void narrow(Constraint where) {
        boolean present =
                switch (where) {
                    case Regex _, Text _, Near _, WithinBox _, WithinPolygon _, WithinSphere _, Intersects _ -> true;
                    case Compare _, AllStartWith _, ContainedBy _ -> true;
                    case All(var _, var values) -> !values.stream().allMatch(value -> value instanceof Null);
                    case EqualTo(var _, var value) -> !(value instanceof Null);
                    case In(var _, var values) -> !values.contains(ParseValue.NULL);
                    default -> false;
                };
        sql.add(present ? column.sql() + " IS NOT NULL" : "TRUE");
    }

    private void compile(Constraint where) {
        switch (where) {
            case EqualTo(var _, ParseValue value) -> equal(value);
            case NotEqual(var _, ParseValue value) -> {
                sql.add("(");
                equal(value);
                sql.add(") IS NOT TRUE");
            }
            case In(var _, var values) -> in(values);
            case NotIn(var _, var values) -> {
                in(values);
                sql.add(" IS NOT TRUE");
            }
            case All(var _, var values) -> PostgresMembers.and(sql, values, this::equal);
            case AllStartWith(var _, var prefixes) ->
                PostgresMembers.and(
                        sql,
                        prefixes.stream().<ParseValue>map(Str::new).toList(),
                        prefix -> exists("@.type() == \"string\" && @ starts with $v", prefix));
            case Exists(var _, boolean exists) -> {
                present();
                sql.add(exists ? "" : " IS NOT TRUE");
            }
            case Compare(var _, var order, ParseValue value) -> compare(order, value);
            case ContainedBy(var _, var values) -> containedBy(values);
            case Regex(var _, String pattern, String options) -> regex(pattern, options);
            default -> throw new IllegalStateException(where.getClass().getSimpleName());
        }
    }

    // -- where the values are

    /** {@code condition} on each value at the path; inside, {@code l.v} is the value. Arrays are values as a whole. */
    private void someLeaf(Runnable condition) {
        sql.add("EXISTS (SELECT 1 FROM ");
        leaves();
        sql.add(" l(v) WHERE ");
        condition.run();
        sql.add(")");
    }

    private void leaves() {
        if (keys.length == 0) {
            sql.add("(VALUES (").add(column.sql()).add("))");
        } else if (walks) {
            sql.add("kami_leaves(").add(column.sql()).value(", ?::text[])", keys);
        } else {
            sql.add("jsonb_path_query(").add(column.sql()).value(", ?::jsonpath)", path);
        }
    }

    /** A filter that one of the values at the path passes, or an element of one that is an array. */
    private void exists(String filter, ParseValue value) {
        if (walks) {
            someLeaf(() -> filter("l.v", "$", filter, value));
        } else {
            filter(column.sql(), path, filter, value);
        }
    }

    private void filter(String root, String from, String filter, ParseValue value) {
        sql.add("jsonb_path_exists(").add(root);
        sql.value(", ?::jsonpath", from + " ? (" + filter + ")");
        if (value != null) {
            sql.value(", ?::jsonb", ColumnCodec.json(Obj.of("v", value)));
        }
        sql.add(")");
    }

    private void present() {
        if (keys.length == 0) {
            sql.add("(").add(column.sql()).add(" IS NOT NULL)");
        } else if (walks) {
            someLeaf(() -> sql.add("l.v IS NOT NULL"));
        } else {
            sql.add("jsonb_path_exists(")
                    .add(column.sql())
                    .value(", ?::jsonpath", path)
                    .add(")");
        }
    }

    // -- equality

    private void equal(ParseValue wanted) {
        ParseValue value =
                wanted instanceof Embedded(var object) ? new Pointer(object.className(), object.objectId()) : wanted;
        String type = scalarType(value);
        if (value instanceof Null) {
            isNull();
        } else if (keys.length == 0) {
            equalField(value, type != null);
        } else if (type != null) {
            exists("@.type() == \"" + type + "\" && @ == $v", value);
        } else {
            someLeaf(() -> {
                sql.add("(l.v = ").value("?::jsonb", ColumnCodec.json(value));
                sql.add(" OR EXISTS (SELECT 1 FROM jsonb_path_query(l.v, '$[*]') i(v) WHERE i.v = ");
                sql.value("?::jsonb", ColumnCodec.json(value)).add("))");
            });
        }
    }

    /** The field itself. {@code @>} comes first where an index may serve it. */
    private void equalField(ParseValue value, boolean scalar) {
        if (!PostgresMembers.isArray(column)) {
            sql.add(column.sql()).value(" = ?::jsonb", ColumnCodec.json(value));
            return;
        }
        byte[] element = ColumnCodec.json(new Array(List.of(value)));
        if (value instanceof Array) {
            sql.add("(").add(column.sql()).value(" = ?::jsonb OR ", ColumnCodec.json(value));
        }
        sql.add("(").add(column.sql()).value(" @> ?::jsonb", element);
        if (!scalar) {
            sql.add(" AND EXISTS (SELECT 1 FROM jsonb_path_query(").add(column.sql());
            sql.value(", '$[*]') i(v) WHERE i.v = ?::jsonb)", ColumnCodec.json(value));
        }
        sql.add(value instanceof Array ? "))" : ")");
    }

    /** Missing, null, or an array with a null. */
    private void isNull() {
        if (keys.length == 0) {
            sql.add("(").add(column.sql()).add(" IS NULL OR ").add(column.sql()).add(" @> '[null]')");
            return;
        }
        sql.add("EXISTS (SELECT 1 FROM kami_leaves(")
                .add(column.sql())
                .value(", ?::text[])", keys)
                .add(" l(v) WHERE l.v IS NULL OR l.v = 'null' OR l.v @> '[null]')");
    }

    private static String scalarType(ParseValue value) {
        return switch (value) {
            case Num _ -> "number";
            case Str _ -> "string";
            case Bool _ -> "boolean";
            default -> null;
        };
    }

    private void in(List<ParseValue> values) {
        var scalars = new ArrayList<ParseValue>();
        var others = new ArrayList<ParseValue>();
        for (ParseValue value : values) {
            (scalarType(value) == null ? others : scalars).add(value);
        }
        if (keys.length == 0 && scalars.size() <= FEW || scalars.size() == 1) {
            PostgresMembers.or(sql, values, this::equal);
            return;
        }
        if (scalars.isEmpty()) {
            PostgresMembers.or(sql, others, this::equal);
            return;
        }
        sql.add("(");
        exists("@.type() != \"array\" && @ == $v[*]", new Array(scalars));
        for (ParseValue other : others) {
            sql.add(" OR ");
            equal(other);
        }
        sql.add(")");
    }

    private void containedBy(List<ParseValue> values) {
        boolean scalars = values.stream().allMatch(value -> scalarType(value) != null || value instanceof Null);
        byte[] all = ColumnCodec.json(new Array(values));
        if (scalars) {
            someLeaf(() -> sql.value("(jsonb_typeof(l.v) = 'array' AND l.v <@ ?::jsonb)", all));
            return;
        }
        someLeaf(() -> {
            sql.add("(jsonb_typeof(l.v) = 'array' AND NOT EXISTS (SELECT 1 FROM jsonb_path_query(l.v, '$[*]') i(v)");
            sql.value(" WHERE i.v NOT IN (SELECT jsonb_path_query(?::jsonb, 'strict $[*]'))))", all);
        });
    }

    // -- order

    private void compare(Constraint.Order order, ParseValue value) {
        String operator =
                switch (order) {
                    case LESS -> "<";
                    case LESS_OR_EQUAL -> "<=";
                    case GREATER -> ">";
                    case GREATER_OR_EQUAL -> ">=";
                };
        String type = scalarType(value);
        if (type != null) {
            exists("@.type() == \"" + type + "\" && @ " + operator + " $v", value);
        } else if (value instanceof Date date) {
            exists(
                    "@.type() == \"object\" && @.__type == \"Date\" && @.iso like_regex \"^[0-9]{4}-.*Z$\" && @.iso "
                            + operator + " $v.iso",
                    date);
        } else {
            sql.add("FALSE");
        }
    }

    // -- patterns

    private void regex(String pattern, String options) {
        sql.add("EXISTS (SELECT 1 FROM ");
        boolean fromLeaves = walks || keys.length == 0;
        if (fromLeaves) {
            leaves();
            sql.add(" l(v), jsonb_path_query(l.v, '$ ? (@.type() == \"string\")') i(v)");
        } else {
            sql.add("jsonb_path_query(").add(column.sql());
            sql.value(", ?::jsonpath) i(v)", path + " ? (@.type() == \"string\")");
        }
        sql.add(" WHERE (i.v #>> '{}') COLLATE \"C\" ");
        Literal literal = RegexEngine.literal(pattern, options);
        if (literal == null) {
            sql.value("~ ?)", PostgresRegex.translate(pattern, options));
            return;
        }
        String like = SqlText.escapeLike(literal.text());
        sql.value(
                "LIKE ? ESCAPE '!')",
                switch (literal.where()) {
                    case WHOLE -> like;
                    case START -> like + "%";
                    case END -> "%" + like;
                    case ANYWHERE -> "%" + like + "%";
                });
    }
}
