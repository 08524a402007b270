package dev.kami.parse.options;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as plain Java values: Map (in order), List, String, Boolean, Long, Double, null. */
public final class PlainJson {
    private PlainJson() {}

    /** @throws OptionsException naming the option and the place of the fault, never its content */
    static Object parse(String name, String text) {
        try {
            return JsonReader.read(text);
        } catch (JsonReader.Fault e) {
            throw new OptionsException("Option " + name + " is not valid JSON: " + e.getMessage() + ".");
        }
    }

    static Object parseFile(String file, String text) {
        try {
            return JsonReader.read(text);
        } catch (JsonReader.Fault e) {
            throw new OptionsException("Configuration file " + file + " is not valid JSON: " + e.getMessage() + ".");
        }
    }

    /** The value, or null when the text is not JSON (or is the word null). */
    public static Object parseOrNull(String text) {
        try {
            return JsonReader.read(text);
        } catch (JsonReader.Fault _) {
            return null; // the caller asks whether it is JSON, and it is not
        }
    }

    /** The value as a reader expects it in a message or a listing: text bare, everything else as JSON. */
    static String text(Object value) {
        return value instanceof String text ? text : write(value);
    }

    /** JSON text of plain values; an object that is none of them (a function, an adapter) by its class. */
    public static String write(Object value) {
        var out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    private static void write(Object value, StringBuilder out) {
        switch (value) {
            case null -> out.append("null");
            case Boolean flag -> out.append(flag);
            case Double number
            when number == Math.rint(number) && Math.abs(number) < 1e15 -> out.append(number.longValue());
            case Number number -> out.append(number);
            case String text -> quote(text, out);
            case Map<?, ?> map -> {
                char separator = '{';
                for (var entry : map.entrySet()) {
                    out.append(separator);
                    quote(String.valueOf(entry.getKey()), out);
                    out.append(':');
                    write(entry.getValue(), out);
                    separator = ',';
                }
                out.append(separator == '{' ? "{}" : "}");
            }
            case List<?> list -> {
                char separator = '[';
                for (Object item : list) {
                    out.append(separator);
                    write(item, out);
                    separator = ',';
                }
                out.append(separator == '[' ? "[]" : "]");
            }
            default -> quote("[" + value.getClass().getSimpleName() + "]", out);
        }
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    /** A deep copy that cannot be changed; numbers become Long or Double, other objects stay as they are. */
    static Object freeze(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<String, Object>();
                map.forEach((key, item) -> copy.put(String.valueOf(key), freeze(item)));
                yield Collections.unmodifiableMap(copy);
            }
            case List<?> list -> {
                var copy = new ArrayList<Object>(list.size());
                list.forEach(item -> copy.add(freeze(item)));
                yield Collections.unmodifiableList(copy);
            }
            case Object[] array -> freeze(List.of(array));
            case Integer number -> number.longValue();
            case Short number -> number.longValue();
            case Float number -> number.doubleValue();
            case null, default -> value;
        };
    }
}
