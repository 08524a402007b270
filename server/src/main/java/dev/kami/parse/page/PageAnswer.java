package dev.kami.parse.page;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer of a page route.
 *
 * @param headers beside Content-Type; values in ASCII without control characters
 */
public record PageAnswer(int status, String contentType, Map<String, String> headers, byte[] bytes) {
    static final String HTML = "text/html; charset=utf-8";

    static PageAnswer html(int status, String text) {
        return new PageAnswer(status, HTML, Map.of(), text.getBytes(StandardCharsets.UTF_8));
    }

    /** As parse-server answers for a page that is missing or cannot be shown. */
    static PageAnswer notFound() {
        return html(404, "Not found.");
    }

    /** @param location absolute, encoded */
    static PageAnswer redirect(int status, String location) {
        return html(status, "Found. Redirecting to " + location).with(Map.of("Location", location));
    }

    /** A JSON string. */
    static PageAnswer json(String plainAscii) {
        return new PageAnswer(
                200,
                "application/json; charset=utf-8",
                Map.of(),
                ("\"" + plainAscii + "\"").getBytes(StandardCharsets.US_ASCII));
    }

    PageAnswer with(Map<String, String> more) {
        var all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new PageAnswer(status, contentType, all, bytes);
    }
}
