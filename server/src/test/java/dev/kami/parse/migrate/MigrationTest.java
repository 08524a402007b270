package dev.kami.parse.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kami.parse.migrate.Outcome.ClassOutcome;
import dev.kami.parse.op.FieldOp;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.schema.SchemaChange.AddField;
import dev.kami.parse.storage.Find;
import dev.kami.parse.storage.StorageAdapter;
import dev.kami.parse.storage.Update;
import dev.kami.parse.storage.sql.EmbeddedDatabase;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.File;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Pointer;
import dev.kami.parse.value.ParseValue.Relation;
import dev.kami.parse.value.ParseValue.Str;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class MigrationTest {
    @TempDir
    private Path folder;

    private final List<StorageAdapter> opened = new ArrayList<>();
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private final Progress progress = new Progress(new PrintStream(lines, true, StandardCharsets.UTF_8), false);

    private StorageAdapter store() {
        StorageAdapter storage = EmbeddedDatabase.memory(UUID.randomUUID().toString());
        opened.add(storage);
        return storage;
    }

    @AfterEach
    void close() {
        opened.forEach(StorageAdapter::close);
    }

    private Outcome migrate(StorageAdapter from, StorageAdapter to) {
        return Migration.between(from, "from", to, "to", false, progress).run();
    }

    private Outcome force(StorageAdapter from, StorageAdapter to) {
        return Migration.between(from, "from", to, "to", true, progress).run();
    }

    private Outcome export(StorageAdapter from) {
        return Migration.export(from, "from", folder, false, progress).run();
    }

    private Outcome importInto(StorageAdapter to) {
        return Migration.importing(folder, to, "to", false, progress).run();
    }

    private static Map<String, String> sums(Outcome outcome) {
        var sums = new HashMap<String, String>();
        for (ClassOutcome each : outcome.classes()) {
            if (each.from().count() > 0) {
                sums.put(
                        each.className(),
                        each.from().count() + " " + each.from().text());
            }
        }
        return sums;
    }

    private static ParseObject get(StorageAdapter storage, String className, String id) {
        return get(storage, Sample.stored(storage, className), id);
    }

    private static ParseObject get(StorageAdapter storage, ClassSchema schema, String id) {
        var found = new ArrayList<ParseObject>();
        storage.find(Find.all(schema, new EqualTo("objectId", new Str(id))), found::add);
        assertThat(found).as(schema.className() + " " + id).hasSize(1);
        return found.getFirst();
    }

    private static long count(StorageAdapter storage, String className) {
        return storage.count(Find.all(Sample.stored(storage, className), Constraint.ALWAYS));
    }

    private void file(String name, String... content) throws IOException {
        Files.writeString(folder.resolve(name), String.join("\n", content) + "\n");
    }

    // -- everything

    @Test
    void anApplicationIsTheSameAfterStoreFilesAndStore() throws IOException {
        StorageAdapter first = store();
        StorageAdapter second = store();
        StorageAdapter third = store();
        Sample.fill(first);
        Outcome direct = migrate(first, second);
        Outcome exported = export(second);
        Outcome imported = importInto(third);
        for (Outcome outcome : List.of(direct, exported, imported)) {
            assertThat(outcome.report()).contains("Everything is equal.").doesNotContain("DIFFERENT");
            assertThat(outcome.equal()).isTrue();
            assertThat(sums(outcome)).isEqualTo(sums(direct));
            assertThat(outcome.files()).isEqualTo(1);
        }
        assertThat(sums(direct))
                .containsOnlyKeys(
                        "Game",
                        "Score",
                        "_User",
                        "_Session",
                        "_Role",
                        "_Installation",
                        "_GlobalConfig",
                        "_GraphQLConfig",
                        "_Hooks",
                        "_JobSchedule",
                        "_JobStatus",
                        "_PushStatus",
                        "_Audience",
                        "_Idempotency",
                        "_Join:players:Game",
                        "_Join:users:_Role",
                        "_Join:roles:_Role");
        assertThat(third.loadSchemas()).isEqualTo(first.loadSchemas());
        assertThat(get(third, "Game", "full")).isEqualTo(get(first, "Game", "full"));
        assertThat(get(third, "_User", "u1")).isEqualTo(get(first, "_User", "u1"));
        assertThat(third.linked("_Join:players:Game", Constraint.JoinSide.RELATED_ID, List.of("full")))
                .containsExactlyInAnyOrder("u1", "u2");
        assertThat(Files.readAllLines(folder.resolve("Score.ndjson"))).hasSize(Sample.SCORES);
        assertThat(folder.resolve("_MIGRATION.json")).doesNotExist();
        assertThat(direct.report())
                .contains("1,234          1,234", "1 values name files. Their names were copied")
                .doesNotContain("Empty");
    }

    @Test
    void anEmptyApplicationIsCopiedToo() {
        assertThat(migrate(store(), store()).equal()).isTrue();
        assertThat(export(store()).equal()).isTrue();
        assertThat(importInto(store()).equal()).isTrue();
    }

    // -- what is there already

    @Test
    void aTargetThatIsNotEmptyIsRefused() {
        StorageAdapter from = store();
        Sample.scores(from, 3);
        StorageAdapter withClass = store();
        Sample.scores(withClass, 0);
        assertThatThrownBy(() -> migrate(from, withClass))
                .isInstanceOf(MigrationException.class)
                .hasMessageStartingWith("The target to is not empty: it holds class Score. Empty it, or add --force");
        StorageAdapter withUser = store();
        withUser.insert(
                Sample.stored(withUser, "_User"), Sample.object("_User", "u1", "username", new Str("somebody")));
        assertThatThrownBy(() -> migrate(from, withUser)).hasMessageContaining("it holds objects of _User");
        assertThat(withUser.loadSchemas())
                .noneMatch(schema -> schema.className().equals("Score"));
    }

    @Test
    void withForceTheObjectsComeToThoseThatAreThere() {
        StorageAdapter from = store();
        Sample.fill(from);
        StorageAdapter to = store();
        ClassSchema there = Sample.scores(to, 0);
        to.change("Score", List.of(new AddField("own", FieldType.STRING)));
        to.insert(Sample.stored(to, "Score"), Sample.object("Score", "mine", "own", new Str("kept")));
        to.insert(there, Sample.object("Score", "s0x0", "name", new Str("old")));
        to.link("_Join:users:_Role", "r1", List.of("u1", "u9"));
        Outcome outcome = force(from, to);
        assertThat(outcome.report()).contains("Everything is equal.");
        assertThat(count(to, "Score")).isEqualTo(Sample.SCORES + 1);
        assertThat(get(to, "Score", "mine").get("own")).isEqualTo(new Str("kept"));
        assertThat(get(to, "Score", "s0x0").get("name")).isEqualTo(new Str("Player 0"));
        assertThat(to.linked("_Join:users:_Role", Constraint.JoinSide.RELATED_ID, List.of("r1")))
                .containsExactlyInAnyOrder("u1", "u9");
        assertThat(force(from, to).report()).contains("Everything is equal."); // and again
        assertThat(count(to, "Score")).isEqualTo(Sample.SCORES + 1);
    }

    @Test
    void withForceOtherTypesAreRefusedBeforeAnythingIsWritten() {
        StorageAdapter from = store();
        Sample.fill(from);
        StorageAdapter to = store();
        to.change("_User", List.of(new AddField("nickname", FieldType.NUMBER)));
        Sample.scores(to, 1);
        assertThatThrownBy(() -> force(from, to))
                .hasMessage("Nothing was copied.\n_User.nickname is String in the source and Number in the target.");
        assertThat(to.loadSchemas())
                .extracting(ClassSchema::className)
                .containsExactlyInAnyOrder("Score", "_User", "_Role");
    }

    @Test
    void anExportThatIsThereIsReplacedWithForceOnly() throws IOException {
        StorageAdapter from = store();
        Sample.scores(from, 5);
        file("Old.ndjson", "{}");
        assertThatThrownBy(() -> export(from)).hasMessageContaining("holds an export already");
        Outcome outcome = Migration.export(from, "from", folder, true, progress).run();
        assertThat(outcome.equal()).isTrue();
        assertThat(folder.resolve("Old.ndjson")).doesNotExist();
    }

    // -- the comparison

    @Test
    void aDifferenceIsFound() {
        StorageAdapter from = store();
        ClassSchema scores = Sample.scores(from, 20);
        StorageAdapter to = store();
        var migration = Migration.between(
                new Meddling(
                        from,
                        () -> from.updateOne(new Update(
                                scores,
                                new EqualTo("objectId", new Str("s0x0")),
                                new LinkedHashMap<>(Map.of("points", new FieldOp.Set(new Num(99))))))),
                "from",
                to,
                "to",
                false,
                progress);
        Outcome outcome = migration.run();
        assertThat(outcome.equal()).isFalse();
        assertThat(outcome.report())
                .containsPattern("Score +20 +20 +[0-9a-f]{16} +[0-9a-f]{16} +DIFFERENT\n")
                .contains("Source and target are DIFFERENT.");
    }

    @Test
    void theOrderOfObjectsFieldsAndKeysDoesNotCount() {
        var one = new Checksum();
        one.add(object("{\"objectId\":\"a\",\"o\":{\"x\":1,\"y\":{\"a\":1,\"b\":2}},\"ACL\":{\"u\":{\"read\":true}}}"));
        one.add(object("{\"objectId\":\"b\",\"n\":null}"));
        var other = new Checksum();
        other.add(object("{\"objectId\":\"b\",\"r\":{\"__type\":\"Relation\",\"className\":\"X\"}}"));
        other.add(object("{\"ACL\":{\"u\":{\"read\":true,\"write\":false},\"v\":{}},\"o\":{\"y\":{\"b\":2,\"a\":1},"
                + "\"x\":1},\"objectId\":\"a\"}"));
        assertThat(one.sameAs(other)).isTrue();
        assertThat(one.text()).hasSize(32).isEqualTo(other.text());
    }

    @Test
    void everyValueCounts() {
        var seen = new ArrayList<String>();
        for (String json : List.of(
                "{\"objectId\":\"a\"}",
                "{\"objectId\":\"b\"}",
                "{\"objectId\":\"a\",\"v\":0}",
                "{\"objectId\":\"a\",\"v\":\"0\"}",
                "{\"objectId\":\"a\",\"v\":false}",
                "{\"objectId\":\"a\",\"v\":[]}",
                "{\"objectId\":\"a\",\"v\":[null]}",
                "{\"objectId\":\"a\",\"v\":[1,2]}",
                "{\"objectId\":\"a\",\"v\":[2,1]}",
                "{\"objectId\":\"a\",\"v\":{}}",
                "{\"objectId\":\"a\",\"v\":{\"n\":null}}",
                "{\"objectId\":\"a\",\"ACL\":{}}",
                "{\"objectId\":\"a\",\"ACL\":{\"u\":{\"read\":true}}}",
                "{\"objectId\":\"a\",\"ACL\":{\"u\":{\"write\":true}}}")) {
            var sum = new Checksum();
            sum.add(object(json));
            seen.add(sum.text());
        }
        assertThat(seen).doesNotHaveDuplicates();
    }

    private static ParseObject object(String json) {
        return ParseObject.of("Any", (ParseValue.Obj) dev.kami.parse.value.JsonReader.read(json));
    }

    // -- interrupts

    @Test
    void aStoppedCopyGoesOnWhereItWas() {
        StorageAdapter from = store();
        Sample.scores(from, 4_000);
        StorageAdapter to = store();
        var stopping = new Meddling(from, null);
        Migration first = Migration.between(stopping, "from", to, "to", false, progress);
        stopping.afterScans(8, first::stop);
        Outcome stopped = first.run();
        assertThat(stopped.stopped()).isTrue();
        assertThat(stopped.equal()).isFalse();
        assertThat(stopped.report()).isEqualTo("Stopped. Give the same command again to go on.\n");
        long before = count(to, "Score");
        assertThat(before).isBetween(1L, 3_999L);

        assertThatThrownBy(() -> Migration.between(from, "another", to, "to", false, progress)
                        .run())
                .hasMessageStartingWith("The target to holds an unfinished copy of from.");

        var counting = new Meddling(from, null);
        Outcome outcome =
                Migration.between(counting, "from", to, "to", false, progress).run();
        assertThat(outcome.report()).contains("Everything is equal.");
        assertThat(count(to, "Score")).isEqualTo(4_000);
        assertThat(to.loadSchemas()).extracting(ClassSchema::className).doesNotContain(StoreState.CLASS);
    }

    @Test
    void aStoppedExportGoesOnWhereItWas() throws IOException {
        StorageAdapter from = store();
        Sample.scores(from, 4_000);
        var stopping = new Meddling(from, null);
        Migration first = Migration.export(stopping, "from", folder, false, progress);
        stopping.afterScans(8, first::stop);
        assertThat(first.run().stopped()).isTrue();
        assertThat(folder.resolve("_MIGRATION.json")).exists();
        assertThatThrownBy(() -> importInto(store())).hasMessageContaining("is not finished");
        // What a killed process wrote behind its last note.
        Files.writeString(
                folder.resolve("Score.ndjson"), "{\"objectId\":\"half", java.nio.file.StandardOpenOption.APPEND);
        Outcome outcome = export(from);
        assertThat(outcome.report()).contains("Everything is equal.");
        assertThat(Files.readAllLines(folder.resolve("Score.ndjson"))).hasSize(4_000);
        assertThat(importInto(store()).equal()).isTrue();
    }

    @Test
    void aPageWhoseNoteWasLostIsNotDoubled() {
        StorageAdapter from = store();
        Sample.scores(from, 2_000);
        StorageAdapter to = store();
        var stopping = new Meddling(from, null);
        Migration first = Migration.between(stopping, "from", to, "to", false, progress);
        stopping.afterScans(6, first::stop);
        first.run();
        // A store without transactions may have written more than it has noted.
        ClassSchema scores = Sample.stored(from, "Score");
        var more = new ArrayList<ParseObject>();
        Target.Mark mark = StoreState.read(to).mark("Score");
        String last = mark.position().replaceAll("[\\[\\]\"]", "");
        from.scan(scores, List.of(last), 100, more::add);
        to.insertAll(Sample.stored(to, "Score"), more);
        assertThat(migrate(from, to).report()).contains("Everything is equal.");
    }

    // -- files

    @Test
    void mistakesAreListedAndNothingIsImported() throws IOException {
        file(
                "_SCHEMA.json",
                "{\"results\":[{\"className\":\"Score\",\"fields\":{\"points\":{\"type\":\"Number\"}}},",
                "{\"className\":\"1bad\",\"fields\":{}}]}");
        file(
                "Score.ndjson",
                "{\"objectId\":\"a\",\"points\":1}",
                "",
                "{\"objectId\":\"b\",\"points\":\"1\"}",
                "{\"objectId\":\"c\",\"points\":",
                "[1]",
                "{\"points\":1}",
                "{\"objectId\":\"d\",\"createdAt\":\"yesterday\"}",
                "{\"objectId\":\"e\",\"ACL\":1}",
                "{\"objectId\":\"f\",\"bad name\":1}",
                "{\"objectId\":\"g\",\"new\":1}",
                "{\"objectId\":\"h\",\"new\":\"1\"}");
        file("Other.json", "{\"results\":[", "{\"objectId\":\"a\"},", "7,", "{\"objectId\":");
        file("no class.ndjson", "{}");
        file("_Join:friends:Score.ndjson", "{\"relatedId\":\"a\",\"owningId\":\"b\"}", "{\"relatedId\":\"a\"}");
        StorageAdapter to = store();
        assertThatThrownBy(() -> importInto(to)).isInstanceOfSatisfying(MigrationException.class, e -> assertThat(
                        e.getMessage().lines())
                .containsExactly(
                        "_SCHEMA.json:2: 1bad: Invalid classname: 1bad, classnames can only have alphanumeric characters"
                                + " and _, and must start with an alpha character ",
                        "Other.json:3 (object 2): Not a JSON object.",
                        "Other.json:5 (object 3): Unexpected end-of-input within/between Object entries",
                        "Score.ndjson:3: schema mismatch for Score.points; expected Number but got String",
                        "Score.ndjson:4: Unexpected end-of-input within/between Object entries",
                        "Score.ndjson:5: Not a JSON object.",
                        "Score.ndjson:6: No objectId.",
                        "Score.ndjson:7: createdAt is not a date.",
                        "Score.ndjson:8: The ACL is not a JSON object.",
                        "Score.ndjson:9: Class Score cannot have a field bad name.",
                        "Score.ndjson:11: schema mismatch for Score.new; expected Number but got String",
                        "_Join:friends:Score.ndjson:2: No relatedId or no owningId.",
                        "no class.ndjson: no class is no name of a class.",
                        "_Join:friends:Score.ndjson: No class has this relation.",
                        "The files hold mistakes. Nothing was imported."));
        assertThat(to.loadSchemas()).extracting(ClassSchema::className).containsExactlyInAnyOrder("_User", "_Role");
    }

    @Test
    void anObjectThatIsThereTwiceIsNamedAndItsPageIsNotWritten() throws IOException {
        file("Score.ndjson", "{\"objectId\":\"a\",\"n\":1}", "{\"objectId\":\"b\"}", "{\"objectId\":\"a\",\"n\":2}");
        StorageAdapter to = store();
        assertThatThrownBy(() -> importInto(to))
                .isInstanceOf(MigrationException.class)
                .hasMessageStartingWith("Score.ndjson:3: Score a cannot be stored: ");
        assertThat(count(to, "Score")).isZero();
        file("Score.ndjson", "{\"objectId\":\"a\",\"n\":1}", "{\"objectId\":\"b\"}");
        assertThat(importInto(to).report()).contains("Everything is equal.");
    }

    @Test
    void anExportOfParseComIsImported() throws IOException {
        file("_User.json", "{ \"results\": [", """
                {"objectId":"u1","username":"ann","email":"ann@x.test","bcryptPassword":"$2a$10$abc",
                 "sessionToken":"old","createdAt":"2014-10-31T04:15:07.880Z","updatedAt":"2016-10-01T21:13:20Z",
                 "ACL":{"*":{"read":true},"u1":{"read":true,"write":true}}}
                ] }""");
        file(
                "_Role.json",
                "{\"results\":[{\"objectId\":\"r1\",\"name\":\"admins\",\"users\":{\"__type\":\"Relation\","
                        + "\"className\":\"_User\"}}]}");
        file("_Join:users:_Role.json", "{\"results\":[{\"owningId\":\"r1\",\"relatedId\":\"u1\"}]}");
        file("Product.json", """
                [{"objectId":"p1","file":{"__type":"File","name":"01.zip","url":"http://x.test/01.zip"},
                  "seen":{"__type":"Date","iso":"2015-01-01T00:00:00Z"},"extra":null,
                  "owner":{"__type":"Pointer","className":"_User","objectId":"u1"},"extra":null,
                  "likes":{"__type":"Relation","className":"_User"}},
                 {"objectId":"p2","__type":"Object","className":"Product","extra":[1]}]""");
        StorageAdapter to = store();
        Outcome outcome = importInto(to);
        assertThat(outcome.report()).contains("Everything is equal.");
        ParseObject user = get(to, "_User", "u1");
        assertThat(user.get("_hashed_password")).isEqualTo(new Str("$2a$10$abc"));
        assertThat(user.has("sessionToken")).isFalse();
        assertThat(user.get("createdAt")).isEqualTo(new Date(1_414_728_907_880L));
        ParseObject product = get(to, "Product", "p1");
        assertThat(product.get("file")).isEqualTo(new File("01.zip", null));
        assertThat(product.get("seen")).isEqualTo(new Date(1_420_070_400_000L));
        assertThat(product.get("owner")).isEqualTo(new Pointer("_User", "u1"));
        assertThat(product.get("likes")).isEqualTo(new Relation("_User"));
        assertThat(to.linked("_Join:users:_Role", Constraint.JoinSide.RELATED_ID, List.of("r1")))
                .containsExactly("u1");
        assertThat(outcome.files()).isEqualTo(1);
    }

    @Test
    void whatIsNoImportIsSaid() throws IOException {
        assertThatThrownBy(() -> Migration.importing(folder.resolve("nope"), store(), "to", false, progress))
                .hasMessage("There is no folder " + folder.resolve("nope") + ".");
        assertThatThrownBy(() -> importInto(store())).hasMessageStartingWith("There is nothing to import in");
        file("Score.ndjson", "");
        file("Score.json", "[]");
        assertThatThrownBy(() -> importInto(store())).hasMessageContaining("two files for class Score");
    }

    // -- progress

    @Test
    void progressIsALineEachSecond() {
        long[] now = {0};
        var written = new ByteArrayOutputStream();
        var clocked = new Progress(new PrintStream(written, true, StandardCharsets.UTF_8), false, () -> now[0]);
        clocked.begin("copying", 1_000_000, 100_000);
        for (int i = 0; i < 10; i++) {
            now[0] += 500_000_000;
            clocked.add("GameScore", 10_000);
        }
        clocked.end();
        List<String> all = written.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(all).hasSize(5);
        assertThat(all.getLast())
                .isEqualTo("copying [ 20 %] GameScore, 200,000 of 1,000,000 objects, 20,000/s, 40 s left");
    }

    @Test
    void onATerminalALineReplacesTheOneBefore() {
        long[] now = {0};
        var written = new ByteArrayOutputStream();
        var clocked = new Progress(new PrintStream(written, true, StandardCharsets.UTF_8), true, () -> now[0]);
        clocked.begin("checking", -1, 0);
        for (String className : List.of("LongClassName", "C")) {
            now[0] += 1_000_000_000;
            clocked.add(className, 1);
        }
        clocked.end();
        assertThat(Stream.of(written.toString(StandardCharsets.UTF_8).split("\r")))
                .containsExactly(
                        "",
                        "checking LongClassName, 1 objects, 1/s",
                        "checking C, 2 objects, 1/s" + " ".repeat(12) + System.lineSeparator());
    }

    @Test
    void durationsAreShort() {
        assertThat(Stream.of(59L, 61L, 3_661L).map(Progress::duration))
                .containsExactly("59 s", "1 min 1 s", "1 h 1 min");
    }
}
