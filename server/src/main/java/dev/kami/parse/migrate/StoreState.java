package dev.kami.parse.migrate;

import dev.kami.parse.migrate.Target.Mark;
import dev.kami.parse.op.FieldOp;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.schema.SchemaChange.CreateClass;
import dev.kami.parse.schema.SchemaChange.DropClass;
import dev.kami.parse.schema.SystemClasses;
import dev.kami.parse.storage.Find;
import dev.kami.parse.storage.StorageAdapter;
import dev.kami.parse.storage.Update;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Bool;
import dev.kami.parse.value.ParseValue.Null;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far a copy into a store has come, kept in the store itself as class {@value #CLASS}: so a page and the note that it
 * is there are one transaction. One object per class, with its name as objectId, and one that names the source. The class
 * is there exactly as long as the copy is unfinished.
 */
final class StoreState {
    static final String CLASS = "_KamiMigration";

    /** objectId of the object that names the source; no class is called so. */
    private static final String SOURCE = "-";

    private static final ClassSchema SCHEMA = schema();

    private final StorageAdapter storage;
    private final Map<String, Mark> marks = new HashMap<>();
    /** {@code null} when no copy is unfinished. */
    private String source;

    private boolean merging;

    private StoreState(StorageAdapter storage) {
        this.storage = storage;
    }

    private static ClassSchema schema() {
        var fields = new LinkedHashMap<>(SystemClasses.initial(CLASS).fields());
        fields.put("position", FieldType.STRING);
        fields.put("copied", FieldType.NUMBER);
        fields.put("done", FieldType.BOOLEAN);
        return new ClassSchema(CLASS, fields, null, new LinkedHashMap<>());
    }

    static StoreState read(StorageAdapter storage) {
        var state = new StoreState(storage);
        if (storage.loadSchemas().stream().anyMatch(schema -> schema.className().equals(CLASS))) {
            storage.find(Find.all(SCHEMA, Constraint.ALWAYS), state::take);
        }
        return state;
    }

    private void take(ParseObject object) {
        String position = object.get("position") instanceof Str(String text) ? text : null;
        boolean done = object.get("done") instanceof Bool(boolean flag) && flag;
        if (object.objectId().equals(SOURCE)) {
            source = position;
            merging = done;
        } else {
            long copied = object.get("copied") instanceof Num(double number) ? (long) number : 0;
            marks.put(object.objectId(), new Mark(position, copied, done));
        }
    }

    /** The source of the unfinished copy, {@code null} when there is none. */
    String source() {
        return source;
    }

    /** The objects came to others. */
    boolean merging() {
        return merging;
    }

    void begin(String name, boolean merge) {
        marks.clear();
        storage.change(CLASS, List.of(new DropClass(), new CreateClass(SCHEMA)));
        save(SOURCE, new Mark(name, 0, merge));
        source = name;
        merging = merge;
    }

    Mark mark(String className) {
        return marks.getOrDefault(className, Mark.START);
    }

    /** In the open transaction if there is one. */
    void save(String className, Mark mark) {
        var id = new Str(className);
        var ops = new LinkedHashMap<String, FieldOp>();
        ops.put("position", new FieldOp.Set(mark.position() == null ? new Null() : new Str(mark.position())));
        ops.put("copied", new FieldOp.Set(new Num(mark.copied())));
        ops.put("done", new FieldOp.Set(ParseValue.of(mark.done())));
        storage.upsert(
                new Update(SCHEMA, new EqualTo("objectId", id), ops), ParseObject.of(CLASS, Obj.of("objectId", id)));
        marks.put(className, mark);
    }

    void end() {
        storage.change(CLASS, List.of(new DropClass()));
    }
}
