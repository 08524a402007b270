package dev.kami.parse.config;

import dev.kami.parse.database.SchemaCatalog;
import dev.kami.parse.op.FieldOp;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.storage.Find;
import dev.kami.parse.storage.StorageAdapter;
import dev.kami.parse.storage.Update;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.util.ArrayList;
import java.util.Optional;
import java.util.SequencedMap;

/** The one row, with objectId {@code 1}, of a class that holds a configuration. */
final class ConfigRow {
    private static final Str ID = new Str("1");
    private static final Constraint THE_ROW = new EqualTo("objectId", ID);

    private final StorageAdapter storage;
    private final SchemaCatalog schemas;
    private final String className;

    ConfigRow(StorageAdapter storage, SchemaCatalog schemas, String className) {
        this.storage = storage;
        this.schemas = schemas;
        this.className = className;
    }

    /** Empty until the first write. */
    Optional<ParseObject> read() {
        var rows = new ArrayList<ParseObject>(1);
        storage.find(Find.all(schemas.find(className), THE_ROW), rows::add);
        return rows.stream().findFirst();
    }

    void write(SequencedMap<String, FieldOp> ops) {
        storage.upsert(
                new Update(schemas.ensureClass(className), THE_ROW, ops),
                ParseObject.of(className, Obj.of("objectId", ID)));
    }
}
