package dev.kami.parse.storage.sql;

import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue.Null;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Relation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One {@code INSERT} that fits every object of a class, so that many of them are one batch: it names all columns. */
final class BulkInsert {
    private final SqlDialect dialect;
    private final Layout layout;
    private final List<String> columns = new ArrayList<>();
    private final List<String> marks = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();

    BulkInsert(SqlDialect dialect, Layout layout) {
        this.dialect = dialect;
        this.layout = layout;
        boolean overflow = false;
        for (Column column : layout.columns()) {
            if (column.overflow()) {
                overflow = true;
            } else {
                add(column.field(), column.storedAs());
            }
        }
        if (layout.hasPermissions()) {
            add(Layout.READERS, ColumnType.TEXT_ARRAY);
            add(Layout.WRITERS, ColumnType.TEXT_ARRAY);
        }
        if (overflow) {
            add(Tables.OVERFLOW, ColumnType.JSON);
        }
    }

    private void add(String column, ColumnType type) {
        places.put(column, columns.size());
        columns.add(SqlText.quote(column));
        marks.add(dialect.parameter(type));
    }

    String sql() {
        return "INSERT INTO " + layout.tableSql + " (" + String.join(", ", columns) + ") VALUES ("
                + String.join(", ", marks) + ")";
    }

    /** The values of an object, in the order of the columns. */
    Object[] row(ParseObject object) {
        var values = new Object[columns.size()];
        object.forEach((field, value) -> {
            Column column = layout.column(field);
            if (value instanceof Null) {
                return;
            }
            if (field.equals("ACL")) {
                if (value instanceof Obj acl && layout.hasPermissions()) {
                    values[places.get(Layout.READERS)] = Acl.readers(acl);
                    values[places.get(Layout.WRITERS)] = Acl.writers(acl);
                }
            } else if (column == null) {
                if (!(value instanceof Relation)) { // its members are join rows
                    throw UpdateCompiler.unknown(layout, field);
                }
            } else if (!column.overflow()) {
                values[places.get(field)] = ColumnCodec.parameter(layout.schema.className(), column, value);
            }
        });
        Integer overflow = places.get(Tables.OVERFLOW);
        if (overflow != null) {
            values[overflow] = new UpdateCompiler(dialect, layout).overflow(object);
        }
        return values;
    }
}
