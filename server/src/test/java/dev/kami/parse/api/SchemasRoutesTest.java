package dev.kami.parse.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.Exchange;
import dev.kami.parse.TestCore;
import dev.kami.parse.auth.Auth;
import dev.kami.parse.query.Constraint.JoinSide;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemasRoutesTest {
    private static final String COMMON = "'objectId':{'type':'String'},'createdAt':{'type':'Date'},"
            + "'updatedAt':{'type':'Date'},'ACL':{'type':'ACL'}";
    private static final String OPEN = "'classLevelPermissions':{'ACL':{'*':{'read':true,'write':true}},"
            + "'find':{'*':true},'get':{'*':true},'count':{'*':true},'create':{'*':true},'update':{'*':true},"
            + "'delete':{'*':true},'addField':{'*':true},'protectedFields':{'*':[]}}";

    private static TestCore core;
    private Exchange master;

    @BeforeAll
    static void start() {
        core = TestCore.start();
    }

    @AfterAll
    static void stop() {
        core.close();
    }

    @BeforeEach
    void freshClass() {
        master = core.as(Auth.MASTER);
        master.delete("/purge/Thing");
        master.delete("/schemas/Thing");
    }

    @Test
    void aClassWithoutFieldsHasTheCommonOnesAndIsOpen() {
        String thing = "{'className':'Thing','fields':{" + COMMON + "}," + OPEN + "}";
        master.post("/schemas/Thing", "{}").answers(200, thing);
        master.get("/schemas/Thing").answers(200, thing);
    }

    /** As observed: the stored permissions in every other answer, those that hold in this one. */
    @Test
    void theAnswerToAChangeHidesWhatTheOptionProtects() {
        try (var other = TestCore.start(options -> options.set(
                "protectedFields", Map.of("Thing", Map.of("*", List.of("a", "b"), "role:x", List.of("c")))))) {
            Exchange there = other.as(Auth.MASTER);
            String body = "{'classLevelPermissions':{'find':{'*':true},'protectedFields':{'*':['s','a']}}}";
            there.post("/schemas/Thing", "{'fields':{'s':{'type':'String'},'a':{'type':'String'}}}");

            assertThat(there.put("/schemas/Thing", body).body())
                    .contains("\"protectedFields\":{\"*\":[\"s\",\"a\",\"b\"],\"role:x\":[\"c\"]}");
            assertThat(there.get("/schemas/Thing").body()).contains("\"protectedFields\":{\"*\":[\"s\",\"a\"]}");
            assertThat(there.put("/schemas/_User", "{}").body()).contains("\"protectedFields\":{\"*\":[\"email\"]}");
        }
    }

    @Test
    void aClassIsMadeOfFieldsPermissionsAndIndexes() {
        String thing = "{'className':'Thing','fields':{" + COMMON
                + ",'s':{'type':'String'},'n':{'type':'Number','required':true,'defaultValue':3},"
                + "'p':{'type':'Pointer','targetClass':'_User'},'r':{'type':'Relation','targetClass':'Thing'}},"
                + "'classLevelPermissions':{'find':{'*':true},'get':{},'count':{},'create':{},'update':{},'delete':{},"
                + "'addField':{},'protectedFields':{}},'indexes':{'_id_':{'_id':1},'i1':{'s':1}}}";
        master.post(
                        "/schemas",
                        "{'className':'Thing','fields':{'s':{'type':'String'},"
                                + "'n':{'type':'Number','required':true,'defaultValue':3},"
                                + "'p':{'type':'Pointer','targetClass':'_User'},"
                                + "'r':{'type':'Relation','targetClass':'Thing'}},"
                                + "'indexes':{'i1':{'s':1}},'classLevelPermissions':{'find':{'*':true}}}")
                .answers(200, thing);
        master.get("/schemas/Thing").answers(200, thing);
    }

    @Test
    void everyKindOfFieldCanBeMade() {
        String fields = "'a':{'type':'String'},'b':{'type':'Number'},'c':{'type':'Boolean'},'d':{'type':'Date',"
                + "'defaultValue':{'__type':'Date','iso':'2020-01-01T00:00:00.000Z'}},'e':{'type':'Object'},"
                + "'f':{'type':'Array','defaultValue':[1]},'g':{'type':'GeoPoint'},'h':{'type':'File'},"
                + "'i':{'type':'Bytes'},'j':{'type':'Polygon'}";
        master.post("/schemas/Thing", "{'fields':{" + fields + "}}")
                .answers(200, "{'className':'Thing','fields':{" + COMMON + "," + fields + "}," + OPEN + "}");
    }

    @Test
    void fieldsComeAndGoAndChangeTheirOptions() {
        master.post("/schemas/Thing", "{'fields':{'a':{'type':'String'},'b':{'type':'Number'}}}");
        master.put(
                        "/schemas/Thing",
                        "{'fields':{'a':{'type':'String','required':true},'b':{'__op':'Delete'},'c':{'type':'Date'}}}")
                .answers(
                        200,
                        "{'className':'Thing','fields':{" + COMMON
                                + ",'a':{'type':'String','required':true},'c':{'type':'Date'}}," + OPEN + "}");
        master.post("/classes/Thing", "{}").fails(142, "a is required");
    }

    @Test
    void aDeletedFieldComesBackEmptyWithAnotherType() {
        master.post("/schemas/Thing", "{'fields':{'a':{'type':'String'}}}");
        String id = master.post("/classes/Thing", "{'a':'x'}").objectId();
        master.put("/schemas/Thing", "{'fields':{'a':{'__op':'Delete'}}}");
        master.put("/schemas/Thing", "{'fields':{'a':{'type':'Number'}}}");
        master.get("/classes/Thing/" + id).answers(200, "{'objectId':'@id','createdAt':'@date','updatedAt':'@date'}");
        master.put("/classes/Thing/" + id, "{'a':1}");
    }

    @Test
    void permissionsAreReplacedAsAWholeAndTakenAwayByNull() {
        master.post("/schemas/Thing", "{}");
        master.put("/schemas/Thing", "{'classLevelPermissions':{'get':{'*':true},'ACL':{'*':{'read':true}}}}")
                .answers(
                        200,
                        "{'className':'Thing','fields':{" + COMMON
                                + "},'classLevelPermissions':{'find':{},'get':{'*':true},'count':{},'create':{},"
                                + "'update':{},'delete':{},'addField':{},'protectedFields':{},"
                                + "'ACL':{'*':{'read':true}}}}");
        master.put("/schemas/Thing", "{'classLevelPermissions':null}")
                .answers(200, "{'className':'Thing','fields':{" + COMMON + "}," + OPEN + "}");
    }

    @Test
    void indexesComeAndGo() {
        master.post("/schemas/Thing", "{'fields':{'a':{'type':'String'},'b':{'type':'Number'}}}");
        assertThat(master.put("/schemas/Thing", "{'indexes':{'i1':{'a':1},'i2':{'a':1,'b':-1}}}")
                        .body())
                .contains("\"indexes\":{\"_id_\":{\"_id\":1},\"i1\":{\"a\":1},\"i2\":{\"a\":1,\"b\":-1}}");
        master.put("/schemas/Thing", "{'indexes':{'i1':{'a':1}}}").fails(102, "Index i1 exists, cannot update.");
        assertThat(master.put("/schemas/Thing", "{'indexes':{'i1':{'__op':'Delete'}}}")
                        .body())
                .contains("\"indexes\":{\"_id_\":{\"_id\":1},\"i2\":{\"a\":1,\"b\":-1}}");
        master.put("/schemas/Thing", "{'indexes':{'i1':{'__op':'Delete'}}}")
                .fails(102, "Index i1 does not exist, cannot delete.");
        master.put("/schemas/Thing", "{'indexes':{'i3':{'none':1}}}")
                .fails(102, "Field none does not exist, cannot add index.");
        master.put("/schemas/Thing", "{'indexes':{'i3':3}}").fails(107, "invalid JSON");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'createdAt':-1}",
                "{'objectId':1}",
                "{'p':1}",
                "{'_p_p':1}",
                "{'r':1}",
                "{'o':1}",
                "{'l':1}",
                "{'g':'2dsphere'}",
                "{'y':'2dsphere'}",
                "{'s':'text'}",
                "{'b':1}",
                "{'f':1,'s':1,'d':-1}"
            })
    void everyFieldCanBeIndexed(String keys) {
        master.post(
                "/schemas/Thing",
                "{'fields':{'s':{'type':'String'},'p':{'type':'Pointer','targetClass':'_User'},"
                        + "'r':{'type':'Relation','targetClass':'Thing'},'o':{'type':'Object'},'l':{'type':'Array'},"
                        + "'g':{'type':'GeoPoint'},'y':{'type':'Polygon'},'b':{'type':'Bytes'},'f':{'type':'File'},"
                        + "'d':{'type':'Date'}}}");
        assertThat(master.put("/schemas/Thing", "{'indexes':{'i':" + keys + "}}")
                        .body())
                .contains("\"i\":" + keys.replace('\'', '"'));
        assertThat(master.put("/schemas/Thing", "{'indexes':{'i':{'__op':'Delete'}}}")
                        .body())
                .doesNotContain("indexes");
    }

    @Test
    void aFieldWithAnIndexCanBeDeleted() {
        master.post(
                "/schemas/Thing",
                "{'fields':{'a':{'type':'String'},'b':{'type':'String'}},'indexes':{'i':{'a':1},'j':{'a':1,'b':1}}}");
        master.post("/classes/Thing", "{'a':'x','b':'y'}");
        assertThat(master.put("/schemas/Thing", "{'fields':{'a':{'__op':'Delete'}}}")
                        .body())
                .contains("\"b\":{\"type\":\"String\"}")
                .doesNotContain("\"a\":{");
        assertThat(master.get("/classes/Thing?where={'b':'y'}").body()).contains("\"b\":\"y\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "{'a b':{'type':'String'}}|105|invalid field name: a b",
                "{'className':{'type':'String'}}|105|invalid field name: className",
                "{'length':{'type':'String'}}|105|invalid field name: length",
                "{'objectId':{'type':'String'}}|136|field objectId cannot be added",
                "{'x':'String'}|107|invalid JSON",
                "{'x':null}|107|invalid JSON",
                "{'x':{}}|107|invalid JSON",
                "{'x':{'type':3}}|107|invalid JSON",
                "{'x':{'type':'Wrong'}}|111|invalid field type: Wrong",
                "{'x':{'type':'ACL'}}|111|invalid field type: ACL",
                "{'x':{'type':'Pointer'}}|135|type Pointer needs a class name",
                "{'x':{'type':'Relation','targetClass':''}}|135|type Relation needs a class name",
                "{'x':{'type':'Pointer','targetClass':3}}|107|invalid JSON",
                "{'x':{'type':'Pointer','targetClass':'a b'}}|103|Invalid classname: a b, classnames can only have alphanumeric characters and _, and must start with an alpha character ",
                "{'x':{'type':'Number','defaultValue':'y'}}|111|schema mismatch for Thing.x default value; expected Number but got String",
                "{'x':{'type':'Pointer','targetClass':'A','defaultValue':{'__type':'Pointer','className':'B','objectId':'b'}}}|111|schema mismatch for Thing.x default value; expected Pointer<A> but got Pointer<B>",
                "{'x':{'type':'Relation','targetClass':'A','required':true}}|111|The 'required' option is not applicable for Relation<A>",
                "{'x':{'type':'Relation','targetClass':'A','defaultValue':{'__type':'Relation','className':'A'}}}|111|The 'default value' option is not applicable for Relation<A>",
                "{'x':{'type':'Relation','targetClass':'A','defaultValue':true}}|111|schema mismatch for Thing.x default value; expected Relation<A> but got Boolean",
                "{'g1':{'type':'GeoPoint'},'g2':{'type':'GeoPoint'}}|111|currently, only one GeoPoint field may exist in an object. Adding g2 when g1 already exists."
            })
    void fieldsThatCannotBeAreRefusedAndLeaveNothing(String fields, int code, String text) {
        master.post("/schemas/Thing", "{'fields':" + fields + "}").fails(code, text);
        master.get("/schemas/Thing").fails(103, "Class Thing does not exist.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':{'type':'Number'}}|255|Field a exists, cannot update.",
                "{'z':{'__op':'Delete'}}|255|Field z does not exist, cannot delete.",
                "{'p':{'type':'Pointer','targetClass':'B'}}|111|schema mismatch for Thing.p; expected Pointer<A> but got Pointer<B>",
                "{'objectId':{'__op':'Delete'}}|136|field objectId cannot be changed",
                "{'n':{'type':'Number','defaultValue':'x'}}|111|schema mismatch for Thing.n default value; expected Number but got String",
                "{'g2':{'type':'GeoPoint'}}|111|currently, only one GeoPoint field may exist in an object. Adding g2 when g already exists."
            })
    void changesThatCannotBeAreRefused(String fields, int code, String text) {
        master.post(
                "/schemas/Thing",
                "{'fields':{'a':{'type':'String'},'p':{'type':'Pointer','targetClass':'A'},'g':{'type':'GeoPoint'}}}");
        String before = master.get("/schemas/Thing").body();
        master.put("/schemas/Thing", "{'fields':" + fields + "}").fails(code, text);
        assertThat(master.get("/schemas/Thing").body()).isEqualTo(before);
    }

    @Test
    void permissionsAreCheckedAgainstTheFieldsThatWillBeThere() {
        master.post(
                        "/schemas/Thing",
                        "{'fields':{'owner':{'type':'Pointer','targetClass':'_User'}},"
                                + "'classLevelPermissions':{'readUserFields':['owner'],'protectedFields':{'*':['owner']}}}")
                .json();
        master.put(
                        "/schemas/Thing",
                        "{'fields':{'owner':{'__op':'Delete'}},'classLevelPermissions':{'readUserFields':['owner']}}")
                .fails(107, "'owner' is not a valid column for class level pointer permissions readUserFields");
    }

    @Test
    void namesMustBeThereAndFit() {
        master.post("/schemas", "{}").fails(135, "POST /schemas needs a class name.");
        master.post("/schemas/A", "{'className':'B'}").fails(103, "Class name mismatch between B and A.");
        master.put("/schemas/A", "{'className':'B'}").fails(103, "Class name mismatch between B and A.");
        master.put("/schemas/None", "{}").fails(103, "Class None does not exist.");
        master.put("/schemas/_JobStatus", "{}").fails(103, "Class _JobStatus does not exist.");
        master.get("/schemas/None").fails(103, "Class None does not exist.");
        master.post("/schemas/_Hooks", "{}").fails(103, "Class _Hooks already exists.");
        master.post("/schemas", "{'className':5}")
                .fails(
                        103,
                        "Invalid classname: 5, classnames can only have alphanumeric characters and _, and must start"
                                + " with an alpha character ");
        master.delete("/schemas/a-b")
                .fails(
                        103,
                        "Invalid classname: a-b, classnames can only have alphanumeric characters and _, and must start"
                                + " with an alpha character ");
    }

    @Test
    void aClassIsMadeOnce() {
        master.post("/schemas/Thing", "{}");
        master.post("/schemas/Thing", "{}").fails(103, "Class Thing already exists.");
    }

    @Test
    void ofManyWhoMakeAClassAtOnceOneSucceeds() throws Exception {
        var answers = new ConcurrentLinkedQueue<Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                String field = "f" + i;
                threads.submit(() ->
                        answers.add(master.post("/schemas/Thing", "{'fields':{'" + field + "':{'type':'String'}}}")
                                .status()));
            }
        }
        assertThat(answers).hasSize(20).containsOnlyOnce(200);
        assertThat(core.schemas().find("Thing").fields()).hasSize(5);
    }

    @Test
    void aClassWithObjectsIsKeptUntilItIsPurged() {
        master.post("/classes/Thing", "{}");
        master.post("/classes/Thing", "{}");
        master.delete("/schemas/Thing").fails(255, "Class Thing is not empty, contains 2 objects, cannot drop schema.");
        master.delete("/purge/Thing").answers(200, "{}");
        master.delete("/schemas/Thing").answers(200, "{}");
        master.get("/schemas/Thing").fails(103, "Class Thing does not exist.");
    }

    @Test
    void whatIsNotThereIsDeletedAlready() {
        master.delete("/schemas/None").answers(200, "{}");
        master.delete("/purge/None").answers(200, "{}");
    }

    @Test
    void relationsGoWithTheirClass() {
        master.post("/schemas/Thing", "{'fields':{'r':{'type':'Relation','targetClass':'Thing'}}}");
        String a = master.post("/classes/Thing", "{}").objectId();
        String b = master.post("/classes/Thing", "{}").objectId();
        master.put(
                "/classes/Thing/" + a,
                "{'r':{'__op':'AddRelation','objects':[{'__type':'Pointer','className':'Thing','objectId':'" + b
                        + "'}]}}");
        master.delete("/purge/Thing");
        master.delete("/schemas/Thing").answers(200, "{}");
        assertThat(core.storage().linked("_Join:r:Thing", JoinSide.RELATED_ID, List.of(a)))
                .isEmpty();
    }

    @Test
    void systemClassesShowTheirColumns() {
        master.get("/schemas/_Role")
                .answers(
                        200,
                        "{'className':'_Role','fields':{" + COMMON
                                + ",'name':{'type':'String'},'users':{'type':'Relation','targetClass':'_User'},"
                                + "'roles':{'type':'Relation','targetClass':'_Role'}}," + OPEN + "}");
        master.get("/schemas/_Hooks")
                .answers(
                        200,
                        "{'className':'_Hooks','fields':{" + COMMON
                                + ",'functionName':{'type':'String'},'className':{'type':'String'},"
                                + "'triggerName':{'type':'String'},'url':{'type':'String'}},"
                                + "'classLevelPermissions':{}}");
    }

    @Test
    void columnsOfSystemClassesCannotBeAddedOrDeleted() {
        master.put("/schemas/_User", "{'fields':{'email':{'__op':'Delete'}}}")
                .fails(136, "field email cannot be changed");
        master.post("/schemas/_Installation", "{'fields':{'badge':{'type':'Number'}}}")
                .fails(136, "field badge cannot be added");
        master.put("/schemas/_User", "{'fields':{'nick':{'type':'String'}}}");
        assertThat(master.get("/schemas/_User").body()).contains("\"nick\":{\"type\":\"String\"}");
    }

    @Test
    void theListHoldsStoredClassesOnly() {
        master.post("/schemas/Thing", "{}");
        assertThat(master.get("/schemas").body())
                .startsWith("{\"results\":[")
                .contains("\"className\":\"Thing\"", "\"className\":\"_User\"", "\"className\":\"_Role\"")
                .doesNotContain("\"className\":\"_Hooks\"");
    }

    @Test
    void othersThanTheMasterAreRefused() {
        for (Auth auth : new Auth[] {Auth.NOBODY, Auth.MAINTENANCE}) {
            Exchange other = core.as(auth);
            other.get("/schemas").needsTheMasterKey();
            other.get("/schemas/_User").needsTheMasterKey();
            other.post("/schemas/Thing", "{}").needsTheMasterKey();
            other.put("/schemas/Thing", "{}").needsTheMasterKey();
            other.delete("/schemas/Thing").needsTheMasterKey();
            other.delete("/purge/Thing").needsTheMasterKey();
        }
    }

    @Test
    void theReadOnlyMasterReads() {
        Exchange reader = core.as(Auth.READ_ONLY_MASTER);
        assertThat(reader.get("/schemas").status()).isEqualTo(200);
        reader.post("/schemas/Thing", "{}").fails(119, "read-only masterKey isn't allowed to create a schema.");
        reader.put("/schemas/Thing", "{}").fails(119, "read-only masterKey isn't allowed to update a schema.");
        reader.delete("/schemas/Thing").fails(119, "read-only masterKey isn't allowed to delete a schema.");
        reader.delete("/purge/Thing").fails(119, "read-only masterKey isn't allowed to purge a schema.");
    }

    @Test
    void lockedSchemasAreMadeByTheirDefinitionsAlone() {
        try (TestCore locked = TestCore.start(
                options -> options.set("schema", Map.of("lockSchemas", true, "definitions", List.of())))) {
            Exchange exchange = locked.as(Auth.MASTER);
            String text = "Cannot perform this operation when schemas options is used.";
            exchange.post("/schemas/Thing", "{}").fails(119, text);
            exchange.put("/schemas/_User", "{}").fails(119, text);
            assertThat(exchange.get("/schemas").status()).isEqualTo(200);
        }
    }
}
