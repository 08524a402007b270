package dev.kami.parse.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.Compare;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.query.Constraint.In;
import dev.kami.parse.query.Constraint.JoinSide;
import dev.kami.parse.query.Constraint.Joined;
import dev.kami.parse.query.Constraint.Near;
import dev.kami.parse.query.Constraint.Order;
import dev.kami.parse.query.Constraint.Regex;
import dev.kami.parse.query.Constraint.Text;
import dev.kami.parse.query.ReadHints;
import dev.kami.parse.query.SortKey;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.schema.FieldType.Kind;
import dev.kami.parse.schema.SchemaChange.AddIndex;
import dev.kami.parse.schema.SchemaChange.CreateClass;
import dev.kami.parse.schema.SchemaChange.DropIndex;
import dev.kami.parse.schema.SchemaChange.IndexAuthData;
import dev.kami.parse.schema.SystemClasses;
import dev.kami.parse.storage.Capability;
import dev.kami.parse.storage.Find;
import dev.kami.parse.storage.StorageOpenException;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.GeoPoint;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Pointer;
import dev.kami.parse.value.ParseValue.Str;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which index answers what, told by plans for which reading a table is the last resort. */
class PostgresIndexesTest {
    private final TestPostgres server = TestPostgres.server();
    private String address;
    private SqlStorage storage;
    private ClassSchema game;

    @BeforeEach
    void open() {
        address = server.prepared();
        storage = TestPostgres.open(address + "?options=-c%20enable_seqscan%3Doff");
        var fields = new LinkedHashMap<>(SystemClasses.initial("Game").fields());
        fields.put("name", FieldType.STRING);
        fields.put("score", FieldType.NUMBER);
        fields.put("tags", FieldType.ARRAY);
        fields.put("owner", FieldType.pointer("_User"));
        fields.put("place", FieldType.of(Kind.GEO_POINT));
        fields.put("fans", FieldType.relation("_User"));
        game = new ClassSchema("Game", fields, null, new LinkedHashMap<>());
        storage.change("Game", List.of(new CreateClass(game)));
    }

    @AfterEach
    void close() {
        storage.close();
        server.drop(address);
    }

    private String plan(ClassSchema schema, Constraint where, SortKey... sort) {
        return storage.explain(new Find(schema, where, List.of(sort), 0, 10, null, false, ReadHints.NONE))
                .toJson();
    }

    private String plan(Constraint where, SortKey... sort) {
        return plan(game, where, sort);
    }

    @Test
    void idsAreFoundAndOrderedByThePrimaryKey() {
        assertThat(plan(new EqualTo("objectId", new Str("a")))).contains("Game_pkey");
        assertThat(plan(new In("objectId", List.of(new Str("a"), new Str("b")))))
                .contains("Game_pkey");
        assertThat(plan(new Compare("objectId", Order.GREATER, new Str("a")), new SortKey("objectId", false)))
                .contains("Game_pkey")
                .doesNotContain("\"Sort\"");
    }

    @Test
    void pointersAndMembersOfRelationsAreFoundByIndexes() {
        assertThat(plan(new EqualTo("owner", new Pointer("_User", "u1")))).contains("Game.owner");
        assertThat(plan(new Joined("_Join:fans:Game", JoinSide.OWNING_ID, Set.of("u1"), false)))
                .contains("_Join:fans:Game_pkey");
        assertThat(plan(
                        SystemClasses.initial("_User"),
                        new Joined("_Join:fans:Game", JoinSide.RELATED_ID, Set.of("g1"), false)))
                .contains("_Join:fans:Game.owningId");
    }

    @Test
    void namesOfUsersAreFoundWithAndWithoutCase() {
        ClassSchema user = SystemClasses.initial("_User");
        Constraint ann = new EqualTo("username", new Str("Ann"));
        assertThat(plan(user, ann)).contains("_User_unique_username");
        assertThat(storage.explain(new Find(user, ann, List.of(), 0, 1, null, true, ReadHints.NONE))
                        .toJson())
                .contains("case_insensitive_username");
    }

    @Test
    void theIndexesOfTheApplicationServeEqualityRangesOrderAndElements() {
        storage.change(
                "Game",
                List.of(
                        new AddIndex("byName", Obj.of("name", new Num(1))),
                        new AddIndex("byScore", Obj.of("score", new Num(-1))),
                        new AddIndex("byTag", Obj.of("tags", new Num(1)))));
        assertThat(plan(new EqualTo("name", new Str("x")))).contains("byName");
        assertThat(plan(new Regex("name", "^\\Qab\\E", ""))).contains("byName");
        assertThat(plan(new Regex("name", "^ab.*c", ""))).contains("byName");
        assertThat(plan(Constraint.ALWAYS, new SortKey("name", false))).contains("byName");
        assertThat(plan(new Compare("score", Order.GREATER, new Num(5)))).contains("byScore");
        assertThat(plan(Constraint.ALWAYS, new SortKey("score", true))).contains("byScore");
        assertThat(plan(Constraint.ALWAYS, new SortKey("score", false))).contains("byScore");
        assertThat(plan(new EqualTo("tags", new Str("red")))).contains("byTag");
        storage.change("Game", List.of(new DropIndex("byName")));
        assertThat(plan(new EqualTo("name", new Str("x")))).doesNotContain("byName");
    }

    @Test
    void twoClassesMayHaveAnIndexOfTheSameName() {
        ClassSchema other = SystemClasses.initial("Other").withField("name", FieldType.STRING);
        storage.change("Other", List.of(new CreateClass(other)));
        for (String className : List.of("Game", "Other")) {
            storage.change(className, List.of(new AddIndex("same", Obj.of("name", new Num(1)))));
        }
        assertThat(plan(new EqualTo("name", new Str("x")))).contains("\"same\"");
        assertThat(plan(other, new EqualTo("name", new Str("x")))).contains("Other:same");
        storage.change("Other", List.of(new DropIndex("same")));
        assertThat(plan(new EqualTo("name", new Str("x")))).contains("\"same\"");
        assertThat(plan(other, new EqualTo("name", new Str("x")))).doesNotContain("same");
    }

    @Test
    void placesAreNarrowedByAnIndex() {
        assertThat(plan(new Near("place", new GeoPoint(10, 10), 0.01))).contains("Game.place");
    }

    @Test
    void theFirstTextSearchBringsItsIndex() {
        var search = new Text("name", "coffee", null, false, false);
        assertThat(plan(search)).doesNotContain("Game.name_text");
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> plan(search)
                .contains("Game.name_text"));
        String huge = "word ".repeat(1_000_000);
        storage.insert(game, ParseObject.of("Game", Obj.of("objectId", new Str("g"), "name", new Str(huge))));
    }

    @Test
    void aUserIsFoundByTheIdAtALogInProvider() {
        ClassSchema user = SystemClasses.initial("_User");
        var byId = new EqualTo("authData.my-own provider.id", new Str("f1"));
        storage.change("_User", List.of(new IndexAuthData("my-own provider")));
        insertUser("u1", new Str("f1"));
        assertThat(plan(user, byId)).contains("_User_unique_authData_my-own provider_id");
        assertThat(storage.count(Find.all(user, byId))).isEqualTo(1);
        assertThatThrownBy(() -> insertUser("u2", new Str("f1")))
                .isInstanceOfSatisfying(ParseException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(ErrorCode.DUPLICATE_VALUE);
                    assertThat(refused.field()).isEqualTo("_authData.my-own provider.id");
                });
        insertUser("u3", new Num(5));
        assertThat(storage.count(Find.all(user, new EqualTo("authData.my-own provider.id", new Str("5")))))
                .isZero();
    }

    @Test
    void usersWithTheSameIdAtAProviderStayAndAreFound() {
        insertUser("u1", new Str("f1"));
        insertUser("u2", new Str("f1"));
        assertThatThrownBy(() -> storage.change("_User", List.of(new IndexAuthData("my-own provider"))))
                .isInstanceOfSatisfying(ParseException.class, refused -> assertThat(refused.code())
                        .isEqualTo(ErrorCode.DUPLICATE_VALUE));
        var byId = new EqualTo("authData.my-own provider.id", new Str("f1"));
        ClassSchema user = SystemClasses.initial("_User");
        assertThat(storage.count(Find.all(user, byId))).isEqualTo(2);
        assertThat(plan(user, byId)).contains("_User_authData_my-own provider_id");
    }

    private void insertUser(String id, ParseValue providerId) {
        Obj authData = Obj.of("my-own provider", Obj.of("id", providerId));
        storage.insert(
                SystemClasses.initial("_User"),
                ParseObject.of("_User", Obj.of("objectId", new Str(id), "authData", authData)));
    }

    // -- what PostgreSQL cannot do

    @Test
    void namesThatPostgresWouldCutAreRefused() {
        String name = "A".repeat(64);
        assertThatThrownBy(() -> storage.change(name, List.of(new CreateClass(SystemClasses.initial(name)))))
                .isInstanceOf(ParseException.class)
                .hasMessageContaining("too long");
    }

    @Test
    void aTextWithTheCharacterNulIsRefused() {
        assertThat(storage.capabilities()).doesNotContain(Capability.NUL_IN_TEXT);
        for (Object[] fields : List.of(
                new Object[] {"objectId", new Str("g1"), "name", new Str("a\0b")},
                new Object[] {"objectId", new Str("g1"), "tags", new ParseValue.Array(List.of(new Str("a\0b")))})) {
            assertThatThrownBy(() -> storage.insert(game, ParseObject.of("Game", Obj.of(fields))))
                    .isInstanceOfSatisfying(ParseException.class, refused -> assertThat(refused.code())
                            .isEqualTo(ErrorCode.INVALID_VALUE));
        }
    }

    @Test
    void backupsAreLeftToTheDatabase() {
        assertThat(storage.capabilities()).doesNotContain(Capability.BACKUP);
        assertThatThrownBy(() -> storage.backup(Path.of("never")))
                .isInstanceOf(StorageOpenException.class)
                .hasMessageContaining("pg_dump");
    }
}
