package dev.kami.parse.options;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The Java type of an option's value, made from the plain value its {@link OptionKind} read.
 *
 * @param article what the value must be, for messages: "a list of texts"
 * @param convert the typed value, or null when the plain value cannot be one
 */
record ValueType<T>(String article, Function<Object, T> convert) {
    static final ValueType<String> TEXT =
            new ValueType<>("a text", v -> v instanceof String || v instanceof Number ? Json.text(v) : null);
    static final ValueType<Boolean> BOOLEAN = new ValueType<>("a boolean", v -> v instanceof Boolean b ? b : null);
    static final ValueType<Integer> INTEGER =
            new ValueType<>("a whole number", v -> v instanceof Long n && n == n.intValue() ? n.intValue() : null);
    static final ValueType<Long> LONG = new ValueType<>("a whole number", v -> v instanceof Long n ? n : null);
    /** Nested numbers are not read by a parser, so half a second stays half a second. */
    static final ValueType<Double> NUMBER =
            new ValueType<>("a number", v -> v instanceof Number n ? n.doubleValue() : null);

    static final ValueType<List<String>> TEXTS = new ValueType<>("a list of texts", ValueType::texts);
    static final ValueType<List<Object>> LIST = new ValueType<>("a list", ValueType::list);
    static final ValueType<Map<String, Object>> OBJECT = new ValueType<>("an object", ValueType::object);
    static final ValueType<Object> ANY = new ValueType<>("a value", v -> v);
    static final ValueType<Toggle> TOGGLE = new ValueType<>("a boolean or a function", Toggle::of);

    private static List<String> texts(Object value) {
        return value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)
                ? list.stream().map(String.class::cast).toList()
                : null;
    }

    @SuppressWarnings("unchecked") // values are frozen by Json.freeze, whose lists hold plain objects
    private static List<Object> list(Object value) {
        return value instanceof List<?> list ? (List<Object>) list : null;
    }

    @SuppressWarnings("unchecked") // values are frozen by Json.freeze, whose keys are texts
    private static Map<String, Object> object(Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : null;
    }
}
