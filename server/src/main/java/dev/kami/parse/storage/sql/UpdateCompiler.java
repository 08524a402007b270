package dev.kami.parse.storage.sql;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.op.FieldOp;
import dev.kami.parse.op.FieldPath;
import dev.kami.parse.query.Values;
import dev.kami.parse.schema.FieldType.Kind;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Null;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Operations as assignments. Plain sets, unsets and increments of columns are one {@code UPDATE}, whatever the value is
 * now. All others depend on the value before: {@link #applyTo} makes the object afterwards in memory, and
 * {@link #assignChanges} writes what has changed. Relation operations have been taken out by the caller.
 */
final class UpdateCompiler {
    private final SqlDialect dialect;
    private final Layout layout;

    UpdateCompiler(SqlDialect dialect, Layout layout) {
        this.dialect = dialect;
        this.layout = layout;
    }

    /** True when the new values do not depend on the old ones in a way SQL cannot express. */
    boolean isPlain(Map<String, FieldOp> ops) {
        for (var entry : ops.entrySet()) {
            String field = entry.getKey();
            if (field.equals("ACL")) {
                if (!(entry.getValue() instanceof FieldOp.Set || entry.getValue() instanceof FieldOp.Delete)) {
                    return false;
                }
                continue;
            }
            Column column = field.indexOf('.') < 0 ? layout.column(field) : null;
            boolean plain = column != null
                    && !column.overflow()
                    && switch (entry.getValue()) {
                        case FieldOp.Set _, FieldOp.Delete _ -> true;
                        case FieldOp.Increment _ -> column.kind() == Kind.NUMBER;
                        default -> false;
                    };
            if (!plain) {
                return false;
            }
        }
        return true;
    }

    /** {@code a = ?, n = COALESCE(n, 0) + ?} for operations that are {@link #isPlain plain}. */
    void assign(Map<String, FieldOp> ops, SqlText sql) {
        String separator = "";
        for (var entry : ops.entrySet()) {
            sql.add(separator);
            separator = ", ";
            String field = entry.getKey();
            ParseValue value = entry.getValue() instanceof FieldOp.Set(var set) ? set : null;
            if (field.equals("ACL")) {
                assignAcl(value, sql);
            } else if (entry.getValue() instanceof FieldOp.Increment(double amount)) {
                String column = layout.column(field).sql();
                sql.add(column).add(" = COALESCE(").add(column).add(", 0) + ").value(amount);
            } else {
                assign(layout.column(field), value, sql);
            }
        }
    }

    private void assign(Column column, ParseValue value, SqlText sql) {
        sql.add(column.sql()).add(" = ");
        if (column.storedAs() == ColumnType.TEXT_ARRAY) {
            throw new IllegalArgumentException(column.field() + " is written as ACL");
        }
        sql.value(
                dialect.parameter(column.storedAs()), ColumnCodec.parameter(layout.schema.className(), column, value));
    }

    private void assignAcl(ParseValue value, SqlText sql) {
        Obj acl = value instanceof Obj obj ? obj : null;
        sql.name(Layout.READERS)
                .add(" = ")
                .value(acl == null ? null : Acl.readers(acl))
                .add(", ");
        sql.name(Layout.WRITERS).add(" = ").value(acl == null ? null : Acl.writers(acl));
    }

    /** The object after the operations, as it would be read back. */
    ParseObject applyTo(ParseObject before, SequencedMap<String, FieldOp> ops) {
        ParseObject object = before;
        for (var entry : ops.entrySet()) {
            FieldOp op = entry.getValue();
            if (op instanceof FieldOp.SetOnInsert) {
                continue; // the object exists
            }
            String path = entry.getKey();
            int dot = path.indexOf('.');
            String field = dot < 0 ? path : path.substring(0, dot);
            if (!field.equals("ACL") && layout.column(field) == null) {
                throw unknown(field);
            }
            ParseValue after = FieldPath.apply(object.get(field), Values.below(path), op);
            object = object.with(field, ColumnCodec.asStored(after));
        }
        return object;
    }

    private ParseException unknown(String field) {
        return unknown(layout, field);
    }

    static ParseException unknown(Layout layout, String field) {
        return new ParseException(
                ErrorCode.INTERNAL_SERVER_ERROR,
                "Class " + layout.schema.className() + " has no field " + field + " that can be stored.");
    }

    /** Assignments that turn {@code before} into {@code after}; false when nothing has changed. */
    boolean assignChanges(ParseObject before, ParseObject after, Map<String, FieldOp> ops, SqlText sql) {
        var changed = new LinkedHashMap<String, ParseValue>();
        for (String path : ops.keySet()) {
            String field = path.indexOf('.') < 0 ? path : path.substring(0, path.indexOf('.'));
            if (!changed.containsKey(field) && !java.util.Objects.equals(before.get(field), after.get(field))) {
                changed.put(field, after.get(field));
            }
        }
        String separator = "";
        boolean overflow = false;
        for (var entry : changed.entrySet()) {
            if (!entry.getKey().equals("ACL") && layout.column(entry.getKey()).overflow()) {
                overflow = true;
                continue;
            }
            sql.add(separator);
            separator = ", ";
            if (entry.getKey().equals("ACL")) {
                assignAcl(entry.getValue(), sql);
            } else {
                assign(layout.column(entry.getKey()), entry.getValue(), sql);
            }
        }
        if (overflow) {
            sql.add(separator).name(Tables.OVERFLOW).add(" = ");
            sql.value(dialect.parameter(ColumnType.JSON), overflow(after));
        }
        return !changed.isEmpty();
    }

    /** The fields of an object that have no column of their own, {@code null} when there are none. */
    byte[] overflow(ParseObject object) {
        var fields = new LinkedHashMap<String, ParseValue>();
        object.forEach((field, value) -> {
            Column column = layout.column(field);
            if (column != null && column.overflow() && !(value instanceof Null)) {
                fields.put(field, value);
            }
        });
        return fields.isEmpty() ? null : ColumnCodec.json(new Obj(fields));
    }

    /** {@code INSERT} of an object. */
    void insert(ParseObject object, SqlText sql) {
        var marks = new StringBuilder();
        sql.add("INSERT INTO ").add(layout.tableSql).add(" (");
        var values = new java.util.ArrayList<Object>();
        boolean[] overflow = {false};
        object.forEach((field, value) -> {
            if (value instanceof Null) {
                return;
            }
            if (field.equals("ACL")) {
                if (value instanceof Obj acl) {
                    column(SqlText.quote(Layout.READERS), "?", marks, sql);
                    values.add(Acl.readers(acl));
                    column(SqlText.quote(Layout.WRITERS), "?", marks, sql);
                    values.add(Acl.writers(acl));
                }
                return;
            }
            Column column = layout.column(field);
            if (column == null) {
                if (value instanceof ParseValue.Relation) {
                    return; // members are join rows
                }
                throw unknown(field);
            }
            if (column.overflow()) {
                overflow[0] = true;
                return;
            }
            column(column.sql(), dialect.parameter(column.storedAs()), marks, sql);
            values.add(ColumnCodec.parameter(layout.schema.className(), column, value));
        });
        if (overflow[0]) {
            column(SqlText.quote(Tables.OVERFLOW), dialect.parameter(ColumnType.JSON), marks, sql);
            values.add(overflow(object));
        }
        sql.add(") VALUES (").add(marks.toString()).add(")");
        sql.values().addAll(values);
    }

    private static void column(String name, String mark, StringBuilder marks, SqlText sql) {
        if (!marks.isEmpty()) {
            marks.append(", ");
            sql.add(", ");
        }
        sql.add(name);
        marks.append(mark);
    }
}
