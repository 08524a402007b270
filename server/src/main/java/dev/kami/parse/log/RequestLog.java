package dev.kami.parse.log;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The two verbose lines of a request, with secrets hidden. Callers ask {@link #isEnabled()} before
 * they collect what the lines need.
 */
public final class RequestLog {
    /** A longer body is cut: nobody reads it, and three copies of it go through the log. */
    private static final int LONGEST_BODY = 100_000;

    private final Log log;

    public RequestLog(Log log) {
        this.log = log;
    }

    public boolean isEnabled() {
        return log.isEnabled(LogLevel.VERBOSE);
    }

    /**
     * {@code REQUEST for [GET] /parse/classes/A: {...}}.
     *
     * @param body JSON text of the body, {@code {}} when there is none
     */
    public void request(String method, String url, Map<String, String> headers, String body) {
        String address = Masking.url(url);
        String content = Masking.json(cut(body));
        var meta = new LinkedHashMap<String, Object>();
        meta.put("method", method);
        meta.put("url", address);
        meta.put("headers", Masking.headers(headers));
        meta.put("body", content);
        log.verbose("REQUEST for [" + method + "] " + address + ": " + indent(content), meta);
    }

    /**
     * {@code RESPONSE from [GET] /parse/classes/A: {...}}.
     *
     * @param location header of a created object or a redirect, or null
     * @param response JSON text of the answer
     */
    public void response(String method, String url, int status, String location, String response) {
        String content = Masking.json(cut(response));
        var result = new LinkedHashMap<String, Object>();
        result.put("status", status);
        result.put("response", content);
        if (location != null) {
            result.put("location", Masking.url(location));
        }
        log.verbose(
                "RESPONSE from [" + method + "] " + Masking.url(url) + ": " + indent(content),
                Map.of("result", result));
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_BODY ? text : text.substring(0, LONGEST_BODY) + "... (truncated)";
    }

    /** JSON with line breaks and two spaces per level; text that is no JSON comes out with odd breaks only. */
    static String indent(String json) {
        var out = new StringBuilder(json.length() + 64);
        int depth = 0;
        boolean inString = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (inString) {
                out.append(c);
                if (c == '\\' && i + 1 < json.length()) {
                    out.append(json.charAt(++i));
                } else if (c == '"') {
                    inString = false;
                }
                continue;
            }
            switch (c) {
                case '"' -> {
                    inString = true;
                    out.append(c);
                }
                case '{', '[' -> {
                    out.append(c);
                    if (i + 1 < json.length() && (json.charAt(i + 1) == '}' || json.charAt(i + 1) == ']')) {
                        out.append(json.charAt(++i));
                    } else {
                        newLine(out, ++depth);
                    }
                }
                case '}', ']' -> {
                    depth = Math.max(0, depth - 1);
                    newLine(out, depth).append(c);
                }
                case ',' -> newLine(out.append(c), depth);
                case ':' -> out.append(": ");
                case ' ', '\n', '\r', '\t' -> {}
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    private static StringBuilder newLine(StringBuilder out, int depth) {
        // Deeper than this nobody reads, and the text would grow with the square of its depth.
        return out.append('\n').repeat(' ', 2 * Math.min(depth, 50));
    }
}
