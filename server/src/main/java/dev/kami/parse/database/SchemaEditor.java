package dev.kami.parse.database;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.schema.ClassPermissionsRules;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.schema.FieldType.Kind;
import dev.kami.parse.schema.Names;
import dev.kami.parse.schema.SchemaChange;
import dev.kami.parse.schema.SchemaChange.AddField;
import dev.kami.parse.schema.SchemaChange.AddIndex;
import dev.kami.parse.schema.SchemaChange.ChangeFieldOptions;
import dev.kami.parse.schema.SchemaChange.CreateClass;
import dev.kami.parse.schema.SchemaChange.DropClass;
import dev.kami.parse.schema.SchemaChange.DropField;
import dev.kami.parse.schema.SchemaChange.DropIndex;
import dev.kami.parse.schema.SchemaChange.SetPermissions;
import dev.kami.parse.schema.SchemaJson;
import dev.kami.parse.schema.SystemClasses;
import dev.kami.parse.storage.Find;
import dev.kami.parse.storage.StorageAdapter;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Null;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Changes of classes on request, as in the schema API: {@code {fields, classLevelPermissions, indexes}} with
 * {@code {"__op":"Delete"}} for what shall go. Everything is checked before the first change is made, in the order in
 * which the genuine server checks, so that a request with several faults reports the same one.
 *
 * <p>One change at a time: two requests that create the same class get one class and one {@code already exists}.
 */
public final class SchemaEditor {
    private final SchemaCatalog schemas;
    private final StorageAdapter storage;
    private final ClassPermissionsRules permissionsRules;

    /**
     * @param customObjectIds option {@code allowCustomObjectId}: permissions may name users with any id
     */
    public SchemaEditor(SchemaCatalog schemas, StorageAdapter storage, boolean customObjectIds) {
        this.schemas = schemas;
        this.storage = storage;
        this.permissionsRules = new ClassPermissionsRules(customObjectIds);
    }

    /**
     * Creates a class.
     *
     * @throws ParseException 103 for a class that exists and a name that cannot be one; 102, 105, 107, 111, 135, 136
     *     for the parts
     */
    public synchronized ClassSchema create(String className, Obj body) {
        if (schemas.find(className) != null) {
            throw exists(className);
        }
        Names.requireClass(className);
        ClassSchema empty = SystemClasses.initial(className);
        var fields = new LinkedHashMap<String, FieldType>();
        part(body, "fields").fields().forEach((name, value) -> fields.put(name, newField(className, name, value)));
        SequencedMap<String, FieldType> all = withSystemColumns(className, fields);
        requireOneGeoPoint(all);
        Obj permissions = checkedPermissions(body.get("classLevelPermissions"), all);

        var whole = new LinkedHashMap<>(empty.fields());
        whole.putAll(fields);
        var changes = new ArrayList<SchemaChange>();
        changes.add(new CreateClass(new ClassSchema(className, whole, permissions, new LinkedHashMap<>())));
        changes.addAll(indexChanges(part(body, "indexes"), Map.of(), whole));
        ClassSchema created = schemas.change(className, changes);
        if (created == null || !created.fields().keySet().containsAll(whole.keySet())) {
            throw exists(className); // an object that was saved meanwhile has made it, without these fields
        }
        return created;
    }

    /**
     * Adds and deletes fields and indexes, changes the options of fields, replaces the permissions. What the request
     * does not name stays.
     *
     * @throws ParseException 103 for an unknown class; 255 and 136 for fields that cannot change so, 102 for indexes
     */
    public synchronized ClassSchema update(String className, Obj body) {
        ClassSchema before = requireStored(className);
        Obj submitted = part(body, "fields");
        submitted.fields().forEach((name, value) -> requireChangeable(before, name, value));

        var after = new LinkedHashMap<>(before.fields());
        var changes = new ArrayList<SchemaChange>();
        submitted.fields().forEach((name, value) -> {
            if (before.field(name) == null) {
                FieldType type = newField(className, name, value);
                after.put(name, type);
                changes.add(new AddField(name, type));
            }
        });
        submitted.fields().keySet().stream()
                .filter(name -> isDelete(submitted.get(name)))
                .forEach(after::remove);
        requireOneGeoPoint(after);
        Obj permissions = checkedPermissions(body.get("classLevelPermissions"), withSystemColumns(className, after));

        submitted.fields().forEach((name, value) -> {
            if (isDelete(value)) {
                changes.addFirst(drop(before, name));
            } else if (before.field(name) != null && !Names.isCommonField(name)) {
                changedOptions(before, name, value).ifPresent(changes::add);
            }
        });
        if (body.has("classLevelPermissions") && !Objects.equals(permissions, before.permissions())) {
            changes.add(new SetPermissions(permissions));
        }
        for (SchemaChange change : indexChanges(part(body, "indexes"), before.indexes(), after)) {
            if (change instanceof DropIndex) {
                changes.addFirst(change); // before the fields it stands on
            } else {
                changes.add(change);
            }
        }
        return changes.isEmpty() ? before : schemas.change(className, changes);
    }

    /**
     * Removes a class without objects, and the join tables of its relations. An unknown class is removed already.
     *
     * @throws ParseException 103 for a name that cannot be a class, 255 when there are objects
     */
    public synchronized void delete(String className) {
        Names.requireClass(className);
        ClassSchema known = schemas.find(className);
        ClassSchema schema = known == null ? SystemClasses.initial(className) : known;
        long count = storage.count(Find.all(schema, Constraint.ALWAYS));
        if (count > 0) {
            throw new ParseException(
                    ErrorCode.INVALID_SCHEMA_OPERATION,
                    "Class " + className + " is not empty, contains " + count + " objects, cannot drop schema.");
        }
        if (known != null || className.startsWith("_Join:")) {
            schemas.change(className, List.of(new DropClass()));
        }
    }

    /** @throws ParseException 103 unless the class exists and is not one of those with fixed columns */
    private ClassSchema requireStored(String className) {
        ClassSchema schema = schemas.find(className);
        if (schema == null || SystemClasses.VOLATILE.contains(className)) {
            throw doesNotExist(className);
        }
        return schema;
    }

    /** {@code 103 Class X does not exist.} */
    public static ParseException doesNotExist(String className) {
        return new ParseException(ErrorCode.INVALID_CLASS_NAME, "Class " + className + " does not exist.");
    }

    private static ParseException exists(String className) {
        return new ParseException(ErrorCode.INVALID_CLASS_NAME, "Class " + className + " already exists.");
    }

    private static void requireChangeable(ClassSchema before, String name, ParseValue value) {
        FieldType existing = before.field(name);
        if (existing != null && !isDelete(value) && !existing.kind().apiName().equals(typeName(value))) {
            throw new ParseException(ErrorCode.INVALID_SCHEMA_OPERATION, "Field " + name + " exists, cannot update.");
        }
        if (existing == null && isDelete(value)) {
            throw new ParseException(
                    ErrorCode.INVALID_SCHEMA_OPERATION, "Field " + name + " does not exist, cannot delete.");
        }
    }

    private static FieldType newField(String className, String name, ParseValue value) {
        requireFieldName(className, name);
        if (Names.isDefaultField(name, className)) {
            throw new ParseException(ErrorCode.IMMUTABLE_FIELD, "field " + name + " cannot be added");
        }
        FieldType type = SchemaJson.parseField(value);
        SchemaJson.requireFittingOptions(className, name, type);
        return type;
    }

    private static SchemaChange drop(ClassSchema before, String name) {
        requireFieldName(before.className(), name);
        if (Names.isDefaultField(name, before.className())) {
            throw new ParseException(ErrorCode.IMMUTABLE_FIELD, "field " + name + " cannot be changed");
        }
        return new DropField(name, before.field(name));
    }

    private static Optional<SchemaChange> changedOptions(ClassSchema before, String name, ParseValue value) {
        FieldType existing = before.field(name);
        FieldType type = SchemaJson.parseField(value);
        SchemaJson.requireFittingOptions(before.className(), name, type);
        if (!existing.sameType(type)) {
            throw new ParseException(
                    ErrorCode.INCORRECT_TYPE,
                    "schema mismatch for " + before.className() + "." + name + "; expected " + existing.text()
                            + " but got " + type.text());
        }
        return existing.equals(type) ? Optional.empty() : Optional.of(new ChangeFieldOptions(name, type));
    }

    private static void requireFieldName(String className, String name) {
        if (!Names.isField(name, className)) {
            throw new ParseException(ErrorCode.INVALID_KEY_NAME, "invalid field name: " + name);
        }
    }

    private static void requireOneGeoPoint(Map<String, FieldType> fields) {
        List<String> points = fields.entrySet().stream()
                .filter(field -> field.getValue().kind() == Kind.GEO_POINT)
                .map(Map.Entry::getKey)
                .toList();
        if (points.size() > 1) {
            throw new ParseException(
                    ErrorCode.INCORRECT_TYPE,
                    "currently, only one GeoPoint field may exist in an object. Adding " + points.get(1) + " when "
                            + points.get(0) + " already exists.");
        }
    }

    /** The permissions to store, {@code null} for none (everything is public). */
    private Obj checkedPermissions(ParseValue permissions, Map<String, FieldType> fields) {
        return switch (permissions) {
            case null -> null;
            case Null() -> null;
            case Obj object -> {
                permissionsRules.check(object, fields);
                yield object;
            }
            default -> throw invalidJson();
        };
    }

    private static List<SchemaChange> indexChanges(
            Obj submitted, Map<String, Obj> existing, Map<String, FieldType> fields) {
        var changes = new ArrayList<SchemaChange>();
        submitted.fields().forEach((name, value) -> {
            boolean exists = existing.containsKey(name) || name.equals("_id_");
            if (isDelete(value)) {
                if (!exists) {
                    throw new ParseException(
                            ErrorCode.INVALID_QUERY, "Index " + name + " does not exist, cannot delete.");
                }
                if (!name.equals("_id_")) { // the primary key stays, whatever is asked
                    changes.add(new DropIndex(name));
                }
            } else if (exists) {
                throw new ParseException(ErrorCode.INVALID_QUERY, "Index " + name + " exists, cannot update.");
            } else {
                changes.add(new AddIndex(name, indexKeys(value, fields)));
            }
        });
        return changes;
    }

    private static Obj indexKeys(ParseValue value, Map<String, FieldType> fields) {
        if (!(value instanceof Obj keys) || keys.isEmpty()) {
            throw invalidJson();
        }
        keys.fields().forEach((key, direction) -> {
            // MongoDB users name the stored key of a pointer.
            String field = key.startsWith("_p_") ? key.substring(3) : key;
            if (!fields.containsKey(field)) {
                throw new ParseException(
                        ErrorCode.INVALID_QUERY, "Field " + key + " does not exist, cannot add index.");
            }
            if (!(direction instanceof Num) && !(direction instanceof Str)) {
                throw invalidJson();
            }
        });
        return keys;
    }

    private static SequencedMap<String, FieldType> withSystemColumns(String className, Map<String, FieldType> fields) {
        var all = new LinkedHashMap<>(fields);
        SystemClasses.columns(className).forEach(all::putIfAbsent);
        return all;
    }

    private static boolean isDelete(ParseValue value) {
        return value instanceof Obj object && "Delete".equals(object.text("__op"));
    }

    private static String typeName(ParseValue value) {
        return value instanceof Obj object ? object.text("type") : null;
    }

    private static Obj part(Obj body, String key) {
        return switch (body.get(key)) {
            case null -> Obj.EMPTY;
            case Null() -> Obj.EMPTY;
            case Obj object -> object;
            default -> throw invalidJson();
        };
    }

    private static ParseException invalidJson() {
        return new ParseException(ErrorCode.INVALID_JSON, "invalid JSON");
    }
}
