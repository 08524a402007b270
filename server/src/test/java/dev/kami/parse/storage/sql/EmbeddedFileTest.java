package dev.kami.parse.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kami.parse.op.FieldOp;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.schema.SchemaChange.AddField;
import dev.kami.parse.storage.Find;
import dev.kami.parse.storage.StorageAdapter;
import dev.kami.parse.storage.StorageAdapterContract;
import dev.kami.parse.storage.StorageOpenException;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Str;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on H2 in a file, and what only files do: opening again, being locked, backups. */
class EmbeddedFileTest implements StorageAdapterContract {
    @TempDir
    Path folder;

    private Path file;
    private SqlStorage storage;

    @BeforeEach
    void open() {
        file = folder.resolve("data").resolve("parse");
        storage = EmbeddedDatabase.file(file);
    }

    @AfterEach
    void close() {
        storage.close();
    }

    private void reopen() {
        storage.close();
        storage = EmbeddedDatabase.file(file);
    }

    @Override
    public StorageAdapter storage() {
        return storage;
    }

    @Test
    void opensAgainWithObjectsAndClasses() {
        ClassSchema game = game();
        insert(game, "g1", "name", new Str("a"), "stats", ParseValue.Obj.of("k", new Num(1)));
        List<ClassSchema> before = storage.loadSchemas();
        reopen();
        assertThat(storage.loadSchemas()).isEqualTo(before);
        assertThat(get(game, "g1").get("name")).isEqualTo(new Str("a"));
        assertThat(ids(game, new EqualTo("stats.k", new Num(1)))).containsExactly("g1");
        insert(stored("Game"), "g2");
    }

    @Test
    void aFieldThatCameInsideATransactionGetsItsColumnWithTheNextStart() throws Exception {
        ClassSchema game = game();
        storage.inTransaction(() -> {
            insert(game, "g1");
            storage.change("Game", List.of(new AddField("level", FieldType.NUMBER)));
            insert(stored("Game"), "g2", "level", new Num(7));
            return null;
        });
        Find find = Find.all(stored("Game"), new EqualTo("level", new Num(7)));
        assertThat(storage.explain(find).toJson()).contains("_overflow");
        reopen();
        assertThat(storage.explain(find).toJson()).doesNotContain("kami_test");
        assertThat(ids(find)).containsExactly("g2");
        update(stored("Game"), "g1", "level", new FieldOp.Increment(1));
        assertThat(get(stored("Game"), "g1").get("level")).isEqualTo(new Num(1));
    }

    @Test
    void aDatabaseInUseIsNotOpenedTwice() {
        assertThatThrownBy(() -> EmbeddedDatabase.file(file))
                .isInstanceOf(StorageOpenException.class)
                .hasMessage("The database " + file + ".mv.db is in use by another server. Stop that one, or choose"
                        + " another folder with option dataFolder.");
        insert(game(), "g1");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Path notAFolder = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> EmbeddedDatabase.file(notAFolder.resolve("parse")))
                .isInstanceOf(StorageOpenException.class)
                .hasMessageContaining(notAFolder.toString())
                .hasMessageContaining("dataFolder");
    }

    @Test
    void aDamagedFileIsNamedWithTheWayOut() throws IOException {
        Path damaged = folder.resolve("damaged");
        Files.writeString(folder.resolve("damaged.mv.db"), "this is no database".repeat(1000));
        assertThatThrownBy(() -> EmbeddedDatabase.file(damaged))
                .isInstanceOf(StorageOpenException.class)
                .hasMessageContaining("damaged and cannot be opened")
                .hasMessageContaining("parse-server restore FILE");
        // The failed start has let go of the file.
        Files.delete(folder.resolve("damaged.mv.db"));
        EmbeddedDatabase.file(damaged).close();
    }

    // -- backup and restore

    @Test
    void aBackupTakenWhileOthersWriteIsConsistentAndOpens() throws Exception {
        ClassSchema game = game();
        var stop = new AtomicBoolean();
        var pairs = new AtomicInteger();
        Path backup = folder.resolve("backups").resolve("one.zip");
        int before;
        try (var writers = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            var done = writers.submit(() -> {
                StorageAdapterContract.inParallel(4, writer -> {
                    for (int i = 0; !stop.get(); i++) {
                        String id = writer + "-" + i;
                        storage.inTransaction(() -> {
                            insert(game, "a" + id, "name", new Str("pair"));
                            insert(game, "b" + id, "name", new Str("pair"));
                            return null;
                        });
                        pairs.incrementAndGet();
                    }
                });
                return null;
            });
            org.awaitility.Awaitility.await().until(() -> pairs.get() > 50);
            before = pairs.get();
            storage.backup(backup);
            stop.set(true);
            done.get();
        }
        Path copy = folder.resolve("restored").resolve("parse");
        EmbeddedBackup.restore(backup, copy, false);
        try (SqlStorage restored = EmbeddedDatabase.file(copy)) {
            var ids = new java.util.HashSet<String>();
            restored.find(Find.all(game, Constraint.ALWAYS), object -> ids.add(object.objectId()));
            assertThat(ids).hasSizeBetween(2 * before, 2 * pairs.get());
            assertThat(ids)
                    .allSatisfy(id -> assertThat(ids).contains((id.charAt(0) == 'a' ? "b" : "a") + id.substring(1)));
        }
    }

    @Test
    void aStoppedDatabaseIsBackedUpFromItsFile() {
        insert(game(), "g1");
        Path backup = folder.resolve("stopped.zip");
        assertThatThrownBy(() -> EmbeddedBackup.backup(file, backup))
                .isInstanceOf(StorageOpenException.class)
                .hasMessageContaining("in use by another server");
        storage.close();
        EmbeddedBackup.backup(file, backup);
        Path copy = folder.resolve("copy").resolve("parse");
        EmbeddedBackup.restore(backup, copy, false);
        storage = EmbeddedDatabase.file(copy);
        assertThat(ids(stored("Game"), Constraint.ALWAYS)).containsExactly("g1");
    }

    @Test
    void restoreReplacesADatabaseOnlyWhenForced() {
        insert(game(), "old");
        Path backup = folder.resolve("b.zip");
        storage.backup(backup);
        insert(game(), "new");
        assertThatThrownBy(() -> EmbeddedBackup.restore(backup, file, true))
                .hasMessageContaining("in use by another server");
        storage.close();
        assertThatThrownBy(() -> EmbeddedBackup.restore(backup, file, false))
                .isInstanceOf(StorageOpenException.class)
                .hasMessageContaining("--force");
        EmbeddedBackup.restore(backup, file, true);
        storage = EmbeddedDatabase.file(file);
        assertThat(ids(stored("Game"), Constraint.ALWAYS)).containsExactly("old");
    }

    @Test
    void whatIsNoBackupReplacesNothing() throws IOException {
        insert(game(), "g1");
        storage.close();
        Path text = Files.writeString(folder.resolve("text.zip"), "hello");
        assertThatThrownBy(() -> EmbeddedBackup.restore(text, file, true))
                .isInstanceOf(StorageOpenException.class)
                .hasMessageContaining("is not a backup of this server");
        Path broken = folder.resolve("broken.zip");
        try (var zip = new java.util.zip.ZipOutputStream(Files.newOutputStream(broken))) {
            zip.putNextEntry(new java.util.zip.ZipEntry("parse.mv.db"));
            zip.write("no database".repeat(2000).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        assertThatThrownBy(() -> EmbeddedBackup.restore(broken, file, true))
                .isInstanceOf(StorageOpenException.class)
                .hasMessageContaining("is not a backup of this server");
        assertThatThrownBy(() -> EmbeddedBackup.restore(folder.resolve("none.zip"), file, true))
                .hasMessageContaining("There is no backup file");
        try (var files = Files.list(file.getParent())) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("parse.mv.db", "parse.lock");
        }
        storage = EmbeddedDatabase.file(file);
        assertThat(ids(stored("Game"), Constraint.ALWAYS)).containsExactly("g1");
    }
}
