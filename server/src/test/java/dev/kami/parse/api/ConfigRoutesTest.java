package dev.kami.parse.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.Exchange;
import dev.kami.parse.TestCore;
import dev.kami.parse.auth.Auth;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConfigRoutesTest {
    private TestCore core;
    private Exchange master;
    private Exchange nobody;

    @BeforeEach
    void start() {
        core = TestCore.start();
        master = core.as(Auth.MASTER);
        nobody = core.as(Auth.NOBODY);
    }

    @AfterEach
    void stop() {
        core.close();
    }

    @Test
    void nothingIsConfiguredAtFirst() {
        nobody.get("/config").answers(200, "{'params':{}}");
        master.get("/graphql-config").answers(200, "{}");
    }

    @Test
    void parametersForTheMasterAreHiddenFromOthersWithTheirFlags() {
        master.put("/config", "{'params':{'a':1,'b':{'x':[1]},'secret':'s'},'masterKeyOnly':{'secret':true}}")
                .answers(200, "{'result':true}");
        master.get("/config")
                .answers(
                        200,
                        "{'params':{'a':1,'b':{'x':[1]},'secret':'s'},"
                                + "'masterKeyOnly':{'a':false,'b':false,'secret':true}}");
        core.as(Auth.READ_ONLY_MASTER)
                .get("/config")
                .answers(
                        200,
                        "{'params':{'a':1,'b':{'x':[1]},'secret':'s'},"
                                + "'masterKeyOnly':{'a':false,'b':false,'secret':true}}");
        nobody.get("/config").answers(200, "{'params':{'a':1,'b':{'x':[1]}},'masterKeyOnly':{'a':false,'b':false}}");
    }

    @Test
    void parametersThatAreNotNamedStay() {
        master.put("/config", "{'params':{'a':1,'b':2}}");
        master.put("/config", "{'params':{'b':3}}");
        assertThat(nobody.get("/config").body()).startsWith("{\"params\":{\"a\":1,\"b\":3}");
        master.put("/config", "{}").answers(200, "{'result':true}");
        assertThat(nobody.get("/config").body()).startsWith("{\"params\":{\"a\":1,\"b\":3}");
    }

    @Test
    void parametersAreDeletedAndCountedLikeFields() {
        master.put("/config", "{'params':{'a':1,'n':1}}");
        master.put("/config", "{'params':{'a':{'__op':'Delete'},'n':{'__op':'Increment','amount':2}}}");
        nobody.get("/config").answers(200, "{'params':{'n':3},'masterKeyOnly':{'a':false,'n':false}}");
    }

    @Test
    void aParameterMayHaveEveryType() {
        String params = "'date':{'__type':'Date','iso':'2020-01-01T00:00:00.000Z'},"
                + "'file':{'__type':'File','name':'a.txt','url':'http://localhost/a.txt'},"
                + "'list':[1,'two',null],'place':{'__type':'GeoPoint','latitude':1,'longitude':2},'yes':true";
        master.put("/config", "{'params':{" + params + "}}").answers(200, "{'result':true}");
        assertThat(nobody.get("/config").body()).startsWith("{\"params\":{" + params.replace('\'', '"') + "}");
    }

    @Test
    void namesWithADollarOrADotAreRefusedAtEveryDepth() {
        String text = "Nested keys should not contain the '$' or '.' characters";
        master.put("/config", "{'params':{'a.b':1}}").fails(121, text);
        master.put("/config", "{'params':{'$a':1}}").fails(121, text);
        master.put("/config", "{'params':{'a':{'x.y':1}}}").fails(121, text);
        master.put("/config", "{'params':{'a':[{'b':{'$gt':1}}]}}").fails(121, text);
        nobody.get("/config").answers(200, "{'params':{}}");
    }

    @Test
    void onlyTheWritingMasterChangesIt() {
        nobody.put("/config", "{'params':{'a':1}}").needsTheMasterKey();
        core.as(Auth.MAINTENANCE).put("/config", "{'params':{'a':1}}").needsTheMasterKey();
        Exchange reader = core.as(Auth.READ_ONLY_MASTER);
        reader.put("/config", "{'params':{'a':1}}")
                .fails(119, "read-only masterKey isn't allowed to update the config.");
        reader.put("/graphql-config", "{}")
                .fails(119, "read-only masterKey isn't allowed to update the GraphQL config.");
        nobody.get("/graphql-config").needsTheMasterKey();
    }

    @Test
    void theGraphQLConfigurationIsReplacedAsAWhole() {
        master.put("/graphql-config", "{'params':{'enabledForClasses':['A']}}")
                .answers(200, "{'response':{'result':true}}");
        master.get("/graphql-config").answers(200, "{'enabledForClasses':['A']}");
        master.put("/graphql-config", "{'params':{'disabledForClasses':['B']}}");
        master.get("/graphql-config").answers(200, "{'disabledForClasses':['B']}");
        master.put("/graphql-config", "{}");
        master.get("/graphql-config").answers(200, "{}");
    }

    @Test
    void aGraphQLConfigurationMustFit() {
        master.put("/graphql-config", "{'params':{'x':1}}")
                .fails(107, "Invalid graphQLConfig: encountered invalid keys: [x]");
    }
}
