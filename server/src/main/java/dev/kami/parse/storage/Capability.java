package dev.kami.parse.storage;

/** What only some stores can do; using a missing one is refused with a text that names it. */
public enum Capability {
    /** Keeps a null at the top of an object apart from an absent field. */
    STORES_NULL,
    /** Texts may hold the character NUL. */
    NUL_IN_TEXT,
    /** {@code inTransaction} is atomic over several objects and classes. */
    TRANSACTIONS,
    /** Full-text search served by an index, with ranking. */
    TEXT_INDEX,
    EXPLAIN,
    /** The server copies the database into a file while it is in use. */
    BACKUP,
    HINT
}
