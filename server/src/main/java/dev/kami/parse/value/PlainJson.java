package dev.kami.parse.value;

import java.util.Arrays;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * JSON that is no data of an app (options, log lines, translations), as plain Java values: Map in order, List, String,
 * Boolean, Long, Double, null.
 */
public final class PlainJson {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private PlainJson() {}

    /**
     * Numbers become Long when they are written as whole ones and fit, else Double.
     *
     * @throws MalformedJson when the text is not JSON, within the limits of {@link JsonReader}
     */
    public static Object read(String text) {
        return JsonReader.readPlain(text);
    }

    /** The value, or null when the text is not JSON (or is the word null). */
    public static Object readOrNull(String text) {
        try {
            return read(text);
        } catch (MalformedJson _) {
            return null; // the caller asks whether it is JSON, and it is not
        }
    }

    /** @param others writes what is none of the plain values */
    public static void append(StringBuilder out, Object value, BiConsumer<StringBuilder, Object> others) {
        switch (value) {
            case null -> out.append("null");
            case Boolean flag -> out.append(flag);
            case Double number when !Double.isFinite(number) -> out.append("null");
            case Double number
            when number == Math.rint(number) && Math.abs(number) < 1e15 -> out.append(number.longValue());
            case Number number -> out.append(number);
            case String text -> quote(out, text);
            case Map<?, ?> map -> {
                char separator = '{';
                for (var entry : map.entrySet()) {
                    out.append(separator);
                    quote(out, String.valueOf(entry.getKey()));
                    out.append(':');
                    append(out, entry.getValue(), others);
                    separator = ',';
                }
                out.append(separator == '{' ? "{}" : "}");
            }
            case Iterable<?> items -> {
                char separator = '[';
                for (Object item : items) {
                    out.append(separator);
                    append(out, item, others);
                    separator = ',';
                }
                out.append(separator == '[' ? "[]" : "]");
            }
            case Object[] items -> append(out, Arrays.asList(items), others);
            default -> others.accept(out, value);
        }
    }

    public static void quote(StringBuilder out, String text) {
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
