package dev.kami.parse.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.Exchange;
import dev.kami.parse.TestCore;
import dev.kami.parse.analytics.AnalyticsAdapter;
import dev.kami.parse.auth.Auth;
import dev.kami.parse.auth.Caller;
import dev.kami.parse.log.Log;
import dev.kami.parse.log.LogLevel;
import dev.kami.parse.log.LogQuery;
import dev.kami.parse.log.LoggerAdapter;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Routes of one or two lines: audiences, push, events, log, security, server information. */
class SmallRoutesTest {
    private static final Instant NOW = Instant.parse("2030-01-08T00:00:00Z");

    private static TestCore core;

    @BeforeAll
    static void start() {
        core = TestCore.start();
    }

    @AfterAll
    static void stop() {
        core.close();
    }

    private static Exchange with(Routes routes) {
        var table = new RouteTable();
        routes.addTo(table);
        return Exchange.with(table);
    }

    @Test
    void audiencesAnswerTheirQueryParsed() {
        Exchange master = core.as(Auth.MASTER);
        String id = master.post("/push_audiences", "{'name':'all','query':'{\\'a\\':{\\'$gt\\':1}}'}")
                .answers(201, "{'objectId':'@id','createdAt':'@date'}")
                .objectId();
        String audience = "{'objectId':'" + id
                + "','createdAt':'@date','updatedAt':'@date','name':'all','query':{'a':{'$gt':1}}}";
        master.get("/push_audiences").answers(200, "{'results':[" + audience + "]}");
        master.get("/push_audiences/" + id).answers(200, audience);
        master.put("/push_audiences/" + id, "{'name':'some','query':'no json'}").answers(200, "{'updatedAt':'@date'}");
        assertThat(master.get("/push_audiences/" + id).json().text("query")).isEqualTo("no json");
        master.delete("/push_audiences/" + id).answers(200, "{}");
        core.as(Auth.NOBODY).get("/push_audiences").needsTheMasterKey();
        core.as(Auth.READ_ONLY_MASTER)
                .post("/push_audiences", "{'name':'x'}")
                .fails(119, "read-only masterKey isn't allowed to perform the create operation.");
    }

    @Test
    void pushesAreCheckedAndThenMissTheirConfiguration() {
        Exchange master = core.as(Auth.MASTER);
        master.post("/push", "{}").fails(115, "Sending a push requires either \"channels\" or a \"where\" query.");
        master.post("/push", "{'channels':['a'],'where':{}}")
                .fails(115, "Channels and query can not be set at the same time.");
        master.post("/push", "{'channels':['a']}").fails(115, "Missing push configuration");
        core.as(Auth.NOBODY).post("/push", "{}").needsTheMasterKey();
        core.as(Auth.READ_ONLY_MASTER)
                .post("/push", "{}")
                .fails(119, "read-only masterKey isn't allowed to send push notifications.");
    }

    @Test
    void eventsAreDroppedWithoutAnAdapter() {
        core.as(Auth.NOBODY).post("/events/AppOpened", "{'at':1}").answers(200, "{}");
        core.as(Auth.NOBODY).post("/events/Bought", "{}").answers(200, "{}");
    }

    @Test
    void anAnalyticsAdapterSeesEventsAndMayAnswer() {
        var seen = new ArrayList<String>();
        Exchange app = with(new EventsRoutes(
                new AnalyticsAdapter() {
                    @Override
                    public ParseValue appOpened(Obj parameters, Caller caller) {
                        seen.add("opened " + parameters.toJson());
                        return ParseValue.of("welcome");
                    }

                    @Override
                    public ParseValue trackEvent(String eventName, Obj parameters, Caller caller) {
                        seen.add(eventName + " " + parameters.toJson());
                        throw new IllegalStateException("analytics are down");
                    }
                },
                Log.off()));
        app.post("/events/AppOpened", "{'at':1}").answers(200, "'welcome'");
        app.post("/events/Bought", "{'n':2}").answers(200, "{}");
        assertThat(seen).containsExactly("opened {\"at\":1}", "Bought {\"n\":2}");
    }

    /** Remembers what it was asked for and answers with one line. */
    private static final class Lines implements LoggerAdapter {
        private LogQuery asked;

        @Override
        public void log(LogLevel level, String message, Map<String, ?> meta) {
            // nothing of this test is about writing
        }

        @Override
        public Optional<List<Map<String, Object>>> query(LogQuery query) {
            asked = query;
            return Optional.of(List.of(Map.of("message", "hello")));
        }
    }

    @Test
    void theLogIsReadWithTheStandardsOfDashboards() {
        var lines = new Lines();
        Exchange master = with(new LogsRoutes(Log.to(lines, LogLevel.INFO), InstantSource.fixed(NOW)))
                .as(Auth.MASTER);
        master.get("/scriptlog").answers(200, "[{'message':'hello'}]");
        assertThat(lines.asked)
                .isEqualTo(new LogQuery(Instant.parse("2030-01-01T00:00:00Z"), NOW, 10, true, LogLevel.INFO));
        master.get("/scriptlog?from=2029-12-01T00:00:00.000Z&until=2029-12-02&size=5&n=3&order=asc&level=error");
        assertThat(lines.asked)
                .isEqualTo(new LogQuery(
                        Instant.parse("2029-12-01T00:00:00Z"),
                        Instant.parse("2029-12-02T00:00:00Z"),
                        3,
                        false,
                        LogLevel.ERROR));
        master.get("/scriptlog?from=yesterday&size=many&level=verbose");
        assertThat(lines.asked)
                .isEqualTo(new LogQuery(Instant.parse("2030-01-01T00:00:00Z"), NOW, 10, true, LogLevel.INFO));
    }

    @Test
    void aLogThatCannotBeReadSaysSo() {
        core.as(Auth.MASTER).get("/scriptlog").fails(115, "Querying logs is not supported with this adapter");
        core.as(Auth.NOBODY).get("/scriptlog").needsTheMasterKey();
    }

    @Test
    void theSecurityReportIsSwitchedOnByAnOption() {
        core.as(Auth.NOBODY).get("/security").needsTheMasterKey();
        core.as(Auth.MASTER)
                .get("/security")
                .answers(409, "{'error':'Enable Parse Server option `security.enableCheck` to run security check.'}");
        try (TestCore checked = TestCore.start(options -> options.set("security", Map.of("enableCheck", true)))) {
            assertThat(checked.as(Auth.MASTER).get("/security").body())
                    .startsWith("{\"report\":{\"version\":\"1.0.0\",\"state\":\"fail\",\"groups\":[");
            assertThat(checked.as(Auth.MASTER).get("/serverInfo").body())
                    .contains("\"settings\":{\"securityCheck\":true}");
        }
    }

    @Test
    void serverInfoListsTheFeaturesThatDashboardsAskFor() {
        core.as(Auth.NOBODY).get("/serverInfo").needsTheMasterKey();
        core.as(Auth.MASTER)
                .get("/serverInfo")
                .answers(
                        200,
                        "{'features':{'globalConfig':{'create':true,'read':true,'update':true,'delete':true},"
                                + "'hooks':{'create':true,'read':true,'update':true,'delete':true},"
                                + "'cloudCode':{'jobs':true},"
                                + "'logs':{'level':true,'size':true,'order':true,'until':true,'from':true},"
                                + "'push':{'immediatePush':false,'scheduledPush':false,'storedPushData':false,"
                                + "'pushAudiences':true,'localization':true},"
                                + "'schemas':{'addField':true,'removeField':true,'addClass':true,'removeClass':true,"
                                + "'clearAllDataFromClass':true,'exportClass':false,'editClassLevelPermissions':true,"
                                + "'editPointerPermissions':true},'settings':{'securityCheck':false}},"
                                + "'parseServerVersion':'9.10.0','kamiParseServerVersion':'development build'}");
    }
}
