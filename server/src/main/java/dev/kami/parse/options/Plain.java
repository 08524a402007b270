package dev.kami.parse.options;

import java.util.Map;

/** Walks plain values by key. */
final class Plain {
    private Plain() {}

    /** The value under the keys from {@code depth} on, or null when one of them is missing. */
    static Object at(Object value, String[] keys, int depth) {
        Object current = value;
        for (int i = depth; i < keys.length; i++) {
            if (!(current instanceof Map<?, ?> map)) {
                return null;
            }
            current = map.get(keys[i]);
        }
        return current;
    }
}
