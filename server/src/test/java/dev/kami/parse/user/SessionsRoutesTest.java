package dev.kami.parse.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kami.parse.Exchange;
import dev.kami.parse.Exchange.Answer;
import dev.kami.parse.TestCore;
import dev.kami.parse.auth.Auth;
import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Date;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions over their routes: everybody sees and changes the own ones only. */
class SessionsRoutesTest {
    private TestCore core;
    private String annId;
    private String annToken;
    private Exchange ann;
    private String bobSession;

    @BeforeEach
    void start() {
        core = TestCore.start();
        Answer signUp = core.as(Auth.NOBODY).post("/users", "{'username':'ann','password':'p'}");
        annId = signUp.objectId();
        annToken = signUp.json().text("sessionToken");
        ann = core.withToken(annToken);
        String bob = core.as(Auth.NOBODY)
                .post("/users", "{'username':'bob','password':'p'}")
                .json()
                .text("sessionToken");
        bobSession = core.accounts().sessions().find(bob).orElseThrow().objectId();
    }

    @AfterEach
    void close() {
        core.close();
    }

    private String annSession() {
        return core.accounts().sessions().find(annToken).orElseThrow().objectId();
    }

    @Test
    void theOwnSessionIsMe() {
        Answer me = ann.get("/sessions/me");

        assertThat(me.objectId()).isEqualTo(annSession());
        assertThat(me.json().text("sessionToken")).isEqualTo(annToken);
        core.as(Auth.NOBODY).get("/sessions/me").fails(209, "Session token required.");
    }

    @Test
    void protectedFieldsOfSessionsAreHiddenFromMe() {
        core.as(Auth.MASTER)
                .put(
                        "/schemas/_Session",
                        "{'classLevelPermissions':{'get':{'*':true},'find':{'*':true},"
                                + "'protectedFields':{'*':['createdWith']}}}")
                .json();

        assertThat(ann.get("/sessions/me").json().has("createdWith")).isFalse();
    }

    @Test
    void sessionsOfOthersAreNotThere() {
        assertThat(ann.get("/sessions").body()).contains(annSession()).doesNotContain(bobSession);
        ann.get("/sessions/" + bobSession).fails(101, "Object not found.");
        ann.get("/classes/_Session/" + bobSession).fails(101, "Object not found.");
        ann.put("/sessions/" + bobSession, "{'x':1}").fails(101, "Object not found.");
        ann.delete("/sessions/" + bobSession).fails(101, "Object not found for delete.");
        assertThat(core.as(Auth.MASTER).get("/sessions").body()).contains(annSession(), bobSession);
    }

    @Test
    void nobodySeesSessions() {
        core.as(Auth.NOBODY).get("/sessions").fails(209, "Invalid session token");
        core.as(Auth.NOBODY).get("/sessions/" + bobSession).fails(209, "Invalid session token");
        core.as(Auth.NOBODY).post("/sessions", "{}").fails(209, "Session token required.");
        core.as(Auth.NOBODY).put("/sessions/" + bobSession, "{}").fails(209, "Session token required.");
        core.as(Auth.NOBODY).delete("/sessions/" + bobSession).fails(209, "Invalid session token");
    }

    @Test
    void aRelationCannotLeadToSessions() {
        core.as(Auth.MASTER)
                .post(
                        "/schemas/Game",
                        "{'className':'Game','fields':{'s':{'type':'Relation','targetClass':'_Session'}}}")
                .json();

        core.as(Auth.NOBODY).get("/classes/Game?redirectClassNameForKey=s").fails(209, "Invalid session token");
        assertThat(ann.get("/classes/Game?redirectClassNameForKey=s").body()).doesNotContain(bobSession);
    }

    @Test
    void whatMakesASessionIsNotForTheClientToChoose() {
        Answer made = ann.post(
                "/sessions",
                "{'user':{'__type':'Pointer','className':'_User','objectId':'x'},'sessionToken':'r:mine',"
                        + "'expiresAt':{'__type':'Date','iso':'2999-01-01T00:00:00.000Z'},'createdWith':{'action':'x'},"
                        + "'device':'phone'}");

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().fields().keySet())
                .containsExactly("sessionToken", "user", "createdWith", "expiresAt", "device", "objectId");
        ParseObject stored = core.accounts()
                .sessions()
                .find(made.json().text("sessionToken"))
                .orElseThrow();
        assertThat(stored.objectId()).isEqualTo(made.objectId());
        assertThat(stored.get("user")).isEqualTo(new ParseValue.Pointer("_User", annId));
        assertThat(stored.get("createdWith")).isEqualTo(JsonReader.read("{\"action\":\"create\"}"));
        assertThat(stored.get("expiresAt")).isNotEqualTo(new Date(32_472_144_000_000L));
        assertThat(stored.get("device")).isEqualTo(ParseValue.of("phone"));
        assertThat(core.accounts()
                        .sessions()
                        .resolve(made.json().text("sessionToken"))
                        .userId())
                .isEqualTo(annId);
    }

    @Test
    void aSessionMadeForAnInstallationEndsTheOthersThere() {
        String first =
                ann.post("/sessions", "{'installationId':'phone'}").json().text("sessionToken");

        ann.post("/sessions", "{'installationId':'phone'}").json();

        assertThat(core.accounts().sessions().find(first)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"installationId", "sessionToken", "expiresAt", "createdWith"})
    void fieldsOfASessionCannotBeChangedNotEvenToNothing(String field) {
        for (String value : new String[] {"null", "''", "0", "false", "{'__op':'Delete'}", "'x'"}) {
            ann.put("/sessions/" + annSession(), "{'" + field + "':" + value + "}")
                    .fails(105, "Invalid key name: " + field);
        }
    }

    @Test
    void aSessionKeepsItsUserAndHasNoAcl() {
        String path = "/sessions/" + annSession();

        ann.put(path, "{'user':{'__type':'Pointer','className':'_User','objectId':'x'}}")
                .fails(105, "Invalid key name: user");
        ann.put(path, "{'user':null}").fails(105, "Invalid key name: user");
        ann.put(path, "{'ACL':{'*':{'read':true}}}").fails(105, "Cannot set ACL on a Session.");
        ann.post("/sessions", "{'ACL':null}").fails(105, "Cannot set ACL on a Session.");
        core.as(Auth.MASTER).put(path, "{'ACL':{}}").fails(105, "Cannot set ACL on a Session.");
        assertThat(ann.put(path, "{'note':'mine'}").status()).isEqualTo(200);
    }

    @Test
    void theMasterKeyMayEndASessionSoonerAndItIsSeenAtOnce() {
        core.as(Auth.MASTER)
                .put("/sessions/" + annSession(), "{'expiresAt':{'__type':'Date','iso':'2020-01-01T00:00:00.000Z'}}")
                .json();

        assertThatThrownBy(() -> core.withToken(annToken)).hasMessage("Session token is expired.");
    }

    @Test
    void aDeletedSessionIsForgottenAtOnce() {
        ann.delete("/sessions/" + annSession()).answers(200, "{}");

        assertThatThrownBy(() -> core.withToken(annToken)).hasMessage("Invalid session token");
    }

    @Test
    void anUpgradeIsANewSession() {
        Answer upgraded = ann.post("/upgradeToRevocableSession", "{}");

        assertThat(upgraded.json().get("createdWith")).isEqualTo(JsonReader.read("{\"action\":\"upgrade\"}"));
        assertThat(upgraded.json().text("sessionToken")).startsWith("r:").isNotEqualTo(annToken);
        core.as(Auth.NOBODY).post("/upgradeToRevocableSession", "{}").fails(101, "invalid session");
    }
}
