package dev.kami.parse.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.op.FieldOp;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.Compare;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.query.Constraint.In;
import dev.kami.parse.query.Constraint.JoinSide;
import dev.kami.parse.query.Constraint.Joined;
import dev.kami.parse.query.Constraint.Order;
import dev.kami.parse.query.Constraint.Permitted;
import dev.kami.parse.query.Constraint.Regex;
import dev.kami.parse.query.Constraint.WithinSphere;
import dev.kami.parse.query.ReadHints;
import dev.kami.parse.query.SortKey;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.schema.FieldType.Kind;
import dev.kami.parse.schema.SchemaChange.AddField;
import dev.kami.parse.schema.SchemaChange.AddIndex;
import dev.kami.parse.schema.SchemaChange.CreateClass;
import dev.kami.parse.schema.SchemaChange.DropField;
import dev.kami.parse.schema.SystemClasses;
import dev.kami.parse.storage.Find;
import dev.kami.parse.storage.Update;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue.GeoPoint;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Pointer;
import dev.kami.parse.value.ParseValue.Str;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is special about H2: which indexes it uses, how its tables grow, what its locks end in. */
class H2StorageTest {
    private final SqlStorage storage = EmbeddedDatabase.memory(UUID.randomUUID().toString());

    @AfterEach
    void close() {
        storage.close();
    }

    private ClassSchema game() {
        var fields = new LinkedHashMap<>(SystemClasses.initial("Game").fields());
        fields.put("name", FieldType.STRING);
        fields.put("score", FieldType.NUMBER);
        fields.put("owner", FieldType.pointer("_User"));
        fields.put("place", FieldType.of(Kind.GEO_POINT));
        fields.put("tags", FieldType.ARRAY);
        fields.put("players", FieldType.relation("_User"));
        var schema = new ClassSchema("Game", fields, null, new LinkedHashMap<>());
        storage.change("Game", List.of(new CreateClass(schema)));
        return schema;
    }

    private void insert(ClassSchema schema, String id) {
        storage.insert(schema, ParseObject.of(schema.className(), Obj.of("objectId", new Str(id))));
    }

    private String plan(ClassSchema schema, Constraint where, SortKey... sort) {
        var find = new Find(schema, where, List.of(sort), 0, 10, null, false, ReadHints.NONE);
        return ((Obj) storage.explain(find)).text("plan");
    }

    private ClassSchema stored(String className) {
        return storage.loadSchemas().stream()
                .filter(schema -> schema.className().equals(className))
                .findFirst()
                .orElseThrow();
    }

    private static EqualTo id(String id) {
        return new EqualTo("objectId", new Str(id));
    }

    // -- indexes

    @Test
    void anObjectIdIsFoundByThePrimaryKey() {
        ClassSchema game = game();
        assertThat(plan(game, Constraint.and(id("g1"), new Permitted(false, Set.of("*")))))
                .contains("PRIMARY_KEY");
        assertThat(plan(game, new In("objectId", List.of(new Str("a"), new Str("b")))))
                .contains("PRIMARY_KEY");
    }

    @Test
    void aPointerIsFoundByItsIndex() {
        ClassSchema game = game();
        assertThat(plan(game, new EqualTo("owner", new Pointer("_User", "u1")))).contains("Game.owner");
    }

    @ParameterizedTest
    @ValueSource(strings = {"installationId", "deviceToken"})
    void aDeviceIsFoundByTheIndexOfEachOfItsIds(String field) {
        ClassSchema installation = SystemClasses.initial("_Installation");
        storage.change("_Installation", List.of(new CreateClass(installation)));
        assertThat(plan(installation, new EqualTo(field, new Str("x")))).contains("_Installation." + field);
    }

    @Test
    void aPointerAddedLaterIsFoundByItsIndexToo() {
        game();
        for (int i = 0; i < 3; i++) {
            storage.change("Game", List.of(new AddField("friend" + i, FieldType.pointer("_User"))));
            assertThat(plan(stored("Game"), new EqualTo("friend" + i, new Pointer("_User", "u1"))))
                    .contains("Game.friend" + i);
        }
    }

    @Test
    void membersOfARelationAreFoundByIndexesOnBothSides() {
        ClassSchema game = game();
        for (JoinSide side : JoinSide.values()) {
            assertThat(plan(game, new Joined("_Join:players:Game", side, Set.of("u1"), false)))
                    .contains("PRIMARY_KEY")
                    .doesNotContain("tableScan");
        }
    }

    @Test
    void uniqueFieldsOfSystemClassesAreFoundByTheirIndexes() {
        ClassSchema user = stored("_User");
        assertThat(plan(user, new EqualTo("username", new Str("ann")))).contains("_User_unique_username");
        assertThat(plan(user, new EqualTo("email", new Str("a@x")))).contains("_User_unique_email");
        assertThat(plan(user, new EqualTo("_perishable_token", new Str("t"))))
                .contains("/* PUBLIC.\"_perishable_token\"");
        assertThat(plan(stored("_Role"), new EqualTo("name", new Str("team")))).contains("_Role_unique_name");
        var ignoringCase =
                new Find(user, new EqualTo("username", new Str("A")), List.of(), 0, 1, null, true, ReadHints.NONE);
        assertThat(storage.explain(ignoringCase).toJson()).contains("case_insensitive_username");
    }

    @Test
    void anIndexOfTheClassServesEqualityOrderPrefixAndSort() {
        ClassSchema game = game();
        storage.change("Game", List.of(new AddIndex("byScore", Obj.of("score", new Num(1)))));
        storage.change("Game", List.of(new AddIndex("byName", Obj.of("name", new Num(1)))));
        assertThat(plan(game, new EqualTo("score", new Num(1)))).contains("Game:byScore");
        assertThat(plan(game, new Compare("score", Order.GREATER, new Num(1)))).contains("Game:byScore");
        assertThat(plan(game, Constraint.ALWAYS, new SortKey("score", true))).contains("index sorted");
        assertThat(plan(game, new Regex("name", "^\\Qab\\E", ""))).contains("name >= 'ab'");
        assertThat(plan(game, new Regex("name", "^ab[cd]", ""))).contains("name >= 'ab'");
    }

    @Test
    void aSmallCircleIsFirstABox() {
        assertThat(plan(game(), new WithinSphere("place", new GeoPoint(10, 10), 0.01)))
                .contains("&&");
    }

    @Test
    void anIndexOfAPlaceFindsWhatIsNear() {
        ClassSchema game = game();
        storage.change("Game", List.of(new AddIndex("byPlace", Obj.of("place", new Str("2dsphere")))));
        for (int i = 0; i < 200; i++) {
            storage.insert(
                    game,
                    ParseObject.of(
                            "Game", Obj.of("objectId", new Str("g" + i), "place", new GeoPoint(i % 50, i / 50.0))));
        }
        insert(game, "nowhere");
        var near = new WithinSphere("place", new GeoPoint(10, 1), 0.02);
        assertThat(plan(game, near)).contains("Game:byPlace");
        assertThat(ids(game, near)).containsExactlyInAnyOrder("g10", "g59", "g60", "g61");
        storage.delete(game, near);
        assertThat(ids(game, near)).isEmpty();
    }

    @Test
    void anIndexGoesWithItsField() {
        game();
        storage.change("Game", List.of(new AddIndex("byScore", Obj.of("score", new Num(1), "name", new Num(1)))));
        storage.change("Game", List.of(new DropField("score", FieldType.NUMBER)));
        assertThat(stored("Game").indexes()).isEmpty();
        storage.change("Game", List.of(new AddIndex("byScore", Obj.of("name", new Num(1)))));
        assertThat(plan(stored("Game"), new EqualTo("name", new Str("x")))).contains("Game:byScore");
    }

    @Test
    void thousandsOfAlternativesAreAnswered() {
        ClassSchema game = game();
        insert(game, "g1");
        var alternatives = new ArrayList<Constraint>();
        for (int i = 0; i < 20_000; i++) {
            alternatives.add(new EqualTo("score", new Num(i)));
        }
        alternatives.add(id("g1"));
        assertThat(ids(game, new Constraint.Or(alternatives))).containsExactly("g1");
        assertThat(ids(game, new Constraint.Nor(alternatives))).isEmpty();
        Constraint deep = id("g1");
        for (int i = 0; i < 250; i++) {
            deep = i % 2 == 0
                    ? new Constraint.Or(List.of(deep, id("g2")))
                    : new Constraint.And(List.of(deep, id("g1")));
        }
        assertThat(ids(game, deep)).containsExactly("g1");
        for (int i = 0; i < 40_000; i++) {
            alternatives.add(new EqualTo("score", new Num(i)));
        }
        assertThatThrownBy(() -> ids(game, new Constraint.Or(alternatives)))
                .isInstanceOfSatisfying(
                        ParseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_QUERY));
    }

    // -- tables that grow

    @Test
    void sparesAreNoFields() {
        game();
        assertThat(stored("Game").fields().keySet())
                .allSatisfy(field -> assertThat(field).doesNotStartWith("_"));
        insert(stored("Game"), "g1");
        var read = new ArrayList<ParseObject>();
        storage.find(Find.all(stored("Game"), Constraint.ALWAYS), read::add);
        assertThat(read.getFirst().fields()).containsExactlyInAnyOrder("objectId", "players");
    }

    @Test
    void aBigTableWithoutSparesTakesFieldsAllTheSame() throws Exception {
        ClassSchema game = game();
        storage.inTransaction(() -> {
            for (int i = 0; i <= SpareTables.SMALL; i++) {
                insert(game, "g" + i);
            }
            return null;
        });
        for (int i = 0; i < 20; i++) {
            storage.change("Game", List.of(new AddField("level" + i, FieldType.NUMBER)));
        }
        ClassSchema grown = stored("Game");
        assertThat(plan(grown, new EqualTo("level0", new Num(1)))).doesNotContain("kami_test");
        assertThat(plan(grown, new EqualTo("level19", new Num(1)))).contains("kami_test");
        update(grown, "g5", "level0", 1);
        update(grown, "g5", "level19", 7);
        update(grown, "g6", "level19", 6);
        update(grown, "g5", "level18", 8);
        assertThat(ids(grown, new EqualTo("level19", new Num(7)))).containsExactly("g5");
        assertThat(ids(grown, new EqualTo("level18", new Num(8)))).containsExactly("g5");
        var sorted = new Find(
                grown, Constraint.ALWAYS, List.of(new SortKey("level19", true)), 0, 2, null, false, ReadHints.NONE);
        var read = new ArrayList<ParseObject>();
        storage.find(sorted, read::add);
        assertThat(read).extracting(ParseObject::objectId).containsExactly("g5", "g6");
        // Dropped, it is gone, and its successor starts empty.
        storage.change("Game", List.of(new DropField("level19", FieldType.NUMBER)));
        storage.change("Game", List.of(new AddField("level19", FieldType.STRING)));
        assertThat(ids(stored("Game"), new Constraint.Exists("level19", true))).isEmpty();
        assertThat(ids(stored("Game"), new EqualTo("level18", new Num(8)))).containsExactly("g5");
    }

    private void update(ClassSchema schema, String id, String field, double value) {
        storage.updateOne(
                        new Update(schema, id(id), new LinkedHashMap<>(Map.of(field, new FieldOp.Set(new Num(value))))))
                .orElseThrow();
    }

    private List<String> ids(ClassSchema schema, Constraint where) {
        var ids = new ArrayList<String>();
        storage.find(Find.all(schema, where), object -> ids.add(object.objectId()));
        return ids;
    }

    @Test
    void theColumnOfADroppedFieldIsEmptiedAndUsedAgain() throws Exception {
        ClassSchema game = game();
        storage.inTransaction(() -> {
            for (int i = 0; i <= SpareTables.SMALL; i++) {
                storage.insert(game, ParseObject.of("Game", Obj.of("objectId", new Str("g" + i), "score", new Num(i))));
            }
            return null;
        });
        storage.change("Game", List.of(new DropField("score", FieldType.NUMBER)));
        for (int i = 0; i < 6; i++) { // all spares
            storage.change("Game", List.of(new AddField("n" + i, FieldType.NUMBER)));
        }
        // Once the column of score is empty, a seventh field fits.
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            storage.change("Game", List.of(new DropField("again", FieldType.NUMBER)));
            storage.change("Game", List.of(new AddField("again", FieldType.NUMBER)));
            assertThat(plan(stored("Game"), new EqualTo("again", new Num(1)))).doesNotContain("kami_test");
        });
        assertThat(ids(stored("Game"), new Constraint.Exists("again", true))).isEmpty();
    }

    // -- locks

    @Test
    @Timeout(60)
    void twoTransactionsThatWaitForEachOtherDoNotBothSucceedAndNoneHangs() throws Exception {
        ClassSchema game = game();
        insert(game, "a");
        insert(game, "b");
        var bothHoldOne = new CountDownLatch(2);
        var failures = java.util.concurrent.ConcurrentHashMap.<ErrorCode>newKeySet();
        try (var executor = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            for (List<String> order : List.of(List.of("a", "b"), List.of("b", "a"))) {
                executor.submit(() -> {
                    try {
                        storage.inTransaction(() -> {
                            update(game, order.get(0), "score", 1);
                            bothHoldOne.countDown();
                            bothHoldOne.await(10, TimeUnit.SECONDS);
                            update(game, order.get(1), "score", 2);
                            return null;
                        });
                    } catch (ParseException e) {
                        failures.add(e.code());
                    }
                    return null;
                });
            }
        }
        assertThat(failures).containsExactly(ErrorCode.INVALID_LINKED_SESSION);
    }

    @Test
    void aTransactionThatLostCannotBeSavedByCatchingTheError() throws Exception {
        ClassSchema game = game();
        insert(game, "a");
        insert(game, "b");
        var bothHoldOne = new CountDownLatch(2);
        var lost = new java.util.concurrent.atomic.AtomicInteger();
        try (var executor = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            for (List<String> order : List.of(List.of("a", "b"), List.of("b", "a"))) {
                executor.submit(() -> {
                    try {
                        storage.inTransaction(() -> {
                            update(game, order.get(0), "score", 1);
                            bothHoldOne.countDown();
                            bothHoldOne.await(10, TimeUnit.SECONDS);
                            try {
                                update(game, order.get(1), "score", 2);
                            } catch (ParseException e) {
                                // as a trigger might
                            }
                            return null;
                        });
                    } catch (ParseException e) {
                        lost.incrementAndGet();
                    }
                    return null;
                });
            }
        }
        assertThat(lost).hasValue(1);
    }

    @Test
    void aTextThatCostsAPatternTooManyStepsIsRefused() {
        ClassSchema game = game();
        storage.insert(
                game,
                ParseObject.of("Game", Obj.of("objectId", new Str("g1"), "name", new Str("a".repeat(5_000) + "b"))));
        assertThatThrownBy(() -> ids(game, new Regex("name", "^(a+)+\\1$", "")))
                .isInstanceOfSatisfying(
                        ParseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_QUERY));
        assertThatThrownBy(() -> ids(game, new Regex("name", "(", "")))
                .isInstanceOfSatisfying(
                        ParseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL_SERVER_ERROR));
    }

    // -- hostile names

    @ParameterizedTest
    @ValueSource(
            strings = {"x\" OR 1=1 --", "x'; DROP TABLE \"Game\"; --", "a\"b", "_spare_text_1", "_overflow", "é", ""})
    void namesFromNowhereAreOnlyNames(String name) {
        ClassSchema game = game();
        insert(game, "g1");
        for (String path : List.of(name, name + ".x", "tags." + name, "name." + name)) {
            assertThat(ids(game, new EqualTo(path, new Str("x")))).isEmpty();
            assertThat(ids(game, new Regex(path, "x", ""))).isEmpty();
            var find = new Find(
                    game,
                    Constraint.ALWAYS,
                    List.of(new SortKey(path, false)),
                    0,
                    10,
                    Set.of(path),
                    false,
                    ReadHints.NONE);
            var read = new ArrayList<ParseObject>();
            storage.find(find, read::add);
            assertThat(read).hasSize(1);
            assertThat(storage.distinct(Find.all(game, Constraint.ALWAYS), path))
                    .isEmpty();
        }
        assertThat(storage.linked("_Join:" + name + ":Game", JoinSide.OWNING_ID, List.of("x")))
                .isEmpty();
        assertThat(ids(game, Constraint.ALWAYS)).containsExactly("g1");
    }

    @Test
    void aClassMayBeCalledLikeAWordOfSql() {
        for (String name : List.of("select", "Order", "table")) {
            ClassSchema schema = SystemClasses.initial(name)
                    .withField("group", FieldType.STRING)
                    .withField("user", FieldType.NUMBER);
            storage.change(name, List.of(new CreateClass(schema)));
            storage.insert(
                    schema,
                    ParseObject.of(name, Obj.of("objectId", new Str("1"), "group", new Str("x"), "user", new Num(1))));
            assertThat(ids(schema, Constraint.and(new EqualTo("group", new Str("x")), new EqualTo("user", new Num(1)))))
                    .containsExactly("1");
            assertThatThrownBy(() -> insert(schema, "1"))
                    .isInstanceOfSatisfying(
                            ParseException.class, e -> assertThat(e.field()).isEqualTo("objectId"));
        }
    }
}
