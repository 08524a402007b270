package dev.kami.parse.storage.sql;

import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.File;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Pointer;
import dev.kami.parse.value.ParseValue.Str;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes objects of rows. What is the same for all rows (names, readers, text of the select list) is prepared once for each
 * class. Object and Array columns are handed on undecoded.
 */
final class RowReader {
    static final Set<String> ALWAYS_READ = Set.of("objectId", "createdAt", "updatedAt");

    private final String className;
    /** Names of the object's fields: columns, relations, {@code ACL} when there are permissions. */
    private final String[] names;
    /** Those with a column of their own stand first, in the order of {@link #names}. */
    private final Column[] columns;

    private final int own;
    private final ParseValue[] relations;
    private final boolean permissions;
    private final String select;
    private final String[] unquoted;

    RowReader(
            String className, List<Column> wanted, List<Map.Entry<String, ParseValue>> relations, boolean permissions) {
        this.className = className;
        this.columns = wanted.stream()
                .sorted((a, b) -> Boolean.compare(a.overflow(), b.overflow()))
                .toArray(Column[]::new);
        this.own = (int) wanted.stream().filter(column -> !column.overflow()).count();
        this.relations = relations.stream().map(Map.Entry::getValue).toArray(ParseValue[]::new);
        this.permissions = permissions;
        this.names = new String[columns.length + relations.size() + (permissions ? 1 : 0)];
        for (int i = 0; i < columns.length; i++) {
            names[i] = columns[i].field();
        }
        for (int i = 0; i < relations.size(); i++) {
            names[columns.length + i] = relations.get(i).getKey();
        }
        if (permissions) {
            names[names.length - 1] = "ACL";
        }
        var list = new ArrayList<String>();
        for (int i = 0; i < own; i++) {
            list.add(columns[i].sql());
        }
        if (permissions) {
            list.add("\"_rperm\"");
            list.add("\"_wperm\"");
        }
        if (own < columns.length) {
            list.add(columns[own].sql());
        }
        this.select = String.join(", ", list);
        this.unquoted = list.stream()
                .map(name -> name.substring(1, name.length() - 1).replace("\"\"", "\""))
                .toArray(String[]::new);
    }

    /** How many columns {@link #read} reads. */
    int width() {
        return own + (permissions ? 2 : 0) + (own < columns.length ? 1 : 0);
    }

    /** The columns that {@link #read} wants, in its order. */
    String select() {
        return select;
    }

    /** The names of the same columns without quotes; not to be changed. */
    String[] columns() {
        return unquoted;
    }

    ParseObject read(ResultSet row, SqlDialect dialect) throws SQLException {
        var values = new Object[names.length];
        for (int i = 0; i < own; i++) {
            values[i] = value(columns[i], row, i + 1, dialect);
        }
        for (int i = 0; i < relations.length; i++) {
            values[columns.length + i] = relations[i];
        }
        int next = own + 1;
        if (permissions) {
            String[] readers = dialect.readTexts(row, next++);
            String[] writers = dialect.readTexts(row, next++);
            values[names.length - 1] = Acl.toJson(readers, writers);
        }
        if (own < columns.length) {
            byte[] json = row.getBytes(next);
            if (json != null && JsonReader.read(json) instanceof Obj overflow) {
                for (int i = own; i < columns.length; i++) {
                    values[i] = overflow.get(columns[i].field());
                }
            }
        }
        return ParseObject.ofRow(className, names, values);
    }

    /** A {@link ParseValue}, undecoded JSON, or {@code null}. */
    static Object value(Column column, ResultSet row, int index, SqlDialect dialect) throws SQLException {
        return switch (column.kind()) {
            case STRING -> {
                String text = row.getString(index);
                yield text == null ? null : new Str(text);
            }
            case POINTER -> {
                String id = row.getString(index);
                yield id == null ? null : new Pointer(column.type().targetClass(), id);
            }
            case FILE -> {
                String name = row.getString(index);
                yield name == null ? null : new File(name, null);
            }
            case NUMBER -> {
                double number = row.getDouble(index);
                yield number == 0 && row.wasNull() ? null : new Num(number);
            }
            case BOOLEAN -> {
                boolean flag = row.getBoolean(index);
                yield !flag && row.wasNull() ? null : ParseValue.of(flag);
            }
            case DATE -> {
                long millis = dialect.readDate(row, index);
                yield millis == Long.MIN_VALUE ? null : new Date(millis);
            }
            case OBJECT, ARRAY, BYTES -> dialect.readJson(row, index);
            case GEO_POINT, POLYGON -> dialect.readShape(row, index);
            case RELATION, ACL -> throw new IllegalStateException("no column: " + column.field());
        };
    }
}
