package dev.kami.parse.database;

import dev.kami.parse.auth.Auth;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.schema.ClassPermissions;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.schema.FieldType.Kind;
import dev.kami.parse.schema.SchemaJson;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A class and everything that can be said about it before a request comes: worked out once for each snapshot of the
 * schemas, so that a read or write only looks things up. Immutable.
 */
public final class ClassRules {
    private final ClassSchema schema;
    private final ClassPermissions permissions;
    private final Map<String, List<String>> protectedByOption;
    private final ProtectedFields protectedFields;
    private final Set<String> fileFields;
    private final Set<String> relationFields;
    private final Set<String> includableFields;
    private final List<String> fieldsWithOptions;

    ClassRules(ClassSchema schema, PermissionRules options) {
        this.schema = schema;
        this.permissions = ClassPermissions.of(schema.permissions());
        this.protectedByOption = options.protectedFields().getOrDefault(schema.className(), Map.of());
        this.protectedFields = ProtectedFields.of(permissions, protectedByOption);
        this.fileFields = fieldsOf(Kind.FILE);
        this.relationFields = fieldsOf(Kind.RELATION);
        var includable = new LinkedHashSet<String>();
        schema.fields().forEach((name, type) -> {
            if (type.kind() == Kind.POINTER || type.kind() == Kind.ARRAY) {
                includable.add(name);
            }
        });
        this.includableFields = includable;
        this.fieldsWithOptions = schema.fields().entrySet().stream()
                .filter(field -> field.getValue().required() || field.getValue().defaultValue() != null)
                .map(Map.Entry::getKey)
                .toList();
    }

    private Set<String> fieldsOf(Kind kind) {
        var names = new LinkedHashSet<String>();
        schema.fields().forEach((name, type) -> {
            if (type.kind() == kind) {
                names.add(name);
            }
        });
        return names;
    }

    /** The class in JSON, its protected fields together with those that the option adds. */
    public Obj toJson() {
        Obj json = SchemaJson.of(schema);
        if (protectedByOption.isEmpty()) {
            return json;
        }
        Obj permissionsJson = (Obj) json.get("classLevelPermissions");
        Obj groups = permissionsJson.get("protectedFields") instanceof Obj stored ? stored : Obj.EMPTY;
        for (var group : protectedByOption.entrySet()) {
            var fields = new LinkedHashSet<ParseValue>();
            if (groups.get(group.getKey()) instanceof Array(List<ParseValue> stored)) {
                fields.addAll(stored);
            }
            group.getValue().forEach(field -> fields.add(new Str(field)));
            groups = groups.with(group.getKey(), new Array(List.copyOf(fields)));
        }
        return json.with("classLevelPermissions", permissionsJson.with("protectedFields", groups));
    }

    public ClassSchema schema() {
        return schema;
    }

    public String className() {
        return schema.className();
    }

    public ClassPermissions permissions() {
        return permissions;
    }

    /** Fields that hold a file; empty for most classes. */
    public Set<String> fileFields() {
        return fileFields;
    }

    public Set<String> relationFields() {
        return relationFields;
    }

    /** What {@code include=*} means: fields that are or may hold pointers. */
    public Set<String> includableFields() {
        return includableFields;
    }

    /** Fields that are required or have a default value. */
    public List<String> fieldsWithOptions() {
        return fieldsWithOptions;
    }

    /** Fields that the caller may not see in any object of the class. */
    public Set<String> hiddenFrom(Auth auth) {
        return protectedFields.hiddenFrom(auth);
    }

    ProtectedFields protectedFields() {
        return protectedFields;
    }

    /** @throws ParseException 111 when the class has the field with another type */
    public void checkType(String field, FieldType type) {
        FieldType expected = schema.field(field);
        if (expected != null && !expected.sameType(type)) {
            throw new ParseException(
                    ErrorCode.INCORRECT_TYPE,
                    "schema mismatch for " + className() + "." + field + "; expected " + expected.text() + " but got "
                            + type.text());
        }
    }
}
