package dev.kami.parse.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.op.FieldOp;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.schema.SchemaChange.AddField;
import dev.kami.parse.schema.SchemaChange.CreateClass;
import dev.kami.parse.schema.SystemClasses;
import dev.kami.parse.storage.Find;
import dev.kami.parse.storage.StorageAdapter;
import dev.kami.parse.storage.Update;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that writes from several threads is killed; what it had acknowledged must be there, whole, and the database
 * must open by itself. Each line that the process prints is an acknowledgement.
 */
class CrashTest {
    private static final int WRITERS = 8;
    private static final int KILLS = 3;
    private static final int ACKNOWLEDGED_BEFORE_THE_KILL = 1_500;
    private static final String LONG_TEXT = "all of it ".repeat(50);

    @TempDir
    Path folder;

    @Test
    @Timeout(120)
    void acknowledgedWritesSurviveAKill() throws Exception {
        Path file = folder.resolve("parse");
        var objects = new HashSet<String>();
        var counters = new HashMap<String, Integer>();
        for (int run = 0; run < KILLS; run++) {
            writeAndKill(file, run, objects, counters);
            try (StorageAdapter storage = EmbeddedDatabase.file(file)) {
                verify(storage, objects, counters);
            }
        }
        assertThat(objects).hasSizeGreaterThan(KILLS * ACKNOWLEDGED_BEFORE_THE_KILL / 4);
    }

    private static void writeAndKill(Path file, int run, Set<String> objects, Map<String, Integer> counters)
            throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process writer = new ProcessBuilder(
                        java,
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashTest.class.getName(),
                        file.toString(),
                        "run" + run)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var lines = new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
            int read = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ");
                if (words.length == 2 && words[0].equals("object")) {
                    objects.add(words[1]);
                } else if (words.length == 3 && words[0].equals("counter")) {
                    counters.merge(words[1], Integer.parseInt(words[2]), Math::max);
                }
                if (++read == ACKNOWLEDGED_BEFORE_THE_KILL) {
                    // Lines that are still in the pipe are acknowledgements too, so read on to the end (Process would
                    // close the pipe, its handle does not). The last line may be cut; what is left of it was true
                    // before.
                    writer.toHandle().destroyForcibly();
                }
            }
            assertThat(read).as("lines before the kill").isGreaterThanOrEqualTo(ACKNOWLEDGED_BEFORE_THE_KILL);
        } finally {
            writer.destroyForcibly();
            assertThat(writer.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void verify(StorageAdapter storage, Set<String> objects, Map<String, Integer> counters) {
        ClassSchema schema = storage.loadSchemas().stream()
                .filter(each -> each.className().equals("Entry"))
                .findFirst()
                .orElseThrow();
        var found = new HashMap<String, ParseObject>();
        storage.find(Find.all(schema, Constraint.ALWAYS), object -> found.put(object.objectId(), object));
        assertThat(found.keySet()).containsAll(objects);
        assertThat(found.values()).filteredOn(object -> !object.has("n")).allSatisfy(CrashTest::isWhole);
        assertThat(found.keySet()).filteredOn(id -> id.endsWith("a")).allSatisfy(id -> assertThat(found)
                .as("the other half of a transaction")
                .containsKey(id.substring(0, id.length() - 1) + "b"));
        counters.forEach((id, acknowledged) -> assertThat(found.get(id).get("n"))
                .isInstanceOfSatisfying(
                        Num.class, now -> assertThat(now.value()).isGreaterThanOrEqualTo(acknowledged)));
        // Indexes know the same objects as the table.
        for (String id : List.copyOf(objects).subList(0, Math.min(200, objects.size()))) {
            assertThat(storage.count(Find.all(schema, new EqualTo("objectId", new Str(id)))))
                    .isEqualTo(1);
        }
    }

    private static void isWhole(ParseObject object) {
        assertThat(object.get("text")).isEqualTo(new Str(LONG_TEXT));
        assertThat(object.get("list")).isEqualTo(new Array(List.of(new Str(object.objectId()), new Num(1))));
        assertThat(object.get("of")).isEqualTo(new Str(object.objectId()));
        assertThat(object.get("createdAt")).isEqualTo(new Date(1));
    }

    // -- the process that is killed

    public static void main(String[] arguments) throws Exception {
        String run = arguments[1];
        var out =
                new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8);
        StorageAdapter storage = EmbeddedDatabase.file(Path.of(arguments[0]));
        storage.change("Entry", List.of(new CreateClass(SystemClasses.initial("Entry"))));
        storage.change(
                "Entry",
                List.of(
                        new AddField("text", FieldType.STRING),
                        new AddField("list", FieldType.ARRAY),
                        new AddField("of", FieldType.STRING),
                        new AddField("n", FieldType.NUMBER)));
        ClassSchema schema = storage.loadSchemas().stream()
                .filter(each -> each.className().equals("Entry"))
                .findFirst()
                .orElseThrow();
        for (int i = 0; i < WRITERS; i++) {
            String writer = run + "w" + i;
            Thread.ofPlatform().name(writer).start(() -> write(storage, schema, writer, out));
        }
    }

    private static void write(StorageAdapter storage, ClassSchema schema, String writer, PrintStream out) {
        var counter = new Update(
                schema,
                new EqualTo("objectId", new Str("c" + writer)),
                new LinkedHashMap<>(Map.of("n", new FieldOp.Increment(1))));
        ParseObject empty = ParseObject.of("Entry", Obj.of("objectId", new Str("c" + writer)));
        try {
            for (int i = 1; ; i++) {
                String id = writer + "-" + i;
                storage.insert(schema, entry(id));
                acknowledge(out, "object " + id);
                storage.inTransaction(() -> {
                    storage.insert(schema, entry(id + "a"));
                    storage.insert(schema, entry(id + "b"));
                    return null;
                });
                acknowledge(out, "object " + id + "a");
                storage.upsert(counter, empty);
                acknowledge(out, "counter c" + writer + " " + i);
            }
        } catch (Exception e) {
            e.printStackTrace(); // the parent counts lines and will miss some
        }
    }

    /** One line at once, so that lines of several threads do not mix. */
    private static void acknowledge(PrintStream out, String line) {
        synchronized (out) {
            out.println(line);
        }
    }

    private static ParseObject entry(String id) {
        return ParseObject.of(
                "Entry",
                Obj.of(
                        "objectId",
                        new Str(id),
                        "createdAt",
                        new Date(1),
                        "text",
                        new Str(LONG_TEXT),
                        "list",
                        new Array(List.<ParseValue>of(new Str(id), new Num(1))),
                        "of",
                        new Str(id)));
    }
}
