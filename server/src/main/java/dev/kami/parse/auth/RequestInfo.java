package dev.kami.parse.auth;

import dev.kami.parse.value.ParseValue.Obj;
import java.util.Map;

/**
 * What came with a request beside its content.
 *
 * @param requestId id of this request in the logs
 * @param installationId header X-Parse-Installation-Id, or {@code null}
 * @param ip address of the client
 * @param headers for triggers and functions; names in lower case
 * @param context header X-Parse-Cloud-Context, handed to triggers
 */
public record RequestInfo(
        String requestId, String installationId, String ip, Map<String, String> headers, Obj context) {
    /** Work that the server does by itself. */
    public static final RequestInfo INTERNAL = new RequestInfo("-", null, "127.0.0.1", Map.of(), Obj.EMPTY);
}
