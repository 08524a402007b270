package dev.kami.parse.storage.sql;

import dev.kami.parse.schema.FieldType.Kind;

/** How a value lies in a table. */
enum ColumnType {
    TEXT,
    NUMBER,
    BOOLEAN,
    DATE,
    JSON,
    TEXT_ARRAY,
    POINT,
    POLYGON;

    /** The column of a field, {@code null} for relations (a join table) and ACL (two arrays). */
    static ColumnType of(Kind kind) {
        return switch (kind) {
            case STRING, POINTER, FILE -> TEXT;
            case NUMBER -> NUMBER;
            case BOOLEAN -> BOOLEAN;
            case DATE -> DATE;
            case OBJECT, ARRAY, BYTES -> JSON;
            case GEO_POINT -> POINT;
            case POLYGON -> POLYGON;
            case RELATION, ACL -> null;
        };
    }
}
