package dev.kami.parse.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MaskingTest {
    @Test
    void secretParametersOfAUrlAreHidden() {
        assertThat(Masking.url("/parse/login?username=a&password=b%26c&x"))
                .isEqualTo("/parse/login?username=a&password=********&x");
        assertThat(Masking.url("/x?_MasterKey=m&where=%7B%22sessionToken%22%3A%22r%3A1%22%7D&limit=1"))
                .isEqualTo("/x?_MasterKey=********&where=********&limit=1");
        assertThat(Masking.url("/x?where={\"a\":1}&p%=1")).isEqualTo("/x?where={\"a\":1}&p%=1");
        assertThat(Masking.url("/x")).isEqualTo("/x");
    }

    @Test
    void keysAndTokensInHeadersAreHidden() {
        var headers = new LinkedHashMap<String, String>();
        headers.put("X-Parse-Application-Id", "A");
        headers.put("X-Parse-Master-Key", "M");
        headers.put("x-parse-session-token", "r:1");
        headers.put("Authorization", "Basic x");
        assertThat(Masking.headers(headers).values()).containsExactly("A", "********", "********", "********");
    }

    @Test
    void secretKeysOfJsonAreHiddenWhateverTheirValue() {
        assertThat(Masking.json("{\"username\":\"a\", \"password\" : \"b\\\"c\",\"x\":1}"))
                .isEqualTo("{\"username\":\"a\", \"password\" : \"********\",\"x\":1}");
        assertThat(Masking.json("[{\"password\":{\"a\":[1,\"}\"]}},{\"password\":12},{\"password\":null}]"))
                .isEqualTo("[{\"password\":\"********\"},{\"password\":\"********\"},{\"password\":\"********\"}]");
        assertThat(Masking.json("{\"a\":\"password\",\"authData\":{\"p\":{\"access_token\":\"t\"}}}"))
                .isEqualTo("{\"a\":\"password\",\"authData\":{\"p\":{\"access_token\":\"********\"}}}");
        assertThat(Masking.json("{\"password\":\"cut o")).isEqualTo("{\"password\":\"********\"");
        assertThat(Masking.json("not json \"")).isEqualTo("not json \"");
    }

    @Test
    void maskingLongTextTakesLinearTime() {
        String hostile = "{\"password\":".repeat(100_000);
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> Masking.json(hostile));
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> RequestLog.indent("[".repeat(100_000)));
    }

    @Test
    void plainValuesAreMaskedInACopy() {
        assertThat(Masking.value(Map.of("list", List.of(Map.of("password", "p", "n", 1)))))
                .isEqualTo(Map.of("list", List.of(Map.of("password", "********", "n", 1))));
    }

    @Test
    void databaseAddressesLoseTheirPassword() {
        assertThat(Masking.databaseUri("postgres://u:p@ss@h:5432/db")).isEqualTo("postgres://u:********@h:5432/db");
        assertThat(Masking.databaseUri("mongodb://h:1/db")).isEqualTo("mongodb://h:1/db");
        assertThat(Masking.databaseUri("h2:mem:x")).isEqualTo("h2:mem:x");
    }

    @Test
    void requestLinesShowTheirBodyOnSeveralLines() {
        record Line(String message, Map<String, ?> meta) {}
        var lines = new ArrayList<Line>();
        var log = new RequestLog(Log.to((_, message, meta) -> lines.add(new Line(message, meta)), LogLevel.VERBOSE));
        log.request("POST", "/parse/users", Map.of("X-Parse-Master-Key", "M"), "{\"password\":\"p\",\"a\":[{},1]}");
        log.response("POST", "/parse/users", 201, "http://x/1", "{\"sessionToken\":\"r:1\"}");
        assertThat(lines.getFirst().message).isEqualTo("""
                REQUEST for [POST] /parse/users: {
                  "password": "********",
                  "a": [
                    {},
                    1
                  ]
                }""");
        assertThat(lines.getFirst().meta.toString()).doesNotContain("=M", "\"p\"");
        assertThat(lines.getLast().message)
                .isEqualTo("RESPONSE from [POST] /parse/users: {\n  \"sessionToken\": \"********\"\n}");
        assertThat(lines.getLast().meta.toString()).contains("status=201", "location=http://x/1");
    }

    @Test
    void longTextsAreTruncated() {
        assertThat(LogText.truncate("a".repeat(1000))).hasSize(1000);
        assertThat(LogText.truncate("a".repeat(1001))).isEqualTo("a".repeat(1000) + "... (truncated)");
        assertThat(LogText.truncate(null)).isNull();
    }
}
