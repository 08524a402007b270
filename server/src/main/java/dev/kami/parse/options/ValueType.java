package dev.kami.parse.options;

import java.util.List;
import java.util.Map;

/**
 * The Java type of an option's value, made from the plain value its {@link OptionKind} read. One class
 * instead of a function per type: each function costs a class at start.
 */
final class ValueType<T> {
    private enum Shape {
        TEXT,
        BOOLEAN,
        INTEGER,
        LONG,
        NUMBER,
        TEXTS,
        LIST,
        OBJECT,
        ANY,
        TOGGLE
    }

    static final ValueType<String> TEXT = new ValueType<>(Shape.TEXT, "a text");
    static final ValueType<Boolean> BOOLEAN = new ValueType<>(Shape.BOOLEAN, "a boolean");
    static final ValueType<Integer> INTEGER = new ValueType<>(Shape.INTEGER, "a whole number");
    static final ValueType<Long> LONG = new ValueType<>(Shape.LONG, "a whole number");
    /** Nested numbers are not read by a parser, so half a second stays half a second. */
    static final ValueType<Double> NUMBER = new ValueType<>(Shape.NUMBER, "a number");

    static final ValueType<List<String>> TEXTS = new ValueType<>(Shape.TEXTS, "a list of texts");
    static final ValueType<List<Object>> LIST = new ValueType<>(Shape.LIST, "a list");
    static final ValueType<Map<String, Object>> OBJECT = new ValueType<>(Shape.OBJECT, "an object");
    static final ValueType<Object> ANY = new ValueType<>(Shape.ANY, "a value");
    static final ValueType<Toggle> TOGGLE = new ValueType<>(Shape.TOGGLE, "a boolean or a function");

    private final Shape shape;
    private final String article;

    private ValueType(Shape shape, String article) {
        this.shape = shape;
        this.article = article;
    }

    /** What the value must be, for messages: "a list of texts". */
    String article() {
        return article;
    }

    /**
     * @param value frozen plain value, not null
     * @return the typed value, or null when the plain value cannot be one
     */
    @SuppressWarnings("unchecked") // each constant names the type that its shape makes
    T convert(Object value) {
        Object typed =
                switch (shape) {
                    case TEXT -> value instanceof String || value instanceof Number ? OptionJson.text(value) : null;
                    case BOOLEAN -> value instanceof Boolean ? value : null;
                    case INTEGER ->
                        value instanceof Long number && number == number.intValue() ? number.intValue() : null;
                    case LONG -> value instanceof Long ? value : null;
                    case NUMBER -> value instanceof Number number ? number.doubleValue() : null;
                    case TEXTS -> value instanceof List<?> list && allTexts(list) ? value : null;
                    case LIST -> value instanceof List ? value : null;
                    case OBJECT -> value instanceof Map ? value : null;
                    case ANY -> value;
                    case TOGGLE -> Toggle.of(value);
                };
        return (T) typed;
    }

    private static boolean allTexts(List<?> list) {
        for (Object item : list) {
            if (!(item instanceof String)) {
                return false;
            }
        }
        return true;
    }
}
