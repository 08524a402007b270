package dev.kami.parse.migrate;

import dev.kami.parse.error.ParseException;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.query.Constraint.In;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.schema.SchemaChange;
import dev.kami.parse.schema.SchemaChange.AddField;
import dev.kami.parse.schema.SchemaChange.AddIndex;
import dev.kami.parse.schema.SchemaChange.ChangeFieldOptions;
import dev.kami.parse.schema.SchemaChange.CreateClass;
import dev.kami.parse.schema.SchemaChange.SetPermissions;
import dev.kami.parse.schema.SystemClasses;
import dev.kami.parse.storage.Capability;
import dev.kami.parse.storage.Find;
import dev.kami.parse.storage.ScanKey;
import dev.kami.parse.storage.StorageAdapter;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

/**
 * Copies into a store. A page and the note that it is there are one transaction, so an interrupt loses at most the page it
 * hit. On a store without transactions a page may be there without its note: the first pages after an interrupt replace
 * what is there.
 *
 * <p>Indexes of the application are made when a class is complete, which costs less than keeping them up to date.
 */
final class StoreTarget implements Target {
    private final StorageAdapter storage;
    private final String name;
    private StoreState state;
    private boolean merging;
    private Map<String, ClassSchema> known = Map.of();
    /** How many objects of the class that is being copied may be there already. */
    private long replace;

    StoreTarget(StorageAdapter storage, String name) {
        this.storage = storage;
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void begin(Source source, boolean force) {
        state = StoreState.read(storage);
        if (source.name().equals(state.source())) {
            merging = state.merging();
        } else if (state.source() != null && !force) {
            throw new MigrationException("The target " + name + " holds an unfinished copy of " + state.source()
                    + ". Finish that one with its own command, or empty the target. With --force the objects of "
                    + source.name() + " are added to it.");
        } else {
            merging = state.source() != null || holdsSomething();
            if (merging && !force) {
                throw new MigrationException("The target " + name + " is not empty: it holds " + something()
                        + ". Empty it, or add --force: then objects with the same objectId are replaced, and all others"
                        + " stay.");
            }
            if (merging) {
                requireSameTypes(source);
            }
            state.begin(source.name(), merging);
        }
        learn();
    }

    private void learn() {
        var all = new HashMap<String, ClassSchema>();
        storage.loadSchemas().forEach(schema -> all.put(schema.className(), schema));
        known = all;
    }

    private boolean holdsSomething() {
        return something() != null;
    }

    /** A class that a new server does not have, or the first object, {@code null} when there is none. */
    private String something() {
        for (ClassSchema schema : StoreSource.classes(storage)) {
            String className = schema.className();
            if (!className.startsWith("_")) {
                return "class " + className;
            }
            if (holdsObjects(schema)) {
                return "objects of " + className;
            }
        }
        return null;
    }

    private boolean holdsObjects(ClassSchema schema) {
        var found = new ArrayList<ParseObject>();
        storage.scan(schema, List.of(), 1, found::add);
        return !found.isEmpty();
    }

    /** Before anything is written. */
    private void requireSameTypes(Source source) {
        learn();
        var lines = new ArrayList<String>();
        for (ClassSchema wanted : source.classes()) {
            ClassSchema there = known.get(wanted.className());
            if (there != null) {
                wanted.fields().forEach((field, type) -> {
                    FieldType other = there.field(field);
                    if (other != null && !other.sameType(type)) {
                        lines.add(wanted.className() + "." + field + " is " + type.text() + " in the source and "
                                + other.text() + " in the target.");
                    }
                });
            }
        }
        if (!lines.isEmpty()) {
            throw new MigrationException("Nothing was copied.\n" + String.join("\n", lines));
        }
    }

    @Override
    public Mark mark(String className) {
        return state.mark(className);
    }

    private static boolean hasNoRow(ClassSchema schema) {
        return SystemClasses.VOLATILE.contains(schema.className())
                || schema.className().startsWith("_Join:");
    }

    @Override
    public void prepare(ClassSchema schema) {
        replace = state.mark(schema.className()).position() == null ? 0 : StoreSource.MAX_PAGE;
        if (hasNoRow(schema)) {
            return; // made with the first object
        }
        ClassSchema there = known.get(schema.className());
        var changes = new ArrayList<SchemaChange>();
        if (there == null) {
            changes.add(new CreateClass(schema.withIndexes(new LinkedHashMap<>())));
        } else {
            schema.fields().forEach((field, type) -> {
                FieldType now = there.field(field);
                if (now == null || !now.sameType(type)) {
                    changes.add(new AddField(field, type)); // refuses another type
                }
                if (!merging && !type.equals(now)) {
                    changes.add(new ChangeFieldOptions(field, type));
                }
            });
            if (!merging && !Objects.equals(there.permissions(), schema.permissions())) {
                changes.add(new SetPermissions(schema.permissions()));
            }
        }
        change(schema, changes);
    }

    private void change(ClassSchema schema, List<SchemaChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        try {
            storage.change(schema.className(), changes);
        } catch (ParseException e) {
            throw new MigrationException(
                    "Class " + schema.className() + " cannot be made like that in the target: " + e.getMessage());
        }
    }

    @Override
    public void write(ClassSchema schema, Page page, long copied) {
        var mark = new Mark(page.position(), copied, false);
        try {
            together(() -> {
                if (merging || replace > 0) {
                    remove(schema, page.objects());
                }
                storage.insertAll(schema, page.objects());
                state.save(schema.className(), mark);
            });
        } catch (ParseException | IllegalStateException e) {
            requireReachable(e);
            oneByOne(schema, page, mark);
        }
        replace -= page.objects().size();
    }

    /** A store that is gone refuses no object. */
    private static void requireReachable(RuntimeException e) {
        if (e instanceof ParseException answer && answer.getMessage().equals("Database error")) {
            throw answer;
        }
    }

    /** Finds the object that is refused; if none is (the store was only busy), the page is there afterwards. */
    private void oneByOne(ClassSchema schema, Page page, Mark mark) {
        together(() -> {
            remove(schema, page.objects());
            for (int i = 0; i < page.objects().size(); i++) {
                ParseObject object = page.objects().get(i);
                try {
                    storage.insertAll(schema, List.of(object));
                } catch (ParseException | IllegalStateException e) {
                    requireReachable(e);
                    throw new MigrationException(
                            page.place(i) + schema.className() + " "
                                    + String.join(", ", ScanKey.of(schema, object)) + " cannot be stored: "
                                    + e.getMessage()
                                    + " Everything before it is there. Give the same command again when that is put right.",
                            e);
                }
            }
            state.save(schema.className(), mark);
        });
    }

    private void together(Runnable work) {
        if (!storage.capabilities().contains(Capability.TRANSACTIONS)) {
            work.run();
            return;
        }
        Callable<Void> call = () -> {
            work.run();
            return null;
        };
        try {
            storage.inTransaction(call);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("The page could not be written.", e);
        }
    }

    private void remove(ClassSchema schema, List<ParseObject> objects) {
        storage.delete(schema, same(schema, objects));
    }

    /** True for the objects that are to be the same as these. */
    private static Constraint same(ClassSchema schema, List<ParseObject> objects) {
        List<String> key = ScanKey.fields(schema);
        if (key.size() == 1) {
            return new In(
                    key.getFirst(),
                    objects.stream().map(object -> object.get(key.getFirst())).toList());
        }
        List<String> fields = key.isEmpty() ? List.of("functionName", "className", "triggerName") : key;
        return new Constraint.Or(objects.stream()
                .map(object -> Constraint.and(fields.stream()
                        .<Constraint>map(field ->
                                new EqualTo(field, object.get(field) == null ? ParseValue.NULL : object.get(field)))
                        .toArray(Constraint[]::new)))
                .toList());
    }

    @Override
    public void finish(ClassSchema schema, Mark last) {
        if (!hasNoRow(schema)) {
            ClassSchema there = known.get(schema.className());
            var changes = new ArrayList<SchemaChange>();
            schema.indexes().forEach((index, keys) -> {
                if (there == null || !there.indexes().containsKey(index)) {
                    changes.add(new AddIndex(index, keys));
                }
            });
            change(schema, changes);
        }
        state.save(schema.className(), new Mark(last.position(), last.copied(), true));
    }

    @Override
    public List<String> differences(ClassSchema schema) {
        if (hasNoRow(schema)) {
            return List.of();
        }
        ClassSchema there = storage.loadSchemas().stream()
                .filter(each -> each.className().equals(schema.className()))
                .findFirst()
                .orElse(null);
        if (there == null) {
            return List.of("class is missing");
        }
        var different = new ArrayList<String>();
        schema.fields().forEach((field, type) -> {
            FieldType other = there.field(field);
            if (other == null || (merging ? !other.sameType(type) : !other.equals(type))) {
                different.add("field " + field);
            }
        });
        if (!merging && !Objects.equals(schema.permissions(), there.permissions())) {
            different.add("permissions");
        }
        schema.indexes().keySet().stream()
                .filter(index -> !there.indexes().containsKey(index))
                .forEach(index -> different.add("index " + index));
        return different;
    }

    @Override
    public Checksum checksum(ClassSchema schema, Source source, Progress progress) {
        if (!merging) {
            return new StoreSource(storage, name).checksum(schema, progress);
        }
        var sum = new Checksum();
        source.read(schema, null, page -> {
            var wanted = new HashSet<List<String>>();
            page.objects().forEach(object -> wanted.add(ScanKey.of(schema, object)));
            storage.find(Find.all(schema, same(schema, page.objects())), object -> {
                if (wanted.contains(ScanKey.of(schema, object))) {
                    sum.add(object);
                }
            });
            progress.add(schema.className(), page.objects().size());
            return true;
        });
        return sum;
    }

    @Override
    public void complete() {
        state.end();
    }

    @Override
    public void close() {
        // The store belongs to the caller, and each page has left it in order.
    }
}
