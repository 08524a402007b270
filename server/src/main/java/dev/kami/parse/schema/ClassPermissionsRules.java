package dev.kami.parse.schema;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.schema.FieldType.Kind;
import dev.kami.parse.value.JsText;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Bool;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which class level permissions may be stored. The checks run in the order in which the client wrote the keys, so the
 * first wrong one is the one reported; all are {@code 107}.
 */
public final class ClassPermissionsRules {
    private static final Set<String> OPERATIONS = Set.of(
            "ACL",
            "find",
            "count",
            "get",
            "create",
            "update",
            "delete",
            "addField",
            "readUserFields",
            "writeUserFields",
            "protectedFields");

    private static final Pattern MADE_ID = Pattern.compile("[a-zA-Z0-9]+");
    private static final Pattern ANY_ID = Pattern.compile(".+");

    private final Pattern userId;

    /** @param customObjectIds option {@code allowCustomObjectId}: then every text may be the id of a user */
    public ClassPermissionsRules(boolean customObjectIds) {
        this.userId = customObjectIds ? ANY_ID : MADE_ID;
    }

    /** @param fields of the class as it will be, those of system classes included */
    public void check(Obj permissions, Map<String, FieldType> fields) {
        permissions.fields().forEach((operation, value) -> {
            if (!OPERATIONS.contains(operation)) {
                throw invalid(operation + " is not a valid operation for class level permissions");
            }
            switch (operation) {
                case "readUserFields", "writeUserFields" -> checkUserFields(operation, value, fields);
                case "protectedFields" -> checkProtectedFields(entries(operation, value), fields);
                default -> checkEntities(operation, entries(operation, value), fields);
            }
        });
    }

    private static void checkUserFields(String operation, ParseValue value, Map<String, FieldType> fields) {
        if (!(value instanceof Array(var names))) {
            throw invalid("'" + JsText.of(value) + "' is not a valid value for class level permissions " + operation
                    + " - must be an array");
        }
        names.forEach(name -> requirePointer(JsText.of(name), fields, operation));
    }

    private void checkProtectedFields(Map<String, ParseValue> groups, Map<String, FieldType> fields) {
        groups.forEach((group, value) -> {
            requireKey(group, key -> key.startsWith("userField:") || key.equals("authenticated"));
            if (!(value instanceof Array(var names))) {
                throw invalid("'" + JsText.of(value) + "' is not a valid value for protectedFields[" + group
                        + "] - expected an array.");
            }
            for (ParseValue name : names) {
                String field = JsText.of(name);
                if (Names.isCommonField(field)) {
                    throw invalid("Default field '" + field + "' can not be protected");
                }
                if (!fields.containsKey(field)) {
                    throw invalid("Field '" + field + "' in protectedFields:" + group + " does not exist");
                }
            }
        });
    }

    private void checkEntities(String operation, Map<String, ParseValue> entities, Map<String, FieldType> fields) {
        entities.forEach((entity, value) -> {
            requireKey(entity, key -> key.equals("pointerFields") || key.equals("requiresAuthentication"));
            if (entity.equals("pointerFields")) {
                if (!(value instanceof Array(var names))) {
                    throw invalid("'" + JsText.of(value) + "' is not a valid value for " + operation
                            + "[pointerFields] - expected an array.");
                }
                // The genuine text prints the permissions object where it means the operation.
                names.forEach(name -> requirePointer(JsText.of(name), fields, "[object Object]"));
            } else if (operation.equals("ACL")) {
                checkStandardAcl(value);
            } else if (!value.equals(ParseValue.TRUE)) {
                throw invalid("'" + JsText.of(value) + "' is not a valid value for class level permissions acl "
                        + operation + ":" + entity);
            }
        });
    }

    /** {@code {read: boolean, write: boolean}} of one entity in the ACL that new objects get. */
    private static void checkStandardAcl(ParseValue value) {
        if (!(value instanceof Obj rights)) {
            throw invalid("'" + JsText.of(value) + "' is not a valid value for class level permissions acl");
        }
        String keys = rights.fields().keySet().stream()
                .filter(key -> !key.equals("read") && !key.equals("write"))
                .collect(Collectors.joining(","));
        if (!keys.isEmpty()) {
            throw invalid("'" + keys + "' is not a valid key for class level permissions acl");
        }
        String values = rights.fields().values().stream()
                .filter(right -> !(right instanceof Bool))
                .map(JsText::of)
                .collect(Collectors.joining(","));
        if (rights.fields().values().stream().anyMatch(right -> !(right instanceof Bool))) {
            throw invalid("'" + values + "' is not a valid value for class level permissions acl");
        }
    }

    private void requireKey(String key, Predicate<String> special) {
        if (!special.test(key)
                && !key.equals("*")
                && !key.startsWith("role:")
                && !userId.matcher(key).matches()) {
            throw invalid("'" + key + "' is not a valid key for class level permissions");
        }
    }

    /** Elements of an array are not typed, so every Array field will do. */
    private static void requirePointer(String field, Map<String, FieldType> fields, String operation) {
        FieldType type = fields.get(field);
        boolean holdsUsers = type != null
                && (type.kind() == Kind.ARRAY || type.kind() == Kind.POINTER && "_User".equals(type.targetClass()));
        if (!holdsUsers) {
            throw invalid("'" + field + "' is not a valid column for class level pointer permissions " + operation);
        }
    }

    /** The keys of an object; an array counts as an object with the keys 0, 1, ... */
    private static Map<String, ParseValue> entries(String operation, ParseValue value) {
        return switch (value) {
            case Obj object -> object.fields();
            case Array(var items) -> {
                var entries = new LinkedHashMap<String, ParseValue>();
                items.forEach(item -> entries.put(String.valueOf(entries.size()), item));
                yield entries;
            }
            default ->
                throw invalid("'" + JsText.of(value) + "' is not a valid value for class level permissions " + operation
                        + " - must be an object");
        };
    }

    private static ParseException invalid(String text) {
        return new ParseException(ErrorCode.INVALID_JSON, text);
    }
}
