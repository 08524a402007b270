package dev.kami.parse.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.op.FieldOp;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.query.ReadHints;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.SchemaChange.CreateClass;
import dev.kami.parse.schema.SchemaChange.IndexAuthData;
import dev.kami.parse.schema.SystemClasses;
import dev.kami.parse.storage.Find;
import dev.kami.parse.storage.Update;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Users by the id they have at a log-in provider. */
class AuthDataIndexTest {
    private static final ClassSchema USER = SystemClasses.initial("_User");

    @TempDir
    Path folder;

    private SqlStorage storage;

    @BeforeEach
    void open() {
        storage = EmbeddedDatabase.file(folder.resolve("parse"));
        storage.change("_User", List.of(new CreateClass(USER)));
    }

    @AfterEach
    void close() {
        storage.close();
    }

    private void index(String provider) {
        storage.change("_User", List.of(new IndexAuthData(provider)));
    }

    private void insert(String id, Obj authData) {
        Obj fields = Obj.of("objectId", new Str(id));
        storage.insert(USER, ParseObject.of("_User", authData == null ? fields : fields.with("authData", authData)));
    }

    private static Obj facebook(ParseValue id) {
        return Obj.of("facebook", Obj.of("id", id));
    }

    private static EqualTo byFacebook(String id) {
        return new EqualTo("authData.facebook.id", new Str(id));
    }

    private static Find find(Constraint where) {
        return new Find(USER, where, List.of(), 0, 2, null, false, ReadHints.NONE);
    }

    private List<String> found(Constraint where) {
        var ids = new ArrayList<String>();
        storage.find(find(where), user -> ids.add(user.objectId()));
        return ids;
    }

    private String plan(Constraint where) {
        return ((Obj) storage.explain(find(where))).text("plan");
    }

    @Test
    void aUserIsFoundByAnIndexOnTheIdOfAConfiguredProvider() {
        insert("before", facebook(new Str("f1")));
        index("facebook");
        insert("after", facebook(new Str("\"f2\" é € 𝄞")));
        assertThat(found(byFacebook("f1"))).containsExactly("before");
        assertThat(found(byFacebook("\"f2\" é € 𝄞"))).containsExactly("after");
        assertThat(found(byFacebook("nobody"))).isEmpty();
        assertThat(plan(byFacebook("f1")))
                .contains("_User_unique_authData_facebook_id")
                .doesNotContain("tableScan");
    }

    @Test
    void anIdThatLooksLikeAnotherTypeIsFoundAsText() {
        index("facebook");
        insert("list", facebook(new Array(List.of(new Str("x")))));
        insert("null", facebook(new Str("null")));
        assertThat(found(byFacebook("[\"x\"]"))).isEmpty();
        assertThat(found(byFacebook("null"))).containsExactly("null");
    }

    @Test
    void noTwoUsersHaveTheSameIdAtAProvider() {
        index("facebook");
        insert("a", facebook(new Str("f1")));
        assertThatThrownBy(() -> insert("b", facebook(new Str("f1"))))
                .isInstanceOfSatisfying(ParseException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(ErrorCode.DUPLICATE_VALUE);
                    assertThat(refused.field()).isEqualTo("_authData.facebook.id");
                });
        insert("c", facebook(new Str("F1")));
    }

    @Test
    void usersWithoutTheProviderAreNotInEachOthersWay() {
        index("facebook");
        insert("a", null);
        insert("b", null);
        insert("c", Obj.of("facebook", ParseValue.NULL));
        insert("d", facebook(ParseValue.NULL));
        insert("e", facebook(ParseValue.NULL));
        insert("f", Obj.of("facebook", Obj.EMPTY));
        assertThat(found(byFacebook("null"))).isEmpty();
    }

    @Test
    void anUpdateToTheIdOfAnotherUserIsRefused() {
        index("facebook");
        insert("a", facebook(new Str("f1")));
        insert("b", null);
        assertThatThrownBy(() -> set("b", "authData.facebook", Obj.of("id", new Str("f1")), Constraint.ALWAYS))
                .isInstanceOfSatisfying(ParseException.class, refused -> assertThat(refused.field())
                        .isEqualTo("_authData.facebook.id"));
    }

    @Test
    void anIdThatIsUnlinkedIsFree() {
        index("facebook");
        insert("a", facebook(new Str("f1")));
        var ops = new LinkedHashMap<String, FieldOp>();
        ops.put("authData.facebook", new FieldOp.Delete());
        storage.updateOne(new Update(USER, new EqualTo("objectId", new Str("a")), ops));
        insert("b", facebook(new Str("f1")));
        assertThat(found(byFacebook("f1"))).containsExactly("b");
    }

    @Test
    void whoHadTheSameIdBeforeKeepsItAndIsFound() {
        insert("a", facebook(new Str("f1")));
        insert("b", facebook(new Str("f1")));
        assertThatThrownBy(() -> index("facebook"))
                .isInstanceOfSatisfying(ParseException.class, refused -> assertThat(refused.code())
                        .isEqualTo(ErrorCode.DUPLICATE_VALUE));
        assertThat(found(byFacebook("f1"))).containsExactlyInAnyOrder("a", "b");
        assertThat(plan(byFacebook("f1"))).doesNotContain("tableScan");
        index("facebook");
    }

    @Test
    void theIndexIsThereAfterAStart() {
        index("facebook");
        index("my-own provider");
        insert("a", facebook(new Str("f1")));
        storage.close();
        storage = EmbeddedDatabase.file(folder.resolve("parse"));
        index("facebook");
        index("my-own provider");
        assertThat(found(byFacebook("f1"))).containsExactly("a");
        assertThat(plan(byFacebook("f1"))).doesNotContain("tableScan");
        assertThat(storage.loadSchemas())
                .allSatisfy(
                        schema -> assertThat(schema.fields().keySet()).noneMatch(field -> field.contains("facebook")));
    }

    private ParseObject set(String id, String path, ParseValue value, Constraint where) {
        var ops = new LinkedHashMap<String, FieldOp>();
        ops.put(path, new FieldOp.Set(value));
        return storage.updateOne(new Update(USER, Constraint.and(new EqualTo("objectId", new Str(id)), where), ops))
                .orElse(null);
    }

    @Test
    @Timeout(30)
    void ofManyWhoUseTheSameCodeAtOnceOneSucceeds() throws Exception {
        index("mfa");
        var codes = new Array(List.of(new Str("one"), new Str("two")));
        insert("a", Obj.of("mfa", Obj.of("secret", new Str("s"), "recovery", codes)));
        var unused = new EqualTo("authData.mfa.recovery", codes);
        Obj used = Obj.of("secret", new Str("s"), "recovery", new Array(List.of(new Str("two"))));
        int users = 8;
        var start = new CyclicBarrier(users);
        Callable<Boolean> use = () -> {
            start.await();
            return set("a", "authData.mfa", used, unused) != null;
        };
        try (var threads = Executors.newFixedThreadPool(users)) {
            long successes = 0;
            for (Future<Boolean> one : threads.invokeAll(java.util.Collections.nCopies(users, use))) {
                successes += one.get() ? 1 : 0;
            }
            assertThat(successes).isEqualTo(1);
        }
    }
}
