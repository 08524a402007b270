package dev.kami.parse.options;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The words in which {@link Checks} says its rules. A value that is not given breaks no rule; a value
 * given in code is checked as it is, one from text has been through its parser already.
 */
record Rules(Map<String, Object> plain) {
    Object at(String path) {
        return Plain.at(plain, path.split("\\."), 0);
    }

    /** Given and neither null, false, 0 nor empty text: what JavaScript takes for true. */
    boolean truthy(String path) {
        return switch (at(path)) {
            case null -> false;
            case Boolean flag -> flag;
            case Number number -> number.doubleValue() != 0;
            case String text -> !text.isEmpty();
            default -> true;
        };
    }

    /** Every value given at the path must pass. */
    void must(String path, Predicate<Object> rule, String otherwise) {
        Object value = at(path);
        if (value != null && !rule.test(value)) {
            throw new OptionsException(otherwise);
        }
    }

    void mustBeBoolean(String path, String otherwise) {
        must(path, Boolean.class::isInstance, otherwise);
    }

    void mustBeObject(String path, String otherwise) {
        must(path, Map.class::isInstance, otherwise);
    }

    static boolean isFunction(Object value) {
        return !(value instanceof String
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Map
                || value instanceof List);
    }

    static boolean isText(Object value) {
        return value instanceof String;
    }

    static boolean isNumber(Object value) {
        return value instanceof Number;
    }

    /** A number, or text that is one: where the npm server asks isNaN. */
    static boolean isNumeric(Object value) {
        if (value instanceof String text) {
            try {
                Double.parseDouble(text);
                return true;
            } catch (NumberFormatException _) {
                return false; // that is the question
            }
        }
        return value instanceof Number;
    }

    static double number(Object value) {
        return value instanceof String text ? Double.parseDouble(text) : ((Number) value).doubleValue();
    }

    static boolean isWhole(Object value) {
        return value instanceof Number number && number.doubleValue() == Math.rint(number.doubleValue());
    }

    /** Name of the JavaScript type, for texts of the npm server. */
    static String typeName(Object value) {
        return switch (value) {
            case Number _ -> "number";
            case Boolean _ -> "boolean";
            case String _ -> "string";
            default -> "object";
        };
    }
}
