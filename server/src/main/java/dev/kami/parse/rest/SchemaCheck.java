package dev.kami.parse.rest;

import dev.kami.parse.database.Database;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.op.FieldOp;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.schema.Names;
import dev.kami.parse.schema.Operation;
import dev.kami.parse.schema.SystemClasses;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.GeoPoint;
import dev.kami.parse.value.ParseValue.Null;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Pointer;
import dev.kami.parse.value.ParseValue.Str;
import dev.kami.parse.value.TypeCodec;
import java.util.List;
import java.util.Set;

/**
 * Reads the body of a write as operations and compares them with the class: names, types, the right to add fields. New
 * fields are noted, not yet added, so that a write refused later leaves nothing behind.
 */
final class SchemaCheck {
    private static final Set<String> NUMBERED_OBJECTS = Set.of("sentPerUTCOffset", "failedPerUTCOffset");

    private final Database database;

    SchemaCheck(Database database) {
        this.database = database;
    }

    void run(WriteState write) {
        if (addsField(write)) {
            database.check(write.auth(), write.rules, Operation.ADD_FIELD, !write.creating);
        }
        if (write.rules == null
                && !Names.isClass(write.className)
                && !SystemClasses.VOLATILE.contains(write.className)) {
            throw new ParseException(ErrorCode.INVALID_JSON, "schema class name does not revalidate");
        }
        long geoPoints = write.body.fields().values().stream()
                .filter(SchemaCheck::isGeoPoint)
                .count();
        if (geoPoints > 1) {
            throw new ParseException(ErrorCode.INCORRECT_TYPE, "there can only be one geopoint field in a class");
        }
        write.body.fields().forEach((key, value) -> read(write, key, value));
    }

    private static boolean addsField(WriteState write) {
        if (write.rules == null) {
            return false;
        }
        for (var field : write.body.fields().entrySet()) {
            if (write.rules.schema().field(Names.root(field.getKey())) == null && !isDelete(field.getValue())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDelete(ParseValue value) {
        return value instanceof Obj op && "Delete".equals(op.text("__op"));
    }

    private static boolean isGeoPoint(ParseValue value) {
        return value instanceof GeoPoint || value instanceof Obj obj && "GeoPoint".equals(obj.text("__type"));
    }

    private static void read(WriteState write, String key, ParseValue value) {
        switch (key) {
            case "ACL" -> write.acl = acl(value);
            case "objectId" -> objectId(write, value);
            case "createdAt", "updatedAt" -> timestamp(write, key, value);
            default -> field(write, key, value);
        }
    }

    /** {@code null} leaves the ACL as it is; {@code Delete} closes the object to all but the master key, as it always did. */
    private static Obj acl(ParseValue value) {
        return switch (value) {
            case Null() -> null;
            case Obj acl when acl.has("*unresolved") -> throw new ParseException(ErrorCode.INVALID_ACL, "Invalid ACL.");
            case Obj acl -> Acls.normal(acl);
            default -> throw new ParseException(ErrorCode.INVALID_ACL, "Invalid ACL.");
        };
    }

    private static void objectId(WriteState write, ParseValue value) {
        if (value instanceof Null) {
            return;
        }
        checkType(write, "objectId", FieldType.ofValue(TypeCodec.field(value)));
        String id = ((Str) value).value();
        if (write.creating) {
            write.objectId = id.isEmpty() ? null : id;
        } else if (!id.equals(write.objectId)) {
            throw new ParseException(ErrorCode.INVALID_KEY_NAME, "objectId is an invalid field name.");
        }
    }

    /** Only the maintenance key may choose the dates, and only of a new object; everybody else's are ignored. */
    private static void timestamp(WriteState write, String key, ParseValue value) {
        ParseValue date = TypeCodec.field(value);
        if (date instanceof Null || isDelete(value)) {
            return;
        }
        checkType(write, key, FieldType.ofValue(date));
        if (write.creating && write.auth().isMaintenance()) {
            write.ops.put(key, new FieldOp.Set(date));
        }
    }

    private static void field(WriteState write, String path, ParseValue value) {
        String root = Names.root(path);
        boolean dotted = root.length() < path.length();
        boolean internal = write.auth().isMaintenance() && root.startsWith("_");
        if (!Names.isField(internal ? root.substring(1) : root, write.className) || dotted && root.equals("authData")) {
            throw new ParseException(
                    ErrorCode.INVALID_KEY_NAME,
                    isDelete(value) && !write.creating || root.equals("authData")
                            ? "Invalid field name for update: " + path
                            : "Invalid field name: " + root + ".");
        }
        FieldOp op = FieldOp.parse(value);
        FieldType type = dotted && !(op instanceof FieldOp.Delete) && !isNull(op) ? container(root, path) : typeOf(op);
        if (type != null && !internal) {
            checkType(write, root, type);
            checkTarget(type);
            if (write.rules == null || write.rules.schema().field(root) == null) {
                write.newFields.put(root, type);
            }
        }
        write.ops.put(path, op);
    }

    private static void checkType(WriteState write, String field, FieldType type) {
        if (write.rules != null) {
            write.rules.checkType(field, type);
        } else {
            FieldType common = SystemClasses.initial(write.className).field(field);
            if (common != null && !common.sameType(type)) {
                throw mismatch(write, field, common, type);
            }
        }
        FieldType before = write.newFields.get(field);
        if (before != null && !before.sameType(type)) {
            throw mismatch(write, field, before, type);
        }
    }

    private static ParseException mismatch(WriteState write, String field, FieldType expected, FieldType got) {
        return new ParseException(
                ErrorCode.INCORRECT_TYPE,
                "schema mismatch for " + write.className + "." + field + "; expected " + expected.text() + " but got "
                        + got.text());
    }

    private static void checkTarget(FieldType type) {
        if (type.targetClass() != null && !SystemClasses.VOLATILE.contains(type.targetClass())) {
            Names.requireClass(type.targetClass());
        }
    }

    private static boolean isNull(FieldOp op) {
        return op instanceof FieldOp.Set(Null());
    }

    /** {@code a.0} reaches into an array, {@code a.b} into an object. */
    private static FieldType container(String root, String path) {
        int end = path.indexOf('.', root.length() + 1);
        String key = path.substring(root.length() + 1, end < 0 ? path.length() : end);
        boolean index = key.chars().allMatch(c -> c >= '0' && c <= '9');
        return index && !NUMBERED_OBJECTS.contains(root) ? FieldType.ARRAY : FieldType.OBJECT;
    }

    /** The type that a field must have for this operation; {@code null} when every type will do. */
    private static FieldType typeOf(FieldOp op) {
        return switch (op) {
            case FieldOp.Set(var value) -> FieldType.ofValue(value);
            case FieldOp.SetOnInsert(var value) -> FieldType.ofValue(value);
            case FieldOp.Delete() -> null;
            case FieldOp.Increment _ -> FieldType.NUMBER;
            case FieldOp.Add _, FieldOp.AddUnique _, FieldOp.Remove _ -> FieldType.ARRAY;
            case FieldOp.AddRelation(var objects) -> relationTo(objects);
            case FieldOp.RemoveRelation(var objects) -> relationTo(objects);
            case FieldOp.Batch(var ops) -> {
                FieldType type = null;
                for (FieldOp inner : ops) {
                    if (!(inner instanceof FieldOp.AddRelation) && !(inner instanceof FieldOp.RemoveRelation)) {
                        throw new ParseException(
                                ErrorCode.COMMAND_UNAVAILABLE, "Only relation operations can be batched.");
                    }
                    FieldType next = typeOf(inner);
                    if (type != null && next != null && !type.sameType(next)) {
                        throw oneClassOnly(type.targetClass(), next.targetClass());
                    }
                    type = type == null ? next : type;
                }
                yield type;
            }
        };
    }

    private static FieldType relationTo(List<Pointer> objects) {
        if (objects.isEmpty()) {
            return null;
        }
        String target = objects.getFirst().className();
        for (Pointer object : objects) {
            if (!object.className().equals(target)) {
                throw oneClassOnly(target, object.className());
            }
        }
        return FieldType.relation(target);
    }

    private static ParseException oneClassOnly(String one, String other) {
        return new ParseException(
                ErrorCode.INCORRECT_TYPE,
                "A relation has members of one class, not of " + one + " and of " + other + ".");
    }
}
