package dev.kami.parse.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.api.ApiFixture.Reply;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchTest {
    private final ApiFixture api = new ApiFixture();

    private static String create(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"method\":\"POST\",\"path\":\"/parse/classes/C\",\"body\":{\"i\":" + i + "}}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private Reply batch(String requests) {
        return api.post("/batch", "{\"requests\":" + requests + "}").send();
    }

    private Reply transaction(String requests) {
        return api.post("/batch", "{\"transaction\":true,\"requests\":" + requests + "}")
                .send();
    }

    @Test
    void answersStandInTheOrderOfTheRequests() {
        api.open();
        Reply reply = batch(create(100));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body())
                .isEqualTo(IntStream.range(0, 100)
                        .mapToObj(i -> "{\"success\":{\"auth\":\"Nobody\",\"body\":{\"i\":" + i + "}}}")
                        .collect(Collectors.joining(",", "[", "]")));
    }

    @Test
    void noRequestsHaveNoAnswers() {
        api.open();
        assertThat(batch("[]").body()).isEqualTo("[]");
    }

    @Test
    void errorsStandInTheirPlace() {
        api.open();
        assertThat(batch("""
                        [{"method":"POST","path":"/parse/classes/C","body":{"fail":"no"}},
                         {"method":"POST","path":"/parse/classes/C","body":{"defect":1}},
                         {"method":"POST","path":"/parse/classes/C"}]""").body())
                .isEqualTo("[{\"error\":{\"code\":111,\"error\":\"no\"}},"
                        + "{\"error\":{\"code\":1,\"error\":\"Internal server error.\"}},"
                        + "{\"success\":{\"auth\":\"Nobody\",\"body\":{}}}]");
    }

    @Test
    void theCallerOfTheBatchIsTheCallerOfAll() {
        api.open();
        Reply reply =
                api.post("/batch", "{\"requests\":" + create(1) + "}").master().send();
        assertThat(reply.body()).isEqualTo("[{\"success\":{\"auth\":\"Master\",\"body\":{\"i\":0}}}]");
    }

    @Test
    void tenRunAtTheSameTimeAndNotMore() {
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var tenAreIn = new CountDownLatch(10);
        api.add("POST", "/wait", _ -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            tenAreIn.countDown();
            try {
                assertThat(tenAreIn.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            running.decrementAndGet();
            return ApiResponse.ok(Obj.EMPTY);
        });
        api.open();
        batch("[" + "{\"method\":\"POST\",\"path\":\"/parse/wait\"},".repeat(29)
                + "{\"method\":\"POST\",\"path\":\"/parse/wait\"}]");
        assertThat(most).hasValue(10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "7; requests must be an array",
                "{}; requests must be an array",
                "[7]; batch request path must be a string",
                "[null]; batch request path must be a string",
                "[{\"method\":\"GET\"}]; batch request path must be a string",
                "[{\"method\":\"GET\",\"path\":7}]; batch request path must be a string",
                "[{\"method\":\"GET\",\"path\":\"/other/classes/C\"}]; cannot route batch path /other/classes/C",
                "[{\"method\":\"GET\",\"path\":\"/parse/nothing\"}]; cannot route GET /nothing",
                "[{\"method\":\"PATCH\",\"path\":\"/parse/classes/C\"}]; cannot route PATCH /classes/C",
                "[{\"method\":\"GET\",\"path\":\"/parse/classes/C?limit=1\"},{\"method\":\"X\",\"path\":\"/parse/a\"}];"
                        + " cannot route X /a",
                "[{\"method\":\"POST\",\"path\":\"/parse/batch\"}]; nested batch requests are not allowed",
                "[{\"method\":\"post\",\"path\":\"/parse//BATCH/\"}]; nested batch requests are not allowed",
                "[{\"path\":\"/parse/classes/C\"}]; cannot route undefined /classes/C"
            })
    void oneBadRequestRefusesAll(String requests, String text) {
        api.open();
        Reply reply = batch(requests);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json()).isEqualTo(Obj.of("code", ParseValue.of(107), "error", ParseValue.of(text)));
        assertThat(api.calls).isEmpty();
    }

    @Test
    void aBatchMayBeTooLong() {
        var limited = new ApiFixture(options -> options.set("requestComplexity", Map.of("batchRequestLimit", 2)));
        limited.open();
        String three = "{\"requests\":" + create(3) + "}";
        assertThat(limited.post("/batch", three).send().json().text("error"))
                .isEqualTo("Batch request contains 3 sub-requests, which exceeds the limit of 2.");
        assertThat(limited.post("/batch", three).master().send().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"/parse/classes/C", "/1/classes/C"})
    void pathsMayBeThoseOfTheServerUrlOrThePublicOne(String path) {
        var behindProxy = new ApiFixture(options -> options.set("serverURL", "http://localhost:1337/parse")
                .set("publicServerURL", "https://example.com/1"));
        behindProxy.open();
        String request = "{\"requests\":[{\"method\":\"GET\",\"path\":\"" + path + "\"}]}";
        assertThat(behindProxy.post("/batch", request).send().status()).isEqualTo(200);
    }

    @Test
    void aTransactionRunsInOrder() {
        api.open();
        Reply reply = transaction(create(3));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(api.begun).isEqualTo(1);
        assertThat(api.undone).isZero();
    }

    @Test
    void theFirstErrorEndsATransaction() {
        api.open();
        Reply reply = transaction("""
                [{"method":"POST","path":"/parse/classes/A"},
                 {"method":"POST","path":"/parse/classes/B","body":{"fail":"no"}},
                 {"method":"POST","path":"/parse/classes/C"}]""");
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.body()).isEqualTo("{\"code\":1,\"message\":\"Internal server error.\"}");
        assertThat(api.calls).containsExactly("POST /classes/A", "POST /classes/B");
        assertThat(api.undone).isEqualTo(1);
        assertThat(api.log).contains("WARN Batch transaction undone: no");
    }

    @Test
    void aTransactionThatLosesIsTriedAgain() {
        api.conflicts = 5;
        api.open();
        assertThat(transaction(create(1)).status()).isEqualTo(200);
        assertThat(api.begun).isEqualTo(6);
    }

    @Test
    void butNotForEver() {
        api.conflicts = 6;
        api.open();
        assertThat(transaction(create(1)).status()).isEqualTo(500);
        assertThat(api.begun).isEqualTo(6);
    }
}
