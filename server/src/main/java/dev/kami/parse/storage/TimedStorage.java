package dev.kami.parse.storage;

import dev.kami.parse.metrics.Histogram;
import dev.kami.parse.metrics.Metrics;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.JoinSide;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.SchemaChange;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * Any adapter, with the time of each call in histogram {@code parse_storage_seconds}, one series for each kind of call.
 * The time of a find includes what its sink does with the objects; that of a transaction is not counted, only that of the
 * calls inside.
 */
public final class TimedStorage implements StorageAdapter {
    private final StorageAdapter storage;
    private final Histogram find;
    private final Histogram count;
    private final Histogram distinct;
    private final Histogram insert;
    private final Histogram update;
    private final Histogram delete;
    private final Histogram join;
    private final Histogram change;

    public TimedStorage(StorageAdapter storage, Metrics metrics) {
        this.storage = storage;
        this.find = histogram(metrics, "find");
        this.count = histogram(metrics, "count");
        this.distinct = histogram(metrics, "distinct");
        this.insert = histogram(metrics, "insert");
        this.update = histogram(metrics, "update");
        this.delete = histogram(metrics, "delete");
        this.join = histogram(metrics, "join");
        this.change = histogram(metrics, "change");
    }

    private static Histogram histogram(Metrics metrics, String call) {
        return metrics.histogram("parse_storage_seconds", "Calls of the database", "call", call);
    }

    private static <T> T timed(Histogram histogram, Supplier<T> call) {
        long start = System.nanoTime();
        try {
            return call.get();
        } finally {
            histogram.record(System.nanoTime() - start);
        }
    }

    private static void timed(Histogram histogram, Runnable call) {
        long start = System.nanoTime();
        try {
            call.run();
        } finally {
            histogram.record(System.nanoTime() - start);
        }
    }

    @Override
    public List<ClassSchema> loadSchemas() {
        return storage.loadSchemas();
    }

    @Override
    public void change(String className, List<SchemaChange> changes) {
        timed(change, () -> storage.change(className, changes));
    }

    @Override
    public void find(Find what, ObjectSink sink) {
        timed(find, () -> storage.find(what, sink));
    }

    @Override
    public long count(Find what) {
        return timed(count, () -> storage.count(what));
    }

    @Override
    public List<ParseValue> distinct(Find what, String path) {
        return timed(distinct, () -> storage.distinct(what, path));
    }

    @Override
    public ParseValue explain(Find what) {
        return storage.explain(what);
    }

    @Override
    public void insert(ClassSchema schema, ParseObject object) {
        timed(insert, () -> storage.insert(schema, object));
    }

    @Override
    public Optional<ParseObject> updateOne(Update what) {
        return timed(update, () -> storage.updateOne(what));
    }

    @Override
    public long updateMany(Update what) {
        return timed(update, () -> storage.updateMany(what));
    }

    @Override
    public ParseObject upsert(Update what, ParseObject create) {
        return timed(update, () -> storage.upsert(what, create));
    }

    @Override
    public long delete(ClassSchema schema, Constraint where) {
        return timed(delete, () -> storage.delete(schema, where));
    }

    @Override
    public void link(String joinClass, String owningId, Collection<String> relatedIds) {
        timed(join, () -> storage.link(joinClass, owningId, relatedIds));
    }

    @Override
    public void unlink(String joinClass, String owningId, Collection<String> relatedIds) {
        timed(join, () -> storage.unlink(joinClass, owningId, relatedIds));
    }

    @Override
    public List<String> linked(String joinClass, JoinSide select, Collection<String> others) {
        return timed(join, () -> storage.linked(joinClass, select, others));
    }

    @Override
    public <T> T inTransaction(Callable<T> work) throws Exception {
        return storage.inTransaction(work);
    }

    @Override
    public Set<Capability> capabilities() {
        return storage.capabilities();
    }

    @Override
    public void ping() {
        storage.ping();
    }

    @Override
    public void close() {
        storage.close();
    }
}
