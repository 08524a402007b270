package dev.kami.parse.migrate;

import dev.kami.parse.error.ParseException;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.FieldType.Kind;
import dev.kami.parse.schema.Names;
import dev.kami.parse.schema.SchemaJson;
import dev.kami.parse.schema.SystemClasses;
import dev.kami.parse.value.JsonStream;
import dev.kami.parse.value.JsonWriter;
import dev.kami.parse.value.MalformedJson;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The names and the small files of an export.
 *
 * <pre>
 *   _SCHEMA.json                  {"results":[{"className","fields","classLevelPermissions","indexes"},...]}
 *   GameScore.ndjson              an object on each line, as REST answers it, hidden fields included
 *   _Join:likes:GameScore.ndjson  {"relatedId":"...","owningId":"..."} on each line
 *   _MIGRATION.json               only while the export is unfinished: how far it has come
 * </pre>
 *
 * An import also takes {@code GameScore.json} with {@code {"results":[...]}} or an array, the form of Parse.com, and works
 * without {@code _SCHEMA.json}: then the values tell the types.
 */
final class Folder {
    static final String SCHEMA = "_SCHEMA.json";
    static final String STATE = "_MIGRATION.json";
    static final String LINES = ".ndjson";
    private static final String RESULTS = ".json";

    private Folder() {}

    /** Windows has no file names with colons. */
    static Path file(Path folder, String className) {
        return folder.resolve((File.separatorChar == '\\' ? className.replace(":", "%3A") : className) + LINES);
    }

    /** The files of classes by class name. */
    static Map<String, Path> files(Path folder) {
        var files = new TreeMap<String, Path>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.sorted().toList()) {
                String className = className(file.getFileName().toString());
                if (className != null && files.put(className, file) != null) {
                    throw new MigrationException(folder + " holds two files for class " + className + ".");
                }
            }
        } catch (IOException e) {
            throw failed("read", folder, e);
        }
        return files;
    }

    private static String className(String file) {
        if (file.equals(SCHEMA) || file.equals(STATE)) {
            return null;
        }
        for (String ending : List.of(LINES, RESULTS)) {
            if (file.endsWith(ending)) {
                return file.substring(0, file.length() - ending.length()).replace("%3A", ":");
            }
        }
        return null;
    }

    static MigrationException failed(String verb, Path file, IOException e) {
        return new MigrationException(
                file + " cannot be " + (verb.equals("read") ? "read" : "written") + ": "
                        + e.getClass().getSimpleName().replace("Exception", "") + " " + e.getMessage(),
                e);
    }

    /** Complete or not at all. */
    static void write(Path file, byte[] content) {
        Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Files.write(fresh, content);
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw failed("write", file, e);
        }
    }

    static void writeSchemas(Path folder, List<ClassSchema> schemas) {
        var out = new JsonWriter();
        out.startObject().name("results").startArray();
        schemas.forEach(schema -> out.value(toJson(schema)));
        out.endArray().endObject();
        write(
                folder.resolve(SCHEMA),
                (new String(out.toBytes(), StandardCharsets.UTF_8) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static Obj toJson(ClassSchema schema) {
        var fields = new LinkedHashMap<String, ParseValue>();
        schema.fields().forEach((field, type) -> fields.put(field, SchemaJson.field(type)));
        var json = new LinkedHashMap<String, ParseValue>();
        json.put("className", new Str(schema.className()));
        json.put("fields", new Obj(fields));
        if (schema.permissions() != null) { // none at all means everything is public
            json.put("classLevelPermissions", schema.permissions());
        }
        if (!schema.indexes().isEmpty()) {
            json.put("indexes", new Obj(new LinkedHashMap<>(schema.indexes())));
        }
        return new Obj(json);
    }

    /** @param wrong takes a line for everything that is wrong */
    static List<ClassSchema> readSchemas(Path folder, List<String> wrong) {
        Path file = folder.resolve(SCHEMA);
        if (!Files.exists(file)) {
            return List.of();
        }
        var schemas = new ArrayList<ClassSchema>();
        try (JsonStream stream = JsonStream.results(Files.newInputStream(file))) {
            for (ParseValue entry = stream.next(); entry != null; entry = stream.next()) {
                String place = SCHEMA + ":" + stream.line() + ": ";
                try {
                    schemas.add(fromJson(entry));
                } catch (ParseException e) {
                    String name = entry instanceof Obj json && json.text("className") != null
                            ? json.text("className") + ": "
                            : "";
                    wrong.add(place + name + e.getMessage());
                }
            }
        } catch (MalformedJson e) {
            wrong.add(SCHEMA + ": " + e.getMessage());
        } catch (IOException e) {
            throw failed("read", file, e);
        }
        return schemas;
    }

    private static ClassSchema fromJson(ParseValue entry) {
        if (!(entry instanceof Obj json)
                || json.text("className") == null
                || !(json.get("fields") instanceof Obj(var given))) {
            throw new ParseException(
                    dev.kami.parse.error.ErrorCode.INVALID_JSON, "A class needs className and fields.");
        }
        String className = json.text("className");
        Names.requireClass(className);
        var fields = new LinkedHashMap<>(SystemClasses.initial(className).fields());
        var acl = fields.remove("ACL");
        given.forEach((field, type) -> {
            // MongoDB's and PostgreSQL's own form of a class names hidden columns too.
            if (!Names.isCommonField(field) && !field.startsWith("_")) {
                if (!Names.isField(field, className)) {
                    throw new ParseException(
                            dev.kami.parse.error.ErrorCode.INVALID_KEY_NAME, "invalid field name: " + field);
                }
                fields.put(field, SchemaJson.parseField(type));
            }
        });
        if (acl != null) {
            fields.put("ACL", acl);
        }
        var indexes = new LinkedHashMap<String, Obj>();
        if (json.get("indexes") instanceof Obj(var all)) {
            all.forEach((index, keys) -> {
                if (!index.equals("_id_") && keys instanceof Obj pattern) {
                    indexes.put(index, pattern);
                }
            });
        }
        Obj permissions = json.get("classLevelPermissions") instanceof Obj some ? some : null;
        return new ClassSchema(className, fields, permissions, indexes);
    }

    /** Whether a class has a row in {@link #SCHEMA}. */
    static boolean isListed(ClassSchema schema) {
        return !SystemClasses.VOLATILE.contains(schema.className())
                && !schema.className().startsWith("_Join:");
    }

    /** True when the class has a relation with this join class. */
    static boolean owns(ClassSchema schema, String joinClass) {
        return schema.fields().entrySet().stream()
                .anyMatch(field -> field.getValue().kind() == Kind.RELATION
                        && Names.joinClass(field.getKey(), schema.className()).equals(joinClass));
    }
}
