package dev.kami.parse.schema;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.schema.FieldType.Kind;
import dev.kami.parse.value.JsText;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Null;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The form of classes and fields in the schema API: {@code {className, fields, classLevelPermissions, indexes}}. */
public final class SchemaJson {
    private static final Obj EVERYBODY = Obj.of("*", ParseValue.TRUE);

    /** What a class without stored permissions answers. */
    private static final Obj OPEN = Obj.of(
            "ACL", Obj.of("*", Obj.of("read", ParseValue.TRUE, "write", ParseValue.TRUE)),
            "find", EVERYBODY,
            "get", EVERYBODY,
            "count", EVERYBODY,
            "create", EVERYBODY,
            "update", EVERYBODY,
            "delete", EVERYBODY,
            "addField", EVERYBODY,
            "protectedFields", Obj.of("*", new Array(List.of())));

    private static final List<String> OPERATIONS =
            List.of("find", "get", "count", "create", "update", "delete", "addField", "protectedFields");

    private SchemaJson() {}

    public static Obj of(ClassSchema schema) {
        var json = new LinkedHashMap<String, ParseValue>();
        json.put("className", new Str(schema.className()));
        json.put("fields", fields(schema));
        json.put("classLevelPermissions", permissions(schema));
        if (!schema.indexes().isEmpty()) {
            json.put("indexes", indexes(schema));
        }
        return new Obj(json);
    }

    /** Common columns first, then those of a system class, then those of the application. */
    private static Obj fields(ClassSchema schema) {
        var fields = new LinkedHashMap<String, ParseValue>();
        for (String common : List.of("objectId", "createdAt", "updatedAt")) {
            fields.put(common, field(schema.fields().getOrDefault(common, commonType(common))));
        }
        fields.put("ACL", field(FieldType.ACL));
        for (Map.Entry<String, FieldType> column :
                SystemClasses.columns(schema.className()).entrySet()) {
            fields.putIfAbsent(
                    column.getKey(), field(schema.fields().getOrDefault(column.getKey(), column.getValue())));
        }
        schema.fields().forEach((name, type) -> fields.putIfAbsent(name, field(type)));
        return new Obj(fields);
    }

    private static FieldType commonType(String name) {
        return name.equals("objectId") ? FieldType.STRING : FieldType.DATE;
    }

    /** Nothing stored is everything public; stored permissions are closed in all they do not name. */
    private static Obj permissions(ClassSchema schema) {
        if (SystemClasses.VOLATILE.contains(schema.className())) {
            return Obj.EMPTY;
        }
        if (schema.permissions() == null) {
            return OPEN;
        }
        var permissions = new LinkedHashMap<String, ParseValue>();
        OPERATIONS.forEach(operation -> permissions.put(operation, Obj.EMPTY));
        permissions.putAll(schema.permissions().fields());
        return new Obj(permissions);
    }

    private static Obj indexes(ClassSchema schema) {
        var indexes = new LinkedHashMap<String, ParseValue>();
        indexes.put("_id_", Obj.of("_id", ParseValue.of(1)));
        indexes.putAll(schema.indexes());
        return new Obj(indexes);
    }

    /** {@code {type, targetClass, required, defaultValue}}, only what there is. */
    public static Obj field(FieldType type) {
        var json = new LinkedHashMap<String, ParseValue>();
        json.put("type", new Str(type.kind().apiName()));
        if (type.targetClass() != null) {
            json.put("targetClass", new Str(type.targetClass()));
        }
        if (type.required()) {
            json.put("required", ParseValue.TRUE);
        }
        if (type.defaultValue() != null) {
            json.put("defaultValue", type.defaultValue());
        }
        return new Obj(json);
    }

    /**
     * The type that a field of a schema request asks for; its default value is not compared with its type yet, see
     * {@link #requireFittingOptions}.
     *
     * @throws ParseException 107, 111 or 135 for what is no type, 103 for a target that cannot be a class
     */
    public static FieldType parseField(ParseValue value) {
        if (!(value instanceof Obj json)) {
            throw invalidJson();
        }
        boolean required = JsText.isTruthy(json.get("required"));
        ParseValue standard = json.get("defaultValue") instanceof Null ? null : json.get("defaultValue");
        String name = json.text("type");
        if (name != null && (name.equals("Pointer") || name.equals("Relation"))) {
            ParseValue target = json.get("targetClass");
            if (!JsText.isTruthy(target)) {
                throw new ParseException(ErrorCode.MISSING_REQUIRED_ID, "type " + name + " needs a class name");
            }
            if (!(target instanceof Str(String targetClass))) {
                throw invalidJson();
            }
            Names.requireClass(targetClass);
            return new FieldType(Kind.ofApiName(name), targetClass, required, standard);
        }
        if (name == null) {
            throw invalidJson();
        }
        Kind kind = Kind.ofApiName(name);
        if (kind == null || kind == Kind.ACL) {
            throw new ParseException(ErrorCode.INCORRECT_TYPE, "invalid field type: " + name);
        }
        return new FieldType(kind, null, required, standard);
    }

    /** @throws ParseException 111 when the default value has another type, or a relation has options at all */
    public static void requireFittingOptions(String className, String field, FieldType type) {
        if (type.defaultValue() != null) {
            FieldType given = FieldType.ofValue(type.defaultValue());
            // A text, number or boolean as default of a relation is reported as a mismatch, everything else as this.
            boolean plain = given.kind() == Kind.STRING || given.kind() == Kind.NUMBER || given.kind() == Kind.BOOLEAN;
            if (type.kind() == Kind.RELATION && !plain) {
                throw notApplicable("default value", type);
            }
            if (!type.sameType(given)) {
                throw new ParseException(
                        ErrorCode.INCORRECT_TYPE,
                        "schema mismatch for " + className + "." + field + " default value; expected " + type.text()
                                + " but got " + given.text());
            }
        } else if (type.required() && type.kind() == Kind.RELATION) {
            throw notApplicable("required", type);
        }
    }

    private static ParseException notApplicable(String option, FieldType type) {
        return new ParseException(
                ErrorCode.INCORRECT_TYPE, "The '" + option + "' option is not applicable for " + type.text());
    }

    private static ParseException invalidJson() {
        return new ParseException(ErrorCode.INVALID_JSON, "invalid JSON");
    }
}
