package dev.kami.parse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.auth.Caller;
import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who may do what, over REST with real sessions: every caller with every operation, under every class level permission,
 * with every ACL; and every caller under every setting of protected fields.
 *
 * <p>What must happen stands in tables below, written by hand from the documented rules; {@link #expected} only says how a
 * row for the class and a row for the object go together. Roles: trainees are workers, workers are bosses.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PermissionMatrixTest {
    /** In the order of the columns of all tables. */
    private static final List<String> CALLERS =
            List.of("nobody", "ann", "boss", "trainee", "owner", "master", "readOnly", "maintenance");

    private static final int CLIENTS = 5;

    /** In the order of the letters of {@link #CLASS_PERMISSIONS}. */
    private static final List<String> OPERATIONS =
            List.of("get", "find", "count", "create", "update", "delete", "addField");

    /**
     * For nobody, ann, boss, trainee, owner: y is allowed, n refused (119), a needs a log-in (101), p only for the object
     * whose pointer names the caller. {@code ANN} stands for her id. Trusted keys pass all of it.
     */
    private static final String[][] CLASS_PERMISSIONS = {
        {"no permissions at all", null, "yyyyyyy", "yyyyyyy", "yyyyyyy", "yyyyyyy", "yyyyyyy"},
        {"open", every("{'*':true}"), "yyyyyyy", "yyyyyyy", "yyyyyyy", "yyyyyyy", "yyyyyyy"},
        {"closed", "{}", "nnnnnnn", "nnnnnnn", "nnnnnnn", "nnnnnnn", "nnnnnnn"},
        {
            "for who is logged in",
            every("{'requiresAuthentication':true}"),
            "aaaaaaa",
            "yyyyyyy",
            "yyyyyyy",
            "yyyyyyy",
            "yyyyyyy"
        },
        {"for one user", every("{'ANN':true}"), "nnnnnnn", "yyyyyyy", "nnnnnnn", "nnnnnnn", "nnnnnnn"},
        {"for a role", every("{'role:Boss':true}"), "nnnnnnn", "nnnnnnn", "yyyyyyy", "yyyyyyy", "nnnnnnn"},
        {"for the lowest role", every("{'role:Trainee':true}"), "nnnnnnn", "nnnnnnn", "nnnnnnn", "yyyyyyy", "nnnnnnn"},
        {
            "readable, writable for a role",
            "{'get':{'*':true},'find':{'*':true},'count':{'*':true},'create':{'role:Worker':true},"
                    + "'update':{'role:Worker':true},'delete':{'role:Worker':true},'addField':{'role:Worker':true}}",
            "yyynnnn",
            "yyynnnn",
            "yyynnnn",
            "yyyyyyy",
            "yyynnnn"
        },
        {"to get by id only", "{'get':{'*':true}}", "ynnnnnn", "ynnnnnn", "ynnnnnn", "ynnnnnn", "ynnnnnn"},
        {
            "to be found, not counted",
            "{'get':{'*':true},'find':{'*':true}}",
            "yynnnnn",
            "yynnnnn",
            "yynnnnn",
            "yynnnnn",
            "yynnnnn"
        },
        {
            "without new fields",
            "{'get':{'*':true},'find':{'*':true},'count':{'*':true},'create':{'*':true},'update':{'*':true},"
                    + "'delete':{'*':true}}",
            "yyyyyyn",
            "yyyyyyn",
            "yyyyyyn",
            "yyyyyyn",
            "yyyyyyn"
        },
        {"by pointer", every("{'pointerFields':['owner']}"), "pppnppp", "pppnppp", "pppnppp", "pppnppp", "pppnppp"},
        {
            "by list of pointers",
            every("{'pointerFields':['members']}"),
            "pppnppp",
            "pppnppp",
            "pppnppp",
            "pppnppp",
            "pppnppp"
        },
        {"read by pointer", "{'readUserFields':['owner']}", "pppnnnn", "pppnnnn", "pppnnnn", "pppnnnn", "pppnnnn"},
        {"written by pointer", "{'writeUserFields':['owner']}", "nnnnppp", "nnnnppp", "nnnnppp", "nnnnppp", "nnnnppp"},
        {
            "by pointer or role",
            every("{'pointerFields':['owner'],'role:Boss':true}"),
            "pppnppp",
            "pppnppp",
            "yyyyyyy",
            "yyyyyyy",
            "pppnppp"
        },
    };

    /** For the same: r may read, w may write the object. */
    private static final String[][] ACLS = {
        {"no ACL", null, "rw", "rw", "rw", "rw", "rw"},
        {"empty", "{}", "", "", "", "", ""},
        {"public", "{'*':{'read':true,'write':true}}", "rw", "rw", "rw", "rw", "rw"},
        {"readable", "{'*':{'read':true}}", "r", "r", "r", "r", "r"},
        {"writable blindly", "{'*':{'write':true}}", "w", "w", "w", "w", "w"},
        {"of one user", "{'ANN':{'read':true,'write':true}}", "", "rw", "", "", ""},
        {"of a role", "{'role:Boss':{'read':true,'write':true}}", "", "", "rw", "rw", ""},
        {"readable for the lowest role", "{'role:Trainee':{'read':true}}", "", "", "", "r", ""},
        {"readable, of a role", "{'*':{'read':true},'role:Worker':{'write':true}}", "r", "r", "r", "rw", "r"},
        {"of the owner", "{'OWNER':{'read':true,'write':true}}", "", "", "", "", "rw"},
    };

    /** For all eight: y sees the field, and may ask for it (second word). */
    private static final String[][] PROTECTED_FIELDS = {
        {"nothing", "{}", "yyyyyyyy", "yyyyyyyy"},
        {"from everybody", "{'*':['secret']}", "nnnnnyyy", "nnnnnyyy"},
        {"but from who is logged in", "{'*':['secret'],'authenticated':[]}", "nyyyyyyy", "nyyyyyyy"},
        {"from who is logged in", "{'authenticated':['secret']}", "ynnnnyyy", "ynnnnyyy"},
        {"but from a role", "{'*':['secret'],'role:Boss':[]}", "nnyynyyy", "nnyynyyy"},
        {"but from the lowest role", "{'*':['secret'],'role:Trainee':[]}", "nnnynyyy", "nnnynyyy"},
        {"from a role", "{'role:Worker':['secret']}", "yyynyyyy", "yyynyyyy"},
        {"but from one user", "{'*':['secret'],'ANN':[]}", "nynnnyyy", "nynnnyyy"},
        {"another field from a role", "{'*':['secret','tag'],'role:Boss':['tag']}", "nnyynyyy", "nnyynyyy"},
        {"but from whom a pointer names", "{'*':['secret'],'userField:owner':[]}", "nnnnyyyy", "nnnnnyyy"},
        {"nothing, because a pointer can only reveal", "{'userField:owner':['secret']}", "yyyyyyyy", "yyyyyyyy"},
    };

    private static String every(String rule) {
        return "{'get':RULE,'find':RULE,'count':RULE,'create':RULE,'update':RULE,'delete':RULE,'addField':RULE}"
                .replace("RULE", rule);
    }

    private ParseServer server;
    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, String[]> headers = new LinkedHashMap<>();
    private int classes;

    // ---- the oracle -------------------------------------------------------------------------------------------------

    /**
     * {@code y} done, {@code 0} nothing found, else the error code.
     *
     * @param forClass letter of the operation in {@link #CLASS_PERMISSIONS}
     * @param forObject word in {@link #ACLS}
     */
    private static String expected(String caller, String operation, char forClass, String forObject) {
        boolean reads = List.of("get", "find", "count").contains(operation);
        if (CALLERS.indexOf(caller) >= CLIENTS) {
            return caller.equals("readOnly") && !reads ? "119" : "y";
        }
        if (forClass == 'n') {
            return "119";
        }
        if (forClass == 'a') {
            return "101";
        }
        if (operation.equals("create")) {
            return "y";
        }
        boolean named = forClass != 'p' || caller.equals("owner");
        if (named && forObject.contains(reads ? "r" : "w")) {
            return "y";
        }
        return operation.equals("find") || operation.equals("count") ? "0" : "101";
    }

    // ---- the world --------------------------------------------------------------------------------------------------

    @BeforeAll
    void start() {
        server = Servers.start(options -> options.set("readOnlyMasterKey", "R").set("maintenanceKey", "MT"));
        headers.put("nobody", new String[0]);
        for (String name : CALLERS.subList(1, CLIENTS)) {
            Obj user = (Obj)
                    Servers.json(Servers.post(server, "/users", "{\"username\":\"" + name + "\",\"password\":\"p\"}"));
            ids.put(name, user.text("objectId"));
            headers.put(name, new String[] {"X-Parse-Session-Token", user.text("sessionToken")});
        }
        headers.put("master", new String[] {"X-Parse-Master-Key", "M"});
        headers.put("readOnly", new String[] {"X-Parse-Master-Key", "R"});
        headers.put("maintenance", new String[] {"X-Parse-Maintenance-Key", "MT"});
        String trainees = role("Trainee", "'users':" + related("_User", ids.get("trainee")));
        String workers = role("Worker", "'roles':" + related("_Role", trainees));
        role("Boss", "'roles':" + related("_Role", workers) + ",'users':" + related("_User", ids.get("boss")));
    }

    @AfterAll
    void stop() {
        server.stop();
    }

    private String role(String name, String members) {
        return create("_Role", "{'name':'" + name + "','ACL':{}," + members + "}");
    }

    private static String related(String className, String id) {
        return "{'__op':'AddRelation','objects':[" + pointer(className, id) + "]}";
    }

    private static String pointer(String className, String id) {
        return "{'__type':'Pointer','className':'" + className + "','objectId':'" + id + "'}";
    }

    private String text(String text) {
        return text.replace('\'', '"').replace("ANN", ids.get("ann")).replace("OWNER", ids.get("owner"));
    }

    private String create(String className, String body) {
        Obj fields = (Obj) JsonReader.read(text(body));
        return server.operations()
                .create(Caller.SERVER, className, fields)
                .body()
                .text("objectId");
    }

    private String object(String className, String acl, String tag) {
        String owner = pointer("_User", "OWNER");
        return create(
                className,
                "{'tag':'" + tag + "','secret':'s','n':0,'owner':" + owner + ",'members':[" + owner + "]"
                        + (acl == null ? "" : ",'ACL':" + acl) + "}");
    }

    private String className(String permissions) {
        String className = "Thing" + classes++;
        String body = "{'className':'" + className + "','fields':{'tag':{'type':'String'},'secret':{'type':'String'},"
                + "'n':{'type':'Number'},'members':{'type':'Array'},"
                + "'owner':{'type':'Pointer','targetClass':'_User'}}"
                + (permissions == null ? "" : ",'classLevelPermissions':" + permissions) + "}";
        HttpResponse<String> made = send("master", "POST", "/schemas/" + className, text(body));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        return className;
    }

    private HttpResponse<String> send(String caller, String method, String path, String body) {
        HttpRequest.Builder request = Servers.request(server, path);
        request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        String[] pairs = headers.get(caller);
        return Servers.send(pairs.length == 0 ? request : request.headers(pairs));
    }

    private static String outcome(HttpResponse<String> response) {
        Obj body = (Obj) Servers.json(response);
        if (response.statusCode() >= 400) {
            return body.get("code") == null
                    ? response.statusCode() + ""
                    : body.get("code").toJson();
        }
        boolean empty = body.get("count") instanceof Num(double count)
                ? count == 0
                : body.get("results") instanceof Array(var results) && results.isEmpty();
        return empty ? "0" : "y";
    }

    private static String where(String json) {
        return "?where=" + URLEncoder.encode(json.replace('\'', '"'), StandardCharsets.UTF_8);
    }

    private String happens(String caller, String operation, String className, String id, String tag) {
        String path = "/classes/" + className;
        return outcome(
                switch (operation) {
                    case "get" -> send(caller, "GET", path + "/" + id, null);
                    case "find" -> send(caller, "GET", path + where("{'tag':'" + tag + "'}"), null);
                    case "count" ->
                        send(caller, "GET", path + where("{'tag':'" + tag + "'}") + "&count=1&limit=0", null);
                    case "create" -> send(caller, "POST", path, "{\"n\":1}");
                    case "update" -> send(caller, "PUT", path + "/" + id, "{\"n\":1}");
                    case "delete" -> send(caller, "DELETE", path + "/" + id, null);
                    default -> send(caller, "PUT", path + "/" + id, "{\"new" + caller + "\":true}");
                });
    }

    // ---- the matrix -------------------------------------------------------------------------------------------------

    static Stream<String> settings() {
        return Stream.of(CLASS_PERMISSIONS).map(row -> row[0]);
    }

    @ParameterizedTest(name = "a class {0}")
    @MethodSource("settings")
    void everyCallerMayDoWhatTheTablesSay(String setting) {
        String[] row = Stream.of(CLASS_PERMISSIONS)
                .filter(other -> other[0].equals(setting))
                .findFirst()
                .orElseThrow();
        var wrong = new ArrayList<String>();
        String className = className(row[1]);
        for (String[] acl : ACLS) {
            for (String operation : OPERATIONS) {
                // A class of its own, so that the field is new to it each time.
                String where = operation.equals("addField") ? className(row[1]) : className;
                String tag = acl[0] + " " + operation;
                String shared = object(where, acl[1], tag);
                for (String caller : CALLERS) {
                    int column = CALLERS.indexOf(caller);
                    boolean client = column < CLIENTS;
                    char forClass = client ? row[2 + column].charAt(OPERATIONS.indexOf(operation)) : 'y';
                    String expected = expected(caller, operation, forClass, client ? acl[2 + column] : "rw");
                    String id = operation.equals("delete") ? object(where, acl[1], tag) : shared;
                    String actual = happens(caller, operation, where, id, tag);
                    if (!actual.equals(expected)) {
                        wrong.add(operation + " by " + caller + ", object " + acl[0] + ": " + actual + " instead of "
                                + expected);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    static Stream<String> hidden() {
        return Stream.of(PROTECTED_FIELDS).map(row -> row[0]);
    }

    @ParameterizedTest(name = "hides {0}")
    @MethodSource("hidden")
    void protectedFieldsAreSeenAndAskedForByWhomTheTableSays(String setting) {
        String[] row = Stream.of(PROTECTED_FIELDS)
                .filter(other -> other[0].equals(setting))
                .findFirst()
                .orElseThrow();
        String permissions = every("{'*':true}");
        String className =
                className(permissions.substring(0, permissions.length() - 1) + ",'protectedFields':" + row[1] + "}");
        String id = object(className, null, "t");
        String path = "/classes/" + className;
        var wrong = new ArrayList<String>();
        for (String caller : CALLERS) {
            boolean sees = row[2].charAt(CALLERS.indexOf(caller)) == 'y';
            boolean asks = row[3].charAt(CALLERS.indexOf(caller)) == 'y';
            for (String read : List.of(path + "/" + id, path, path + where("{'n':0}"), path + "?keys=secret,n")) {
                boolean seen = send(caller, "GET", read, null).body().contains("\"secret\":\"s\"");
                if (seen != sees) {
                    wrong.add(caller + (seen ? " sees " : " does not see ") + read);
                }
            }
            for (String question : List.of(
                    where("{'secret':'s'}"),
                    where("{'secret':{'$ne':'x'}}"),
                    where("{'secret':{'$regex':'^s'}}"),
                    where("{'$or':[{'n':5},{'$and':[{'secret':'s'}]}]}"),
                    where("{'$nor':[{'secret':'x'}]}"),
                    "?order=-secret")) {
                String answer = outcome(send(caller, "GET", path + question, null));
                if (!answer.equals(asks ? "y" : "119")) {
                    wrong.add(caller + " asks " + question + ": " + answer);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void thereAreEnoughCombinations() {
        int permissions = CLASS_PERMISSIONS.length * ACLS.length * OPERATIONS.size() * CALLERS.size();

        assertThat(permissions).isGreaterThan(8_000);
    }
}
