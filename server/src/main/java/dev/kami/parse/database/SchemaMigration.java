package dev.kami.parse.database;

import dev.kami.parse.error.ParseException;
import dev.kami.parse.log.Log;
import dev.kami.parse.options.OptionsException;
import dev.kami.parse.options.SchemaOptions;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.schema.Names;
import dev.kami.parse.schema.SchemaJson;
import dev.kami.parse.schema.SystemClasses;
import dev.kami.parse.value.JavaValues;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings the classes of the database to the definitions of option {@code schema} before the server answers.
 *
 * <p>Missing classes, fields and indexes are added, options of fields and permissions replaced. What the database has
 * beyond the definitions stays, except indexes, and except what {@code deleteExtraFields} and
 * {@code recreateModifiedFields} allow to go. Columns that a system class has from the start are never touched. Clients
 * cannot add fields afterwards: {@code addField} is closed in every class, defined here or not.
 *
 * <p>A definition that cannot be applied is logged, and ends the start with {@code strict}. Applying the same
 * definitions again changes nothing, so several servers may start at once.
 */
public final class SchemaMigration {
    private static final Map<String, Set<String>> OWN_INDEXES = Map.of(
            "_User", Set.of("case_insensitive_username", "case_insensitive_email", "username_1", "email_1"),
            "_Role", Set.of("name_1"),
            "_Idempotency", Set.of("reqId_1"));

    private static final Obj DELETE = Obj.of("__op", new Str("Delete"));

    private final SchemaOptions options;
    private final SchemaCatalog schemas;
    private final SchemaEditor editor;
    private final Log log;

    public SchemaMigration(SchemaOptions options, SchemaCatalog schemas, SchemaEditor editor, Log log) {
        this.options = options;
        this.schemas = schemas;
        this.editor = editor;
        this.log = log;
    }

    /**
     * Applies the definitions.
     *
     * @throws OptionsException in strict mode, when a definition is malformed, given twice or cannot be applied
     */
    public void run() {
        log.info("Running Migrations");
        schemas.ensureClass("_Session"); // otherwise made by the first log-in, after addField has been closed elsewhere
        var defined = new HashSet<String>();
        for (Object definition : options.definitions()) {
            try {
                String className = apply(JavaValues.toParse(definition));
                if (!defined.add(className)) {
                    throw new OptionsException("Option schema.definitions has two entries for class \"" + className
                            + "\": merge them into one.");
                }
            } catch (OptionsException failed) {
                if (options.strict()) {
                    throw failed;
                }
                log.error(failed.getMessage());
            }
        }
        List<ClassSchema> others = schemas.all().stream()
                .filter(schema -> !defined.contains(schema.className()))
                .toList();
        warnOfUndefined(others);
        others.forEach(this::closeAddField);
        log.info("Running Migrations Completed");
    }

    private void warnOfUndefined(List<ClassSchema> others) {
        String names = others.stream()
                .map(ClassSchema::className)
                .filter(name -> !SystemClasses.isSystem(name))
                .collect(Collectors.joining("\", \""));
        if (options.strict() && !names.isEmpty()) {
            log.warn("Classes that the database has but option schema.definitions does not: \"" + names + '"');
        }
    }

    private void closeAddField(ClassSchema schema) {
        Obj permissions = (Obj) SchemaJson.of(schema).get("classLevelPermissions");
        Obj closed = permissions.with("addField", Obj.EMPTY);
        if (!closed.equals(schema.permissions())) {
            editor.update(schema.className(), Obj.of("classLevelPermissions", closed));
        }
    }

    /** Applies one definition and returns its class name. */
    private String apply(ParseValue value) {
        if (!(value instanceof Obj definition) || definition.text("className") == null) {
            throw new OptionsException("Option schema.definitions needs objects with a className, got "
                    + abbreviated(value.toJson()) + ".");
        }
        String className = definition.text("className");
        try {
            ClassSchema stored = schemas.find(className);
            if (stored == null) {
                create(className, definition);
            } else {
                update(stored, definition);
            }
            return className;
        } catch (ParseException refused) {
            throw new OptionsException("Option schema.definitions cannot be applied to class \"" + className + "\": "
                    + refused.getMessage());
        }
    }

    private static String abbreviated(String json) {
        return json.length() <= 60 ? json : json.substring(0, 60) + "...";
    }

    private void create(String className, Obj definition) {
        if (!definition.has("classLevelPermissions")) {
            log.warn("classLevelPermissions not provided for " + className + ".");
        }
        editor.create(
                className,
                Obj.of(
                        "fields", new Obj(definedFields(className, definition)),
                        "indexes", new Obj(definedIndexes(className, definition)),
                        "classLevelPermissions", permissions(definition)));
    }

    private void update(ClassSchema stored, Obj definition) {
        String className = stored.className();
        SequencedMap<String, ParseValue> defined = definedFields(className, definition);
        var drop = new LinkedHashMap<String, ParseValue>();
        var change = new LinkedHashMap<String, ParseValue>();
        var extra = new ArrayList<String>();

        stored.fields().forEach((name, type) -> {
            if (!Names.isDefaultField(name, className) && !defined.containsKey(name)) {
                extra.add(name);
            }
        });
        if (options.deleteExtraFields()) {
            extra.forEach(name -> drop.put(name, DELETE));
        } else if (options.strict() && !extra.isEmpty()) {
            log.warn("Fields of class \"" + className + "\" that the database has but its definition does not: \""
                    + String.join("\", \"", extra) + '"');
        }
        defined.forEach((name, value) -> {
            FieldType before = stored.field(name);
            FieldType after = SchemaJson.parseField(value);
            if (before == null || before.sameType(after)) {
                change.put(name, value);
            } else if (options.recreateModifiedFields()) {
                drop.put(name, DELETE);
                change.put(name, value);
            } else if (options.strict()) {
                log.warn("Field \"" + name + "\" of class \"" + className + "\" is defined as " + after.text()
                        + " but stored as " + before.text());
            }
        });

        SequencedMap<String, ParseValue> indexes = definedIndexes(className, definition);
        var dropIndexes = new LinkedHashMap<String, ParseValue>();
        var addIndexes = new LinkedHashMap<>(indexes);
        stored.indexes().forEach((name, keys) -> {
            if (keys.equals(indexes.get(name))) {
                addIndexes.remove(name);
            } else if (!isOwnIndex(className, name) && (indexes.containsKey(name) || !options.keepUnknownIndexes())) {
                dropIndexes.put(name, DELETE);
            }
        });

        // First what goes: a field or an index may come back under the same name with another type.
        if (!drop.isEmpty() || !dropIndexes.isEmpty()) {
            editor.update(className, Obj.of("fields", new Obj(drop), "indexes", new Obj(dropIndexes)));
        }
        editor.update(
                className,
                Obj.of(
                        "fields", new Obj(change),
                        "indexes", new Obj(addIndexes),
                        "classLevelPermissions", permissions(definition)));
    }

    /** Without the columns that the class has from the start; those belong to the server. */
    private static SequencedMap<String, ParseValue> definedFields(String className, Obj definition) {
        var fields = new LinkedHashMap<String, ParseValue>();
        part(definition, "fields").ifPresent(all -> all.fields().forEach((name, value) -> {
            if (!Names.isDefaultField(name, className)) {
                fields.put(name, value);
            }
        }));
        return fields;
    }

    private static SequencedMap<String, ParseValue> definedIndexes(String className, Obj definition) {
        var indexes = new LinkedHashMap<String, ParseValue>();
        part(definition, "indexes").ifPresent(all -> all.fields().forEach((name, value) -> {
            if (!isOwnIndex(className, name)) {
                indexes.put(name, value);
            }
        }));
        return indexes;
    }

    private static boolean isOwnIndex(String className, String name) {
        return name.equals("_id_")
                || OWN_INDEXES.getOrDefault(className, Set.of()).contains(name);
    }

    /** What is not named is closed, and adding fields always is. */
    private static Obj permissions(Obj definition) {
        return part(definition, "classLevelPermissions").orElse(Obj.EMPTY).with("addField", Obj.EMPTY);
    }

    private static Optional<Obj> part(Obj definition, String key) {
        return definition.get(key) instanceof Obj object ? Optional.of(object) : Optional.empty();
    }
}
