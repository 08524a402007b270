package dev.kami.parse.storage.sql;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tables as they are, and the only code that changes them. What has happened already is passed over. Any thread may ask
 * for a table; only the one that holds the lock of {@link SchemaChanges} changes one.
 */
abstract class Tables implements AutoCloseable {
    /** Column that holds the fields without a column of their own; only databases that are slow to add one have it. */
    static final String OVERFLOW = "_overflow";

    static final String USER = "_User";

    private final Map<String, Table> tables = new ConcurrentHashMap<>();

    /** The table of a class, {@code null} when there is none. */
    Table find(String className) {
        return tables.get(className);
    }

    List<Table> all() {
        return List.copyOf(tables.values());
    }

    void put(Table table) {
        tables.put(table.name(), table);
    }

    void forget(String className) {
        tables.remove(className);
    }

    /** The table, with its indexes and join tables. */
    abstract void create(ClassSchema schema);

    abstract void createJoin(String joinClass);

    abstract void drop(String className);

    /** @throws ParseException when the table is busy for too long */
    abstract void addField(String className, String field, FieldType type);

    abstract void dropField(String className, String field, FieldType type);

    abstract void addIndex(ClassSchema schema, String name, Obj keys);

    abstract void dropIndex(String className, String name);

    /**
     * Makes the text at {@code authData.<provider>.id} findable, and unique.
     *
     * @return what the caller has to know afterwards: 137 when two rows have the same id already, so that it is only
     *     findable; else {@code null}
     */
    abstract ParseException indexAuthData(String provider);

    /** The class with its fields in the order in which they came, where the database does not keep it in the row. */
    ClassSchema inOrder(ClassSchema schema) {
        return schema;
    }

    /** Ends what the last run has left half-way. */
    void tidy(List<ClassSchema> schemas) {}

    @Override
    public void close() {}

    static String joinClass(String relation, String className) {
        return "_Join:" + relation + ":" + className;
    }

    static ParseException busy(String className) {
        return new ParseException(
                ErrorCode.INTERNAL_SERVER_ERROR,
                "Class " + className + " cannot be changed while a long query or transaction uses it. Try again.");
    }
}
