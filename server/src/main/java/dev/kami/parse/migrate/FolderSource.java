package dev.kami.parse.migrate;

import dev.kami.parse.error.ParseException;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.Names;
import dev.kami.parse.schema.SystemClasses;
import dev.kami.parse.value.ParseObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The files of a {@link Folder}. They are read twice: opening looks at every line, so that a file with mistakes is refused
 * before anything is written, and learns the types, the counts and the checksums. A position is a number of objects.
 */
final class FolderSource implements Source {
    private static final int PAGE_BYTES = 2_000_000;
    private static final int MAX_WRONG = 100;

    private final Path folder;
    private final Map<String, Path> files;
    private final Map<String, ImportedClass> classes = new LinkedHashMap<>();
    private final Map<String, Checksum> sums = new LinkedHashMap<>();

    private FolderSource(Path folder) {
        this.folder = folder;
        this.files = Folder.files(folder);
    }

    /**
     * @param ownExport the export that is just being verified, and therefore not finished
     * @throws MigrationException with a line for each mistake
     */
    static FolderSource open(Path folder, boolean ownExport, Progress progress) {
        if (!Files.isDirectory(folder)) {
            throw new MigrationException("There is no folder " + folder + ".");
        }
        if (!ownExport && Files.exists(folder.resolve(Folder.STATE))) {
            throw new MigrationException(
                    "The export in " + folder + " is not finished. Give the command of the export again, then import.");
        }
        var source = new FolderSource(folder.toAbsolutePath().normalize());
        if (source.files.isEmpty() && !Files.exists(folder.resolve(Folder.SCHEMA))) {
            throw new MigrationException("There is nothing to import in " + folder
                    + ": it holds neither ClassName.ndjson nor ClassName.json.");
        }
        var wrong = new ArrayList<String>();
        source.learn(progress, wrong);
        if (!wrong.isEmpty()) {
            if (wrong.size() > MAX_WRONG) {
                wrong.set(MAX_WRONG, "... and more.");
            }
            throw new MigrationException(String.join("\n", wrong.subList(0, Math.min(wrong.size(), MAX_WRONG + 1)))
                    + "\nThe files hold mistakes. Nothing was imported.");
        }
        return source;
    }

    private void learn(Progress progress, List<String> wrong) {
        for (ClassSchema schema : Folder.readSchemas(folder, wrong)) {
            classes.put(schema.className(), new ImportedClass(schema));
        }
        for (Map.Entry<String, Path> file : files.entrySet()) {
            String className = file.getKey();
            if (!Names.isClass(className) && !SystemClasses.VOLATILE.contains(className)) {
                wrong.add(file.getValue().getFileName() + ": " + className + " is no name of a class.");
                continue;
            }
            classes.computeIfAbsent(className, name -> new ImportedClass(SystemClasses.initial(name)));
            sums.put(className, learn(className, progress, wrong));
        }
        for (String className : files.keySet()) {
            if (className.startsWith("_Join:")
                    && classes.values().stream().noneMatch(owner -> Folder.owns(owner.schema(), className))) {
                wrong.add(files.get(className).getFileName() + ": No class has this relation.");
            }
        }
    }

    private Checksum learn(String className, Progress progress, List<String> wrong) {
        var sum = new Checksum();
        ImportedClass imported = classes.get(className);
        try (ObjectFile file = ObjectFile.open(files.get(className))) {
            for (var entry = file.next(); entry != null && wrong.size() <= MAX_WRONG; entry = file.next()) {
                if (entry.wrong() != null) {
                    wrong.add(entry.place() + ": " + entry.wrong());
                    continue;
                }
                try {
                    sum.add(imported.object(entry.value()));
                } catch (ParseException e) {
                    wrong.add(entry.place() + ": " + e.getMessage());
                }
                progress.add(className, 1);
            }
        } catch (IOException e) {
            throw Folder.failed("read", files.get(className), e);
        }
        return sum;
    }

    @Override
    public String name() {
        return folder.toString();
    }

    @Override
    public List<ClassSchema> classes() {
        List<ClassSchema> plain = classes.values().stream()
                .map(ImportedClass::schema)
                .filter(schema -> !schema.className().startsWith("_Join:"))
                .toList();
        return Stream.concat(plain.stream(), plain.stream().flatMap(StoreSource::joins))
                .toList();
    }

    @Override
    public long count(ClassSchema schema) {
        return checksum(schema).count();
    }

    /** As {@link #open} has found it. */
    Checksum checksum(ClassSchema schema) {
        Checksum sum = sums.get(schema.className());
        return sum == null ? new Checksum() : sum;
    }

    @Override
    public Checksum checksum(ClassSchema schema, Progress progress) {
        Checksum sum = checksum(schema);
        progress.add(schema.className(), sum.count());
        return sum;
    }

    @Override
    public void read(ClassSchema schema, String position, PageSink pages) {
        Path path = files.get(schema.className());
        if (path == null) {
            return;
        }
        long read = position == null ? 0 : Long.parseLong(position);
        try (ObjectFile file = ObjectFile.open(path)) {
            file.skip(read);
            ObjectFile.Entry entry = file.next();
            while (entry != null) {
                var objects = new ArrayList<ParseObject>();
                var places = new ArrayList<String>();
                long bytes = 0;
                while (entry != null && objects.size() < StoreSource.MAX_PAGE && bytes < PAGE_BYTES) {
                    objects.add(object(schema, entry));
                    places.add(entry.place());
                    bytes += entry.bytes();
                    entry = file.next();
                }
                read += objects.size();
                if (!pages.accept(new Page(objects, Long.toString(read), places))) {
                    return;
                }
            }
        } catch (IOException e) {
            throw Folder.failed("read", path, e);
        }
    }

    private ParseObject object(ClassSchema schema, ObjectFile.Entry entry) {
        try {
            if (entry.wrong() == null) {
                return classes.get(schema.className()).object(entry.value());
            }
        } catch (ParseException e) {
            throw changed(entry, e.getMessage());
        }
        throw changed(entry, entry.wrong());
    }

    private static MigrationException changed(ObjectFile.Entry entry, String wrong) {
        return new MigrationException(
                entry.place() + ": " + wrong + "\nThe file has changed since it was checked. Give the command again.");
    }
}
