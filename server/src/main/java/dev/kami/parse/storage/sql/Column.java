package dev.kami.parse.storage.sql;

import dev.kami.parse.schema.FieldType;
import dev.kami.parse.schema.FieldType.Kind;

/**
 * Where a field lives.
 *
 * @param type {@code null} for {@code _rperm} and {@code _wperm}
 * @param storedAs of the column that {@code sql} names
 * @param sql quoted name of the column; of {@code _overflow} when the field has none of its own
 * @param overflow the value is a member of the JSON object in {@code _overflow}
 * @param bytewise see {@link Table}
 */
record Column(String field, FieldType type, ColumnType storedAs, String sql, boolean overflow, boolean bytewise) {
    Column(String field, FieldType type, ColumnType storedAs, String sql, boolean overflow) {
        this(field, type, storedAs, sql, overflow, false);
    }

    Kind kind() {
        return type == null ? null : type.kind();
    }

    /** An Object or Array: paths lead into it. */
    boolean hasMembers() {
        return kind() == Kind.OBJECT || kind() == Kind.ARRAY;
    }
}
