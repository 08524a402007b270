package dev.kami.parse.migrate;

import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.JoinSide;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.SchemaChange;
import dev.kami.parse.storage.Capability;
import dev.kami.parse.storage.Find;
import dev.kami.parse.storage.ObjectSink;
import dev.kami.parse.storage.StorageAdapter;
import dev.kami.parse.storage.Update;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** A source in which something happens while class {@code Score} is read: at its end, or after some pages. */
final class Meddling implements StorageAdapter {
    private final StorageAdapter storage;
    private final AtomicInteger scans = new AtomicInteger();
    private Runnable atTheEnd;
    private int after = -1;
    private Runnable then;

    /** @param atTheEnd runs once, when all objects of the class have been read for the first time; may be null */
    Meddling(StorageAdapter storage, Runnable atTheEnd) {
        this.storage = storage;
        this.atTheEnd = atTheEnd;
    }

    void afterScans(int count, Runnable action) {
        after = count;
        then = action;
    }

    @Override
    public void scan(ClassSchema schema, List<String> from, int limit, ObjectSink sink) {
        int[] found = {0};
        storage.scan(schema, from, limit, object -> {
            found[0]++;
            sink.accept(object);
        });
        if (!schema.className().equals("Score")) {
            return;
        }
        if (scans.incrementAndGet() == after) {
            then.run();
        }
        if (found[0] < limit && atTheEnd != null) {
            Runnable once = atTheEnd;
            atTheEnd = null;
            once.run();
        }
    }

    @Override
    public List<ClassSchema> loadSchemas() {
        return storage.loadSchemas();
    }

    @Override
    public void change(String className, List<SchemaChange> changes) {
        storage.change(className, changes);
    }

    @Override
    public void find(Find find, ObjectSink sink) {
        storage.find(find, sink);
    }

    @Override
    public long count(Find find) {
        return storage.count(find);
    }

    @Override
    public List<ParseValue> distinct(Find find, String path) {
        return storage.distinct(find, path);
    }

    @Override
    public ParseValue explain(Find find) {
        return storage.explain(find);
    }

    @Override
    public void insert(ClassSchema schema, ParseObject object) {
        storage.insert(schema, object);
    }

    @Override
    public Optional<ParseObject> updateOne(Update update) {
        return storage.updateOne(update);
    }

    @Override
    public long updateMany(Update update) {
        return storage.updateMany(update);
    }

    @Override
    public ParseObject upsert(Update update, ParseObject create) {
        return storage.upsert(update, create);
    }

    @Override
    public long delete(ClassSchema schema, Constraint where) {
        return storage.delete(schema, where);
    }

    @Override
    public void link(String joinClass, String owningId, Collection<String> relatedIds) {
        storage.link(joinClass, owningId, relatedIds);
    }

    @Override
    public void unlink(String joinClass, String owningId, Collection<String> relatedIds) {
        storage.unlink(joinClass, owningId, relatedIds);
    }

    @Override
    public List<String> linked(String joinClass, JoinSide select, Collection<String> others) {
        return storage.linked(joinClass, select, others);
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
    public void close() {}
}
