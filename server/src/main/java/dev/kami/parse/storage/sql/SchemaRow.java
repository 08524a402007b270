package dev.kami.parse.storage.sql;

import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.schema.FieldType.Kind;
import dev.kami.parse.schema.SchemaJson;
import dev.kami.parse.schema.SystemClasses;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Bool;
import dev.kami.parse.value.ParseValue.Null;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.util.LinkedHashMap;
import java.util.Set;

/**
 * A class as the genuine server keeps it in {@code _SCHEMA}: {@code {className, fields, classLevelPermissions, indexes}},
 * where the fields hold {@code _rperm} and {@code _wperm} instead of ACL, and {@code _hashed_password} instead of the
 * password.
 */
final class SchemaRow {
    private static final Obj PERMISSION_FIELD =
            Obj.of("type", new Str("Array"), "contents", Obj.of("type", new Str("String")));

    private static final Set<String> OURS = Set.of("className", "fields", "classLevelPermissions", "indexes");

    private SchemaRow() {}

    /** @param before the row that is replaced, or {@code null}: what it holds beyond the class is kept */
    static Obj toJson(ClassSchema schema, Obj before) {
        var fields = new LinkedHashMap<String, ParseValue>();
        schema.fields().forEach((name, type) -> {
            if (type.kind() != Kind.ACL
                    && (Layout.hasColumn(schema.className(), name, type) || type.kind() == Kind.RELATION)) {
                fields.put(name, SchemaJson.field(type));
            }
        });
        if (schema.className().equals("_User")) {
            fields.put("_hashed_password", Obj.of("type", new Str("String")));
        }
        fields.put(Layout.READERS, PERMISSION_FIELD);
        fields.put(Layout.WRITERS, PERMISSION_FIELD);
        if (before != null && before.get("fields") instanceof Obj(var known)) {
            known.forEach((name, type) -> {
                if (name.startsWith("_")) {
                    fields.putIfAbsent(name, type); // the genuine server notes hidden fields here when it meets them
                }
            });
        }
        var row = new LinkedHashMap<String, ParseValue>();
        row.put("className", new Str(schema.className()));
        row.put("fields", new Obj(fields));
        if (schema.permissions() != null) {
            row.put("classLevelPermissions", schema.permissions());
        }
        if (!schema.indexes().isEmpty()) {
            var indexes = new LinkedHashMap<String, ParseValue>();
            indexes.put("_id_", Obj.of("_id", ParseValue.of(1)));
            indexes.putAll(schema.indexes());
            row.put("indexes", new Obj(indexes));
        }
        if (before != null) {
            before.fields().forEach((key, value) -> {
                if (!OURS.contains(key)) {
                    row.put(key, value);
                }
            });
        }
        return new Obj(row);
    }

    static ClassSchema fromJson(String className, Obj row) {
        var fields = new LinkedHashMap<>(SystemClasses.initial(className).fields());
        FieldType acl = fields.remove("ACL");
        if (row.get("fields") instanceof Obj(var stored)) {
            stored.forEach((name, type) -> {
                if (!name.startsWith("_") && type instanceof Obj json) {
                    FieldType read = type(json);
                    if (read != null) {
                        fields.put(name, read);
                    }
                }
            });
        }
        if (acl != null) {
            fields.put("ACL", acl);
        }
        var indexes = new LinkedHashMap<String, Obj>();
        if (row.get("indexes") instanceof Obj(var stored)) {
            stored.forEach((name, keys) -> {
                if (!name.equals("_id_") && keys instanceof Obj json) {
                    indexes.put(name, json);
                }
            });
        }
        Obj permissions = row.get("classLevelPermissions") instanceof Obj json ? json : null;
        return new ClassSchema(className, fields, permissions, indexes);
    }

    /** Read without the checks of the schema API: what is stored is stored. */
    private static FieldType type(Obj json) {
        Kind kind = Kind.ofApiName(json.text("type"));
        if (kind == null) {
            return null;
        }
        boolean required = json.get("required") instanceof Bool(boolean flag) && flag;
        ParseValue standard = json.get("defaultValue") instanceof Null ? null : json.get("defaultValue");
        return new FieldType(kind, json.text("targetClass"), required, standard);
    }
}
