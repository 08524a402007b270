package dev.kami.parse.storage;

import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.JoinSide;
import dev.kami.parse.query.ReadHints;
import dev.kami.parse.query.SortKey;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.SchemaChange;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * A database that holds the objects. Safe for many threads. Objects come and go with their {@code ACL} field as an Obj;
 * adapters keep it in {@code _rperm} and {@code _wperm}. Names have been checked by the caller and are quoted all the
 * same.
 *
 * <p>All errors a client should see are {@link dev.kami.parse.error.ParseException}s: 137 with the field for a unique
 * violation, 1 {@code Database error} when the database cannot be reached in time. A class whose table is missing reads
 * as empty.
 */
public interface StorageAdapter extends AutoCloseable {
    /** Every class that is stored, without the volatile ones. */
    List<ClassSchema> loadSchemas();

    /** Applies the steps in order, never inside a data transaction. Steps that have already happened are passed over. */
    void change(String className, List<SchemaChange> changes);

    void find(Find find, ObjectSink sink);

    /** Number of objects; sort, skip, limit and fields of {@code find} do not count. */
    long count(Find find);

    /** Different values of a field or path, arrays unwound, without null. */
    List<ParseValue> distinct(Find find, String path);

    /** The plan in the words of the database. Refused without {@link Capability#EXPLAIN}. */
    ParseValue explain(Find find);

    /** @throws dev.kami.parse.error.ParseException 137 when a unique value exists */
    void insert(ClassSchema schema, ParseObject object);

    /**
     * Inserts many objects of one class, all or none where the store has transactions. Fields that a single insert takes
     * are taken here too; rows of join classes hold {@code relatedId} and {@code owningId}.
     *
     * @throws dev.kami.parse.error.ParseException 137 when a unique value exists; which object has it is not told
     */
    default void insertAll(ClassSchema schema, List<ParseObject> objects) {
        Callable<Void> each = () -> {
            for (ParseObject object : objects) {
                List<String> key = ScanKey.of(schema, object);
                if (key.size() == 2) {
                    link(schema.className(), key.getLast(), List.of(key.getFirst()));
                } else {
                    insert(schema, object);
                }
            }
            return null;
        };
        try {
            if (capabilities().contains(Capability.TRANSACTIONS)) {
                inTransaction(each);
            } else {
                each.call();
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("Objects could not be inserted.", e);
        }
    }

    /**
     * At most {@code limit} objects in the order of their {@link ScanKey}, from behind the key {@code after} (empty: from
     * the first). So a whole class is read in pages that all cost the same. The order is the store's own. A class without
     * a key comes whole, as one page.
     */
    default void scan(ClassSchema schema, List<String> after, int limit, ObjectSink sink) {
        List<String> fields = ScanKey.fields(schema);
        if (fields.isEmpty()) {
            find(Find.all(schema, Constraint.ALWAYS), sink);
            return;
        }
        var order = fields.stream().map(field -> new SortKey(field, false)).toList();
        Constraint where = ScanKey.behind(fields, after);
        find(new Find(schema, where, order, 0, limit, null, false, ReadHints.NONE), sink);
    }

    /** Changes one object atomically and returns it as it is afterwards; empty when none fits. */
    Optional<ParseObject> updateOne(Update update);

    /** How many objects were changed. */
    long updateMany(Update update);

    /** As {@link #updateOne}, but inserts {@code create} (applied with the operations) when none fits. */
    ParseObject upsert(Update update, ParseObject create);

    /** How many objects were removed. */
    long delete(ClassSchema schema, Constraint where);

    /** Adds join rows; those that exist are passed over. The join class is created when missing. */
    void link(String joinClass, String owningId, Collection<String> relatedIds);

    void unlink(String joinClass, String owningId, Collection<String> relatedIds);

    /** Ids on side {@code select} of the join rows whose other side is one of {@code others}; each once. */
    List<String> linked(String joinClass, JoinSide select, Collection<String> others);

    /**
     * Runs {@code work} so that all its calls on this adapter succeed or none. Nested calls join the open transaction.
     *
     * @throws dev.kami.parse.error.ParseException 251 when it lost against another transaction and may be tried again
     */
    <T> T inTransaction(Callable<T> work) throws Exception;

    Set<Capability> capabilities();

    /**
     * Calls back when another server on the same database has changed a class, so that it is read again. The last one given
     * counts. Databases of one server never call.
     */
    default void onSchemaChange(Runnable changed) {}

    /** Throws when the database cannot answer a trivial question now. */
    void ping();

    @Override
    void close();
}
