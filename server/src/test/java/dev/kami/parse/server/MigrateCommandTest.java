package dev.kami.parse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.query.Constraint;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.schema.SchemaChange.AddField;
import dev.kami.parse.schema.SchemaChange.CreateClass;
import dev.kami.parse.schema.SystemClasses;
import dev.kami.parse.storage.Find;
import dev.kami.parse.storage.StorageAdapter;
import dev.kami.parse.storage.sql.EmbeddedDatabase;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands that copy, in processes of their own that are killed, interrupted, or find a database in use. */
@Timeout(240)
class MigrateCommandTest {
    private static final int OBJECTS = 120_000;

    @TempDir
    private Path folder;

    private final Map<Process, Path> errors = new HashMap<>();
    private final Map<Process, Path> outputs = new HashMap<>();

    private record End(int code, String out, String err) {}

    @AfterEach
    void endAll() {
        errors.keySet().forEach(Process::destroyForcibly);
    }

    private Process process(String... words) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .collect(Collectors.joining(java.io.File.pathSeparator)),
                Main.class.getName()));
        command.addAll(List.of(words));
        Path err = Files.createTempFile(folder, "err", ".txt");
        Path out = Files.createTempFile(folder, "out", ".txt");
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.redirectError(err.toFile()).redirectOutput(out.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PARSE_") || name.equals("PORT"));
        Process process = builder.start();
        errors.put(process, err);
        outputs.put(process, out);
        return process;
    }

    private End end(Process process) throws Exception {
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("ends").isTrue();
        return new End(
                process.exitValue(), Files.readString(outputs.get(process)), Files.readString(errors.get(process)));
    }

    private End run(String... words) throws Exception {
        return end(process(words));
    }

    private void fill(String name, int count) {
        try (StorageAdapter storage = EmbeddedDatabase.file(folder.resolve(name))) {
            storage.change("Score", List.of(new CreateClass(SystemClasses.initial("Score"))));
            storage.change("Score", List.of(new AddField("n", FieldType.NUMBER)));
            ClassSchema schema = score(storage);
            var page = new ArrayList<ParseObject>();
            for (int i = 0; i < count; i++) {
                page.add(ParseObject.of("Score", Obj.of("objectId", new Str("id" + i), "n", new Num(i))));
                if (page.size() == 1_000 || i == count - 1) {
                    storage.insertAll(schema, page);
                    page.clear();
                }
            }
        }
    }

    private static ClassSchema score(StorageAdapter storage) {
        return storage.loadSchemas().stream()
                .filter(schema -> schema.className().equals("Score"))
                .findFirst()
                .orElseThrow();
    }

    private long count(String name) {
        try (StorageAdapter storage = EmbeddedDatabase.file(folder.resolve(name))) {
            return storage.count(Find.all(score(storage), Constraint.ALWAYS));
        }
    }

    /** Waits until the copy is under way. */
    private void awaitProgress(Process process) {
        Awaitility.await()
                .atMost(90, TimeUnit.SECONDS)
                .pollInterval(20, TimeUnit.MILLISECONDS)
                .until(() -> Files.readString(errors.get(process)).contains("copying [") || !process.isAlive());
        assertThat(process.isAlive()).as("still copies").isTrue();
    }

    @Test
    void aKilledCopyGoesOnAndEndsEqual() throws Exception {
        fill("one", OBJECTS);
        String[] words = {"migrate", "--from", "h2:file:one", "--to", "h2:file:two"};
        Process killed = process(words);
        awaitProgress(killed);
        killed.destroyForcibly();
        assertThat(end(killed).code()).isNotZero();
        long before = count("two");
        assertThat(before).isBetween(1L, OBJECTS - 1L);
        End resumed = run(words);
        assertThat(resumed.err()).doesNotContain("\tat ");
        assertThat(resumed.out()).contains("120,000        120,000", "Everything is equal.");
        assertThat(resumed.code()).isZero();
        assertThat(count("two")).isEqualTo(OBJECTS);
    }

    @Test
    void aSignalLeavesAStateFromWhichTheCopyGoesOn() throws Exception {
        fill("one", OBJECTS);
        String[] words = {"migrate", "--from", "h2:file:one", "--to", "h2:file:two"};
        Process stopped = process(words);
        awaitProgress(stopped);
        stopped.destroy(); // SIGTERM; Ctrl-C takes the same way
        End end = end(stopped);
        assertThat(end.code()).isEqualTo(130);
        assertThat(end.err()).endsWith("Stopped. Give the same command again to go on.\n");
        assertThat(run(words).out()).contains("120,000        120,000", "Everything is equal.");
        for (String[] next : List.of(
                new String[] {"export", "out", "--from", "h2:file:two"},
                new String[] {"import", "out", "--to", "h2:file:three"})) {
            End copied = run(next);
            assertThat(copied.out()).contains("120,000        120,000", "Everything is equal.");
            assertThat(copied.code()).isZero();
        }
    }

    @Test
    void whatCannotBeCopiedIsOneSentence() throws Exception {
        fill("one", 1);
        fill("two", 1);
        assertThat(run("migrate", "--from", "h2:file:nope", "--to", "h2:file:three"))
                .isEqualTo(new End(
                        1,
                        "",
                        "There is no database " + folder.resolve("nope")
                                + ".mv.db. Name it with --from h2:file:PATH, without the ending .mv.db.\n"));
        assertThat(folder.resolve("nope.mv.db")).doesNotExist();
        assertThat(run("migrate", "--from", "h2:file:one", "--to", "h2:file:./one"))
                .isEqualTo(new End(1, "", "Source and target are the same database.\n"));
        assertThat(run("migrate", "--from", "h2:file:one", "--to", "h2:file:two")
                        .err())
                .contains("two is not empty: it holds class Score.")
                .doesNotContain("\tat ");
        assertThat(run("export", "out", "--from", "h2:mem:x").err())
                .isEqualTo("A database in memory ends with its process: name another one with --from.\n");
        assertThat(run("import", "out", "--to", "oracle:x").err())
                .startsWith("--to: Option databaseURI has an unknown scheme");
        try (StorageAdapter _ = EmbeddedDatabase.file(folder.resolve("one"))) {
            End inUse = run("export", "out", "--from", "h2:file:one");
            assertThat(inUse.code()).isEqualTo(1);
            assertThat(inUse.err())
                    .contains("is in use by another server. Stop that one")
                    .doesNotContain("\tat ");
        }
    }
}
