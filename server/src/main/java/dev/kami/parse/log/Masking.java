package dev.kami.parse.log;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Hides passwords, tokens and keys in what is logged about requests. The npm server hides passwords
 * only and logs master keys and session tokens in its verbose lines; here those are hidden too.
 */
public final class Masking {
    public static final String MASK = "********";

    /** Names of fields, parameters and body keys in lower case. */
    private static final Set<String> SECRET_NAMES = Set.of(
            "password",
            "new_password",
            "confirm_new_password",
            "sessiontoken",
            "_sessiontoken",
            "_session_token",
            "_masterkey",
            "masterkey",
            "_maintenancekey",
            "_javascriptkey",
            "_clientkey",
            "_hashed_password",
            "_password_history",
            "_perishable_token",
            "_email_verify_token",
            "token",
            "access_token",
            "id_token",
            "refresh_token",
            "auth_token",
            "oauth_token_secret",
            "client_secret",
            "secret");

    private static final Set<String> SECRET_HEADERS = Set.of(
            "x-parse-master-key",
            "x-parse-maintenance-key",
            "x-parse-session-token",
            "x-parse-rest-api-key",
            "x-parse-javascript-key",
            "x-parse-client-key",
            "x-parse-windows-key",
            "x-parse-webhook-key",
            "authorization",
            "proxy-authorization",
            "cookie");

    private Masking() {}

    static boolean isSecret(String name) {
        return SECRET_NAMES.contains(name.toLowerCase(Locale.ROOT));
    }

    /** The same headers in the same order; the values of keys, tokens and cookies are hidden. */
    public static Map<String, String> headers(Map<String, String> headers) {
        var masked = new LinkedHashMap<String, String>();
        headers.forEach((name, value) ->
                masked.put(name, SECRET_HEADERS.contains(name.toLowerCase(Locale.ROOT)) ? MASK : value));
        return masked;
    }

    /** The values of secret parameters are hidden, also where a parameter is JSON with a secret key inside. */
    public static String url(String url) {
        int query = url.indexOf('?');
        if (query < 0) {
            return url;
        }
        var out = new StringBuilder(url.length()).append(url, 0, query + 1);
        String separator = "";
        for (String parameter : url.substring(query + 1).split("&", -1)) {
            int equals = parameter.indexOf('=');
            boolean secret = equals >= 0
                    && (isSecret(decode(parameter.substring(0, equals)))
                            || hidesSecret(decode(parameter.substring(equals + 1))));
            out.append(separator).append(secret ? parameter.substring(0, equals + 1) + MASK : parameter);
            separator = "&";
        }
        return out.toString();
    }

    private static boolean hidesSecret(String value) {
        return value.indexOf('"') >= 0 && !json(value).equals(value);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return text; // not a valid escape: the server will refuse it, here it is only looked at
        }
    }

    /** A copy of plain values (Map, List and the rest) in which the values of secret keys are hidden. */
    public static Object value(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                var masked = new LinkedHashMap<Object, Object>();
                map.forEach((key, item) -> masked.put(key, isSecret(String.valueOf(key)) ? MASK : value(item)));
                yield masked;
            }
            case List<?> list -> list.stream().map(Masking::value).toList();
            case null, default -> value;
        };
    }

    /** JSON text, or text that resembles it, in which the values of secret keys are hidden. Linear time. */
    public static String json(String text) {
        StringBuilder out = null;
        int done = 0;
        int i = 0;
        while (i < text.length()) {
            if (text.charAt(i) != '"') {
                i++;
                continue;
            }
            int nameEnd = stringEnd(text, i);
            int colon = skipSpace(text, nameEnd);
            if (colon >= text.length() || text.charAt(colon) != ':' || !isSecret(text.substring(i + 1, nameEnd - 1))) {
                i = nameEnd;
                continue;
            }
            int from = skipSpace(text, colon + 1);
            int to = valueEnd(text, from);
            if (out == null) {
                out = new StringBuilder(text.length());
            }
            out.append(text, done, from).append('"').append(MASK).append('"');
            done = to;
            i = to;
        }
        return out == null ? text : out.append(text, done, text.length()).toString();
    }

    private static int skipSpace(String text, int from) {
        int i = from;
        while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /** The index after the closing quote of the string that opens at {@code from}, or the end of the text. */
    private static int stringEnd(String text, int from) {
        int i = from + 1;
        while (i < text.length()) {
            char c = text.charAt(i++);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                return i;
            }
        }
        return text.length();
    }

    private static int valueEnd(String text, int from) {
        int depth = 0;
        int i = from;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '"') {
                i = stringEnd(text, i);
                if (depth == 0) {
                    return i;
                }
                continue;
            }
            if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                if (depth == 0) {
                    return i;
                }
                if (--depth == 0) {
                    return i + 1;
                }
            } else if (c == ',' && depth == 0) {
                return i;
            }
            i++;
        }
        return i;
    }

    /** {@code postgres://user:********@host/db}: the password of a database address is hidden. */
    public static String databaseUri(String uri) {
        int scheme = uri.indexOf("://");
        int slash = scheme < 0 ? -1 : uri.indexOf('/', scheme + 3);
        int at = scheme < 0 ? -1 : uri.lastIndexOf('@', slash < 0 ? uri.length() : slash);
        int colon = at < 0 ? -1 : uri.indexOf(':', scheme + 3);
        return colon < 0 || colon > at ? uri : uri.substring(0, colon + 1) + MASK + uri.substring(at);
    }
}
