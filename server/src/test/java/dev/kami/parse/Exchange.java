package dev.kami.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.api.ApiRequest;
import dev.kami.parse.api.ApiResponse;
import dev.kami.parse.api.ApiResponse.Body;
import dev.kami.parse.api.RouteTable;
import dev.kami.parse.auth.Auth;
import dev.kami.parse.auth.Caller;
import dev.kami.parse.auth.RequestInfo;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.JsonWriter;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Requests to a route table without HTTP, and what they answer, for tests:
 *
 * <pre>{@code
 * Exchange.with(routes).as(Auth.MASTER)
 *         .post("/classes/Score", "{'points':1}")
 *         .answers(201, "{'objectId':'@id','createdAt':'@date'}");
 * }</pre>
 *
 * In bodies and answers {@code '} stands for {@code "}; in answers {@code @id} is any objectId and {@code @date} any
 * time. Texts that the edge would replace by {@code Permission denied} are seen as they are.
 */
public final class Exchange {
    private final RouteTable routes;
    private final Auth auth;

    private Exchange(RouteTable routes, Auth auth) {
        this.routes = routes;
        this.auth = auth;
    }

    public static Exchange with(RouteTable routes) {
        return new Exchange(routes, Auth.NOBODY);
    }

    public Exchange as(Auth other) {
        return new Exchange(routes, other);
    }

    /** @param path may end with a query string whose values are JSON where they parse; no escapes */
    public Answer get(String path) {
        return send("GET", path, "{}");
    }

    public Answer post(String path, String body) {
        return send("POST", path, body);
    }

    public Answer put(String path, String body) {
        return send("PUT", path, body);
    }

    public Answer delete(String path) {
        return send("DELETE", path, "{}");
    }

    public Answer send(String method, String pathAndQuery, String body) {
        int mark = pathAndQuery.indexOf('?');
        String path = mark < 0 ? pathAndQuery : pathAndQuery.substring(0, mark);
        Obj query = mark < 0 ? Obj.EMPTY : query(pathAndQuery.substring(mark + 1));
        var match = routes.match(method, path).orElseThrow(() -> new AssertionError("no route " + method + " " + path));
        var request = new ApiRequest(
                method,
                path,
                match.variables(),
                query,
                (Obj) JsonReader.read(body.replace('\'', '"')),
                null,
                Map.of(),
                new Caller(auth, RequestInfo.INTERNAL));
        try {
            return Answer.of(method + " " + pathAndQuery, match.handler().handle(request));
        } catch (ParseException refused) {
            return Answer.of(method + " " + pathAndQuery, refused);
        }
    }

    private static Obj query(String text) {
        var query = new LinkedHashMap<String, ParseValue>();
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            query.put(pair.substring(0, equals), queryValue(pair.substring(equals + 1)));
        }
        return new Obj(query);
    }

    private static ParseValue queryValue(String text) {
        return text.matches("[{\\[].*|-?[0-9.]+|true|false|null")
                ? JsonReader.read(text.replace('\'', '"'))
                : ParseValue.of(text);
    }

    /**
     * What came back.
     *
     * @param request what was asked, for messages
     */
    public record Answer(String request, int status, Map<String, String> headers, String body) {
        static Answer of(String request, ApiResponse response) {
            byte[] body =
                    switch (response.body()) {
                        case Body.Json json -> {
                            var out = new JsonWriter();
                            json.writeTo(out);
                            yield out.toBytes();
                        }
                        case Body.Raw raw -> raw.bytes();
                    };
            return new Answer(request, response.status(), response.headers(), new String(body, StandardCharsets.UTF_8));
        }

        static Answer of(String request, ParseException refused) {
            ParseValue text = ParseValue.of(refused.getMessage());
            Obj body = refused.code() == null
                    ? Obj.of("error", text)
                    : Obj.of("code", ParseValue.of(refused.code().number()), "error", text);
            return new Answer(request, refused.httpStatus(), new HashMap<>(), body.toJson());
        }

        /** Exactly this status and body. */
        public Answer answers(int expectedStatus, String expectedBody) {
            String expected = expectedBody.replace('\'', '"');
            assertThat(status + " " + body)
                    .as(request)
                    .matches(Pattern.compile(
                            Pattern.quote(expectedStatus + " " + expected)
                                    .replace("@id", "\\E[A-Za-z0-9]{10}\\Q")
                                    .replace("@date", "\\E[0-9-]{10}T[0-9:.]{12}Z\\Q"),
                            Pattern.DOTALL));
            return this;
        }

        /** This Parse error, with the HTTP status that belongs to its code. */
        public Answer fails(int code, String text) {
            int expectedStatus =
                    switch (code) {
                        case 1 -> 500;
                        case 101 -> 404;
                        default -> 400;
                    };
            assertThat(status + " " + body)
                    .as(request)
                    .isEqualTo(expectedStatus + " "
                            + Obj.of("code", ParseValue.of(code), "error", ParseValue.of(text))
                                    .toJson());
            return this;
        }

        /** The refusal of everybody without the master key. */
        public Answer needsTheMasterKey() {
            return answers(403, "{'error':'unauthorized: master key is required'}");
        }

        public Obj json() {
            return (Obj) JsonReader.read(body);
        }

        public String objectId() {
            return json().text("objectId");
        }
    }
}
