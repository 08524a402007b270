package dev.kami.parse.rest;

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
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A store that remembers what was asked of it, {@code find Team}, in order. */
public final class CountingStorage implements StorageAdapter {
    private final StorageAdapter storage;
    private final Queue<String> calls = new ConcurrentLinkedQueue<>();

    public CountingStorage(StorageAdapter storage) {
        this.storage = storage;
    }

    /** What was asked since the last time. */
    public List<String> calls() {
        var list = List.copyOf(calls);
        calls.clear();
        return list;
    }

    private void note(String what, String className) {
        calls.add(what + " " + className);
    }

    @Override
    public List<ClassSchema> loadSchemas() {
        return storage.loadSchemas();
    }

    @Override
    public void change(String className, List<SchemaChange> changes) {
        note("change", className);
        storage.change(className, changes);
    }

    @Override
    public void find(Find find, ObjectSink sink) {
        note("find", find.schema().className());
        storage.find(find, sink);
    }

    @Override
    public long count(Find find) {
        note("count", find.schema().className());
        return storage.count(find);
    }

    @Override
    public List<ParseValue> distinct(Find find, String path) {
        note("distinct", find.schema().className());
        return storage.distinct(find, path);
    }

    @Override
    public ParseValue explain(Find find) {
        note("explain", find.schema().className());
        return storage.explain(find);
    }

    @Override
    public void insert(ClassSchema schema, ParseObject object) {
        note("insert", schema.className());
        storage.insert(schema, object);
    }

    @Override
    public Optional<ParseObject> updateOne(Update update) {
        note("update", update.schema().className());
        return storage.updateOne(update);
    }

    @Override
    public long updateMany(Update update) {
        note("updateMany", update.schema().className());
        return storage.updateMany(update);
    }

    @Override
    public ParseObject upsert(Update update, ParseObject create) {
        note("upsert", update.schema().className());
        return storage.upsert(update, create);
    }

    @Override
    public long delete(ClassSchema schema, Constraint where) {
        note("delete", schema.className());
        return storage.delete(schema, where);
    }

    @Override
    public void link(String joinClass, String owningId, Collection<String> relatedIds) {
        note("link", joinClass);
        storage.link(joinClass, owningId, relatedIds);
    }

    @Override
    public void unlink(String joinClass, String owningId, Collection<String> relatedIds) {
        note("unlink", joinClass);
        storage.unlink(joinClass, owningId, relatedIds);
    }

    @Override
    public List<String> linked(String joinClass, JoinSide select, Collection<String> others) {
        note("linked", joinClass);
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
    public void close() {
        storage.close();
    }
}
