package dev.kami.parse.storage.sql;

import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.schema.FieldType.Kind;
import dev.kami.parse.value.ParseValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the fields of one class live: made once for each pair of a class and its table, used by every statement.
 * Immutable.
 */
final class Layout {
    static final String READERS = "_rperm";
    static final String WRITERS = "_wperm";

    /** Columns of {@code _User} that are no fields of the class, but come and go as fields with these names. */
    static final Map<String, FieldType> HIDDEN_USER_FIELDS = hiddenUserFields();

    final ClassSchema schema;
    final Table table;
    final String tableSql;
    private final Map<String, Column> columns = new LinkedHashMap<>();
    private final RowReader all;

    Layout(ClassSchema schema, Table table) {
        this.schema = schema;
        this.table = table;
        this.tableSql = SqlText.quote(table.name());
        schema.fields().forEach(this::add);
        if (schema.className().equals("_User")) {
            HIDDEN_USER_FIELDS.forEach(this::add);
        }
        this.all = reader(null);
    }

    private static Map<String, FieldType> hiddenUserFields() {
        var fields = new LinkedHashMap<String, FieldType>();
        fields.put("_hashed_password", FieldType.STRING);
        fields.put("_email_verify_token_expires_at", FieldType.DATE);
        fields.put("_email_verify_token", FieldType.STRING);
        fields.put("_account_lockout_expires_at", FieldType.DATE);
        fields.put("_failed_login_count", FieldType.NUMBER);
        fields.put("_perishable_token", FieldType.STRING);
        fields.put("_perishable_token_expires_at", FieldType.DATE);
        fields.put("_password_changed_at", FieldType.DATE);
        fields.put("_password_history", FieldType.ARRAY);
        return java.util.Collections.unmodifiableMap(fields);
    }

    /** The password of a user is no column; {@code _hashed_password} is. */
    static boolean hasColumn(String className, String field, FieldType type) {
        return ColumnType.of(type.kind()) != null && !(className.equals("_User") && field.equals("password"));
    }

    private void add(String field, FieldType type) {
        if (!hasColumn(schema.className(), field, type)) {
            return;
        }
        boolean own = table.has(field);
        columns.put(
                field,
                own || !table.has(Tables.OVERFLOW)
                        ? new Column(
                                field,
                                type,
                                ColumnType.of(type.kind()),
                                SqlText.quote(field),
                                false,
                                table.bytewise().contains(field))
                        : new Column(field, type, ColumnType.JSON, SqlText.quote(Tables.OVERFLOW), true));
    }

    /** The column of a field, {@code null} when it has none. */
    Column column(String field) {
        if (field.equals(READERS) || field.equals(WRITERS)) {
            return hasPermissions()
                    ? new Column(field, null, ColumnType.TEXT_ARRAY, SqlText.quote(field), false)
                    : null;
        }
        return columns.get(field);
    }

    /** Of every field that has one, in the order of the class. */
    Collection<Column> columns() {
        return columns.values();
    }

    boolean hasPermissions() {
        return table.has(READERS);
    }

    boolean hasObjectId() {
        return table.has("objectId");
    }

    RowReader reader() {
        return all;
    }

    /** @param fields names wanted; the common ones always come */
    RowReader reader(Set<String> fields) {
        var wanted = new ArrayList<Column>(columns.size());
        for (Column column : columns.values()) {
            if (fields == null || RowReader.ALWAYS_READ.contains(column.field()) || fields.contains(column.field())) {
                wanted.add(column);
            }
        }
        return new RowReader(schema.className(), wanted, relations(), hasPermissions());
    }

    /** Relation fields hold no values; they say which class their members have. */
    private List<Map.Entry<String, ParseValue>> relations() {
        var relations = new ArrayList<Map.Entry<String, ParseValue>>();
        schema.fields().forEach((field, type) -> {
            if (type.kind() == Kind.RELATION) {
                relations.add(Map.entry(field, new ParseValue.Relation(type.targetClass())));
            }
        });
        return relations;
    }
}
