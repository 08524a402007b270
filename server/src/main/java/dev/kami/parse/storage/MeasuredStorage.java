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

    @Override
    public List<ClassSchema> loadSchemas() {
        long start = System.nanoTime();
        try {
            return storage.loadSchemas();
        } finally {
            loadSchemas.record(System.nanoTime() - start);
        }
    }

    @Override
    public void change(String className, List<SchemaChange> changes) {
        long start = System.nanoTime();
        try {
            storage.change(className, changes);
        } finally {
            change.record(System.nanoTime() - start);
        }
    }

    @Override
    public void find(Find query, ObjectSink sink) {
        long start = System.nanoTime();
        try {
            storage.find(query, sink);
        } finally {
            find.record(System.nanoTime() - start);
        }
    }

    @Override
    public long count(Find query) {
        long start = System.nanoTime();
        try {
            return storage.count(query);
        } finally {
            count.record(System.nanoTime() - start);
        }
    }

    @Override
    public List<ParseValue> distinct(Find query, String path) {
        long start = System.nanoTime();
        try {
            return storage.distinct(query, path);
        } finally {
            distinct.record(System.nanoTime() - start);
        }
    }

    @Override
    public ParseValue explain(Find query) {
        long start = System.nanoTime();
        try {
            return storage.explain(query);
        } finally {
            explain.record(System.nanoTime() - start);
        }
    }

    @Override
    public void insert(ClassSchema schema, ParseObject object) {
        long start = System.nanoTime();
        try {
            storage.insert(schema, object);
        } finally {
            insert.record(System.nanoTime() - start);
        }
    }

    @Override
    public void insertAll(ClassSchema schema, List<ParseObject> objects) {
        long start = System.nanoTime();
        try {
            storage.insertAll(schema, objects);
        } finally {
            insertAll.record(System.nanoTime() - start);
        }
    }

    @Override
    public void scan(ClassSchema schema, List<String> after, int limit, ObjectSink sink) {
        long start = System.nanoTime();
        try {
            storage.scan(schema, after, limit, sink);
        } finally {
            scan.record(System.nanoTime() - start);
        }
    }

    @Override
    public Optional<ParseObject> updateOne(Update update) {
        long start = System.nanoTime();
        try {
            return storage.updateOne(update);
        } finally {
            updateOne.record(System.nanoTime() - start);
        }
    }

    @Override
    public long updateMany(Update update) {
        long start = System.nanoTime();
        try {
            return storage.updateMany(update);
        } finally {
            updateMany.record(System.nanoTime() - start);
        }
    }

    @Override
    public ParseObject upsert(Update update, ParseObject create) {
        long start = System.nanoTime();
        try {
            return storage.upsert(update, create);
        } finally {
            upsert.record(System.nanoTime() - start);
        }
    }

    @Override
    public long delete(ClassSchema schema, Constraint where) {
        long start = System.nanoTime();
        try {
            return storage.delete(schema, where);
        } finally {
            delete.record(System.nanoTime() - start);
        }
    }

    @Override
    public void link(String joinClass, String owningId, Collection<String> relatedIds) {
        long start = System.nanoTime();
        try {
            storage.link(joinClass, owningId, relatedIds);
        } finally {
            link.record(System.nanoTime() - start);
        }
    }

    @Override
    public void unlink(String joinClass, String owningId, Collection<String> relatedIds) {
        long start = System.nanoTime();
        try {
            storage.unlink(joinClass, owningId, relatedIds);
        } finally {
            unlink.record(System.nanoTime() - start);
        }
    }

    @Override
    public List<String> linked(String joinClass, JoinSide select, Collection<String> others) {
        long start = System.nanoTime();
        try {
            return storage.linked(joinClass, select, others);
        } finally {
            linked.record(System.nanoTime() - start);
        }
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
