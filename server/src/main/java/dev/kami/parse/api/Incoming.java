package dev.kami.parse.api;

import dev.kami.parse.value.ParseValue.Obj;
import java.util.Map;

/**
 * A request as it came in, read but not yet trusted: its keys have not been looked at.
 *
 * @param id id of the request in the logs
 * @param method after {@code _method}
 * @param sentMethod the method on the wire
 * @param path below the mount path, starting with {@code /}, not decoded
 * @param fullPath the whole path, for the page that says what was not found
 * @param query query string, every value JSON-decoded where it parses
 * @param body JSON body without the transport keys; empty when there is none
 * @param bytes raw body of an upload, else {@code null}
 * @param keys what was sent to prove who asks
 * @param requestId header X-Parse-Request-Id, or {@code null}
 * @param context header X-Parse-Cloud-Context or {@code _context}
 * @param ip address of the client, by the rules of option {@code trustProxy}
 * @param headers all headers, names in lower case
 */
public record Incoming(
        String id,
        String method,
        String sentMethod,
        String path,
        String fullPath,
        Obj query,
        Obj body,
        byte[] bytes,
        SentKeys keys,
        String requestId,
        Obj context,
        String ip,
        Map<String, String> headers) {

    /** Every part is {@code null} when it was not sent. */
    public record SentKeys(
            String appId,
            String masterKey,
            String maintenanceKey,
            String sessionToken,
            String installationId,
            String clientKey,
            String javascriptKey,
            String dotNetKey,
            String restApiKey) {
        public static final SentKeys NONE = new SentKeys(null, null, null, null, null, null, null, null, null);
    }
}
