package dev.kami.parse.database;

import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.schema.SchemaChange;
import dev.kami.parse.storage.StorageAdapter;
import java.util.List;
import java.util.Map;

/** All classes of the database as one immutable snapshot, and the ways in which it grows. Safe for many threads. */
public final class SchemaCatalog {
    public SchemaCatalog(StorageAdapter storage) {}

    /** The class, or {@code null}. Volatile system classes are always there, others once they are stored. */
    public ClassSchema find(String className) {
        throw new UnsupportedOperationException();
    }

    /** Every stored class, without the volatile ones, in the order of their names. */
    public List<ClassSchema> all() {
        throw new UnsupportedOperationException();
    }

    /** Changes with every change of a class; equal versions mean equal classes. */
    public long version() {
        throw new UnsupportedOperationException();
    }

    /** The class, created when it is missing. */
    public ClassSchema ensureClass(String className) {
        throw new UnsupportedOperationException();
    }

    /** The class with these fields, each added when it is missing. */
    public ClassSchema ensureFields(String className, Map<String, FieldType> fields) {
        throw new UnsupportedOperationException();
    }

    /** Applies the changes and returns the class afterwards, {@code null} when it was dropped. */
    public ClassSchema change(String className, List<SchemaChange> changes) {
        throw new UnsupportedOperationException();
    }

    /** Reads all classes again, because somebody else has changed them. */
    public void reload() {
        throw new UnsupportedOperationException();
    }
}
