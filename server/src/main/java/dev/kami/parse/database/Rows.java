package dev.kami.parse.database;

import dev.kami.parse.op.FieldOp;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.ReadHints;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.storage.Find;
import dev.kami.parse.storage.StorageAdapter;
import dev.kami.parse.storage.Update;
import dev.kami.parse.value.ParseObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Objects whole, with internal fields and without permissions, for the parts of the server that decide about permissions
 * themselves: sessions, roles, passwords. Nothing that comes from here may reach a client unfiltered. Safe for many
 * threads.
 */
public final class Rows {
    private final StorageAdapter storage;
    private final SchemaCatalog schemas;

    public Rows(StorageAdapter storage, SchemaCatalog schemas) {
        this.storage = storage;
        this.schemas = schemas;
    }

    /** @param limit at most so many, -1 for all */
    public List<ParseObject> find(String className, Constraint where, int limit) {
        return find(className, where, limit, false);
    }

    public Optional<ParseObject> first(String className, Constraint where) {
        return find(className, where, 1).stream().findFirst();
    }

    /** As {@link #find(String, Constraint, int)}; equal texts are equal whatever their case. */
    public List<ParseObject> findIgnoringCase(String className, Constraint where, int limit) {
        return find(className, where, limit, true);
    }

    private List<ParseObject> find(String className, Constraint where, int limit, boolean ignoreCase) {
        ClassSchema schema = schemas.find(className);
        if (schema == null) {
            return List.of();
        }
        var found = new ArrayList<ParseObject>();
        storage.find(new Find(schema, where, List.of(), 0, limit, null, ignoreCase, ReadHints.NONE), found::add);
        return found;
    }

    /** Changes one object atomically and returns it as it is afterwards; empty when none fits. */
    public Optional<ParseObject> update(String className, Constraint where, SequencedMap<String, FieldOp> ops) {
        ClassSchema schema = schemas.find(className);
        return schema == null ? Optional.empty() : storage.updateOne(new Update(schema, where, ops));
    }

    /** The class is created when it is missing. */
    public void insert(ParseObject object) {
        storage.insert(schemas.ensureClass(object.className()), object);
    }

    /** How many objects were removed. */
    public long delete(String className, Constraint where) {
        ClassSchema schema = schemas.find(className);
        return schema == null ? 0 : storage.delete(schema, where);
    }
}
