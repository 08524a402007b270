package dev.kami.parse.database;

import dev.kami.parse.storage.StorageAdapter;

/** Objects behind their permissions: every read and write says who asks. Safe for many threads. */
public final class Database {
    public Database(StorageAdapter storage, SchemaCatalog schemas, PermissionRules rules) {}

    /** Removes all objects of a class, whoever they belong to; an unknown class is empty already. */
    public void purge(String className) {
        throw new UnsupportedOperationException();
    }
}
