package dev.kami.parse.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.op.FieldOp;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.Compare;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.query.Constraint.In;
import dev.kami.parse.query.Constraint.JoinSide;
import dev.kami.parse.query.Constraint.Joined;
import dev.kami.parse.query.Constraint.Near;
import dev.kami.parse.query.Constraint.Order;
import dev.kami.parse.query.Constraint.Permitted;
import dev.kami.parse.query.Constraint.Text;
import dev.kami.parse.query.ReadHints;
import dev.kami.parse.query.SortKey;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.schema.FieldType.Kind;
import dev.kami.parse.schema.SchemaChange.AddField;
import dev.kami.parse.schema.SchemaChange.AddIndex;
import dev.kami.parse.schema.SchemaChange.ChangeFieldOptions;
import dev.kami.parse.schema.SchemaChange.CreateClass;
import dev.kami.parse.schema.SchemaChange.DropClass;
import dev.kami.parse.schema.SchemaChange.DropField;
import dev.kami.parse.schema.SchemaChange.DropIndex;
import dev.kami.parse.schema.SchemaChange.SetPermissions;
import dev.kami.parse.schema.SystemClasses;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Bytes;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.File;
import dev.kami.parse.value.ParseValue.GeoPoint;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Pointer;
import dev.kami.parse.value.ParseValue.Polygon;
import dev.kami.parse.value.ParseValue.Relation;
import dev.kami.parse.value.ParseValue.Str;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every storage adapter must do. An adapter is done when a test class implements this and passes. */
public interface StorageAdapterContract {
    /** An adapter on an empty database, the same one for the whole of a test; closed by the implementing class. */
    StorageAdapter storage();

    // -- the class and the objects that the tests use

    /** Class {@code Game} with a field of every type. */
    default ClassSchema game() {
        var fields = new LinkedHashMap<>(SystemClasses.initial("Game").fields());
        fields.put("name", FieldType.STRING);
        fields.put("score", FieldType.NUMBER);
        fields.put("won", FieldType.BOOLEAN);
        fields.put("playedAt", FieldType.DATE);
        fields.put("stats", FieldType.OBJECT);
        fields.put("tags", FieldType.ARRAY);
        fields.put("place", FieldType.of(Kind.GEO_POINT));
        fields.put("area", FieldType.of(Kind.POLYGON));
        fields.put("replay", FieldType.FILE);
        fields.put("seed", FieldType.of(Kind.BYTES));
        fields.put("owner", FieldType.pointer("_User"));
        fields.put("players", FieldType.relation("_User"));
        var schema = new ClassSchema("Game", fields, null, new LinkedHashMap<>());
        storage().change("Game", List.of(new CreateClass(schema)));
        return schema;
    }

    default ParseObject object(String id, Object... keysAndValues) {
        Obj fields = Obj.of("objectId", new Str(id), "createdAt", new Date(1000), "updatedAt", new Date(1000));
        var all = new LinkedHashMap<>(fields.fields());
        all.putAll(Obj.of(keysAndValues).fields());
        return ParseObject.of("Game", new Obj(all));
    }

    default void insert(ClassSchema schema, String id, Object... keysAndValues) {
        storage().insert(schema, object(id, keysAndValues));
    }

    default List<ParseObject> found(Find find) {
        var objects = new ArrayList<ParseObject>();
        storage().find(find, objects::add);
        return objects;
    }

    default List<String> ids(Find find) {
        return found(find).stream().map(ParseObject::objectId).toList();
    }

    default List<String> ids(ClassSchema schema, Constraint where) {
        return ids(Find.all(schema, where));
    }

    default Find sorted(ClassSchema schema, SortKey... keys) {
        return new Find(schema, Constraint.ALWAYS, List.of(keys), 0, -1, null, false, ReadHints.NONE);
    }

    default ParseObject get(ClassSchema schema, String id) {
        return found(Find.all(schema, id(id))).getFirst();
    }

    default Constraint id(String id) {
        return new EqualTo("objectId", new Str(id));
    }

    default SequencedMap<String, FieldOp> ops(Object... pathsAndOps) {
        var ops = new LinkedHashMap<String, FieldOp>();
        for (int i = 0; i < pathsAndOps.length; i += 2) {
            ops.put((String) pathsAndOps[i], (FieldOp) pathsAndOps[i + 1]);
        }
        return ops;
    }

    default ParseObject update(ClassSchema schema, String id, Object... pathsAndOps) {
        return storage().updateOne(new Update(schema, id(id), ops(pathsAndOps))).orElseThrow();
    }

    private static Num num(double value) {
        return new Num(value);
    }

    private static Str str(String value) {
        return new Str(value);
    }

    private static Array array(ParseValue... items) {
        return new Array(List.of(items));
    }

    /** Runs {@code task} for 0 to {@code count - 1} at once and waits for all of them. */
    static void inParallel(int count, ParallelTask task) throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Void>> tasks = IntStream.range(0, count)
                    .<Callable<Void>>mapToObj(i -> () -> {
                        task.run(i);
                        return null;
                    })
                    .toList();
            for (Future<Void> done : executor.invokeAll(tasks)) {
                done.get();
            }
        }
    }

    @FunctionalInterface
    interface ParallelTask {
        void run(int number) throws Exception;
    }

    // -- values

    @Test
    default void everyTypeComesBackAsItWasStored() {
        ClassSchema game = game();
        ParseObject stored = object(
                "g1",
                "name",
                str("Schach – ♞ 𝄞"),
                "score",
                num(12.5),
                "won",
                ParseValue.TRUE,
                "playedAt",
                new Date(1_598_000_000_123L),
                "stats",
                Obj.of("a", num(1), "when", new Date(5), "n", ParseValue.NULL, "who", new Pointer("_User", "u1")),
                "tags",
                array(str("red"), num(1e21), Obj.of("k", array()), ParseValue.NULL),
                "place",
                new GeoPoint(40.5, -30.25),
                "area",
                new Polygon(List.of(new GeoPoint(0, 0), new GeoPoint(0, 1), new GeoPoint(1, 1), new GeoPoint(0, 0))),
                "replay",
                new File("abc_replay.bin", null),
                "seed",
                new Bytes("AQID"),
                "owner",
                new Pointer("_User", "u1"),
                "ACL",
                Obj.of(
                        "*",
                        Obj.of("read", ParseValue.TRUE),
                        "u1",
                        Obj.of("read", ParseValue.TRUE, "write", ParseValue.TRUE)));
        storage().insert(game, stored);
        assertThat(get(game, "g1").without("players").toObj()).isEqualTo(stored.toObj());
        assertThat(get(game, "g1").get("players")).isEqualTo(new Relation("_User"));
    }

    @Test
    default void anOpenRingIsClosed() {
        ClassSchema game = game();
        insert(game, "g1", "area", new Polygon(List.of(new GeoPoint(0, 0), new GeoPoint(0, 1), new GeoPoint(1, 1))));
        assertThat(get(game, "g1").get("area"))
                .isEqualTo(new Polygon(
                        List.of(new GeoPoint(0, 0), new GeoPoint(0, 1), new GeoPoint(1, 1), new GeoPoint(0, 0))));
    }

    @Test
    default void absentFieldsStayAbsent() {
        ClassSchema game = game();
        insert(game, "g1", "name", ParseValue.NULL);
        if (storage().capabilities().contains(Capability.STORES_NULL)) {
            assertThat(get(game, "g1").get("name")).isEqualTo(ParseValue.NULL);
        } else {
            assertThat(get(game, "g1").has("name")).isFalse();
        }
        assertThat(get(game, "g1").has("score")).isFalse();
        assertThat(get(game, "g1").has("ACL")).isFalse();
    }

    @Test
    default void anAclThatNamesNobodyIsKept() {
        ClassSchema game = game();
        insert(game, "g1", "ACL", Obj.EMPTY);
        assertThat(get(game, "g1").get("ACL")).isEqualTo(Obj.EMPTY);
        assertThat(ids(game, new Permitted(false, Set.of("*", "u1")))).isEmpty();
    }

    @Test
    default void hostileTextsAreOnlyText() {
        ClassSchema game = game();
        List<String> texts =
                List.of("'; DROP TABLE \"Game\"; --", "\"", "\\", "%_!", "${x}", "?1", "{fn now()}", "a\ud800b");
        for (int i = 0; i < texts.size(); i++) {
            insert(game, "g" + i, "name", str(texts.get(i)), "tags", array(str(texts.get(i))));
        }
        for (int i = 0; i < texts.size() - 1; i++) {
            Str text = str(texts.get(i));
            assertThat(ids(game, new EqualTo("name", text))).containsExactly("g" + i);
            assertThat(ids(game, new EqualTo("tags", text))).containsExactly("g" + i);
        }
        assertThat(storage().count(Find.all(game, Constraint.ALWAYS))).isEqualTo(texts.size());
    }

    @Test
    default void largeTextsAreKept() {
        ClassSchema game = game();
        String text = "x".repeat(3_000_000);
        insert(game, "g1", "name", str(text), "tags", array(str(text)));
        assertThat(get(game, "g1").get("name")).isEqualTo(str(text));
        assertThat(get(game, "g1").get("tags")).isEqualTo(array(str(text)));
    }

    // -- find

    @Test
    default void aClassWithoutTableReadsAsEmpty() {
        ClassSchema ghost = SystemClasses.initial("Ghost");
        assertThat(ids(ghost, Constraint.ALWAYS)).isEmpty();
        assertThat(storage().count(Find.all(ghost, Constraint.ALWAYS))).isZero();
        assertThat(storage().distinct(Find.all(ghost, Constraint.ALWAYS), "objectId"))
                .isEmpty();
        assertThat(storage().delete(ghost, Constraint.ALWAYS)).isZero();
        assertThat(storage().updateOne(new Update(ghost, id("x"), ops()))).isEmpty();
    }

    @Test
    default void onlyWantedFieldsAndTheCommonOnesAreRead() {
        ClassSchema game = game();
        insert(game, "g1", "name", str("a"), "score", num(1), "ACL", Obj.EMPTY);
        var find = new Find(game, id("g1"), List.of(), 0, -1, Set.of("score"), false, ReadHints.NONE);
        assertThat(found(find).getFirst().without("players").fields())
                .containsExactlyInAnyOrder("objectId", "createdAt", "updatedAt", "score", "ACL");
    }

    @Test
    default void sortsMissingFirstAndTiesByInsertion() {
        ClassSchema game = game();
        insert(game, "c", "score", num(2));
        insert(game, "a", "score", num(10));
        insert(game, "b");
        insert(game, "d", "score", num(2));
        assertThat(ids(sorted(game, new SortKey("score", false)))).containsExactly("b", "c", "d", "a");
        assertThat(ids(sorted(game, new SortKey("score", true)))).containsExactly("a", "c", "d", "b");
        assertThat(ids(sorted(game, new SortKey("objectId", true)))).containsExactly("d", "c", "b", "a");
    }

    @Test
    default void sortsByMembersInTheOrderOfTypes() {
        ClassSchema game = game();
        insert(game, "text", "stats", Obj.of("k", str("a")));
        insert(game, "ten", "stats", Obj.of("k", num(10)));
        insert(game, "nine", "stats", Obj.of("k", num(9)));
        insert(game, "minus", "stats", Obj.of("k", num(-1)));
        insert(game, "none");
        insert(game, "true", "stats", Obj.of("k", ParseValue.TRUE));
        insert(game, "date", "stats", Obj.of("k", new Date(1)));
        insert(game, "object", "stats", Obj.of("k", Obj.of("x", num(1))));
        assertThat(ids(sorted(game, new SortKey("stats.k", false))))
                .containsExactly("none", "minus", "nine", "ten", "text", "object", "true", "date");
    }

    @Test
    default void skipsAndLimits() {
        ClassSchema game = game();
        for (int i = 0; i < 10; i++) {
            insert(game, "g" + i, "score", num(i));
        }
        var page = new Find(
                game, Constraint.ALWAYS, List.of(new SortKey("score", true)), 2, 3, null, false, ReadHints.NONE);
        assertThat(ids(page)).containsExactly("g7", "g6", "g5");
        assertThat(storage().count(page)).isEqualTo(10);
        assertThat(ids(new Find(game, Constraint.ALWAYS, List.of(), 0, 0, null, false, ReadHints.NONE)))
                .isEmpty();
    }

    @Test
    default void sortsByDistance() {
        ClassSchema game = game();
        insert(game, "far", "place", new GeoPoint(10, 10));
        insert(game, "near", "place", new GeoPoint(1, 1));
        insert(game, "nowhere");
        insert(game, "middle", "place", new GeoPoint(5, 5));
        Constraint all = new Near("place", new GeoPoint(0, 0), Double.POSITIVE_INFINITY);
        assertThat(ids(game, all)).containsExactly("near", "middle", "far");
        assertThat(ids(game, new Near("place", new GeoPoint(0, 0), Math.toRadians(8))))
                .containsExactly("near", "middle");
        assertThat(storage().count(Find.all(game, all))).isEqualTo(3);
    }

    @Test
    default void sortsByTextScore() {
        ClassSchema game = game();
        insert(game, "once", "name", str("a coffee in a very long text about tea and cakes"));
        insert(game, "twice", "name", str("coffee coffee"));
        insert(game, "none", "name", str("tea"));
        var where = new Text("name", "coffee", null, false, false);
        var find =
                new Find(game, where, List.of(new SortKey(SortKey.SCORE, false)), 0, -1, null, false, ReadHints.NONE);
        assertThat(ids(find)).containsExactly("twice", "once");
    }

    @Test
    default void ignoresCaseWhenAsked() {
        ClassSchema user = SystemClasses.initial("_User");
        storage().insert(user, object("u1", "username", str("Ann")).withClassName("_User"));
        Constraint where = new EqualTo("username", str("aNN"));
        assertThat(ids(Find.all(user, where))).isEmpty();
        assertThat(ids(new Find(user, where, List.of(), 0, -1, null, true, ReadHints.NONE)))
                .containsExactly("u1");
    }

    @Test
    default void internalFieldsOfUsersAreFields() {
        ClassSchema user = SystemClasses.initial("_User");
        storage()
                .insert(
                        user,
                        object("u1", "_hashed_password", str("$2a$"), "_password_history", array(str("h")))
                                .withClassName("_User"));
        ParseObject read = found(Find.all(user, id("u1"))).getFirst();
        assertThat(read.get("_hashed_password")).isEqualTo(str("$2a$"));
        assertThat(read.get("_password_history")).isEqualTo(array(str("h")));
    }

    @Test
    default void permissionsLimitWhoReadsAndWrites() {
        ClassSchema game = game();
        Obj read = Obj.of("read", ParseValue.TRUE);
        insert(game, "public");
        insert(game, "ann", "ACL", Obj.of("ann", read));
        insert(game, "role", "ACL", Obj.of("role:team", Obj.of("read", ParseValue.TRUE, "write", ParseValue.TRUE)));
        assertThat(ids(game, new Permitted(false, Set.of("*")))).containsExactly("public");
        assertThat(ids(game, new Permitted(false, Set.of("*", "ann")))).containsExactly("public", "ann");
        assertThat(ids(game, new Permitted(true, Set.of("*", "ann", "role:team"))))
                .containsExactly("public", "role");
    }

    @Test
    default void distinctValuesUnwindArraysAndLeaveOutNull() {
        ClassSchema game = game();
        insert(game, "a", "name", str("x"), "tags", array(num(1), num(2)), "owner", new Pointer("_User", "u1"));
        insert(game, "b", "name", str("y"), "tags", array(num(2), ParseValue.NULL), "stats", Obj.of("k", num(7)));
        insert(game, "c", "name", str("x"));
        Find all = Find.all(game, Constraint.ALWAYS);
        assertThat(storage().distinct(all, "name")).containsExactlyInAnyOrder(str("x"), str("y"));
        assertThat(storage().distinct(all, "tags")).containsExactlyInAnyOrder(num(1), num(2));
        assertThat(storage().distinct(all, "owner")).containsExactly(new Pointer("_User", "u1"));
        assertThat(storage().distinct(all, "stats.k")).containsExactly(num(7));
        assertThat(storage().distinct(all, "nothing")).isEmpty();
    }

    @Test
    default void explainsOrRefuses() {
        ClassSchema game = game();
        Find find = Find.all(game, id("g1"));
        if (storage().capabilities().contains(Capability.EXPLAIN)) {
            assertThat(storage().explain(find).toJson()).contains("plan");
        } else {
            assertThatThrownBy(() -> storage().explain(find)).isInstanceOf(ParseException.class);
        }
    }

    // -- write

    @Test
    default void aSecondObjectWithTheSameIdIsADuplicate() {
        ClassSchema game = game();
        insert(game, "g1");
        assertThatThrownBy(() -> insert(game, "g1"))
                .asInstanceOf(type(ParseException.class))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.DUPLICATE_VALUE);
                    assertThat(e.field()).isEqualTo("objectId");
                    assertThat(e).hasMessage("A duplicate value for a field with unique values was provided");
                });
    }

    @Test
    default void uniqueFieldsOfSystemClassesAreNamed() {
        ClassSchema user = SystemClasses.initial("_User");
        storage()
                .insert(
                        user,
                        object("u1", "username", str("ann"), "email", str("a@x"))
                                .withClassName("_User"));
        assertDuplicate("username", () -> storage()
                .insert(user, object("u2", "username", str("ann")).withClassName("_User")));
        assertDuplicate("email", () -> storage()
                .insert(
                        user,
                        object("u2", "username", str("bob"), "email", str("a@x"))
                                .withClassName("_User")));
        storage().insert(user, object("u3", "username", str("cat")).withClassName("_User"));
        assertDuplicate("username", () -> update(user, "u3", "username", new FieldOp.Set(str("ann"))));
        ClassSchema role = SystemClasses.initial("_Role");
        storage().insert(role, object("r1", "name", str("team")).withClassName("_Role"));
        assertDuplicate("name", () -> storage()
                .insert(role, object("r2", "name", str("team")).withClassName("_Role")));
        ClassSchema idempotency = SystemClasses.initial("_Idempotency");
        storage().insert(idempotency, object("i1", "reqId", str("q")).withClassName("_Idempotency"));
        assertDuplicate("reqId", () -> storage()
                .insert(idempotency, object("i2", "reqId", str("q")).withClassName("_Idempotency")));
    }

    /** Neither in the row nor in what an index finds. */
    @Test
    default void aRefusedUpdateLeavesNothing() {
        ClassSchema user = SystemClasses.initial("_User");
        storage().insert(user, object("u1", "email", str("ann@x")).withClassName("_User"));
        storage().insert(user, object("u2", "email", str("bob@x")).withClassName("_User"));
        assertDuplicate("email", () -> update(user, "u2", "email", new FieldOp.Set(str("ann@x"))));

        assertThat(get(user, "u2").get("email")).isEqualTo(str("bob@x"));
        update(user, "u2", "email", new FieldOp.Set(str("robert@x")));
        assertThat(ids(user, new EqualTo("email", str("robert@x")))).containsExactly("u2");
        assertThat(ids(user, new EqualTo("email", str("ann@x")))).containsExactly("u1");
    }

    private static void assertDuplicate(String field, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).asInstanceOf(type(ParseException.class)).satisfies(e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.DUPLICATE_VALUE);
            assertThat(e.field()).isEqualTo(field);
        });
    }

    @Test
    default void updateAnswersWithTheObjectAfterwards() {
        ClassSchema game = game();
        insert(game, "g1", "name", str("a"), "score", num(1), "won", ParseValue.TRUE);
        ParseObject after = update(
                game,
                "g1",
                "name",
                new FieldOp.Set(str("b")),
                "score",
                new FieldOp.Increment(2),
                "won",
                new FieldOp.Delete(),
                "updatedAt",
                new FieldOp.Set(new Date(2000)));
        assertThat(after.get("name")).isEqualTo(str("b"));
        assertThat(after.get("score")).isEqualTo(num(3));
        assertThat(after.has("won")).isFalse();
        assertThat(after.get("updatedAt")).isEqualTo(new Date(2000));
        assertThat(get(game, "g1")).isEqualTo(after);
    }

    @Test
    default void updateOfAnObjectThatDoesNotFitChangesNothing() {
        ClassSchema game = game();
        insert(game, "g1", "score", num(1));
        Constraint where = Constraint.and(id("g1"), new Compare("score", Order.GREATER, num(5)));
        assertThat(storage().updateOne(new Update(game, where, ops("score", new FieldOp.Increment(1)))))
                .isEmpty();
        assertThat(storage().updateOne(new Update(game, where, ops("tags", new FieldOp.Add(List.of(num(1)))))))
                .isEmpty();
        assertThat(get(game, "g1").get("score")).isEqualTo(num(1));
    }

    @Test
    default void updateOneChangesOnlyOne() {
        ClassSchema game = game();
        insert(game, "a", "name", str("x"));
        insert(game, "b", "name", str("x"));
        storage().updateOne(new Update(game, new EqualTo("name", str("x")), ops("score", new FieldOp.Set(num(1)))));
        assertThat(ids(game, new EqualTo("score", num(1)))).hasSize(1);
    }

    @Test
    default void updateManyCountsItsObjects() {
        ClassSchema game = game();
        for (int i = 0; i < 5; i++) {
            insert(game, "g" + i, "score", num(i));
        }
        Constraint where = new Compare("score", Order.GREATER, num(1));
        assertThat(storage().updateMany(new Update(game, where, ops("name", new FieldOp.Set(str("x"))))))
                .isEqualTo(3);
        assertThat(storage().updateMany(new Update(game, where, ops("tags", new FieldOp.Add(List.of(num(1)))))))
                .isEqualTo(3);
        assertThat(ids(game, new EqualTo("tags", num(1)))).containsExactlyInAnyOrder("g2", "g3", "g4");
    }

    @Test
    default void upsertUpdatesOrCreates() {
        ClassSchema game = game();
        var update = new Update(
                game, id("g1"), ops("score", new FieldOp.Increment(2), "name", new FieldOp.SetOnInsert(str("new"))));
        ParseObject created = storage().upsert(update, object("g1"));
        assertThat(created.get("score")).isEqualTo(num(2));
        assertThat(created.get("name")).isEqualTo(str("new"));
        update(game, "g1", "name", new FieldOp.Set(str("mine")));
        ParseObject updated = storage().upsert(update, object("g1"));
        assertThat(updated.get("score")).isEqualTo(num(4));
        assertThat(updated.get("name")).isEqualTo(str("mine"));
        assertThat(storage().count(Find.all(game, Constraint.ALWAYS))).isEqualTo(1);
    }

    @Test
    default void aclIsSetAndRemoved() {
        ClassSchema game = game();
        insert(game, "g1");
        Obj acl = Obj.of("ann", Obj.of("read", ParseValue.TRUE));
        assertThat(update(game, "g1", "ACL", new FieldOp.Set(acl)).get("ACL")).isEqualTo(acl);
        assertThat(update(game, "g1", "ACL", new FieldOp.Delete()).has("ACL")).isFalse();
    }

    @Test
    default void deleteCountsItsObjects() {
        ClassSchema game = game();
        for (int i = 0; i < 5; i++) {
            insert(game, "g" + i, "score", num(i));
        }
        assertThat(storage().delete(game, new In("score", List.of(num(1), num(2), num(9)))))
                .isEqualTo(2);
        assertThat(storage().delete(game, Constraint.ALWAYS)).isEqualTo(3);
    }

    // -- relations

    @Test
    default void joinRowsAreAddedOnceAndFoundFromBothSides() {
        ClassSchema game = game();
        insert(game, "g1");
        insert(game, "g2");
        String join = "_Join:players:Game";
        storage().link(join, "g1", List.of("u1", "u2", "u2"));
        storage().link(join, "g1", List.of("u2", "u3"));
        storage().link(join, "g2", List.of("u1"));
        assertThat(storage().linked(join, JoinSide.RELATED_ID, List.of("g1")))
                .containsExactlyInAnyOrder("u1", "u2", "u3");
        assertThat(storage().linked(join, JoinSide.OWNING_ID, List.of("u1"))).containsExactlyInAnyOrder("g1", "g2");
        assertThat(ids(game, new Joined(join, JoinSide.OWNING_ID, Set.of("u3"), false)))
                .containsExactly("g1");
        assertThat(ids(game, new Joined(join, JoinSide.OWNING_ID, Set.of("u3"), true)))
                .containsExactly("g2");
        storage().unlink(join, "g1", List.of("u3", "nobody"));
        assertThat(ids(game, new Joined(join, JoinSide.OWNING_ID, Set.of("u3"), false)))
                .isEmpty();
    }

    @Test
    default void aMissingJoinClassIsEmptyAndMadeByTheFirstLink() {
        ClassSchema game = game();
        insert(game, "g1");
        String join = "_Join:fans:Game";
        assertThat(ids(game, new Joined(join, JoinSide.OWNING_ID, Set.of("u"), false)))
                .isEmpty();
        assertThat(ids(game, new Joined(join, JoinSide.OWNING_ID, Set.of("u"), true)))
                .containsExactly("g1");
        storage().unlink(join, "g1", List.of("u"));
        storage().link(join, "g1", List.of("u"));
        assertThat(ids(game, new Joined(join, JoinSide.OWNING_ID, Set.of("u"), false)))
                .containsExactly("g1");
    }

    // -- classes

    @Test
    default void classesAreStoredWithFieldsPermissionsAndIndexes() {
        ClassSchema game = game();
        Obj permissions = Obj.of("find", Obj.of("*", ParseValue.TRUE));
        FieldType level = new FieldType(Kind.NUMBER, null, true, num(3));
        storage()
                .change(
                        "Game",
                        List.of(
                                new SetPermissions(permissions),
                                new AddField("level", level),
                                new AddIndex("byScore", Obj.of("score", num(-1), "name", num(1)))));
        ClassSchema stored = stored("Game");
        assertThat(stored.permissions()).isEqualTo(permissions);
        assertThat(stored.field("level")).isEqualTo(level);
        assertThat(stored.indexes()).containsOnlyKeys("byScore");
        assertThat(stored.fields()).containsAllEntriesOf(game.fields());
        storage()
                .change(
                        "Game",
                        List.of(
                                new SetPermissions(null),
                                new DropIndex("byScore"),
                                new ChangeFieldOptions("level", FieldType.NUMBER)));
        assertThat(stored("Game").permissions()).isNull();
        assertThat(stored("Game").indexes()).isEmpty();
        assertThat(stored("Game").field("level")).isEqualTo(FieldType.NUMBER);
    }

    default ClassSchema stored(String className) {
        return storage().loadSchemas().stream()
                .filter(schema -> schema.className().equals(className))
                .findFirst()
                .orElse(null);
    }

    @Test
    default void usersAndRolesAreThereFromTheStart() {
        assertThat(storage().loadSchemas()).extracting(ClassSchema::className).contains("_User", "_Role");
        assertThat(stored("_User")).isEqualTo(SystemClasses.initial("_User"));
        assertThat(stored("_Role")).isEqualTo(SystemClasses.initial("_Role"));
    }

    @Test
    default void changesThatHaveHappenedArePassedOver() {
        game();
        storage().change("Game", List.of(new AddField("level", FieldType.NUMBER)));
        game();
        storage().change("Game", List.of(new AddField("level", FieldType.NUMBER)));
        storage().change("Game", List.of(new DropField("level", FieldType.NUMBER)));
        storage().change("Game", List.of(new DropField("level", FieldType.NUMBER)));
        assertThat(stored("Game").field("level")).isNull();
        storage().change("Game", List.of(new DropClass()));
        storage().change("Game", List.of(new DropClass()));
        assertThat(stored("Game")).isNull();
    }

    @Test
    default void aFieldOfAnotherTypeIsRefused() {
        game();
        assertThatThrownBy(() -> storage().change("Game", List.of(new AddField("score", FieldType.STRING))))
                .asInstanceOf(type(ParseException.class))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.INCORRECT_TYPE);
                    assertThat(e).hasMessage("schema mismatch for Game.score; expected Number but got String");
                });
    }

    @Test
    default void aDroppedFieldLeavesNoValuesForItsSuccessor() {
        ClassSchema game = game();
        insert(game, "g1", "score", num(1));
        storage().change("Game", List.of(new DropField("score", FieldType.NUMBER)));
        storage().change("Game", List.of(new AddField("score", FieldType.NUMBER)));
        assertThat(get(stored("Game"), "g1").has("score")).isFalse();
        storage().change("Game", List.of(new DropField("score", FieldType.NUMBER)));
        storage().change("Game", List.of(new AddField("score", FieldType.STRING)));
        ClassSchema changed = stored("Game");
        update(changed, "g1", "score", new FieldOp.Set(str("high")));
        assertThat(get(changed, "g1").get("score")).isEqualTo(str("high"));
    }

    @Test
    default void manyFieldsOfOneTypeCanBeAdded() {
        ClassSchema schema = game();
        insert(schema, "g1");
        for (int i = 0; i < 40; i++) {
            storage().change("Game", List.of(new AddField("field" + i, FieldType.NUMBER)));
        }
        schema = stored("Game");
        for (int i = 0; i < 40; i++) {
            update(schema, "g1", "field" + i, new FieldOp.Set(num(i)));
        }
        assertThat(get(schema, "g1").get("field39")).isEqualTo(num(39));
        assertThat(ids(schema, new EqualTo("field20", num(20)))).containsExactly("g1");
    }

    // -- concurrency

    @Test
    default void parallelIncrementsLoseNothing() throws Exception {
        ClassSchema game = game();
        insert(game, "g1", "score", num(0), "stats", Obj.of("n", num(0)));
        inParallel(100, i -> update(game, "g1", "score", new FieldOp.Increment(1)));
        inParallel(100, i -> update(game, "g1", "stats.n", new FieldOp.Increment(1)));
        assertThat(get(game, "g1").get("score")).isEqualTo(num(100));
        assertThat(get(game, "g1").get("stats")).isEqualTo(Obj.of("n", num(100)));
    }

    @Test
    default void parallelAddsLoseNothing() throws Exception {
        ClassSchema game = game();
        insert(game, "g1");
        inParallel(100, i -> update(game, "g1", "tags", new FieldOp.Add(List.of(num(i)))));
        assertThat(((Array) get(game, "g1").get("tags")).items())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 100).<ParseValue>mapToObj(Num::new).toList());
    }

    @Test
    default void parallelIncrementsAnswerWithDifferentValues() throws Exception {
        ClassSchema game = game();
        insert(game, "g1");
        var answers = java.util.concurrent.ConcurrentHashMap.<ParseValue>newKeySet();
        inParallel(
                100,
                i -> answers.add(
                        update(game, "g1", "score", new FieldOp.Increment(1)).get("score")));
        assertThat(answers).hasSize(100);
    }

    @Test
    default void parallelUpsertsCreateOneObject() throws Exception {
        ClassSchema game = game();
        var update = new Update(game, id("g1"), ops("score", new FieldOp.Increment(1)));
        inParallel(50, i -> storage().upsert(update, object("g1")));
        assertThat(get(game, "g1").get("score")).isEqualTo(num(50));
    }

    @Test
    default void parallelChangesOfClassesGiveNoError() throws Exception {
        var schema = SystemClasses.initial("Race");
        inParallel(30, i -> {
            storage().change("Race", List.of(new CreateClass(schema)));
            storage().change("Race", List.of(new AddField("same", FieldType.NUMBER)));
            storage().change("Race", List.of(new AddField("field" + i % 10, FieldType.STRING)));
            ClassSchema now = stored("Race");
            storage()
                    .insert(
                            now,
                            object("r" + i, "same", num(i), "field" + i % 10, str("x"))
                                    .withClassName("Race"));
        });
        ClassSchema after = stored("Race");
        assertThat(after.fields()).containsKeys("same", "field0", "field9");
        assertThat(storage().count(Find.all(after, new EqualTo("field3", str("x")))))
                .isEqualTo(3);
    }

    @Test
    default void parallelLinksGiveNoError() throws Exception {
        game();
        inParallel(50, i -> storage().link("_Join:players:Game", "g1", List.of("u" + i % 5, "u" + (i + 1) % 5)));
        assertThat(storage().linked("_Join:players:Game", JoinSide.RELATED_ID, List.of("g1")))
                .hasSize(5);
    }

    // -- transactions

    @Test
    default void aTransactionIsAllOrNothing() throws Exception {
        ClassSchema game = game();
        storage().inTransaction(() -> {
            insert(game, "g1");
            return storage().inTransaction(() -> {
                insert(game, "g2");
                return null;
            });
        });
        assertThat(ids(game, Constraint.ALWAYS)).containsExactly("g1", "g2");
        assertThatThrownBy(() -> storage().inTransaction(() -> {
                    insert(game, "g3");
                    update(game, "g1", "score", new FieldOp.Set(num(1)), "tags", new FieldOp.Add(List.of(num(1))));
                    storage().delete(game, id("g2"));
                    storage().link("_Join:players:Game", "g1", List.of("u1"));
                    throw new ParseException(ErrorCode.SCRIPT_FAILED, "no");
                }))
                .hasMessage("no");
        assertThat(ids(game, Constraint.ALWAYS)).containsExactly("g1", "g2");
        assertThat(get(game, "g1").has("score")).isFalse();
        assertThat(storage().linked("_Join:players:Game", JoinSide.RELATED_ID, List.of("g1")))
                .isEmpty();
    }

    @Test
    default void aTransactionReadsItsOwnWrites() throws Exception {
        ClassSchema game = game();
        storage().inTransaction(() -> {
            insert(game, "g1", "score", num(1));
            assertThat(ids(game, id("g1"))).containsExactly("g1");
            return null;
        });
    }

    @Test
    default void aDuplicateInsideATransactionUndoesAllOfIt() {
        ClassSchema game = game();
        insert(game, "g1");
        assertThatThrownBy(() -> storage().inTransaction(() -> {
                    insert(game, "g2");
                    insert(game, "g1");
                    return null;
                }))
                .isInstanceOf(ParseException.class);
        assertThat(ids(game, Constraint.ALWAYS)).containsExactly("g1");
    }

    @Test
    default void classesMayGrowInsideATransaction() throws Exception {
        ClassSchema game = game();
        storage().inTransaction(() -> {
            insert(game, "g1");
            storage().change("Game", List.of(new AddField("level", FieldType.NUMBER)));
            storage().change("Other", List.of(new CreateClass(SystemClasses.initial("Other"))));
            insert(stored("Game"), "g2", "level", num(7));
            storage().insert(stored("Other"), object("o1").withClassName("Other"));
            return null;
        });
        ClassSchema grown = stored("Game");
        assertThat(ids(grown, new EqualTo("level", num(7)))).containsExactly("g2");
        assertThat(ids(sorted(grown, new SortKey("level", true)))).containsExactly("g2", "g1");
        assertThat(update(grown, "g1", "level", new FieldOp.Increment(2)).get("level"))
                .isEqualTo(num(2));
        assertThat(storage().distinct(Find.all(grown, Constraint.ALWAYS), "level"))
                .containsExactlyInAnyOrder(num(7), num(2));
        assertThat(ids(stored("Other"), Constraint.ALWAYS)).containsExactly("o1");
    }

    @Test
    default void manyTransactionsThatGrowOneClassGiveNoError() throws Exception {
        ClassSchema game = game();
        inParallel(40, i -> storage().inTransaction(() -> {
            insert(game, "a" + i);
            storage().change("Game", List.of(new AddField("level" + i % 4, FieldType.NUMBER)));
            insert(stored("Game"), "b" + i, "level" + i % 4, num(i));
            return null;
        }));
        ClassSchema grown = stored("Game");
        assertThat(storage().count(Find.all(grown, Constraint.ALWAYS))).isEqualTo(80);
        assertThat(ids(grown, new EqualTo("level3", num(7)))).containsExactly("b7");
    }

    @Test
    default void pingAnswers() {
        storage().ping();
    }

    // -- whole classes

    /** The adapter with the default methods of the port instead of its own. */
    private StorageAdapter withDefaults() {
        StorageAdapter storage = storage();
        return (StorageAdapter) Proxy.newProxyInstance(
                StorageAdapter.class.getClassLoader(),
                new Class<?>[] {StorageAdapter.class},
                (proxy, method, arguments) -> {
                    if (method.isDefault()) {
                        return InvocationHandler.invokeDefault(proxy, method, arguments);
                    }
                    try {
                        return method.invoke(storage, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static List<ParseObject> scanned(StorageAdapter storage, ClassSchema schema, String... after) {
        var page = new ArrayList<ParseObject>();
        storage.scan(schema, List.of(after), 4, page::add);
        return page;
    }

    @Test
    default void manyObjectsAreInsertedAtOnce() {
        ClassSchema game = game();
        storage().insertAll(game, List.of());
        storage()
                .insertAll(
                        game,
                        List.of(
                                object(
                                        "g1",
                                        "name",
                                        str("x"),
                                        "tags",
                                        array(num(1)),
                                        "ACL",
                                        Obj.of("u1", Obj.of("read", ParseValue.TRUE))),
                                object(
                                        "g2",
                                        "score",
                                        num(1.5),
                                        "players",
                                        new Relation("_User"),
                                        "owner",
                                        new Pointer("_User", "u1")),
                                object("g3")));
        insert(game, "g4", "score", num(1.5), "owner", new Pointer("_User", "u1"));
        assertThat(get(game, "g1").get("tags")).isEqualTo(array(num(1)));
        assertThat(get(game, "g1").get("ACL")).isEqualTo(Obj.of("u1", Obj.of("read", ParseValue.TRUE)));
        assertThat(get(game, "g2").with("objectId", str("g4"))).isEqualTo(get(game, "g4"));
        assertThat(get(game, "g3").has("name")).isFalse();
        withDefaults().insertAll(game, List.of(object("g5"), object("g6")));
        assertThat(storage().count(Find.all(game, Constraint.ALWAYS))).isEqualTo(6);
    }

    @Test
    default void manyObjectsAreInsertedTogetherOrNot() {
        ClassSchema game = game();
        insert(game, "g3");
        for (StorageAdapter storage : List.of(storage(), withDefaults())) {
            assertThatThrownBy(() -> storage.insertAll(game, List.of(object("g1"), object("g2"), object("g3"))))
                    .isInstanceOfSatisfying(
                            ParseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DUPLICATE_VALUE));
            if (storage.capabilities().contains(Capability.TRANSACTIONS)) {
                assertThat(ids(game, Constraint.ALWAYS)).containsExactly("g3");
            }
        }
    }

    @Test
    default void aClassIsReadInPages() {
        ClassSchema game = game();
        for (String id : List.of("b", "B", "a9", "Z", "10", "ä", "a")) {
            insert(game, id, "name", str(id));
        }
        for (StorageAdapter storage : List.of(storage(), withDefaults())) {
            List<ParseObject> first = scanned(storage, game);
            List<ParseObject> second = scanned(storage, game, first.getLast().objectId());
            assertThat(first).hasSize(4);
            assertThat(second).hasSize(3);
            assertThat(scanned(storage, game, second.getLast().objectId())).isEmpty();
            assertThat(Stream.concat(first.stream(), second.stream()).map(ParseObject::objectId))
                    .containsExactlyInAnyOrder("b", "B", "a9", "Z", "10", "ä", "a");
            assertThat(first.getFirst().get("name"))
                    .isEqualTo(str(first.getFirst().objectId()));
            assertThat(scanned(storage, SystemClasses.initial("Missing"))).isEmpty();
        }
    }

    @Test
    default void joinRowsAreInsertedAndReadInPages() {
        game();
        ClassSchema join = SystemClasses.initial("_Join:players:Game");
        storage().insertAll(join, List.of(row("u1", "g1"), row("u1", "g2"), row("u1", "g3")));
        withDefaults().insertAll(join, List.of(row("u1", "g4"), row("u2", "g1"), row("u3", "g1")));
        assertThat(storage().linked("_Join:players:Game", JoinSide.RELATED_ID, List.of("g1")))
                .containsExactlyInAnyOrder("u1", "u2", "u3");
        for (StorageAdapter storage : List.of(storage(), withDefaults())) {
            assertThat(scanned(storage, join).stream().map(row -> ScanKey.of(join, row)))
                    .containsExactly(
                            List.of("u1", "g1"), List.of("u1", "g2"), List.of("u1", "g3"), List.of("u1", "g4"));
            assertThat(scanned(storage, join, "u1", "g3").stream().map(row -> ScanKey.of(join, row)))
                    .containsExactly(List.of("u1", "g4"), List.of("u2", "g1"), List.of("u3", "g1"));
        }
    }

    private static ParseObject row(String relatedId, String owningId) {
        return ParseObject.of("_Join:players:Game", Obj.of("relatedId", str(relatedId), "owningId", str(owningId)));
    }

    @Test
    default void aClassWithoutIdsComesAsOnePage() {
        ClassSchema hooks = SystemClasses.initial("_Hooks");
        for (int i = 0; i < 6; i++) {
            storage()
                    .insertAll(
                            hooks,
                            List.of(ParseObject.of(
                                    "_Hooks", Obj.of("functionName", str("f" + i), "url", str("https://x.test")))));
        }
        assertThat(scanned(storage(), hooks)).hasSize(6);
        assertThat(scanned(withDefaults(), hooks)).hasSize(6);
    }
}
