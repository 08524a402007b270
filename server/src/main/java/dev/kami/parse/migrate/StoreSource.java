package dev.kami.parse.migrate;

import dev.kami.parse.query.Constraint;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.FieldType.Kind;
import dev.kami.parse.schema.Names;
import dev.kami.parse.schema.SystemClasses;
import dev.kami.parse.storage.Find;
import dev.kami.parse.storage.ScanKey;
import dev.kami.parse.storage.StorageAdapter;
import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.JsonWriter;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Str;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The objects of a store, in pages of about {@value #PAGE_BYTES} bytes of JSON. A position is the key of the last object. */
final class StoreSource implements Source {
    /** At most so many objects, however small. */
    static final int MAX_PAGE = 500;

    private static final int FIRST_PAGE = 50;
    private static final int PAGE_BYTES = 2_000_000;

    private final StorageAdapter storage;
    private final String name;

    StoreSource(StorageAdapter storage, String name) {
        this.storage = storage;
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<ClassSchema> classes() {
        return classes(storage);
    }

    static List<ClassSchema> classes(StorageAdapter storage) {
        List<ClassSchema> stored = storage.loadSchemas().stream()
                .filter(schema -> !schema.className().equals(StoreState.CLASS))
                .sorted(Comparator.comparing(ClassSchema::className))
                .toList();
        return Stream.of(
                        stored.stream(),
                        SystemClasses.VOLATILE.stream().sorted().map(SystemClasses::initial),
                        stored.stream().flatMap(StoreSource::joins))
                .flatMap(part -> part)
                .toList();
    }

    static Stream<ClassSchema> joins(ClassSchema schema) {
        return schema.fields().entrySet().stream()
                .filter(field -> field.getValue().kind() == Kind.RELATION)
                .map(field -> SystemClasses.initial(Names.joinClass(field.getKey(), schema.className())));
    }

    @Override
    public long count(ClassSchema schema) {
        return storage.count(Find.all(schema, Constraint.ALWAYS));
    }

    @Override
    public void read(ClassSchema schema, String position, PageSink pages) {
        List<String> after = position == null ? List.of() : key(position);
        if (position != null && after.isEmpty()) {
            return; // a class without keys comes as one page
        }
        var scale = new JsonWriter(4096);
        int limit = FIRST_PAGE;
        while (true) {
            var objects = new ArrayList<ParseObject>(limit);
            storage.scan(schema, after, limit, objects::add);
            if (objects.isEmpty()) {
                return;
            }
            after = ScanKey.of(schema, objects.getLast());
            if (after.isEmpty() && !ScanKey.fields(schema).isEmpty()) {
                throw new MigrationException("Class " + schema.className() + " holds an object without "
                        + String.join(" or ", ScanKey.fields(schema)) + ".");
            }
            boolean last = objects.size() < limit || after.isEmpty();
            if (!pages.accept(new Page(objects, position(after), List.of())) || last) {
                return;
            }
            limit = next(limit, bytes(objects, scale) / objects.size());
        }
    }

    /** Grows slowly, so that a class whose objects become big all at once fills the memory with one page only. */
    private static int next(int limit, long bytesPerObject) {
        long fitting = PAGE_BYTES / Math.max(1, bytesPerObject);
        return (int) Math.clamp(fitting, 1, Math.min(MAX_PAGE, limit * 2L));
    }

    private static long bytes(List<ParseObject> objects, JsonWriter scale) {
        long bytes = 0;
        for (ParseObject object : objects) {
            object.writeTo(scale.clear());
            bytes += scale.size();
        }
        return bytes;
    }

    private static String position(List<String> key) {
        return new Array(key.stream().<ParseValue>map(Str::new).toList()).toJson();
    }

    private static List<String> key(String position) {
        return ((Array) JsonReader.read(position))
                .items().stream().map(part -> ((Str) part).value()).toList();
    }

    @Override
    public Checksum checksum(ClassSchema schema, Progress progress) {
        var sum = new Checksum();
        read(schema, null, page -> {
            page.objects().forEach(sum::add);
            progress.add(schema.className(), page.objects().size());
            return true;
        });
        return sum;
    }
}
