package dev.kami.parse.http;

import dev.kami.parse.options.Options;
import dev.kami.parse.options.RequestOptions;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.webserver.http.ServerResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The headers that let browsers of other origins call this server; they go with every answer. */
final class Cors {
    private static final String ALLOWED_HEADERS = "X-Parse-Master-Key, X-Parse-REST-API-Key, X-Parse-Javascript-Key,"
            + " X-Parse-Application-Id, X-Parse-Client-Version, X-Parse-Session-Token, X-Requested-With,"
            + " X-Parse-Revocable-Session, X-Parse-Request-Id, Content-Type, Pragma, Cache-Control";
    private static final Header METHODS =
            HeaderValues.createCached("Access-Control-Allow-Methods", "GET,PUT,POST,DELETE,OPTIONS");
    private static final Header EXPOSED =
            HeaderValues.createCached("Access-Control-Expose-Headers", "X-Parse-Job-Status-Id, X-Parse-Push-Status-Id");
    private static final Header VARIES = HeaderValues.createCached(HeaderNames.VARY, "Origin");

    private final Header allowedHeaders;
    private final Header firstOrigin;
    /** Empty when there is no choice. */
    private final Map<String, Header> origins = new LinkedHashMap<>();

    Cors(Options options) {
        List<String> allowed = options.find(RequestOptions.ALLOW_ORIGIN)
                .filter(list -> !list.isEmpty())
                .orElse(List.of("*"));
        firstOrigin = origin(allowed.getFirst());
        if (allowed.size() > 1) {
            allowed.forEach(text -> origins.put(text, origin(text)));
        }
        List<String> more = options.find(RequestOptions.ALLOW_HEADERS).orElse(List.of());
        allowedHeaders = HeaderValues.createCached(
                "Access-Control-Allow-Headers",
                more.isEmpty() ? ALLOWED_HEADERS : ALLOWED_HEADERS + ", " + String.join(", ", more));
    }

    private static Header origin(String text) {
        return HeaderValues.createCached(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, text);
    }

    void addTo(ServerResponse response, Headers request) {
        Header origin = firstOrigin;
        if (!origins.isEmpty()) {
            response.header(VARIES);
            if (request.contains(HeaderNames.ORIGIN)) {
                origin = origins.getOrDefault(request.get(HeaderNames.ORIGIN).get(), firstOrigin);
            }
        }
        response.header(origin);
        response.header(METHODS);
        response.header(allowedHeaders);
        response.header(EXPOSED);
    }
}
