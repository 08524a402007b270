package dev.kami.parse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.value.ParseValue.Obj;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The read-only master key reads everything and changes nothing, on whatever route: GHSA-vc89-5g3r-cmhh (hooks, jobs),
 * GHSA-79wj-8rqv-jvp5 (a session of somebody), GHSA-xfh7-phr7-gr2x (files) and those of the same kind.
 */
class ReadOnlyMasterKeyTest {
    private static ParseServer server;
    private static String user;
    private static String session;
    private static String score;
    private static String role;
    private static String installation;
    private static String schedule;

    @BeforeAll
    static void start() {
        server = Servers.start(options -> options.set("readOnlyMasterKey", "R"));
        server.features().jobs().define("nightly", _ -> null);
        var ann = (Obj) Servers.json(send("M", "POST", "/users", "{\"username\":\"ann\",\"password\":\"secret\"}"));
        user = ann.text("objectId");
        session = id(
                "POST",
                "/sessions",
                "{\"user\":{\"__type\":\"Pointer\",\"className\":\"_User\",\"objectId\":\"" + user
                        + "\"},\"sessionToken\":\"r:0\"}");
        score = id("POST", "/classes/Score", "{\"points\":1}");
        role = id("POST", "/roles", "{\"name\":\"Team\",\"ACL\":{}}");
        installation = id("POST", "/installations", "{\"installationId\":\"i1\",\"deviceType\":\"ios\"}");
        send("M", "POST", "/hooks/functions", "{\"functionName\":\"hooked\",\"url\":\"http://127.0.0.1/h\"}");
        send("M", "PUT", "/config", "{\"params\":{\"color\":\"red\"}}");
        schedule = id("POST", "/classes/_JobSchedule", "{\"jobName\":\"nightly\"}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String id(String method, String path, String body) {
        HttpResponse<String> answer = send("M", method, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return ((Obj) Servers.json(answer)).text("objectId");
    }

    private static HttpResponse<String> send(String key, String method, String path, String body) {
        var publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        return Servers.send(
                Servers.request(server, path).header("X-Parse-Master-Key", key).method(method, publisher));
    }

    /** Everything that the routes below could change. */
    private static String everything() {
        var all = new StringBuilder();
        for (String path : new String[] {
            "/schemas",
            "/classes/Score",
            "/users",
            "/sessions",
            "/roles",
            "/installations",
            "/config",
            "/graphql-config",
            "/hooks/functions",
            "/hooks/triggers",
            "/classes/_JobSchedule",
            "/classes/_JobStatus",
            "/classes/_PushStatus",
            "/push_audiences"
        }) {
            HttpResponse<String> answer = send("M", "GET", path, null);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            all.append(path).append(' ').append(answer.body()).append('\n');
        }
        return all.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /classes/Score {'points':2}",
                "POST /classes/Unheard {'a':1}",
                "PUT /classes/Score/@score {'points':2}",
                "PUT /classes/Score/@score {'another':2}",
                "DELETE /classes/Score/@score",
                "POST /users {'username':'eve','password':'p'}",
                "PUT /users/@user {'password':'p'}",
                "PUT /users/@user {'authData':{'anonymous':{'id':'1'}}}",
                "DELETE /users/@user",
                "POST /loginAs {'userId':'@user'}",
                "POST /sessions {}",
                "PUT /sessions/@session {'a':1}",
                "DELETE /sessions/@session",
                "POST /roles {'name':'Evil','ACL':{}}",
                "PUT /roles/@role {'users':{'__op':'AddRelation','objects':"
                        + "[{'__type':'Pointer','className':'_User','objectId':'@user'}]}}",
                "DELETE /roles/@role",
                "POST /installations {'installationId':'i2','deviceType':'ios'}",
                "POST /installations {'installationId':'i1','badge':3}",
                "PUT /installations/@installation {'badge':3}",
                "DELETE /installations/@installation",
                "POST /schemas/Evil {'fields':{'a':{'type':'String'}}}",
                "PUT /schemas/Score {'fields':{'a':{'type':'String'}}}",
                "PUT /schemas/Score {'classLevelPermissions':{}}",
                "DELETE /schemas/Score",
                "DELETE /purge/Score",
                "PUT /config {'params':{'color':'blue'}}",
                "PUT /graphql-config {'params':{'enabledForClasses':['Score']}}",
                "POST /hooks/functions {'functionName':'evil','url':'http://127.0.0.1/e'}",
                "PUT /hooks/functions/hooked {'url':'http://127.0.0.1/e'}",
                "PUT /hooks/functions/hooked {'__op':'Delete'}",
                "POST /hooks/triggers {'className':'Score','triggerName':'beforeSave','url':'http://127.0.0.1/e'}",
                "POST /jobs/nightly {}",
                "POST /jobs {'jobName':'nightly'}",
                "POST /cloud_code/jobs {'job_schedule':{'jobName':'nightly'}}",
                "PUT /cloud_code/jobs/@schedule {'job_schedule':{'jobName':'nightly'}}",
                "DELETE /cloud_code/jobs/@schedule",
                "POST /push {'where':{},'data':{'alert':'hi'}}",
                "POST /push_audiences {'name':'all','query':'{}'}",
                "POST /batch {'requests':[{'method':'POST','path':'/parse/classes/Score','body':{'points':2}}]}",
                "POST /batch {'transaction':true,'requests':"
                        + "[{'method':'DELETE','path':'/parse/classes/Score/@score'}]}"
            })
    void changesNothing(String request) {
        String before = everything();
        String[] parts = request.replace('\'', '"')
                .replace("@user", user)
                .replace("@session", session)
                .replace("@score", score)
                .replace("@role", role)
                .replace("@installation", installation)
                .replace("@schedule", schedule)
                .split(" ", 3);

        HttpResponse<String> answer = send("R", parts[0], parts[1], parts.length > 2 ? parts[2] : null);

        assertThat(everything()).isEqualTo(before);
        if (parts[1].equals("/batch") && answer.statusCode() == 200) {
            assertThat(answer.body()).doesNotContain("success");
        } else {
            // A failed transaction says no more than that.
            int most = parts[parts.length - 1].contains("\"transaction\"") ? 500 : 499;
            assertThat(answer.statusCode()).as(answer.body()).isBetween(400, most);
        }
        assertThat(answer.body()).doesNotContain("sessionToken");
    }

    @Test
    void readsWhatTheMasterKeyReads() {
        for (String path :
                new String[] {"/schemas", "/classes/Score", "/users/" + user, "/hooks/functions", "/roles"}) {
            assertThat(send("R", "GET", path, null).body())
                    .as(path)
                    .isEqualTo(send("M", "GET", path, null).body());
        }
    }
}
