package dev.kami.parse.database;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.schema.FieldType.Kind;
import dev.kami.parse.schema.Names;
import dev.kami.parse.schema.SchemaChange;
import dev.kami.parse.schema.SchemaChange.AddField;
import dev.kami.parse.schema.SchemaChange.CreateClass;
import dev.kami.parse.schema.SystemClasses;
import dev.kami.parse.storage.StorageAdapter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongSupplier;

/**
 * All classes of the database as one immutable snapshot, and the ways in which it grows.
 *
 * <p>Reading takes no lock. A request that finds its class or field missing takes the lock of that class, looks again,
 * changes the database and publishes the class; everybody who waited finds the work done. So a hundred requests that
 * bring the same new field cause one change, and none of them sees an error. Reading everything anew excludes growth
 * meanwhile, otherwise it could publish a snapshot that is already too old.
 *
 * <p>Other nodes change the same database; a storage that hears of it has all classes read again. A class that is missing
 * here is looked for at once, for all missing classes together and for no more than a tenth of the time, so that many
 * requests for classes that do not exist cost little.
 */
public final class SchemaCatalog {
    private static final long LEAST_BETWEEN_LOOKS = Duration.ofMillis(20).toNanos();

    private final StorageAdapter storage;
    private final PermissionRules options;
    private final LongSupplier nanoTime;
    private final AtomicReference<Snapshot> snapshot;
    private final Object looking = new Object();
    /** When all classes may be read again because one is missing; guarded by {@code looking}. */
    private long nextLook;

    private final Map<String, ReentrantLock> growing = new ConcurrentHashMap<>();
    /** Volatile classes whose table is known to be there. */
    private final Set<String> volatileInUse = ConcurrentHashMap.newKeySet();

    private final ReentrantReadWriteLock reloading = new ReentrantReadWriteLock();

    /**
     * @param stored classes that have a schema row
     * @param known the stored ones and the volatile ones
     */
    private record Snapshot(long version, List<ClassSchema> stored, Map<String, ClassRules> known) {}

    /** Reads the classes; {@code options} adds protected fields to them. */
    public SchemaCatalog(StorageAdapter storage, PermissionRules options) {
        this(storage, options, System::nanoTime);
    }

    SchemaCatalog(StorageAdapter storage, PermissionRules options, LongSupplier nanoTime) {
        this.storage = storage;
        this.options = options;
        this.nanoTime = nanoTime;
        this.nextLook = nanoTime.getAsLong() + LEAST_BETWEEN_LOOKS;
        this.snapshot = new AtomicReference<>(load(1));
    }

    private Snapshot load(long version) {
        var stored = new ArrayList<ClassSchema>();
        var known = new HashMap<String, ClassRules>();
        for (String className : SystemClasses.VOLATILE) {
            known.put(className, new ClassRules(SystemClasses.initial(className), options));
        }
        for (ClassSchema schema : storage.loadSchemas()) {
            ClassSchema complete = withSystemFields(schema);
            stored.add(complete);
            known.put(complete.className(), new ClassRules(complete, options));
        }
        stored.sort(Comparator.comparing(ClassSchema::className));
        return new Snapshot(version, List.copyOf(stored), Map.copyOf(known));
    }

    /** Schema rows of older servers may lack columns that the class has from the start. */
    private static ClassSchema withSystemFields(ClassSchema schema) {
        var fields =
                new LinkedHashMap<>(SystemClasses.initial(schema.className()).fields());
        fields.putAll(schema.fields());
        return new ClassSchema(schema.className(), fields, schema.permissions(), schema.indexes());
    }

    /** The class, or {@code null}. Volatile system classes are always there, others once they are stored. */
    public ClassSchema find(String className) {
        ClassRules rules = known(className);
        return rules == null ? null : rules.schema();
    }

    private ClassRules known(String className) {
        ClassRules rules = snapshot.get().known().get(className);
        if (rules == null && Names.isClass(className) && !className.startsWith("_Join:")) {
            lookAgain();
            rules = snapshot.get().known().get(className);
        }
        return rules;
    }

    /** Those who come while somebody looks wait, and find what he found. */
    private void lookAgain() {
        synchronized (looking) {
            long start = nanoTime.getAsLong();
            if (start - nextLook >= 0) {
                reload();
                long end = nanoTime.getAsLong();
                nextLook = end + Math.max(LEAST_BETWEEN_LOOKS, 9 * (end - start));
            }
        }
    }

    /** As {@link #find}, with what follows from it; join classes are found too, for callers with the master key. */
    public ClassRules rules(String className) {
        ClassRules rules = known(className);
        return rules == null && className.startsWith("_Join:") && Names.isClass(className)
                ? new ClassRules(SystemClasses.initial(className), options)
                : rules;
    }

    /** Every stored class, without the volatile ones, in the order of their names. */
    public List<ClassSchema> all() {
        return snapshot.get().stored();
    }

    /** Changes with every change of a class; equal versions mean equal classes. */
    public long version() {
        return snapshot.get().version();
    }

    /** Creates the classes that every server has. */
    public void createSystemClasses() {
        ensureClass("_User");
        ensureClass("_Role");
    }

    /**
     * Makes the users of a log-in provider findable by their id there, each id of one user only.
     *
     * @throws ParseException 137 when two users have the same id already: they stay, and can be found
     */
    public void indexAuthData(String provider) {
        ensureClass("_User");
        storage.change("_User", List.of(new SchemaChange.IndexAuthData(provider)));
    }

    /** The class, created when it is missing. */
    public ClassSchema ensureClass(String className) {
        return ensure(className, Map.of()).schema();
    }

    /**
     * The class with these fields, each added when it is missing.
     *
     * @throws ParseException 111 when a field has another type, or would be a second GeoPoint
     */
    public ClassSchema ensureFields(String className, Map<String, FieldType> fields) {
        return ensure(className, fields).schema();
    }

    ClassRules ensure(String className, Map<String, FieldType> fields) {
        ClassRules rules = snapshot.get().known().get(className);
        boolean isVolatile = SystemClasses.VOLATILE.contains(className);
        if (rules != null && missing(rules, fields).isEmpty() && (!isVolatile || volatileInUse.contains(className))) {
            return rules;
        }
        if (!Names.isClass(className) && !isVolatile) {
            throw new ParseException(ErrorCode.INVALID_JSON, "schema class name does not revalidate");
        }
        ReentrantLock lock = growing.computeIfAbsent(className, _ -> new ReentrantLock());
        lock.lock();
        try {
            if (isVolatile && volatileInUse.add(className)) {
                storage.change(className, List.of(new CreateClass(SystemClasses.initial(className))));
            }
            if (!snapshot.get().known().containsKey(className)) {
                reload(); // a class that another node has made must not be published here without its permissions
            }
            return grow(className, fields);
        } catch (ParseException refused) {
            if (refused.code() != ErrorCode.INCORRECT_TYPE) {
                throw refused;
            }
            // Another node gave the field a type that this snapshot does not know yet; now it will.
            reload();
            return grow(className, fields);
        } finally {
            lock.unlock();
        }
    }

    private ClassRules grow(String className, Map<String, FieldType> fields) {
        reloading.readLock().lock();
        try {
            ClassRules rules = snapshot.get().known().get(className);
            if (rules == null) {
                ClassSchema created = SystemClasses.initial(className);
                Map<String, FieldType> missing = missing(new ClassRules(created, options), fields);
                for (var field : missing.entrySet()) {
                    created = created.withField(field.getKey(), field.getValue());
                }
                storage.change(className, List.of(new CreateClass(created)));
                return publish(created);
            }
            Map<String, FieldType> missing = missing(rules, fields);
            if (missing.isEmpty()) {
                return rules;
            }
            ClassSchema grown = rules.schema();
            var changes = new ArrayList<SchemaChange>(missing.size());
            for (var field : missing.entrySet()) {
                changes.add(new AddField(field.getKey(), field.getValue()));
                grown = grown.withField(field.getKey(), field.getValue());
            }
            storage.change(className, changes);
            return publish(grown);
        } finally {
            reloading.readLock().unlock();
        }
    }

    /** Fields that the class does not have yet; those it has are compared. */
    private static Map<String, FieldType> missing(ClassRules rules, Map<String, FieldType> fields) {
        if (fields.isEmpty()) {
            return fields;
        }
        var missing = new LinkedHashMap<String, FieldType>();
        fields.forEach((name, type) -> {
            rules.checkType(name, type);
            if (rules.schema().field(name) == null) {
                missing.put(name, type);
            }
        });
        long geoPoints = missing.values().stream()
                .filter(type -> type.kind() == Kind.GEO_POINT)
                .count();
        if (geoPoints > 0) {
            geoPoints += rules.schema().fields().values().stream()
                    .filter(type -> type.kind() == Kind.GEO_POINT)
                    .count();
        }
        if (geoPoints > 1) {
            throw new ParseException(ErrorCode.INCORRECT_TYPE, "MongoDB only supports one GeoPoint field in a class.");
        }
        return missing;
    }

    private ClassRules publish(ClassSchema schema) {
        var rules = new ClassRules(schema, options);
        snapshot.updateAndGet(before -> {
            var known = new HashMap<>(before.known());
            known.put(schema.className(), rules);
            List<ClassSchema> stored = before.stored();
            if (!SystemClasses.VOLATILE.contains(schema.className())) {
                var more = new ArrayList<>(stored);
                more.removeIf(other -> other.className().equals(schema.className()));
                more.add(schema);
                more.sort(Comparator.comparing(ClassSchema::className));
                stored = List.copyOf(more);
            }
            return new Snapshot(before.version() + 1, stored, Map.copyOf(known));
        });
        return rules;
    }

    /**
     * Applies the changes and returns the class afterwards, {@code null} when it was dropped. The changes must have been
     * checked; they are read back from the database, because indexes may have got more than was asked for.
     */
    public ClassSchema change(String className, List<SchemaChange> changes) {
        ReentrantLock lock = growing.computeIfAbsent(className, _ -> new ReentrantLock());
        lock.lock();
        try {
            reloading.readLock().lock();
            try {
                storage.change(className, changes);
            } finally {
                reloading.readLock().unlock();
            }
            reload();
            return find(className);
        } finally {
            lock.unlock();
        }
    }

    /** Reads all classes again, because somebody else has changed them. */
    public void reload() {
        reloading.writeLock().lock();
        try {
            Snapshot before = snapshot.get();
            Snapshot now = load(before.version() + 1);
            if (!now.stored().equals(before.stored())) {
                snapshot.set(now);
            }
        } finally {
            reloading.writeLock().unlock();
        }
    }
}
