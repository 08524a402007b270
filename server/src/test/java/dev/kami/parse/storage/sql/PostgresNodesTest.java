package dev.kami.parse.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.op.FieldOp;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.schema.SchemaChange.AddField;
import dev.kami.parse.schema.SchemaChange.AddIndex;
import dev.kami.parse.schema.SchemaChange.CreateClass;
import dev.kami.parse.schema.SchemaChange.DropField;
import dev.kami.parse.schema.SystemClasses;
import dev.kami.parse.storage.Find;
import dev.kami.parse.storage.StorageAdapterContract;
import dev.kami.parse.storage.Update;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two servers on one database. */
@Timeout(120)
class PostgresNodesTest {
    private final TestPostgres server = TestPostgres.server();
    private String address;
    private SqlStorage one;
    private SqlStorage two;

    @BeforeEach
    void open() {
        address = server.prepared();
        one = TestPostgres.open(address);
        two = TestPostgres.open(address);
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
        server.drop(address);
    }

    private static ClassSchema stored(SqlStorage storage, String className) {
        return storage.loadSchemas().stream()
                .filter(schema -> schema.className().equals(className))
                .findFirst()
                .orElseThrow();
    }

    private static ParseObject object(String className, String id, Object... more) {
        Obj fields = Obj.of("objectId", new Str(id));
        var all = new LinkedHashMap<>(fields.fields());
        all.putAll(Obj.of(more).fields());
        return ParseObject.of(className, new Obj(all));
    }

    @Test
    void theOtherIsToldOfEveryChangeAndNotOfItsOwn() {
        var heardByOne = new AtomicInteger();
        var heardByTwo = new AtomicInteger();
        one.onSchemaChange(heardByOne::incrementAndGet);
        two.onSchemaChange(heardByTwo::incrementAndGet);
        ClassSchema game = SystemClasses.initial("Game").withField("n", FieldType.NUMBER);
        one.change("Game", List.of(new CreateClass(game)));
        Awaitility.await().until(() -> heardByTwo.get() == 1);
        one.change("Game", List.of(new CreateClass(game))); // changes nothing
        one.change("Game", List.of(new DropField("n", FieldType.NUMBER)));
        Awaitility.await().until(() -> heardByTwo.get() == 2);
        assertThat(heardByOne).hasValue(0);
    }

    @Test
    void aClassOfOneIsUsedByTheOtherAtOnce() {
        ClassSchema game = SystemClasses.initial("Game").withField("fans", FieldType.relation("_User"));
        one.change("Game", List.of(new CreateClass(game)));
        one.insert(game, object("Game", "g1"));
        assertThat(two.count(Find.all(game, Constraint.ALWAYS))).isEqualTo(1);
        two.insert(game, object("Game", "g2"));
        two.link("_Join:fans:Game", "g2", List.of("u1"));
        assertThat(one.linked("_Join:fans:Game", Constraint.JoinSide.RELATED_ID, List.of("g2")))
                .containsExactly("u1");
        one.change("Game", List.of(new AddField("level", FieldType.NUMBER)));
        ClassSchema grown = stored(two, "Game");
        two.insert(grown, object("Game", "g3", "level", new Num(3)));
        assertThat(one.count(Find.all(grown, new EqualTo("level", new Num(3))))).isEqualTo(1);
    }

    @Test
    void bothMakeTheSameClassesFieldsAndIndexesAtOnce() throws Exception {
        StorageAdapterContract.inParallel(60, i -> {
            SqlStorage storage = i % 2 == 0 ? one : two;
            String name = "Race" + i % 3;
            var wanted = SystemClasses.initial(name).withField("own" + i % 5, FieldType.STRING);
            storage.change(name, List.of(new CreateClass(wanted)));
            storage.change(name, List.of(new AddField("same", FieldType.pointer("_User"))));
            storage.change(name, List.of(new AddIndex("byOwn" + i % 5, Obj.of("own" + i % 5, new Num(1)))));
            storage.insert(stored(storage, name), object(name, "r" + i, "own" + i % 5, new Str("x")));
        });
        for (int i = 0; i < 3; i++) {
            ClassSchema race = stored(one, "Race" + i);
            assertThat(race.fields()).containsKeys("own0", "own1", "own2", "own3", "own4", "same");
            assertThat(race.indexes()).containsOnlyKeys("byOwn0", "byOwn1", "byOwn2", "byOwn3", "byOwn4");
            assertThat(two.count(Find.all(race, Constraint.ALWAYS))).isEqualTo(20);
        }
    }

    @Test
    void tenThousandWritesOfBothLoseNothing() throws Exception {
        ClassSchema game =
                SystemClasses.initial("Game").withField("n", FieldType.NUMBER).withField("list", FieldType.ARRAY);
        one.change("Game", List.of(new CreateClass(game)));
        for (int i = 0; i < 10; i++) {
            one.insert(game, object("Game", "counter" + i, "n", new Num(0)));
        }
        int writers = 16;
        int rounds = 10_000 / writers / 4;
        StorageAdapterContract.inParallel(writers, writer -> {
            SqlStorage storage = writer % 2 == 0 ? one : two;
            for (int i = 0; i < rounds; i++) {
                int number = i;
                var counter = new EqualTo("objectId", new Str("counter" + (writer + i) % 10));
                storage.insert(game, object("Game", "o" + writer + "-" + i));
                storage.updateOne(new Update(game, counter, ops("n", new FieldOp.Increment(1))));
                storage.updateOne(new Update(
                        game, counter, ops("list", new FieldOp.Add(List.of(new Str(writer + "-" + number))))));
                storage.inTransaction(() -> {
                    storage.insert(game, object("Game", "t" + writer + "-" + number));
                    return storage.updateOne(new Update(
                            game,
                            new EqualTo("objectId", new Str("o" + writer + "-" + number)),
                            ops("n", new FieldOp.Set(new Num(1)))));
                });
            }
        });
        var increments = new AtomicInteger();
        var items = new AtomicInteger();
        var objects = new AtomicInteger();
        one.find(Find.all(game, Constraint.ALWAYS), object -> {
            if (object.objectId().startsWith("counter")) {
                increments.addAndGet((int) ((Num) object.get("n")).value());
                items.addAndGet(((Array) object.get("list")).items().size());
            } else {
                objects.incrementAndGet();
            }
        });
        assertThat(increments).hasValue(writers * rounds);
        assertThat(items).hasValue(writers * rounds);
        assertThat(objects).hasValue(2 * writers * rounds);
    }

    private static LinkedHashMap<String, FieldOp> ops(String field, FieldOp op) {
        var ops = new LinkedHashMap<String, FieldOp>();
        ops.put(field, op);
        return ops;
    }
}
