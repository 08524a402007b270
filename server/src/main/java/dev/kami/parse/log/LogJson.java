package dev.kami.parse.log;

import java.util.Arrays;
import java.util.Map;

/** Writes facts as JSON: plain Java values by their kind, everything else by its text. */
final class LogJson {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private LogJson() {}

    static void append(StringBuilder out, Object value) {
        switch (value) {
            case null -> out.append("null");
            case Boolean flag -> out.append(flag);
            case Double number when !Double.isFinite(number) -> out.append("null");
            case Double number
            when number == Math.rint(number) && Math.abs(number) < 1e15 -> out.append(number.longValue());
            case Number number -> out.append(number);
            case JsonText json -> out.append(json.json());
            case Map<?, ?> map -> {
                char separator = '{';
                for (var entry : map.entrySet()) {
                    out.append(separator);
                    quote(out, String.valueOf(entry.getKey()));
                    out.append(':');
                    append(out, entry.getValue());
                    separator = ',';
                }
                out.append(separator == '{' ? "{}" : "}");
            }
            case Iterable<?> items -> {
                char separator = '[';
                for (Object item : items) {
                    out.append(separator);
                    append(out, item);
                    separator = ',';
                }
                out.append(separator == '[' ? "[]" : "]");
            }
            case Object[] items -> append(out, Arrays.asList(items));
            default -> quote(out, value.toString());
        }
    }

    static void quote(StringBuilder out, String text) {
        out.append('"');
        int done = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c != '"' && c != '\\') {
                continue;
            }
            out.append(text, done, i);
            done = i + 1;
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> out.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 15]);
            }
        }
        out.append(text, done, text.length()).append('"');
    }
}
