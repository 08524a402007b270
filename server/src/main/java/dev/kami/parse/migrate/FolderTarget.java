package dev.kami.parse.migrate;

import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.JsonWriter;
import dev.kami.parse.value.MalformedJson;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Bool;
import dev.kami.parse.value.ParseValue.Null;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Exports into a {@link Folder}. The record of the state is saved each second and holds the length of the file at that
 * moment; what an interrupted export wrote after it is cut off and written again.
 */
final class FolderTarget implements Target {
    private static final long SAVE_EVERY = TimeUnit.SECONDS.toNanos(1);

    private record Written(Mark mark, long bytes) {
        static final Written NOTHING = new Written(Mark.START, 0);
    }

    private final Path folder;
    private final Map<String, Written> written = new LinkedHashMap<>();
    private final JsonWriter json = new JsonWriter(1 << 16);
    private String sourceName;
    private boolean began;
    private FileChannel channel;
    private long saved;
    private FolderSource back;
    private List<ClassSchema> listed = List.of();

    FolderTarget(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    @Override
    public String name() {
        return folder.toString();
    }

    @Override
    public void begin(Source source, boolean force) {
        try {
            create();
        } catch (IOException e) {
            throw Folder.failed("write", folder, e);
        }
        sourceName = source.name();
        String unfinished = readState();
        if (!source.name().equals(unfinished)) {
            written.clear();
            Map<String, Path> files = Folder.files(folder);
            boolean holds = !files.isEmpty() || Files.exists(folder.resolve(Folder.SCHEMA));
            if ((holds || unfinished != null) && !force) {
                throw new MigrationException("The folder " + folder + " holds "
                        + (unfinished == null ? "an export" : "an unfinished export of " + unfinished)
                        + " already. Choose another one, or add --force to replace it.");
            }
            try {
                for (Path file : files.values()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw Folder.failed("write", folder, e);
            }
        }
        began = true;
        save();
        listed = source.classes().stream().filter(Folder::isListed).toList();
        Folder.writeSchemas(folder, listed);
    }

    /** For its owner alone: the files hold password hashes and session tokens. */
    private void create() throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    /** The source of the unfinished export, {@code null} when there is none. */
    private String readState() {
        Path file = folder.resolve(Folder.STATE);
        if (!Files.exists(file)) {
            return null;
        }
        try {
            if (JsonReader.read(Files.readAllBytes(file)) instanceof Obj state
                    && state.text("source") != null
                    && state.get("classes") instanceof Obj(var classes)) {
                classes.forEach((className, mark) -> written.put(className, fromJson((Obj) mark)));
                return state.text("source");
            }
        } catch (MalformedJson | ClassCastException _) {
            // Not written here: answered below, like a state that lacks something.
        } catch (IOException e) {
            throw Folder.failed("read", file, e);
        }
        throw new MigrationException(file + " is not the state of an export. Remove it, or choose another folder.");
    }

    private static Written fromJson(Obj json) {
        long copied = json.get("copied") instanceof Num(double number) ? (long) number : 0;
        long bytes = json.get("bytes") instanceof Num(double number) ? (long) number : 0;
        boolean done = json.get("done") instanceof Bool(boolean flag) && flag;
        return new Written(new Mark(json.text("position"), copied, done), bytes);
    }

    private void save() {
        var classes = new LinkedHashMap<String, ParseValue>();
        written.forEach((className, each) -> classes.put(
                className,
                Obj.of(
                        "position",
                        each.mark().position() == null
                                ? new Null()
                                : new Str(each.mark().position()),
                        "copied",
                        new Num(each.mark().copied()),
                        "bytes",
                        new Num(each.bytes()),
                        "done",
                        ParseValue.of(each.mark().done()))));
        Folder.write(
                folder.resolve(Folder.STATE),
                JsonWriter.toBytes(Obj.of("source", new Str(sourceName), "classes", new Obj(classes))));
        saved = System.nanoTime();
    }

    @Override
    public Mark mark(String className) {
        return written.getOrDefault(className, Written.NOTHING).mark();
    }

    @Override
    public void prepare(ClassSchema schema) {
        closeFile();
    }

    /** The file appears with the first object. */
    private FileChannel file(String className) throws IOException {
        if (channel == null) {
            Path file = Folder.file(folder, className);
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            long bytes = written.getOrDefault(className, Written.NOTHING).bytes();
            if (channel.size() < bytes) {
                throw new MigrationException(
                        file + " is shorter than it was. Begin anew with --force, into an empty folder.");
            }
            channel.truncate(bytes);
            channel.position(bytes);
        }
        return channel;
    }

    @Override
    public void write(ClassSchema schema, Page page, long copied) {
        String className = schema.className();
        try {
            FileChannel file = file(className);
            for (ParseObject object : page.objects()) {
                object.writeTo(json.clear());
                put(file, className);
            }
            flush(file);
            written.put(className, new Written(new Mark(page.position(), copied, false), file.position()));
        } catch (IOException e) {
            throw Folder.failed("write", Folder.file(folder, className), e);
        }
        if (System.nanoTime() - saved > SAVE_EVERY) {
            save();
        }
    }

    private ByteBuffer block = ByteBuffer.allocate(1 << 18);

    private void put(FileChannel file, String className) throws IOException {
        if (block.remaining() <= json.size()) {
            flush(file);
            if (block.capacity() <= json.size()) {
                block = ByteBuffer.allocate(json.size() + 1);
            }
        }
        block.put(json.buffer(), 0, json.size()).put((byte) '\n');
    }

    private void flush(FileChannel file) throws IOException {
        block.flip();
        while (block.hasRemaining()) {
            file.write(block);
        }
        block.clear();
    }

    @Override
    public void finish(ClassSchema schema, Mark last) {
        Written before = written.getOrDefault(schema.className(), Written.NOTHING);
        closeFile();
        written.put(schema.className(), new Written(new Mark(last.position(), last.copied(), true), before.bytes()));
        save();
    }

    private void closeFile() {
        if (channel == null) {
            return;
        }
        try {
            channel.force(true);
            channel.close();
        } catch (IOException e) {
            throw Folder.failed("write", folder, e);
        } finally {
            channel = null;
        }
    }

    @Override
    public List<String> differences(ClassSchema schema) {
        if (!Folder.isListed(schema)) {
            return List.of();
        }
        var wrong = new ArrayList<String>();
        boolean same = Folder.readSchemas(folder, wrong).stream()
                .anyMatch(each -> each.className().equals(schema.className())
                        && each.fields().equals(schema.fields())
                        && each.indexes().equals(schema.indexes())
                        && java.util.Objects.equals(each.permissions(), schema.permissions()));
        return same ? List.of() : List.of("class");
    }

    /** Reads all files with the first call. */
    @Override
    public synchronized Checksum checksum(ClassSchema schema, Source source, Progress progress) {
        if (back == null) {
            back = FolderSource.open(folder, true, progress);
        }
        return back.checksum(schema);
    }

    @Override
    public void complete() {
        closeFile();
        began = false;
        try {
            Files.deleteIfExists(folder.resolve(Folder.STATE));
        } catch (IOException e) {
            throw Folder.failed("write", folder.resolve(Folder.STATE), e);
        }
    }

    @Override
    public void close() {
        if (began) {
            closeFile();
            save();
        }
    }
}
