package dev.kami.parse.options;

import dev.kami.parse.value.MalformedJson;
import dev.kami.parse.value.PlainJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON of options as plain Java values, see {@link PlainJson}; faults never tell the content, which may be a secret. */
final class OptionJson {
    private OptionJson() {}

    /** @throws OptionsException naming the option and the place of the fault */
    static Object parse(String name, String text) {
        return read("Option " + name, text);
    }

    static Object parseFile(String file, String text) {
        return read("Configuration file " + file, text);
    }

    private static Object read(String what, String text) {
        try {
            return PlainJson.read(text);
        } catch (MalformedJson e) {
            throw new OptionsException(what + " is not valid JSON: " + e.withoutContent() + ".");
        }
    }

    /** The value as a reader expects it in a message or a listing: text bare, everything else as JSON. */
    static String text(Object value) {
        return value instanceof String text ? text : write(value);
    }

    /** JSON text of plain values; an object that is none of them (a function, an adapter) by its class. */
    static String write(Object value) {
        var out = new StringBuilder();
        PlainJson.append(
                out,
                value,
                (to, other) -> PlainJson.quote(to, "[" + other.getClass().getSimpleName() + "]"));
        return out.toString();
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
