package dev.kami.parse.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * {@code Authorization: Basic}: the user is the application id, the password the master key or
 * {@code javascript-key=<key>}.
 *
 * @param masterKey {@code null} when a JavaScript key was sent
 */
record BasicAuth(String appId, String masterKey, String javascriptKey) {
    private static final String SCHEME = "basic ";
    private static final String JAVASCRIPT_KEY = "javascript-key=";

    /** {@code null} when the header is something else. */
    static BasicAuth of(String header) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        String[] parts;
        try {
            byte[] decoded = Base64.getMimeDecoder().decode(header.substring(SCHEME.length()));
            parts = new String(decoded, StandardCharsets.UTF_8).split(":", -1);
        } catch (IllegalArgumentException _) {
            return null; // no credentials; the request is judged by its other headers
        }
        if (parts.length != 2) {
            return null;
        }
        return parts[1].startsWith(JAVASCRIPT_KEY)
                ? new BasicAuth(parts[0], null, parts[1].substring(JAVASCRIPT_KEY.length()))
                : new BasicAuth(parts[0], parts[1], null);
    }
}
