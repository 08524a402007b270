package dev.kami.parse.rest;

import static dev.kami.parse.rest.ObjectCore.as;
import static dev.kami.parse.rest.ObjectCore.json;
import static dev.kami.parse.rest.ObjectCore.nobody;
import static dev.kami.parse.rest.ObjectCore.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kami.parse.auth.Auth;
import dev.kami.parse.auth.Caller;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.log.Log;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.schema.SchemaChange.AddField;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue.Str;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestWriteTest {
    private final ObjectCore core = new ObjectCore();

    @AfterEach
    void close() {
        core.close();
    }

    @Test
    void runsItsStagesInTheDocumentedOrder() {
        var write = new RestWrite(
                core.database,
                core.schemas,
                core.accounts,
                null,
                null,
                ObjectCore.OPTIONS,
                () -> "",
                () -> core.now,
                null,
                Log.off());

        assertThat(write.stageNames())
                .containsExactly(
                        "ClassAccess",
                        "ObjectIdRules",
                        "ClientClassCreation",
                        "InstallationRules",
                        "SessionRules",
                        "Credentials",
                        "AuthDataRules",
                        "RestrictedFields",
                        "ResetTokenCleanup",
                        "SchemaCheck",
                        "RequiredColumns",
                        "DefaultValues",
                        "CreatePermission",
                        "UserRules",
                        "OwnAcl",
                        "Denylist",
                        "NestedValues",
                        "DuplicateSessions",
                        "Store",
                        "SessionToken",
                        "FollowUp",
                        "UnconfirmedSignUp",
                        "Answer");
    }

    @Test
    void aCreatedObjectIsAnsweredWithIdDateAndLocation() {
        WriteResult result = core.create(nobody(), "Game", "{'score':1337,'cheatMode':false}");

        assertThat(result.status()).isEqualTo(201);
        String id = result.body().text("objectId");
        assertThat(id).matches("[A-Za-z0-9]{10}");
        assertThat(result.body()).isEqualTo(json("{'objectId':'" + id + "','createdAt':'2026-01-02T03:04:05.678Z'}"));
        assertThat(result.location()).isEqualTo("http://localhost:1337/parse/classes/Game/" + id);
        assertThat(core.get(nobody(), "Game", id).toString())
                .contains("\"score\":1337", "\"updatedAt\":\"2026-01-02T03:04:05.678Z\"")
                .doesNotContain("ACL");
    }

    @Test
    void anUpdateIsAnsweredWithItsDateAndTheResultsOfOperations() {
        String id = core.create("Game", "{'score':1,'tags':['a'],'o':{'n':1},'name':'x'}");
        core.now = core.now.plusSeconds(1);

        WriteResult result = core.update(
                nobody(),
                "Game",
                id,
                "{'name':'y','score':{'__op':'Increment','amount':2},'o.n':{'__op':'Increment','amount':5},"
                        + "'tags':{'__op':'AddUnique','objects':['a','b']}}");

        assertThat(result.status()).isEqualTo(200);
        assertThat(result.location()).isNull();
        assertThat(result.body())
                .isEqualTo(json("{'score':3,'o':{'n':6},'tags':['a','b'],'updatedAt':'2026-01-02T03:04:06.678Z'}"));
    }

    @Test
    void operationsOnANewObjectGiveItsFirstValues() {
        WriteResult result = core.create(
                nobody(),
                "Game",
                "{'n':{'__op':'Increment','amount':3},'a':{'__op':'Add','objects':[1]},"
                        + "'r':{'__op':'Remove','objects':[1]},'d':{'__op':'Delete'},"
                        + "'s':{'__op':'SetOnInsert','amount':4},'x.y':1,'x.z.w':2}");

        assertThat(result.body().get("n")).isEqualTo(value("3"));
        assertThat(result.body().get("a")).isEqualTo(value("[1]"));
        assertThat(result.body().get("r")).isEqualTo(value("[]"));
        assertThat(result.body().get("s")).isEqualTo(value("4"));
        ParseObject game = core.get(nobody(), "Game", result.body().text("objectId"));
        assertThat(game.get("x")).isEqualTo(value("{'y':1,'z':{'w':2}}"));
        assertThat(game.has("d")).isFalse();
        assertThat(core.schemas.find("Game").field("d")).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'9a':1}|INVALID_KEY_NAME|Invalid field name: 9a.",
                "{'_a':1}|INVALID_KEY_NAME|Invalid field name: _a.",
                "{'length':1}|INVALID_KEY_NAME|Invalid field name: length.",
                "{'className':'x'}|INVALID_KEY_NAME|Invalid field name: className.",
                "{'__proto__':{'a':1}}|INVALID_KEY_NAME|Invalid field name: __proto__.",
                "{'constructor':1}|INVALID_KEY_NAME|Prohibited keyword in request data: {\"key\":\"constructor\"}.",
                "{'a':[{'constructor':1}]}|INVALID_KEY_NAME|Prohibited keyword in request data: {\"key\":\"constructor\"}.",
                "{'o':{'a.b':1}}|INVALID_NESTED_KEY|Nested keys should not contain the '$' or '.' characters",
                "{'o':[{'x':{'a$b':1}}]}|INVALID_NESTED_KEY|Nested keys should not contain the '$' or '.' characters",
                "{'objectId':'x'}|INVALID_KEY_NAME|objectId is an invalid field name.",
                "{'id':'x'}|INVALID_KEY_NAME|id is an invalid field name.",
                "{'score':'x'}|INCORRECT_TYPE|schema mismatch for Game.score; expected Number but got String",
                "{'score':{'__op':'Add','objects':[]}}|INCORRECT_TYPE|schema mismatch for Game.score; expected Number but got Array",
                "{'owner':{'__type':'Pointer','className':'Game','objectId':'x'}}|INCORRECT_TYPE|schema mismatch for Game.owner; expected Pointer<_User> but got Pointer<Game>",
                "{'createdAt':'2020-01-01T00:00:00.000Z'}|INCORRECT_TYPE|schema mismatch for Game.createdAt; expected Date but got String",
                "{'d':{'__type':'Date','iso':'no'}}|INCORRECT_TYPE|This is not a valid Date",
                "{'d':{'__type':'Nothing'}}|INCORRECT_TYPE|This is not a valid Nothing",
                "{'g':{'__type':'GeoPoint','latitude':1,'longitude':2},'h':{'__type':'GeoPoint','latitude':1,'longitude':2}}|INCORRECT_TYPE|there can only be one geopoint field in a class",
                "{'g':{'__type':'GeoPoint','latitude':1,'longitude':2}}|INCORRECT_TYPE|MongoDB only supports one GeoPoint field in a class.",
                "{'a':{'__op':'Multiply'}}|COMMAND_UNAVAILABLE|The Multiply operator is not supported yet.",
                "{'a':{'__op':'Add','objects':1}}|INVALID_JSON|objects to add must be an array",
                "{'ACL':{'*unresolved':{'read':true}}}|INVALID_ACL|Invalid ACL.",
                "{'ACL':'x'}|INVALID_ACL|Invalid ACL.",
                "{'authData.x':1}|INVALID_KEY_NAME|Invalid field name for update: authData.x"
            })
    void aBodyThatCannotBeStoredIsRefusedAndLeavesNothing(String body, ErrorCode code, String text) {
        core.create(
                "Game",
                "{'score':1,'here':{'__type':'GeoPoint','latitude':1,'longitude':2},"
                        + "'owner':{'__type':'Pointer','className':'_User','objectId':'u'}}");
        var before = core.schemas.find("Game");

        assertThatThrownBy(() -> core.create(nobody(), "Game", body))
                .isInstanceOf(ParseException.class)
                .hasMessage(text)
                .extracting(e -> ((ParseException) e).code())
                .isEqualTo(code);
        assertThat(core.schemas.find("Game")).isSameAs(before);
        assertThat(core.where(Caller.SERVER, "Game", "{}")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"a-b", "1a", "_Own", "length", "'a b'", "_Join:a"})
    void aClassNameThatIsNoneIsRefused(String className) {
        assertThatThrownBy(() -> core.create(Caller.SERVER, className, "{'a':1}"))
                .isInstanceOf(ParseException.class)
                .hasMessage("schema class name does not revalidate");
    }

    @Test
    void updatingAnObjectThatIsNotThereIsNotFound() {
        core.create("Game", "{}");

        assertThatThrownBy(() -> core.update(nobody(), "Game", "nope", "{'a':1}"))
                .isInstanceOf(ParseException.class)
                .hasMessage("Object not found.");
        assertThatThrownBy(() -> core.update(nobody(), "Unknown", "nope", "{'a':1}"))
                .isInstanceOf(ParseException.class)
                .hasMessage("Object not found.");
        assertThat(core.schemas.find("Unknown")).isNull();
    }

    @Test
    void nullClearsAFieldAndAddsNone() {
        String id = core.create("Game", "{'a':1,'b':null}");

        core.update(nobody(), "Game", id, "{'a':null,'c':null}");

        assertThat(core.get(nobody(), "Game", id).fields())
                .containsExactlyInAnyOrder("objectId", "createdAt", "updatedAt");
        assertThat(core.schemas.find("Game").fields().keySet()).doesNotContain("b", "c");
    }

    @Test
    void anAclIsStoredAsWhatItGrants() {
        String id =
                core.create("Game", "{'ACL':{'u':{'read':true,'write':false},'role:R':{'write':true},'x':{},'y':1}}");

        assertThat(core.get(Caller.SERVER, "Game", id).get("ACL"))
                .isEqualTo(json("{'u':{'read':true},'role:R':{'write':true}}"));
    }

    @Test
    void aDeletedAclClosesTheObject() {
        String id = core.create("Game", "{'a':1}");

        core.update(nobody(), "Game", id, "{'ACL':{'__op':'Delete'}}");

        assertThat(core.get(Caller.SERVER, "Game", id).get("ACL")).isEqualTo(json("{}"));
        assertThat(core.where(nobody(), "Game", "{}")).isEmpty();
    }

    @Test
    void aFileKeepsItsNameAndGetsItsAddressWhenRead() {
        String id = core.create("Game", "{'f':{'__type':'File','name':'a b.txt','url':'http://elsewhere/x'}}");

        assertThat(core.get(nobody(), "Game", id).get("f"))
                .isEqualTo(value("{'__type':'File','name':'a b.txt',"
                        + "'url':'http://localhost:1337/parse/files/A/a%20b.txt'}"));
    }

    @Test
    void defaultValuesAreStoredAndAnswered() {
        core.schemas.ensureClass("Game");
        core.schemas.change(
                "Game",
                List.of(
                        new AddField("level", new FieldType(FieldType.Kind.NUMBER, null, true, value("7"))),
                        new AddField("name", new FieldType(FieldType.Kind.STRING, null, true, null))));

        WriteResult result = core.create(nobody(), "Game", "{'name':'x'}");

        assertThat(result.body().get("level")).isEqualTo(value("7"));
        assertThat(core.where(nobody(), "Game", "{'level':7}")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"{}", "{'name':null}", "{'name':''}", "{'name':{'__op':'Delete'}}"})
    void aRequiredFieldMustHaveAValue(String body) {
        core.schemas.ensureClass("Game");
        core.schemas.change(
                "Game", List.of(new AddField("name", new FieldType(FieldType.Kind.STRING, null, true, null))));

        assertThatThrownBy(() -> core.create(nobody(), "Game", body)).hasMessage("name is required");
    }

    @Test
    void anUpdateMayLeaveARequiredFieldAloneButNotEmptyIt() {
        core.schemas.ensureClass("Game");
        core.schemas.change(
                "Game", List.of(new AddField("name", new FieldType(FieldType.Kind.STRING, null, true, null))));
        String id = core.create("Game", "{'name':'x'}");

        core.update(nobody(), "Game", id, "{'other':1}");

        assertThatThrownBy(() -> core.update(nobody(), "Game", id, "{'name':null}"))
                .hasMessage("name is required");
    }

    @Test
    void rolesNeedANameAndAnAcl() {
        assertThatThrownBy(() -> core.create(Caller.SERVER, "_Role", "{'ACL':{}}"))
                .hasMessage("name is required.");
        assertThatThrownBy(() -> core.create(Caller.SERVER, "_Role", "{'name':'r'}"))
                .hasMessage("ACL is required.");
    }

    @Test
    void theClassGivesAnAclToObjectsThatBringNone() {
        core.permissions("Game", "{'create':{'*':true},'ACL':{'currentUser':{'read':true,'write':true}}}");

        WriteResult mine = core.create(ObjectCore.user("u1"), "Game", "{}");
        WriteResult nobodys = core.create(nobody(), "Game", "{}");

        assertThat(mine.body().get("ACL")).isEqualTo(json("{'u1':{'read':true,'write':true}}"));
        assertThat(nobodys.body().get("ACL")).isEqualTo(json("{}"));
    }

    @Test
    void customIdsAreTakenWhenAllowed() {
        try (var custom = new ObjectCore(ObjectCore.PERMISSIONS, RestWriteTest::customIds)) {
            assertThat(custom.create("Game", "{'objectId':'my/id'}")).isEqualTo("my/id");
            assertThat(custom.create(nobody(), "Game", "{'objectId':'b c'}").location())
                    .endsWith("/classes/Game/b%20c");
            assertThat(custom.get(nobody(), "Game", "my/id").objectId()).isEqualTo("my/id");
            assertThatThrownBy(() -> custom.create("Game", "{'objectId':'my/id'}"))
                    .extracting(e -> ((ParseException) e).code())
                    .isEqualTo(ErrorCode.DUPLICATE_VALUE);
            assertThatThrownBy(() -> custom.create("Game", "{'objectId':''}"))
                    .hasMessage("objectId must not be empty, null or undefined");
            assertThatThrownBy(() -> custom.create("_User", "{'objectId':'role:admin'}"))
                    .hasMessage("Invalid object ID.");
        }
    }

    private static RestOptions customIds(RestOptions options) {
        return new RestOptions(
                options.appId(),
                options.allowClientClassCreation(),
                true,
                options.objectIdSize(),
                options.defaultLimit(),
                options.maxLimit(),
                options.subqueryLimit(),
                false,
                false,
                false,
                options.keywordDenylist(),
                List.of("*.good.org", "exact.org"),
                options.fileKey(),
                options.deviceTokens());
    }

    @ParameterizedTest
    @CsvSource({
        "http://a.good.org/f,",
        "http://exact.org/f,",
        "http://evil.org/f,File URL domain 'evil.org' is not allowed.",
        "http://good.org.evil/f,File URL domain 'good.org.evil' is not allowed.",
        "nonsense,Invalid file URL."
    })
    void filesMayOnlyBeAtAllowedDomains(String url, String refusal) {
        try (var custom = new ObjectCore(ObjectCore.PERMISSIONS, RestWriteTest::customIds)) {
            String body = "{'a':[{'x':{'__type':'File','name':'f','url':'" + url + "'}}]}";
            if (refusal == null) {
                custom.create("Game", body);
            } else {
                assertThatThrownBy(() -> custom.create("Game", body)).hasMessage(refusal);
            }
        }
    }

    @Test
    void theMaintenanceKeyMayChooseTheDates() {
        Caller maintenance = as(Auth.MAINTENANCE);
        WriteResult result = core.create(
                maintenance,
                "Game",
                "{'createdAt':{'__type':'Date','iso':'2020-01-01T00:00:00.000Z'},"
                        + "'updatedAt':{'__type':'Date','iso':'2021-01-01T00:00:00.000Z'}}");

        assertThat(result.body().text("createdAt")).isEqualTo("2020-01-01T00:00:00.000Z");
        assertThat(core.get(nobody(), "Game", result.body().text("objectId")).get("updatedAt"))
                .isEqualTo(value("{'__type':'Date','iso':'2021-01-01T00:00:00.000Z'}"));
        assertThatThrownBy(() -> core.create(
                        maintenance,
                        "Game",
                        "{'createdAt':{'__type':'Date','iso':'2020-01-01T00:00:00.000Z'},"
                                + "'updatedAt':{'__type':'Date','iso':'2019-01-01T00:00:00.000Z'}}"))
                .hasMessage("updatedAt cannot occur before createdAt");
        assertThat(core.create(nobody(), "Game", "{'createdAt':{'__type':'Date','iso':'2020-01-01T00:00:00.000Z'}}")
                        .body()
                        .text("createdAt"))
                .isEqualTo("2026-01-02T03:04:05.678Z");
    }

    @Test
    void theReadOnlyMasterKeyWritesNothing() {
        String id = core.create("Game", "{}");
        Caller readOnly = as(Auth.READ_ONLY_MASTER);

        assertThatThrownBy(() -> core.create(readOnly, "Game", "{}"))
                .hasMessage("read-only masterKey isn't allowed to perform the create operation.");
        assertThatThrownBy(() -> core.update(readOnly, "Game", id, "{}"))
                .hasMessage("read-only masterKey isn't allowed to perform the update operation.");
        assertThatThrownBy(() -> core.operations.delete(readOnly, "Game", id))
                .hasMessage("read-only masterKey isn't allowed to perform the delete operation.");
        assertThat(core.get(readOnly, "Game", id).get("objectId")).isEqualTo(new Str(id));
    }

    @Test
    void aDeletedObjectIsGoneAndDeletedOnce() {
        String id = core.create("Game", "{}");

        core.operations.delete(nobody(), "Game", id);

        assertThatThrownBy(() -> core.operations.delete(nobody(), "Game", id)).hasMessage("Object not found.");
        assertThatThrownBy(() -> core.operations.delete(nobody(), "Unknown", id))
                .hasMessage("Object not found.");
    }

    @Test
    void usersAreWrittenByThemselvesOnly() {
        String ann = core.create("_User", "{'username':'ann','password':'p'}");
        core.update(Caller.SERVER, "_User", ann, "{'ACL':{'" + ann + "':{'read':true,'write':true}}}");

        assertThatThrownBy(() -> core.update(nobody(), "_User", ann, "{'nick':'x'}"))
                .hasMessage("Cannot modify user " + ann + ".");
        assertThatThrownBy(() -> core.operations.delete(nobody(), "_User", ann))
                .hasMessage("Insufficient auth to delete user");
        assertThatThrownBy(() -> core.update(ObjectCore.user("bob"), "_User", ann, "{'nick':'x'}"))
                .hasMessage("Insufficient auth.");
        assertThatThrownBy(() -> core.operations.delete(ObjectCore.user("bob"), "_User", ann))
                .hasMessage("Insufficient auth.");
        core.update(ObjectCore.user(ann), "_User", ann, "{'nick':'x'}");
        core.operations.delete(ObjectCore.user(ann), "_User", ann);
    }

    @Test
    void aWriteIsOneCallOfTheStore() {
        String id = core.create("Game", "{'a':1}");
        core.storage.calls();

        core.create("Game", "{'a':1}");
        core.update(nobody(), "Game", id, "{'a':{'__op':'Increment','amount':1}}");
        core.operations.delete(nobody(), "Game", id);

        assertThat(core.storage.calls()).containsExactly("insert Game", "update Game", "delete Game");
    }
}
