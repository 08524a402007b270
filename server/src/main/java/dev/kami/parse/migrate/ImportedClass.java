package dev.kami.parse.migrate;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.schema.FieldType.Kind;
import dev.kami.parse.schema.Names;
import dev.kami.parse.schema.SystemClasses;
import dev.kami.parse.storage.ScanKey;
import dev.kami.parse.value.IsoDate;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.Null;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Polygon;
import dev.kami.parse.value.ParseValue.Str;
import dev.kami.parse.value.TypeCodec;
import java.util.LinkedHashMap;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A class of a folder: makes objects of JSON, and learns the types of fields that no schema names from the first value.
 * Read twice, the second time it has nothing to learn.
 */
final class ImportedClass {
    /** Fields of users that belong to no class and are told to nobody. */
    private static final Set<String> HIDDEN_USER_FIELDS = Set.of(
            "_hashed_password",
            "_email_verify_token_expires_at",
            "_email_verify_token",
            "_account_lockout_expires_at",
            "_failed_login_count",
            "_perishable_token",
            "_perishable_token_expires_at",
            "_password_changed_at",
            "_password_history");

    private ClassSchema schema;

    ImportedClass(ClassSchema schema) {
        this.schema = schema;
    }

    ClassSchema schema() {
        return schema;
    }

    /** @throws ParseException when it cannot be an object of the class */
    ParseObject object(ParseValue json) {
        if (!(json instanceof Obj(var given))) {
            throw new ParseException(ErrorCode.INVALID_JSON, "Not a JSON object.");
        }
        var fields = new LinkedHashMap<String, ParseValue>();
        given.forEach((field, value) -> take(field, value, fields));
        ParseObject object = ParseObject.of(schema.className(), new Obj(fields));
        if (ScanKey.of(schema, object).isEmpty() && !ScanKey.fields(schema).isEmpty()) {
            throw new ParseException(
                    ErrorCode.MISSING_OBJECT_ID, "No " + String.join(" or no ", ScanKey.fields(schema)) + ".");
        }
        return object;
    }

    private void take(String field, ParseValue value, LinkedHashMap<String, ParseValue> fields) {
        boolean user = schema.className().equals("_User");
        switch (field) {
            case "ACL" -> fields.put(field, acl(value));
            case "createdAt", "updatedAt" -> fields.put(field, date(field, value));
            case "bcryptPassword" -> fields.put(user ? "_hashed_password" : field, user ? value : known(field, value));
            case "__type" -> {} // "Object", from a program that wrote whole objects
            default -> {
                // Parse.com wrote the session of the old kind beside its user. As a field everybody could read it.
                boolean oldSession = user && field.equals("sessionToken") && schema.field(field) == null;
                boolean ownName = field.equals("className") && schema.field(field) == null;
                // Null says that there is no value, so it says no type either.
                boolean nothing = value instanceof Null && schema.field(field) == null;
                if (!oldSession && !ownName && !nothing) {
                    fields.put(field, user && HIDDEN_USER_FIELDS.contains(field) ? value : known(field, value));
                }
            }
        }
    }

    private static ParseValue acl(ParseValue value) {
        if (value instanceof Obj || value instanceof Null) {
            return value;
        }
        throw new ParseException(ErrorCode.INVALID_ACL, "The ACL is not a JSON object.");
    }

    private static ParseValue date(String field, ParseValue value) {
        if (value instanceof Date || value instanceof Null) {
            return value;
        }
        OptionalLong millis = value instanceof Str(String text) ? IsoDate.parse(text) : OptionalLong.empty();
        if (millis.isEmpty()) {
            throw new ParseException(ErrorCode.INCORRECT_TYPE, field + " is not a date.");
        }
        return new Date(millis.getAsLong());
    }

    /** The value of a field that the class has, or gets with it. */
    private ParseValue known(String field, ParseValue given) {
        FieldType type = schema.field(field);
        if (given instanceof Null) {
            return given;
        }
        boolean plain = type != null && type.kind() == Kind.OBJECT;
        ParseValue value = plain ? given : TypeCodec.field(given);
        FieldType found = FieldType.ofValue(value);
        if (type == null) {
            if (!Names.isField(field, schema.className()) || SystemClasses.VOLATILE.contains(schema.className())) {
                throw new ParseException(
                        ErrorCode.INVALID_KEY_NAME,
                        "Class " + schema.className() + " cannot have a field " + field + ".");
            }
            schema = schema.withField(field, found);
        } else if (!type.sameType(found)) {
            throw new ParseException(
                    ErrorCode.INCORRECT_TYPE,
                    "schema mismatch for " + schema.className() + "." + field + "; expected " + type.text()
                            + " but got " + found.text());
        }
        if (value instanceof Polygon(var points) && points.size() < 3) {
            throw new ParseException(ErrorCode.INVALID_JSON, "Polygon must have at least 3 values");
        }
        return value;
    }
}
