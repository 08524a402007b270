package dev.kami.parse.rest;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.op.FieldOp;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.value.ObjectIds;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.Null;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.util.LinkedHashMap;

/** What a write gets without being asked: id, dates, the ACL of the class, default values; and what it must bring. */
final class DefaultValues {
    private final ObjectIds ids;
    private final int objectIdSize;

    DefaultValues(ObjectIds ids, int objectIdSize) {
        this.ids = ids;
        this.objectIdSize = objectIdSize;
    }

    void run(WriteState write) {
        if (write.creating) {
            classAcl(write);
            dates(write);
            if (write.objectId == null) {
                write.objectId = ids.next(objectIdSize);
            }
        }
        if (write.rules == null) {
            return;
        }
        for (String field : write.rules.fieldsWithOptions()) {
            if (write.creating || write.body.has(field)) {
                complete(write, field, write.rules.schema().field(field));
            }
        }
    }

    private static void classAcl(WriteState write) {
        Obj standard = write.rules == null ? null : write.rules.permissions().defaultAcl();
        if (standard == null || write.acl != null) {
            return;
        }
        var acl = new LinkedHashMap<>(standard.fields());
        ParseValue creator = acl.remove("currentUser");
        if (creator != null && write.auth().userId() != null) {
            acl.put(write.auth().userId(), creator);
        }
        write.acl = Acls.normal(new Obj(acl));
        write.changed.add("ACL");
    }

    /** The maintenance key may have brought dates; an updatedAt alone counts for nothing. */
    private static void dates(WriteState write) {
        FieldOp created = write.ops.remove("createdAt");
        FieldOp updated = write.ops.remove("updatedAt");
        if (!(created instanceof FieldOp.Set(Date(long createdAt)))) {
            return;
        }
        write.createdAt = createdAt;
        write.updatedAt = updated instanceof FieldOp.Set(Date(long updatedAt)) ? updatedAt : createdAt;
        if (write.updatedAt < createdAt) {
            throw new ParseException(ErrorCode.VALIDATION_ERROR, "updatedAt cannot occur before createdAt");
        }
    }

    private static void complete(WriteState write, String field, FieldType type) {
        FieldOp op = write.ops.get(field);
        boolean absent = op == null || op instanceof FieldOp.Delete;
        if (absent && write.creating && type.defaultValue() != null) {
            write.ops.put(field, new FieldOp.Set(type.defaultValue()));
            write.changed.add(field);
        } else if (type.required() && (absent || isEmpty(op))) {
            throw new ParseException(ErrorCode.VALIDATION_ERROR, field + " is required");
        }
    }

    private static boolean isEmpty(FieldOp op) {
        return op instanceof FieldOp.Set(var value)
                && (value instanceof Null || value instanceof Str(String text) && text.isEmpty());
    }
}
