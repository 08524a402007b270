package dev.kami.parse.rest;

import static dev.kami.parse.rest.ObjectCore.as;
import static dev.kami.parse.rest.ObjectCore.nobody;
import static dev.kami.parse.rest.ObjectCore.user;
import static dev.kami.parse.rest.ObjectCore.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kami.parse.auth.Auth;
import dev.kami.parse.auth.Caller;
import dev.kami.parse.database.PermissionRules;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue.Embedded;
import dev.kami.parse.value.ParseValue.Str;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RestReadTest {
    private final ObjectCore core = new ObjectCore();

    @AfterEach
    void close() {
        core.close();
    }

    private static String pointer(String className, String objectId) {
        return "{'__type':'Pointer','className':'" + className + "','objectId':'" + objectId + "'}";
    }

    @Test
    void runsItsStagesInTheDocumentedOrder() {
        var classes = new ClassAccess(core.schemas, true);
        var read = new RestRead(
                core.database,
                core.schemas,
                core.accounts.linked().adapters(),
                classes,
                new FileUrls(() -> "", "A", null),
                ObjectCore.OPTIONS);

        assertThat(read.stageNames())
                .containsExactly(
                        "ClassAccess",
                        "ExplainAccess",
                        "RedirectClass",
                        "OwnSessions",
                        "ClientClassCreation",
                        "Select",
                        "DontSelect",
                        "InQuery",
                        "NotInQuery",
                        "DenyProtectedFields",
                        "RelativeTimes",
                        "IncludeAll",
                        "ExcludeKeys",
                        "Find",
                        "Count",
                        "Include",
                        "AuthAdapters");
    }

    @Test
    void aGetAndAPlainFindAreOneCallOfTheStore() {
        String id = core.create("Game", "{'a':1}");
        core.storage.calls();

        core.get(nobody(), "Game", id);
        assertThat(core.storage.calls()).containsExactly("find Game");

        core.where(user("u1", "Admin"), "Game", "{'a':1}");
        assertThat(core.storage.calls()).containsExactly("find Game");

        core.find(nobody(), "Game", "{'where':{'a':1},'limit':0,'count':1}");
        assertThat(core.storage.calls()).containsExactly("count Game");
    }

    @Test
    void aRelativeTimeFindsNothingInAFieldThatHoldsNoDates() {
        core.create("Game", "{'a':1,'played':{'__type':'Date','iso':'2026-01-01T00:00:00.000Z'},'o':{'d':1}}");
        core.create("Team", "{}");
        String since = "{'$gt':{'$relativeTime':'2 days ago'}}";

        assertThat(core.where(nobody(), "Game", "{'played':" + since + "}")).hasSize(1);
        for (String field : List.of("createdAt", "unknown", "o.d")) {
            core.where(nobody(), "Game", "{'" + field + "':" + since + "}");
        }
        String inside = "{'p':{'$inQuery':{'className':'Game','where':{'a':" + since + "}}}}";
        for (String where : List.of("{'a':" + since + "}", "{'$or':[{'x':1},{'a':" + since + "}]}")) {
            assertThatThrownBy(() -> core.where(nobody(), "Game", where))
                    .hasMessage("$relativeTime can only be used with Date field")
                    .extracting("code")
                    .isEqualTo(ErrorCode.INVALID_JSON);
        }
        assertThatThrownBy(() -> core.where(nobody(), "Team", inside))
                .hasMessage("$relativeTime can only be used with Date field");
    }

    @Test
    void aRelativeTimeTellsNothingAboutAClosedClass() {
        core.create("Game", "{'a':1}");
        core.permissions("Game", "{'get':{'*':true}}");

        assertThatThrownBy(() -> core.where(nobody(), "Game", "{'a':{'$gt':{'$relativeTime':'2 days ago'}}}"))
                .hasMessage("Permission denied for action find on class Game.");
    }

    @Test
    void anUnknownClassReadsAsEmpty() {
        assertThat(core.where(nobody(), "Nothing", "{'a':1}")).isEmpty();
        assertThat(core.find(nobody(), "Nothing", "{'count':1}").count()).isZero();
        assertThatThrownBy(() -> core.get(nobody(), "Nothing", "x")).hasMessage("Object not found.");
        assertThat(core.schemas.find("Nothing")).isNull();
    }

    @Test
    void clientsMayNotAskForUnknownClassesWhenTheyMayNotCreateThem() {
        try (var closed = new ObjectCore(ObjectCore.PERMISSIONS, RestReadTest::withoutClassCreation)) {
            assertThatThrownBy(() -> closed.where(nobody(), "Nothing", "{}"))
                    .hasMessage("This user is not allowed to access non-existent class: Nothing");
            assertThatThrownBy(() -> closed.create(user("u"), "Nothing", "{}"))
                    .hasMessage("This user is not allowed to access non-existent class: Nothing");
            assertThat(closed.where(Caller.SERVER, "Nothing", "{}")).isEmpty();
            closed.create("Nothing", "{}");
            assertThat(closed.where(nobody(), "Nothing", "{}")).hasSize(1);
        }
    }

    private static RestOptions withoutClassCreation(RestOptions options) {
        return new RestOptions(
                options.appId(),
                false,
                false,
                options.objectIdSize(),
                2,
                3,
                options.subqueryLimit(),
                false,
                false,
                false,
                options.keywordDenylist(),
                options.allowedFileUrlDomains(),
                options.fileKey(),
                options.deviceTokens());
    }

    @Test
    void limitsHaveADefaultAndABound() {
        try (var limited = new ObjectCore(ObjectCore.PERMISSIONS, RestReadTest::withoutClassCreation)) {
            for (int i = 0; i < 5; i++) {
                limited.create("Game", "{'a':1}");
            }

            FindResult counted = limited.find(nobody(), "Game", "{'count':1}");
            assertThat(counted.results()).hasSize(2);
            assertThat(counted.count()).isEqualTo(5);
            assertThat(limited.find(nobody(), "Game", "{'limit':4}").results()).hasSize(3);
            assertThat(limited.where(nobody(), "Game", "{'a':{'$select':{'query':{'className':'Game'},'key':'a'}}}"))
                    .hasSize(2);
        }
    }

    @Test
    void keysAndExcludeKeysChooseFields() {
        String id = core.create(
                "Game",
                "{'a':1,'b':{'c':1,'d':2},'e':3,'r':{'__op':'AddRelation','objects':[" + pointer("_User", "u") + "]}}");

        assertThat(core.get(nobody(), "Game", id, "{'keys':'a,b.c'}").fields())
                .containsExactlyInAnyOrder("objectId", "createdAt", "updatedAt", "a", "b", "r");
        assertThat(core.get(nobody(), "Game", id, "{'excludeKeys':'a,objectId'}")
                        .fields())
                .containsExactlyInAnyOrder("objectId", "createdAt", "updatedAt", "b", "e", "r");
        assertThat(core.get(nobody(), "Game", id, "{'keys':'a,e','excludeKeys':'e'}")
                        .fields())
                .containsExactlyInAnyOrder("objectId", "createdAt", "updatedAt", "a", "r");
    }

    @Test
    void includeAsksEachClassOncePerLevel() {
        String league = core.create("League", "{'name':'L'}");
        String red = core.create("Team", "{'name':'red','league':" + pointer("League", league) + "}");
        String blue = core.create("Team", "{'name':'blue','league':" + pointer("League", league) + "}");
        String ann = core.create("Player", "{'name':'Ann','team':" + pointer("Team", red) + "}");
        String bob = core.create("Player", "{'name':'Bob','team':" + pointer("Team", blue) + "}");
        for (int i = 0; i < 20; i++) {
            core.create(
                    "Game",
                    "{'home':" + pointer("Team", red) + ",'guest':" + pointer("Team", blue)
                            + ",'players':[" + pointer("Player", ann) + "," + pointer("Player", bob) + ",'text'],"
                            + "'extra':{'best':" + pointer("Player", ann) + "}}");
        }
        core.storage.calls();

        List<ParseObject> games = core.find(
                        nobody(), "Game", "{'include':'home.league,guest,players.team.league,extra.best'}")
                .results();

        assertThat(core.storage.calls())
                .containsExactly("find Game", "find Team", "find Player", "find League", "find Team", "find League");
        assertThat(games).hasSize(20).allSatisfy(game -> assertThat(game.toString())
                .contains(
                        "\"home\":{\"__type\":\"Object\",\"className\":\"Team\"",
                        "\"league\":{\"__type\":\"Object\",\"className\":\"League\"",
                        "\"best\":{\"__type\":\"Object\",\"className\":\"Player\"",
                        "\"text\"]"));
        assertThat(games.getFirst().get("guest")).isInstanceOfSatisfying(Embedded.class, guest -> assertThat(
                        guest.object().get("league"))
                .isEqualTo(value(pointer("League", league))));
    }

    @Test
    void aPointerToNothingReadableDisappears() {
        String open = core.create("Team", "{'name':'open'}");
        String secret = core.create("Team", "{'name':'secret','ACL':{}}");
        String id = core.create(
                "Game",
                "{'a':" + pointer("Team", secret) + ",'b':" + pointer("Team", "gone") + ",'c':[" + pointer("Team", open)
                        + "," + pointer("Team", secret) + "," + pointer("Nothing", "x") + "]}");

        ParseObject game = core.get(nobody(), "Game", id, "{'include':'a,b,c'}");

        assertThat(game.has("a")).isFalse();
        assertThat(game.has("b")).isFalse();
        assertThat(game.get("c").toJson()).contains("open").doesNotContain("secret", "Nothing");
        assertThat(core.get(Caller.SERVER, "Game", id, "{'include':'a'}")
                        .get("a")
                        .toJson())
                .contains("secret");
    }

    @Test
    void includeAllPutsInEveryPointerOfTheFirstLevel() {
        String team = core.create("Team", "{'name':'t'}");
        String other = core.create("Team", "{'name':'o','next':" + pointer("Team", team) + "}");
        String id = core.create(
                "Game", "{'a':" + pointer("Team", other) + ",'list':[" + pointer("Team", team) + "],'n':1}");

        String game =
                core.get(nobody(), "Game", id, "{'include':'*','keys':'n'}").toString();

        assertThat(game).contains("\"name\":\"o\"", "\"name\":\"t\"").contains("{\"__type\":\"Pointer\"");
    }

    @Test
    void objectsThatPointAtEachOtherAreIncludedAsDeepAsAsked() {
        String a = core.create("Node", "{'n':1}");
        String b = core.create("Node", "{'n':2,'next':" + pointer("Node", a) + "}");
        core.update(nobody(), "Node", a, "{'next':" + pointer("Node", b) + "}");
        core.storage.calls();

        ParseObject node = core.get(nobody(), "Node", a, "{'include':'next.next.next'}");

        assertThat(core.storage.calls()).hasSize(4);
        assertThat(node.toString().split("\"__type\":\"Object\"", -1)).hasSize(4);
    }

    @Test
    void dottedKeysIncludeAndChooseFieldsOfWhatIsIncluded() {
        String league = core.create("League", "{'name':'L','x':1}");
        String team = core.create("Team", "{'name':'t','size':3,'league':" + pointer("League", league) + "}");
        String id = core.create("Game", "{'a':1,'team':" + pointer("Team", team) + "}");

        assertThat(core.get(nobody(), "Game", id, "{'keys':'team.league.name'}").toString())
                .contains("\"name\":\"L\"")
                .doesNotContain("\"size\"", "\"x\"", "\"a\"");
        assertThat(core.get(nobody(), "Game", id, "{'include':'team','excludeKeys':'team.size'}")
                        .toString())
                .contains("\"name\":\"t\"")
                .doesNotContain("\"size\"");
    }

    @Test
    void includedUsersShowNoSecrets() {
        String ann = core.create(
                "_User", "{'username':'ann','password':'p','ACL':{'*':{'read':true}},'email':'a@b.c','nick':'A'}");
        String id = core.create("Game", "{'owner':" + pointer("_User", ann) + "}");

        assertThat(core.get(nobody(), "Game", id, "{'include':'owner'}").toString())
                .contains("\"nick\":\"A\"")
                .doesNotContain("a@b.c", "authData", "password");
        assertThat(core.get(user(ann), "Game", id, "{'include':'owner'}").toString())
                .contains("a@b.c");
    }

    @Test
    void subQueriesAreOneQueryEach() {
        String red = core.create("Team", "{'name':'red','city':'Rome'}");
        String blue = core.create("Team", "{'name':'blue','city':'Oslo'}");
        core.create("Game", "{'n':1,'team':" + pointer("Team", red) + ",'city':'Rome'}");
        core.create("Game", "{'n':2,'team':" + pointer("Team", blue) + ",'city':'Rome'}");
        core.create("Game", "{'n':3}");
        core.storage.calls();

        assertThat(core.where(
                        nobody(), "Game", "{'team':{'$inQuery':{'className':'Team','where':{'name':'red'}}}}", "n"))
                .containsExactly("1");
        assertThat(core.storage.calls()).containsExactly("find Team", "find Game");
        assertThat(core.where(
                        nobody(), "Game", "{'team':{'$notInQuery':{'className':'Team','where':{'name':'red'}}}}", "n"))
                .containsExactlyInAnyOrder("2", "3");
        assertThat(core.where(
                        nobody(),
                        "Game",
                        "{'city':{'$select':{'query':{'className':'Team','where':{'name':'red'}},'key':'city'}}}",
                        "n"))
                .containsExactlyInAnyOrder("1", "2");
        assertThat(core.where(
                        nobody(),
                        "Game",
                        "{'city':{'$dontSelect':{'query':{'className':'Team','where':{}},'key':'city'}}}",
                        "n"))
                .containsExactly("3");
        core.storage.calls();
        assertThat(core.where(
                        nobody(),
                        "Game",
                        "{'$or':[{'team':{'$inQuery':{'className':'Team','where':{'city':{'$select':{'query':"
                                + "{'className':'Game','where':{'n':1}},'key':'city'}}}}}},{'n':3}]}",
                        "n"))
                .containsExactlyInAnyOrder("1", "3");
        assertThat(core.storage.calls()).containsExactly("find Game", "find Team", "find Game");
    }

    @Test
    void subQueriesSeeWhatTheCallerSees() {
        String secret = core.create("Team", "{'name':'red','ACL':{'u1':{'read':true}}}");
        core.create("Game", "{'n':1,'team':" + pointer("Team", secret) + "}");
        String where = "{'team':{'$inQuery':{'className':'Team','where':{'name':'red'}}}}";

        assertThat(core.where(nobody(), "Game", where)).isEmpty();
        assertThat(core.where(user("u1"), "Game", where)).hasSize(1);
    }

    @Test
    void relationsAreAddedRemovedAndAskedFromBothSides() {
        String a = core.create("Item", "{'n':1}");
        String b = core.create("Item", "{'n':2}");
        String id = core.create(
                "Cart",
                "{'items':{'__op':'AddRelation','objects':[" + pointer("Item", a) + "," + pointer("Item", b) + "]}}");
        String empty = core.create("Cart", "{}");
        String members = "{'$relatedTo':{'object':" + pointer("Cart", id) + ",'key':'items'}}";

        assertThat(core.where(nobody(), "Item", members, "n")).containsExactlyInAnyOrder("1", "2");
        assertThat(core.where(
                        nobody(),
                        "Item",
                        "{'n':2,'$relatedTo':{'object':" + pointer("Cart", id) + ",'key':'items'}}",
                        "n"))
                .containsExactly("2");
        assertThat(core.where(nobody(), "Cart", "{'items':" + pointer("Item", a) + "}", "objectId"))
                .containsExactly(id);
        assertThat(core.where(nobody(), "Cart", "{'items':{'$ne':" + pointer("Item", a) + "}}", "objectId"))
                .containsExactly(empty);
        assertThat(core.where(nobody(), "Cart", "{'items':{'$in':[" + pointer("Item", b) + "]}}", "objectId"))
                .containsExactly(id);
        assertThat(core.where(
                        nobody(),
                        "Cart",
                        "{'items':{'$inQuery':{'className':'Item','where':{'n':{'$gt':1}}}}}",
                        "objectId"))
                .containsExactly(id);
        assertThat(core.where(nobody(), "Cart", "{'items':{'$exists':true}}")).isEmpty();
        assertThat(core.get(nobody(), "Cart", empty).get("items"))
                .isEqualTo(value("{'__type':'Relation','className':'Item'}"));

        core.update(
                nobody(),
                "Cart",
                id,
                "{'items':{'__op':'Batch','ops':[{'__op':'RemoveRelation','objects':[" + pointer("Item", a)
                        + "]},{'__op':'AddRelation','objects':[" + pointer("Item", b) + "]}]}}");
        assertThat(core.where(nobody(), "Item", members, "n")).containsExactly("2");
        assertThat(core.where(nobody(), "Item", "{'$relatedTo':{'object':" + pointer("Nope", id) + ",'key':'items'}}"))
                .isEmpty();
        assertThat(core.where(nobody(), "Item", "{'$relatedTo':{'object':" + pointer("Cart", id) + ",'key':'other'}}"))
                .isEmpty();
    }

    @Test
    void aRelationHasMembersOfOneClass() {
        core.create("Cart", "{'items':{'__op':'AddRelation','objects':[" + pointer("Item", "a") + "]}}");

        assertThatThrownBy(() -> core.create(
                        nobody(), "Cart", "{'items':{'__op':'AddRelation','objects':[" + pointer("Other", "a") + "]}}"))
                .hasMessage("schema mismatch for Cart.items; expected Relation<Item> but got Relation<Other>");
        assertThatThrownBy(() -> core.create(
                        nobody(),
                        "Cart",
                        "{'more':{'__op':'AddRelation','objects':[" + pointer("A", "a") + "," + pointer("B", "b")
                                + "]}}"))
                .isInstanceOf(ParseException.class);
    }

    @Test
    void aRelationIsClosedToThoseWhoCannotReadItsOwner() {
        String item = core.create("Item", "{'n':1}");
        String id = core.create(
                "Cart",
                "{'ACL':{'u1':{'read':true}},'items':{'__op':'AddRelation','objects':[" + pointer("Item", item)
                        + "]}}");
        String members = "{'$relatedTo':{'object':" + pointer("Cart", id) + ",'key':'items'}}";

        assertThat(core.where(nobody(), "Item", members)).isEmpty();
        assertThat(core.where(user("u1"), "Item", members)).hasSize(1);
        assertThat(core.where(Caller.SERVER, "Item", members)).hasSize(1);
    }

    @Test
    void aProtectedRelationCannotBeLookedInto() {
        core.create("Item", "{}");
        String id = core.create("Cart", "{'items':{'__op':'AddRelation','objects':[" + pointer("Item", "a") + "]}}");
        core.permissions("Cart", "{'get':{'*':true},'find':{'*':true},'protectedFields':{'*':['items']}}");

        assertThatThrownBy(() -> core.where(
                        nobody(), "Item", "{'$relatedTo':{'object':" + pointer("Cart", id) + ",'key':'items'}}"))
                .hasMessageContaining("This user is not allowed to query items on class Cart");
    }

    @Test
    void aQueryCanBeRedirectedToTheClassOfARelation() {
        String item = core.create("Item", "{'n':1}");
        core.create("Cart", "{'items':{'__op':'AddRelation','objects':[" + pointer("Item", item) + "]}}");

        List<ParseObject> found = core.find(nobody(), "Cart", "{'redirectClassNameForKey':'items'}")
                .results();

        assertThat(found).hasSize(1).first().satisfies(object -> {
            assertThat(object.get("className")).isEqualTo(new Str("Item"));
            assertThat(object.get("n")).isEqualTo(value("1"));
        });
    }

    @Test
    void redirectionDoesNotOpenSessions() {
        core.create("Cart", "{'s':{'__op':'AddRelation','objects':[" + pointer("_Session", "a") + "]}}");

        assertThatThrownBy(() -> core.find(nobody(), "Cart", "{'redirectClassNameForKey':'s'}"))
                .extracting(e -> ((ParseException) e).code())
                .isEqualTo(ErrorCode.INVALID_SESSION_TOKEN);
    }

    @Test
    void sortingByAnUnknownFieldHasNoEffect() {
        core.create("Game", "{'n':2}");
        core.create("Game", "{'n':1}");

        assertThat(core.find(nobody(), "Game", "{'order':'nope,n'}").results())
                .extracting(game -> game.get("n"))
                .containsExactly(value("1"), value("2"));
    }

    @Test
    void usersShowOnlyWhatTheirReaderMaySee() {
        String ann = core.create(
                "_User",
                "{'username':'ann','ACL':{'*':{'read':true}},'email':'a@b.c','authData':{'anonymous':{'id':'1'},'y':null}}");
        core.storage.calls();

        assertThat(core.get(nobody(), "_User", ann).fields()).doesNotContain("email", "authData", "sessionToken");
        ParseObject own = core.get(user(ann), "_User", ann);
        assertThat(own.get("email")).isEqualTo(value("'a@b.c'"));
        assertThat(own.get("authData")).isEqualTo(value("{'anonymous':{'id':'1'}}"));
        assertThat(own.get("sessionToken")).isEqualTo(value("'r:1'"));
        assertThat(core.get(user("other"), "_User", ann).fields()).doesNotContain("email", "authData");
        assertThat(core.get(Caller.SERVER, "_User", ann).fields())
                .contains("email", "authData")
                .doesNotContain("sessionToken");
        assertThat(core.where(user(ann), "_User", "{}", "sessionToken")).containsExactly((String) null);
    }

    @Test
    void internalFieldsAreForTheMaintenanceKey() {
        String ann = core.create("_User", "{'username':'ann','password':'p'}");
        core.update(as(Auth.MAINTENANCE), "_User", ann, "{'_failed_login_count':3}");

        assertThat(core.get(Caller.SERVER, "_User", ann).has("_failed_login_count"))
                .isFalse();
        assertThat(core.get(as(Auth.MAINTENANCE), "_User", ann).get("_failed_login_count"))
                .isEqualTo(value("3"));
        assertThat(core.schemas.find("_User").fields()).doesNotContainKey("_failed_login_count");
    }

    @Test
    void protectedFieldsCannotBeAskedForNorSortedBy() {
        core.create("_User", "{'username':'ann','password':'p','email':'a@b.c'}");

        for (String where : List.of(
                "{'email':'a@b.c'}",
                "{'email.x':'a'}",
                "{'$or':[{'username':'x'},{'$nor':[{'email':{'$gt':'a'}}]}]}",
                "{'$and':[{'email':{'$exists':true}}]}")) {
            assertThatThrownBy(() -> core.where(nobody(), "_User", where))
                    .as(where)
                    .hasMessageContaining("This user is not allowed to query email")
                    .extracting(e -> ((ParseException) e).code())
                    .isEqualTo(ErrorCode.OPERATION_FORBIDDEN);
        }
        assertThatThrownBy(() -> core.find(user("u"), "_User", "{'order':'-email'}"))
                .hasMessage("This user is not allowed to sort by email on class _User");
        assertThat(core.where(Caller.SERVER, "_User", "{'email':'a@b.c'}")).hasSize(1);
    }

    @Test
    void ownersAreOnlyExemptWhenTheOptionSaysSo() {
        var strict = new PermissionRules(Map.of("_User", Map.of("*", List.of("email"))), false, false);
        try (var other = new ObjectCore(strict, options -> options)) {
            String ann = other.create("_User", "{'username':'ann','password':'p','email':'a@b.c'}");

            assertThat(other.get(user(ann), "_User", ann).has("email")).isFalse();
        }
    }

    @Test
    void masterOnlyClassesAreClosed() {
        assertThatThrownBy(() -> core.where(nobody(), "_JobStatus", "{}"))
                .hasMessage("Clients aren't allowed to perform the find operation on the _JobStatus collection.");
        assertThatThrownBy(() -> core.get(user("u"), "_Hooks", "x"))
                .hasMessage("Clients aren't allowed to perform the get operation on the _Hooks collection.");
        assertThatThrownBy(() -> core.create(nobody(), "_Join:users:_Role", "{}"))
                .hasMessage(
                        "Clients aren't allowed to perform the create operation on the _Join:users:_Role collection.");
        assertThatThrownBy(() -> core.where(nobody(), "_Installation", "{}"))
                .hasMessage("Clients aren't allowed to perform the find operation on the installation collection.");
        assertThat(core.where(Caller.SERVER, "_JobStatus", "{}")).isEmpty();
        assertThat(core.create(Caller.SERVER, "_JobStatus", "{'jobName':'j'}").status())
                .isEqualTo(201);
        assertThat(core.where(Caller.SERVER, "_JobStatus", "{'jobName':'j'}")).hasSize(1);
    }

    @Test
    void sessionsAreSeenByTheirUserOnly() {
        core.create("_Session", "{'sessionToken':'r:a','user':" + pointer("_User", "u1") + "}");
        String other = core.create("_Session", "{'sessionToken':'r:b','user':" + pointer("_User", "u2") + "}");

        assertThat(core.where(user("u1"), "_Session", "{}", "sessionToken")).containsExactly("r:a");
        assertThatThrownBy(() -> core.where(nobody(), "_Session", "{}")).hasMessage("Invalid session token");
        assertThatThrownBy(() -> core.update(user("u1"), "_Session", other, "{'x':1}"))
                .hasMessage("Object not found.");
        assertThatThrownBy(() -> core.operations.delete(user("u1"), "_Session", other))
                .hasMessage("Object not found for delete.");
    }

    @Test
    void explainGivesThePlanToTheMasterKey() {
        core.create("Game", "{'n':2}");

        assertThatThrownBy(() -> core.find(nobody(), "Game", "{'explain':true}"))
                .hasMessage("Using the explain query parameter requires the master key");

        assertThat(core.find(Caller.SERVER, "Game", "{'explain':true}").explained())
                .isNotNull();
    }
}
