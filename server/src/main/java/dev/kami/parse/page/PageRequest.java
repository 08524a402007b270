package dev.kami.parse.page;

import dev.kami.parse.auth.RequestInfo;
import java.util.Map;

/**
 * A request for a page. The maps hold texts only: what was sent as a list or an object counts as not sent, so no operator
 * gets anywhere near a query.
 *
 * @param method GET, POST and so on, in capitals
 * @param variables values of the path, such as {@code appId}
 * @param query query string, decoded
 * @param body form or JSON body, decoded
 */
public record PageRequest(
        String method,
        Map<String, String> variables,
        Map<String, String> query,
        Map<String, String> body,
        RequestInfo info) {

    /** Text that is there and not empty, else {@code null}. */
    static String given(Map<String, String> values, String name) {
        String value = values.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** Asked by a script, which wants JSON. */
    boolean isXhr() {
        return "XMLHttpRequest".equalsIgnoreCase(info.headers().get("x-requested-with"));
    }
}
