package dev.kami.parse.api;

import dev.kami.parse.value.JsonWriter;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer before it is bytes.
 *
 * @param headers names as sent; empty for most
 */
public record ApiResponse(int status, Map<String, String> headers, Body body) {
    public ApiResponse {
        headers = Map.copyOf(headers);
    }

    /** What stands behind the headers. */
    public sealed interface Body {
        /** JSON, written once, straight into the buffer of the answer; nothing can fail any more. */
        non-sealed interface Json extends Body {
            void writeTo(JsonWriter out);
        }

        /** Anything else. */
        record Raw(String contentType, byte[] bytes) implements Body {}
    }

    public static ApiResponse json(int status, Body.Json body) {
        return new ApiResponse(status, Map.of(), body);
    }

    public static ApiResponse ok(Body.Json body) {
        return json(200, body);
    }

    public static ApiResponse ok(ParseValue value) {
        return json(200, out -> out.value(value));
    }

    /** {@code {}}. */
    public static ApiResponse empty() {
        return ok(Obj.EMPTY);
    }

    public static ApiResponse text(int status, String contentType, String text) {
        return new ApiResponse(
                status, Map.of(), new Body.Raw(contentType, text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    public ApiResponse withHeader(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ApiResponse(status, more, body);
    }
}
