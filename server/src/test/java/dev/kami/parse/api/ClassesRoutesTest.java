package dev.kami.parse.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.Exchange;
import dev.kami.parse.Exchange.Answer;
import dev.kami.parse.TestCore;
import dev.kami.parse.auth.Auth;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClassesRoutesTest {
    private TestCore core;
    private Exchange nobody;
    private Exchange master;

    @BeforeEach
    void start() {
        core = TestCore.start();
        nobody = core.as(Auth.NOBODY);
        master = core.as(Auth.MASTER);
    }

    @AfterEach
    void stop() {
        core.close();
    }

    @Test
    void anObjectIsCreatedReadChangedAndDeleted() {
        Answer created = nobody.post("/classes/GameScore", "{'score':1337,'playerName':'Sean'}")
                .answers(201, "{'objectId':'@id','createdAt':'@date'}");
        String id = created.objectId();
        assertThat(created.headers()).containsEntry("Location", TestCore.SERVER_URL + "/classes/GameScore/" + id);
        nobody.get("/classes/GameScore/" + id)
                .answers(
                        200,
                        "{'objectId':'" + id
                                + "','createdAt':'@date','updatedAt':'@date','score':1337,'playerName':'Sean'}");
        nobody.put("/classes/GameScore/" + id, "{'score':{'__op':'Increment','amount':1}}")
                .answers(200, "{'score':1338,'updatedAt':'@date'}");
        nobody.delete("/classes/GameScore/" + id).answers(200, "{}");
        nobody.delete("/classes/GameScore/" + id).fails(101, "Object not found.");
        nobody.get("/classes/GameScore/" + id).fails(101, "Object not found.");
    }

    @Test
    void objectsAreFoundAndCounted() {
        for (int n = 1; n <= 3; n++) {
            nobody.post("/classes/N", "{'n':" + n + "}");
        }
        nobody.get("/classes/N?where={'n':{'$gt':1}}&order=-n&keys=n&count=1&limit=1")
                .answers(
                        200,
                        "{'results':[{'objectId':'@id','createdAt':'@date','updatedAt':'@date','n':3}],'count':2}");
        nobody.get("/classes/N?limit=0&count=1").answers(200, "{'results':[],'count':3}");
        nobody.send("GET", "/classes/N", "{'where':{'n':5}}").answers(200, "{'results':[]}");
    }

    @Test
    void anUnknownClassIsEmpty() {
        nobody.get("/classes/Nothing").answers(200, "{'results':[]}");
        nobody.get("/classes/Nothing/x").fails(101, "Object not found.");
    }

    @Test
    void parametersThatNobodyKnowsAreRefused() {
        nobody.get("/classes/N?what=1").fails(102, "Invalid parameter for query: what");
        nobody.get("/classes/N/x?where={}").fails(102, "Improper encode of parameter");
    }

    @Test
    void includedObjectsStandInPlaceOfTheirPointers() {
        String child = nobody.post("/classes/Child", "{'name':'c'}").objectId();
        String parent = nobody.post(
                        "/classes/Parent",
                        "{'child':{'__type':'Pointer','className':'Child','objectId':'" + child + "'}}")
                .objectId();
        nobody.get("/classes/Parent/" + parent + "?include=child")
                .answers(
                        200,
                        "{'objectId':'@id','createdAt':'@date','updatedAt':'@date','child':{'__type':'Object',"
                                + "'className':'Child','objectId':'" + child
                                + "','createdAt':'@date','updatedAt':'@date','name':'c'}}");
    }

    @Test
    void objectsFoundThroughARelationFieldSayTheirClass() {
        String member = nobody.post("/classes/Member", "{}").objectId();
        nobody.post(
                "/classes/Team",
                "{'members':{'__op':'AddRelation','objects':[{'__type':'Pointer','className':'Member','objectId':'"
                        + member + "'}]}}");
        nobody.get("/classes/Team?redirectClassNameForKey=members")
                .answers(
                        200,
                        "{'results':[{'objectId':'" + member
                                + "','createdAt':'@date','updatedAt':'@date','className':'Member'}]}");
    }

    @Test
    void rolesAreObjectsOfTheirClass() {
        master.post("/roles", "{'name':'Admins'}").fails(111, "ACL is required.");
        String id = master.post("/roles", "{'name':'Admins','ACL':{'*':{'read':true}}}")
                .objectId();
        nobody.get("/roles/" + id)
                .answers(
                        200,
                        "{'objectId':'@id','createdAt':'@date','updatedAt':'@date','name':'Admins',"
                                + "'users':{'__type':'Relation','className':'_User'},"
                                + "'roles':{'__type':'Relation','className':'_Role'},'ACL':{'*':{'read':true}}}");
        assertThat(nobody.get("/roles?where={'name':'Admins'}").body()).contains(id);
        nobody.put("/roles/" + id, "{'x':1}").fails(101, "Object not found.");
        master.delete("/roles/" + id).answers(200, "{}");
    }

    @Test
    void aggregatesAreForTheMaster() {
        for (int n = 1; n <= 3; n++) {
            nobody.post("/classes/N", "{'n':" + n + ",'odd':" + (n % 2 == 1) + "}");
        }
        master.send(
                        "GET",
                        "/aggregate/N",
                        "{'pipeline':[{'$match':{'n':{'$gt':1}}},{'$group':{'_id':null,'sum':{'$sum':'$n'}}}]}")
                .answers(200, "{'results':[{'objectId':null,'sum':5}]}");
        master.get("/aggregate/N?distinct=odd&where={'n':{'$lt':2}}").answers(200, "{'results':[true]}");
        nobody.get("/aggregate/N?distinct=n").needsTheMasterKey();
        assertThat(core.as(Auth.READ_ONLY_MASTER)
                        .get("/aggregate/N?distinct=odd")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aggregationOfTheReadOnlyMasterCanBeSwitchedOff() {
        try (TestCore strict = TestCore.start(options -> options.set("allowAggregationForReadOnlyMasterKey", false))) {
            strict.as(Auth.READ_ONLY_MASTER)
                    .get("/aggregate/N?distinct=odd")
                    .fails(119, "Cannot run an aggregation pipeline when using the readOnlyMasterKey");
        }
    }
}
