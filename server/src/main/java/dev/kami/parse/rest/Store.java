package dev.kami.parse.rest;

import dev.kami.parse.database.Database;
import dev.kami.parse.database.RelationChange;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.op.FieldOp;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.schema.Names;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.File;
import dev.kami.parse.value.ParseValue.Null;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Pointer;
import dev.kami.parse.value.ParseValue.Relation;
import dev.kami.parse.value.ParseValue.Str;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Writes: a new object with its operations already applied, or the operations on the stored one. */
final class Store {
    private final Database database;

    Store(Database database) {
        this.database = database;
    }

    void run(WriteState write) {
        try {
            store(write);
        } catch (ParseException e) {
            boolean takenName = e.code() == ErrorCode.DUPLICATE_VALUE && write.className.equals("_User");
            throw takenName ? UserRules.answer(e) : e;
        }
    }

    private void store(WriteState write) {
        List<RelationChange> relations = relations(write);
        if (write.creating) {
            write.stored = created(write);
            database.create(write.auth(), write.stored, write.newFields, relations);
        } else {
            write.stored = database.update(
                    write.auth(),
                    write.className,
                    write.objectId,
                    write.where,
                    changes(write),
                    write.newFields,
                    relations);
        }
    }

    private static List<RelationChange> relations(WriteState write) {
        List<RelationChange> relations = List.of();
        for (var field : write.ops.entrySet()) {
            if (isRelation(field.getValue())) {
                relations = relations.isEmpty() ? new ArrayList<>() : relations;
                add(field.getKey(), field.getValue(), relations);
            }
        }
        return relations;
    }

    private static boolean isRelation(FieldOp op) {
        return op instanceof FieldOp.AddRelation || op instanceof FieldOp.RemoveRelation || op instanceof FieldOp.Batch;
    }

    private static void add(String field, FieldOp op, List<RelationChange> relations) {
        switch (op) {
            case FieldOp.AddRelation(var objects) -> relations.add(new RelationChange(field, true, ids(objects)));
            case FieldOp.RemoveRelation(var objects) -> relations.add(new RelationChange(field, false, ids(objects)));
            case FieldOp.Batch(var ops) -> ops.forEach(inner -> add(field, inner, relations));
            default -> throw new IllegalArgumentException("no relation operation: " + op);
        }
    }

    private static List<String> ids(List<Pointer> objects) {
        return objects.stream().map(Pointer::objectId).distinct().toList();
    }

    private static ParseObject created(WriteState write) {
        var fields = new LinkedHashMap<String, ParseValue>();
        fields.put("objectId", new Str(write.objectId));
        fields.put("createdAt", new Date(write.createdAt));
        fields.put("updatedAt", new Date(write.updatedAt));
        if (write.acl != null) {
            fields.put("ACL", write.acl);
        }
        write.ops.forEach((path, op) -> {
            ParseValue value = isRelation(op) ? null : stored(initial(op));
            if (value == null || value instanceof Null && !isKnown(write, Names.root(path))) {
                return;
            }
            int dot = path.indexOf('.');
            if (dot < 0) {
                fields.put(path, value);
            } else {
                String root = path.substring(0, dot);
                checkNotIntoArray(write, root);
                fields.put(root, nested(fields.get(root), path.substring(dot + 1), value));
            }
        });
        return ParseObject.of(write.className, new Obj(fields));
    }

    /** A new object has no array yet that a path could lead into. */
    private static void checkNotIntoArray(WriteState write, String root) {
        FieldType type = write.rules == null ? null : write.rules.schema().field(root);
        type = type == null ? write.newFields.get(root) : type;
        if (type != null && type.sameType(FieldType.ARRAY)) {
            throw new ParseException(
                    ErrorCode.INCORRECT_TYPE,
                    "schema mismatch for " + write.className + "." + root + "; expected Array but got Object");
        }
    }

    private static ParseValue nested(ParseValue before, String path, ParseValue value) {
        Obj into = before instanceof Obj object ? object : Obj.EMPTY;
        int dot = path.indexOf('.');
        return dot < 0
                ? into.with(path, value)
                : into.with(
                        path.substring(0, dot),
                        nested(into.get(path.substring(0, dot)), path.substring(dot + 1), value));
    }

    /** The value of a field that an operation gives it in a new object, {@code null} for none. */
    private static ParseValue initial(FieldOp op) {
        return switch (op) {
            case FieldOp.Add(var objects) -> new ParseValue.Array(objects);
            case FieldOp.AddUnique(var objects) -> new ParseValue.Array(objects);
            default -> op.applyTo(null);
        };
    }

    private static SequencedMap<String, FieldOp> changes(WriteState write) {
        var ops = new LinkedHashMap<String, FieldOp>();
        write.ops.forEach((path, op) -> {
            String root = Names.root(path);
            boolean nothingToDo = isRelation(op)
                    || op instanceof FieldOp.SetOnInsert
                    || op instanceof FieldOp.Set(Relation _)
                    || (op instanceof FieldOp.Delete || op instanceof FieldOp.Set(Null _)) && !isKnown(write, root);
            if (!nothingToDo) {
                ops.put(path, op instanceof FieldOp.Set(var value) ? new FieldOp.Set(stored(value)) : op);
            }
        });
        ops.put("updatedAt", new FieldOp.Set(new Date(write.updatedAt)));
        if (write.acl != null) {
            ops.put("ACL", new FieldOp.Set(write.acl));
        }
        return ops;
    }

    private static boolean isKnown(WriteState write, String field) {
        return write.newFields.containsKey(field)
                || field.startsWith("_")
                || write.rules != null && write.rules.schema().field(field) != null;
    }

    /** A relation is no value; of a file only the name is kept, the address follows from it. */
    private static ParseValue stored(ParseValue value) {
        return switch (value) {
            case null -> null;
            case Relation _ -> null;
            case File(String name, var _) -> new File(name, null);
            default -> value;
        };
    }
}
