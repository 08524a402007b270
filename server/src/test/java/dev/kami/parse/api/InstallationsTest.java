package dev.kami.parse.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.Exchange;
import dev.kami.parse.Exchange.Answer;
import dev.kami.parse.TestCore;
import dev.kami.parse.auth.Auth;
import dev.kami.parse.auth.Caller;
import dev.kami.parse.auth.RequestInfo;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.options.OptionsBuilder;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Devices: one row for one device, whatever order its ids come in. */
class InstallationsTest {
    private static final String TOO_FEW =
            "135 at least one ID field (deviceToken, installationId) must be specified in this operation";

    private TestCore core = TestCore.start();

    @AfterEach
    void close() {
        core.close();
    }

    private void restart(Consumer<OptionsBuilder> change) {
        core.close();
        core = TestCore.start(change);
    }

    /** {@code a=i1/t1/app b=-/t2}: objectId, installationId, deviceToken, appIdentifier. */
    private void fill(String rows) {
        if (rows == null) {
            return;
        }
        core.schemas().ensureClass("_Installation");
        for (String row : rows.split(" ")) {
            var fields = new LinkedHashMap<String, ParseValue>();
            fields.put("objectId", new Str(row.substring(0, row.indexOf('='))));
            fields.put("createdAt", new Date(0));
            fields.put("updatedAt", new Date(0));
            fields.put("deviceType", new Str("ios"));
            String[] values = row.substring(row.indexOf('=') + 1).split("/");
            put("installationId", values[0], fields);
            put("deviceToken", values[1], fields);
            put("appIdentifier", values.length > 2 ? values[2] : "-", fields);
            core.accounts().rows().insert(ParseObject.of("_Installation", new Obj(fields)));
        }
    }

    private static void put(String field, String value, Map<String, ParseValue> fields) {
        if (!value.equals("-")) {
            fields.put(field, new Str(value));
        }
    }

    private String rows() {
        return core.accounts().rows().find("_Installation", Constraint.ALWAYS, -1).stream()
                .map(row ->
                        (row.objectId().length() > 1 ? "new" : row.objectId()) + "=" + text(row, "installationId") + "/"
                                + text(row, "deviceToken")
                                + (row.has("appIdentifier") ? "/" + text(row, "appIdentifier") : ""))
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private static String text(ParseObject row, String field) {
        return row.get(field) instanceof Str(String text) ? text : "-";
    }

    private static Exchange as(TestCore core, Auth auth) {
        return core.as(auth);
    }

    private String send(Auth auth, String request) {
        String[] words = request.split(" ", 2);
        Exchange exchange = as(core, auth);
        Answer answer = words[0].equals("POST")
                ? exchange.post("/installations", words[1])
                : exchange.put("/installations/" + words[0].substring(4), words[1]);
        return answer.status() < 300
                ? String.valueOf(answer.status())
                : answer.json().get("code").toJson() + " " + answer.json().text("error");
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "                     |POST {}                                                              |" + TOO_FEW
                        + "|",
                "                     |POST {'deviceType':'ios'}                                            |" + TOO_FEW
                        + "|",
                "                     |POST {'deviceToken':'t1'}                                            |135 deviceType must be specified in this operation|",
                "                     |POST {'installationId':'I1','deviceType':'ios'}                      |201|new=i1/-",
                "                     |POST {'deviceToken':'T1','deviceType':'ios'}                         |201|new=-/T1",
                "a=i1/-               |POST {'installationId':'I1','channels':['x']}                         |200|a=i1/-",
                "a=i1/-               |POST {'installationId':'i1','deviceToken':'t1'}                       |200|a=i1/t1",
                "a=i1/t1              |POST {'installationId':'i2','deviceType':'ios'}                       |201|a=i1/t1 new=i2/-",
                "a=-/t1               |POST {'deviceToken':'t1','deviceType':'ios'}                          |200|a=-/t1",
                "a=-/t1               |POST {'deviceToken':'t1'}                                             |135 deviceType must be specified in this operation|a=-/t1",
                "a=-/t1               |POST {'deviceToken':'t1','installationId':'i1','deviceType':'ios'}    |200|a=i1/t1",
                "a=i1/t1              |POST {'deviceToken':'t1','deviceType':'ios'}                          |200|a=i1/t1",
                "a=i1/t1              |POST {'deviceToken':'t1','installationId':'i2','deviceType':'ios'}    |201|new=i2/t1",
                "a=i1/t1 b=i2/t1      |POST {'deviceToken':'t1','deviceType':'ios'}                          |132 Must specify installationId when deviceToken matches multiple Installation objects|a=i1/t1 b=i2/t1",
                "a=i1/t1 b=i2/t1      |POST {'deviceToken':'t1','installationId':'i3','deviceType':'ios'}    |201|new=i3/t1",
                "a=i1/t1 b=-/t1       |POST {'deviceToken':'t1','installationId':'i3','deviceType':'ios'}    |201|new=i3/t1",
                "a=i1/t1/x b=i2/t1/y  |POST {'deviceToken':'t1','installationId':'i3','deviceType':'ios','appIdentifier':'y'}|201|a=i1/t1/x new=i3/t1/y",
                "a=i1/- b=-/t1        |POST {'deviceToken':'t1','installationId':'i1'}                       |200|b=i1/t1",
                "a=i1/t2 b=-/t1       |POST {'deviceToken':'t1','installationId':'i1'}                       |200|b=i1/t1",
                "a=i1/t2 b=i2/t1      |POST {'deviceToken':'t1','installationId':'i1'}                       |200|a=i1/t1",
                "a=i1/t2 b=i2/t1 c=-/t1|POST {'deviceToken':'t1','installationId':'i1'}                      |200|a=i1/t1",
                "a=i1/t1 b=i2/t1      |POST {'deviceToken':'t1','installationId':'i1'}                       |200|a=i1/t1 b=i2/t1",
                "                     |PUT/x {'badge':1}                                                    |101 Object not found.|",
                "                     |PUT/x {'deviceToken':'t1'}                                           |101 Object not found for update.|",
                "a=i1/t1              |PUT/a {'channels':['y']}                                              |200|a=i1/t1",
                "a=i1/t1              |PUT/a {'installationId':'I1','deviceType':'ios'}                      |200|a=i1/t1",
                "a=i1/t1              |PUT/a {'installationId':'i9'}                                         |136 installationId may not be changed in this operation|a=i1/t1",
                "a=-/t1               |PUT/a {'deviceToken':'t2'}                                            |136 deviceToken may not be changed in this operation|a=-/t1",
                "a=i1/t1              |PUT/a {'deviceType':'android'}                                        |136 deviceType may not be changed in this operation|a=i1/t1",
                "a=-/t1               |PUT/a {'deviceToken':'t2','installationId':'i1'}                      |200|a=i1/t2",
                "a=i1/t1              |PUT/a {'deviceToken':'t2'}                                            |200|a=i1/t2",
                "a=i1/t1 b=i2/t2      |PUT/a {'deviceToken':'t2','installationId':'i1'}                      |200|a=i1/t2",
                "a=i1/t1 b=i2/t2      |PUT/a {'deviceToken':'t2'}                                            |200|a=i1/t2 b=i2/t2",
                "a=i1/t1 b=i2/t2      |PUT/a {'deviceToken':'t2','objectId':'a'}                             |200|a=i1/t2",
                "a=i1/t1 b=-/t2       |PUT/a {'deviceToken':'t2'}                                            |200|b=-/t2",
                "a=-/- b=i1/-         |PUT/a {'installationId':'i1'}                                         |200|a=-/- b=i1/-",
                "a=-/t1 b=i1/-        |PUT/a {'installationId':'i1','deviceToken':'t1'}                      |200|a=i1/t1",
                "a=i1/t1              |PUT/a {'deviceToken':{'__op':'Delete'}}                               |200|a=i1/-"
            })
    void oneDeviceIsOneRow(String before, String request, String answer, String after) {
        fill(before);

        assertThat(send(Auth.NOBODY, request)).isEqualTo(answer);
        assertThat(rows()).isEqualTo(after == null ? "" : after);
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "a=i1/t1 b=i2/t1  |POST {'deviceToken':'t1','installationId':'i3','deviceType':'ios'}|201|a=i1/- b=i2/- new=i3/t1",
                "a=i1/- b=-/t1    |POST {'deviceToken':'t1','installationId':'i1'}                   |200|a=-/- b=i1/t1",
                "a=i1/t1 b=i2/t2  |PUT/a {'deviceToken':'t2','installationId':'i1'}                  |200|a=i1/t2 b=i2/-"
            })
    void theOtherRowMayOnlyLoseWhatIsInTheWay(String before, String request, String answer, String after) {
        restart(options -> options.set("installation", Map.of("duplicateDeviceTokenAction", "update")));
        fill(before);

        assertThat(send(Auth.NOBODY, request)).isEqualTo(answer);
        assertThat(rows()).isEqualTo(after);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "delete|a=i1/-/x b=-/t1/y  |a=i1/t1/x",
                "update|a=i1/-/x b=-/t1/y  |a=i1/t1/x b=-/-/y",
                "delete|a=i1/t2 b=-/t1     |a=i1/t1"
            })
    void theRowWithTheInstallationIdMaySurvive(String action, String before, String after) {
        restart(options -> options.set(
                "installation",
                Map.of("duplicateDeviceTokenMergePriority", "installationId", "duplicateDeviceTokenAction", action)));
        fill(before);

        assertThat(send(Auth.NOBODY, "POST {'deviceToken':'t1','installationId':'i1'}"))
                .isEqualTo("200");
        assertThat(rows()).isEqualTo(after);
    }

    @ParameterizedTest
    @CsvSource({"delete", "update"})
    void aRowThatTheCallerMayNotTouchStaysWhenTheOptionSaysSo(String action) {
        restart(options -> options.set(
                "installation",
                Map.of("duplicateDeviceTokenActionEnforceAuth", true, "duplicateDeviceTokenAction", action)));
        fill("a=i1/t1 b=i2/t1");
        core.as(Auth.MASTER)
                .put("/installations/a", "{'ACL':{'owner':{'read':true,'write':true}}}")
                .json();

        assertThat(send(Auth.NOBODY, "POST {'deviceToken':'t1','installationId':'i3','deviceType':'ios'}"))
                .isEqualTo("201");

        assertThat(rows()).isEqualTo(action.equals("delete") ? "a=i1/t1 new=i3/t1" : "a=i1/t1 b=i2/- new=i3/t1");
    }

    @ParameterizedTest
    @CsvSource({"delete", "update"})
    void aClosedClassKeepsNobodyFromSavingTheOwnDevice(String action) {
        restart(options -> options.set(
                "installation",
                Map.of("duplicateDeviceTokenActionEnforceAuth", true, "duplicateDeviceTokenAction", action)));
        fill("a=i1/t1 b=i2/t1");
        core.as(Auth.MASTER)
                .put(
                        "/schemas/_Installation",
                        "{'classLevelPermissions':{'create':{'*':true},'get':{'*':true},'update':{},'delete':{}}}")
                .json();

        assertThat(send(Auth.NOBODY, "POST {'deviceToken':'t1','installationId':'i3','deviceType':'ios'}"))
                .isEqualTo("201");

        assertThat(rows()).isEqualTo("a=i1/t1 b=i2/t1 new=i3/t1");
    }

    @Test
    void withoutTheOptionRowsOfOthersAreTakenAwayWhateverTheirAcl() {
        fill("a=i1/t1");
        core.as(Auth.MASTER).put("/installations/a", "{'ACL':{}}").json();

        assertThat(send(Auth.NOBODY, "POST {'deviceToken':'t1','installationId':'i3','deviceType':'ios'}"))
                .isEqualTo("201");
        assertThat(rows()).isEqualTo("new=i3/t1");
    }

    @Test
    void aTokenOfAppleIsStoredInLowerCase() {
        String token = "ABCDEF0123456789".repeat(4);

        send(Auth.NOBODY, "POST {'deviceToken':'" + token + "','deviceType':'ios'}");

        assertThat(rows()).isEqualTo("new=-/" + token.toLowerCase(java.util.Locale.ROOT));
    }

    private int create(Auth auth, String header, String body) {
        var info = new RequestInfo("-", header, "127.0.0.1", Map.of(), Obj.EMPTY);
        return core.operations()
                .create(new Caller(auth, info), "_Installation", (Obj) JsonReader.read(body.replace('\'', '"')))
                .status();
    }

    @Test
    void theIdOfTheRequestNamesTheDeviceOfAClient() {
        fill("a=i1/t1");

        assertThat(create(Auth.NOBODY, "I1", "{'badge':2}")).isEqualTo(200);
        assertThat(rows()).isEqualTo("a=i1/t1");
        assertThat(create(Auth.NOBODY, "i2", "{'deviceType':'ios'}")).isEqualTo(201);
        Assertions.assertThatExceptionOfType(ParseException.class)
                .isThrownBy(() -> create(Auth.MASTER, "i1", "{'badge':2}"))
                .withMessage("deviceType must be specified in this operation");
    }

    @Test
    void anUpdateThroughCreateAnswersAsAnUpdate() {
        fill("a=i1/t1");

        as(core, Auth.NOBODY)
                .post("/installations", "{'installationId':'i1','objectId':'b'}")
                .fails(105, "objectId is an invalid field name.");
        as(core, Auth.NOBODY)
                .post("/installations", "{'installationId':'i1','createdAt':'2020-01-01T00:00:00.000Z'}")
                .answers(200, "{'updatedAt':'@date'}");
        as(core, Auth.NOBODY)
                .post("/classes/_Installation", "{'installationId':'i1','badge':{'__op':'Increment','amount':2}}")
                .answers(200, "{'badge':2,'updatedAt':'@date'}");
    }

    @Test
    void aRowOfSomebodyElseIsNotUpdatedThroughCreate() {
        fill("a=i1/t1");
        core.as(Auth.MASTER).put("/installations/a", "{'ACL':{}}").json();

        assertThat(send(Auth.NOBODY, "POST {'installationId':'i1'}")).isEqualTo("101 Object not found.");
    }

    @Test
    void idsThatAreNoTextsAreOfTheWrongType() {
        as(core, Auth.NOBODY)
                .post("/installations", "{'installationId':'i1','deviceToken':5,'deviceType':'ios'}")
                .fails(111, "schema mismatch for _Installation.deviceToken; expected String but got Number");
        as(core, Auth.NOBODY)
                .post("/installations", "{'installationId':{'$ne':'x'}}")
                .fails(135, TOO_FEW.substring(4));
    }

    @Test
    void listsAndDeletesAreForTheMasterKey() {
        fill("a=i1/t1");

        as(core, Auth.NOBODY)
                .get("/installations")
                .fails(119, "Clients aren't allowed to perform the find operation on the installation collection.");
        as(core, Auth.NOBODY)
                .delete("/installations/a")
                .fails(119, "Clients aren't allowed to perform the delete operation on the installation collection.");
        assertThat(as(core, Auth.NOBODY).get("/installations/a").status()).isEqualTo(200);
        assertThat(as(core, Auth.MASTER).get("/installations").body()).contains("\"deviceToken\":\"t1\"");
        assertThat(as(core, Auth.MAINTENANCE).get("/installations").status()).isEqualTo(200);
        as(core, Auth.READ_ONLY_MASTER)
                .delete("/installations/a")
                .fails(119, "read-only masterKey isn't allowed to perform the delete operation.");
        as(core, Auth.MASTER).delete("/installations/a").answers(200, "{}");
    }
}
