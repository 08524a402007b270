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

/** A storage adapter with a latency histogram per method, {@code parse_storage_seconds{call="find"}}; failed calls count too. */
public final class MeasuredStorage implements StorageAdapter {
    private final StorageAdapter storage;
    private final Histogram loadSchemas;
    private final Histogram change;
    private final Histogram find;
    private final Histogram count;
    private final Histogram distinct;
    private final Histogram explain;
    private final Histogram insert;
    private final Histogram insertAll;
    private final Histogram scan;
    private final Histogram updateOne;
    private final Histogram updateMany;
    private final Histogram upsert;
    private final Histogram delete;
    private final Histogram link;
    private final Histogram unlink;
    private final Histogram linked;
    private final Histogram transaction;

    public MeasuredStorage(StorageAdapter storage, Metrics metrics) {
        this.storage = storage;
        loadSchemas = histogram(metrics, "loadSchemas");
        change = histogram(metrics, "change");
        find = histogram(metrics, "find");
        count = histogram(metrics, "count");
        distinct = histogram(metrics, "distinct");
        explain = histogram(metrics, "explain");
        insert = histogram(metrics, "insert");
        insertAll = histogram(metrics, "insertAll");
        scan = histogram(metrics, "scan");
        updateOne = histogram(metrics, "updateOne");
        updateMany = histogram(metrics, "updateMany");
        upsert = histogram(metrics, "upsert");
        delete = histogram(metrics, "delete");
        link = histogram(metrics, "link");
        unlink = histogram(metrics, "unlink");
        linked = histogram(metrics, "linked");
        transaction = histogram(metrics, "transaction");
    }

    private static Histogram histogram(Metrics metrics, String call) {
        return metrics.histogram("parse_storage_seconds", "Time of a call of the database", "call", call);
    }

    private static <T> T timed(Histogram histogram, Supplier<T> call) {
        long start = System.nanoTime();
        try {
            return call.get();
        } finally {
            histogram.record(System.nanoTime() - start);
        }
    }

    @Override
    public List<ClassSchema> loadSchemas() {
        return timed(loadSchemas, () -> storage.loadSchemas());
    }

    @Override
    public void change(String className, List<SchemaChange> changes) {
        timed(change, () -> {
            storage.change(className, changes);
            return null;
        });
    }

    @Override
    public void find(Find query, ObjectSink sink) {
        timed(find, () -> {
            storage.find(query, sink);
            return null;
        });
    }

    @Override
    public long count(Find query) {
        return timed(count, () -> storage.count(query));
    }

    @Override
    public List<ParseValue> distinct(Find query, String path) {
        return timed(distinct, () -> storage.distinct(query, path));
    }

    @Override
    public ParseValue explain(Find query) {
        return timed(explain, () -> storage.explain(query));
    }

    @Override
    public void insert(ClassSchema schema, ParseObject object) {
        timed(insert, () -> {
            storage.insert(schema, object);
            return null;
        });
    }

    @Override
    public void insertAll(ClassSchema schema, List<ParseObject> objects) {
        timed(insertAll, () -> {
            storage.insertAll(schema, objects);
            return null;
        });
    }

    @Override
    public void scan(ClassSchema schema, List<String> after, int limit, ObjectSink sink) {
        timed(scan, () -> {
            storage.scan(schema, after, limit, sink);
            return null;
        });
    }

    @Override
    public Optional<ParseObject> updateOne(Update update) {
        return timed(updateOne, () -> storage.updateOne(update));
    }

    @Override
    public long updateMany(Update update) {
        return timed(updateMany, () -> storage.updateMany(update));
    }

    @Override
    public ParseObject upsert(Update update, ParseObject create) {
        return timed(upsert, () -> storage.upsert(update, create));
    }

    @Override
    public long delete(ClassSchema schema, Constraint where) {
        return timed(delete, () -> storage.delete(schema, where));
    }

    @Override
    public void link(String joinClass, String owningId, Collection<String> relatedIds) {
        timed(link, () -> {
            storage.link(joinClass, owningId, relatedIds);
            return null;
        });
    }

    @Override
    public void unlink(String joinClass, String owningId, Collection<String> relatedIds) {
        timed(unlink, () -> {
            storage.unlink(joinClass, owningId, relatedIds);
            return null;
        });
    }

    @Override
    public List<String> linked(String joinClass, JoinSide select, Collection<String> others) {
        return timed(linked, () -> storage.linked(joinClass, select, others));
    }

    @Override
    public <T> T inTransaction(Callable<T> work) throws Exception {
        long start = System.nanoTime();
        try {
            return storage.inTransaction(work);
        } finally {
            transaction.record(System.nanoTime() - start);
        }
    }

    @Override
    public Set<Capability> capabilities() {
        return storage.capabilities();
    }

    @Override
    public void onSchemaChange(Runnable changed) {
        storage.onSchemaChange(changed);
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
