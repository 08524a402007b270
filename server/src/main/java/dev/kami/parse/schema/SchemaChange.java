package dev.kami.parse.schema;

import dev.kami.parse.value.ParseValue.Obj;

/** One step of changing a class. Applying one that has already happened changes nothing. */
public sealed interface SchemaChange {
    record CreateClass(ClassSchema schema) implements SchemaChange {}

    /** Table and schema row; for relation fields the join tables too. */
    record DropClass() implements SchemaChange {}

    record AddField(String name, FieldType type) implements SchemaChange {}

    /** The values go with it; for a relation its join table. */
    record DropField(String name, FieldType type) implements SchemaChange {}

    /** {@code required} and {@code defaultValue}; the type stays. */
    record ChangeFieldOptions(String name, FieldType type) implements SchemaChange {}

    /** @param permissions {@code null} for none */
    record SetPermissions(Obj permissions) implements SchemaChange {}

    /** @param keys {@code {"field":1}}, or {@code "text"} / {@code "2dsphere"} instead of the direction */
    record AddIndex(String name, Obj keys) implements SchemaChange {}

    record DropIndex(String name) implements SchemaChange {}

    /** Of {@code _User}: {@code authData.<provider>.id} is found by an index, and no two users have the same. */
    record IndexAuthData(String provider) implements SchemaChange {}
}
