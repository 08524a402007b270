package dev.kami.parse.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.Exchange;
import dev.kami.parse.TestCore;
import dev.kami.parse.auth.Auth;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every part of every body as every kind of JSON: each is answered, as success or as a Parse error, never by a defect. */
class HostileBodiesTest {
    private static final List<String> KINDS = List.of(
            "null",
            "true",
            "0",
            "-1.5e300",
            "''",
            "'text'",
            "'<script>'",
            "'\\\"; DROP TABLE x'",
            "[]",
            "[null,[1],{}]",
            "{}",
            "{'a':{'b':[1]}}",
            "{'__op':'Delete'}",
            "{'__op':'Increment','amount':1}",
            "{'__op':'Wrong'}",
            "{'__type':'Date','iso':'2020-01-01T00:00:00.000Z'}",
            "{'__type':'Pointer','className':'A','objectId':'b'}",
            "{'__type':'GeoPoint'}",
            "{'constructor':1,'__proto__':2}");

    private static TestCore core;

    @BeforeAll
    static void start() {
        core = TestCore.start();
        core.as(Auth.MASTER).post("/schemas/Known", "{'fields':{'s':{'type':'String'},'n':{'type':'Number'}}}");
    }

    @AfterAll
    static void stop() {
        core.close();
    }

    /** Method, path and a body in which {@code ?} becomes every kind. */
    static Stream<String> bodies() {
        return Stream.of(
                "POST /schemas {'className':?}",
                "POST /schemas/Fresh {'fields':?}",
                "POST /schemas/Fresh {'fields':{'x':?}}",
                "POST /schemas/Fresh {'fields':{'x':{'type':?}}}",
                "POST /schemas/Fresh {'fields':{'x':{'type':'Pointer','targetClass':?}}}",
                "POST /schemas/Fresh {'fields':{'x':{'type':'String','required':?}}}",
                "POST /schemas/Fresh {'fields':{'x':{'type':'Object','defaultValue':?}}}",
                "POST /schemas/Fresh {'fields':{'x':{'type':'Relation','targetClass':'A','defaultValue':?}}}",
                "POST /schemas/Fresh {'indexes':?}",
                "POST /schemas/Fresh {'fields':{'x':{'type':'String'}},'indexes':{'i':?}}",
                "POST /schemas/Fresh {'fields':{'x':{'type':'String'}},'indexes':{'i':{'x':?}}}",
                "POST /schemas/Fresh {'classLevelPermissions':?}",
                "POST /schemas/Fresh {'classLevelPermissions':{'find':?}}",
                "POST /schemas/Fresh {'classLevelPermissions':{'find':{'*':?}}}",
                "POST /schemas/Fresh {'classLevelPermissions':{'update':{'pointerFields':?}}}",
                "POST /schemas/Fresh {'classLevelPermissions':{'readUserFields':?}}",
                "POST /schemas/Fresh {'classLevelPermissions':{'protectedFields':?}}",
                "POST /schemas/Fresh {'classLevelPermissions':{'protectedFields':{'*':?}}}",
                "POST /schemas/Fresh {'classLevelPermissions':{'ACL':{'*':?}}}",
                "POST /schemas/Fresh {'classLevelPermissions':{'ACL':{'*':{'read':?}}}}",
                "PUT /schemas/Known {'className':?}",
                "PUT /schemas/Known {'fields':{'s':?}}",
                "PUT /schemas/Known {'fields':{'objectId':?}}",
                "PUT /schemas/Known {'fields':{'ACL':?}}",
                "PUT /schemas/Known {'indexes':{'i':?}}",
                "PUT /schemas/_User {'fields':{'username':?}}",
                "PUT /config {'params':?}",
                "PUT /config {'params':{'a':?}}",
                "PUT /config {'params':{'a':1},'masterKeyOnly':?}",
                "PUT /config {'params':{'a':1},'masterKeyOnly':{'a':?}}",
                "PUT /graphql-config {'params':?}",
                "PUT /graphql-config {'params':{'classConfigs':?}}",
                "PUT /graphql-config {'params':{'classConfigs':[?]}}",
                "PUT /graphql-config {'params':{'classConfigs':[{'className':'A','type':?}]}}",
                "PUT /graphql-config {'params':{'classConfigs':[{'className':'A','type':{'inputFields':?}}]}}",
                "PUT /graphql-config {'params':{'classConfigs':[{'className':'A','type':{'sortFields':[?]}}]}}",
                "POST /hooks/functions {'functionName':?,'url':'http://a'}",
                "POST /hooks/functions {'functionName':'f','url':?}",
                "POST /hooks/triggers {'className':?,'triggerName':'beforeSave','url':'http://a'}",
                "POST /hooks/triggers {'className':'A','triggerName':?,'url':'http://a'}",
                "PUT /hooks/functions/f {'__op':?}",
                "PUT /hooks/functions/f {'url':?}",
                "POST /jobs {'jobName':?}",
                "POST /functions/none {'a':?}",
                "POST /cloud_code/jobs {'job_schedule':?}",
                "POST /cloud_code/jobs {'job_schedule':{'jobName':?}}",
                "POST /cloud_code/jobs {'job_schedule':{'startAfter':?}}",
                "POST /push {'where':?}",
                "POST /push {'channels':?}",
                "POST /push_audiences {'name':?}",
                "POST /push_audiences {'query':?}",
                "GET /push_audiences {'where':?}",
                "POST /events/AppOpened {'at':?}",
                "GET /scriptlog {'size':?}",
                "GET /classes/Known {'where':?}",
                "GET /classes/Known {'limit':?}",
                "GET /classes/Known {'redirectClassNameForKey':?}",
                "GET /classes/Known/x {'keys':?}",
                "GET /classes/Known/x {'include':?}");
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void everyBodyIsAnswered(String line) {
        String[] parts = line.split(" ", 3);
        Exchange master = core.as(Auth.MASTER);
        for (String kind : KINDS) {
            int status =
                    master.send(parts[0], parts[1], parts[2].replace("?", kind)).status();
            assertThat(status).as(line + " with " + kind).isLessThanOrEqualTo(500);
            master.delete("/purge/Fresh");
            master.delete("/schemas/Fresh");
        }
    }

    @Test
    void allIsInOrderAfterwards() {
        Exchange master = core.as(Auth.MASTER);
        for (String path : List.of("/schemas", "/config", "/hooks/functions", "/push_audiences", "/cloud_code/jobs")) {
            assertThat(master.get(path).status()).isEqualTo(200);
        }
    }
}
