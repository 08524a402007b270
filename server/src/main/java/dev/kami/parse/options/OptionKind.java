package dev.kami.parse.options;

import dev.kami.parse.value.PlainJson;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * How the text (command line, environment) or the JSON value (configuration file) of an option is
 * read. The rules are those of the npm server, so a boolean never fails and a number takes its
 * leading digits. One rule is ours: text that is a JSON list is read as that list where a list is
 * expected (the npm server splits it at its commas, which is of no use to anybody).
 */
enum OptionKind {
    STRING("string", "text"),
    /** The first whole number of the text: {@code "12abc"} is 12, {@code "abc"} ends the start. */
    INTEGER("number", "integer"),
    /** True for {@code true}, {@code "true"}, 1 and {@code "1"}; everything else is false. */
    BOOLEAN("boolean", "boolean"),
    LIST("array", "list"),
    OBJECT("object", "object (JSON)"),
    /** An object, JSON text of one, or any other text as the name of the adapter. */
    ADAPTER("moduleOrObject", "adapter"),
    BOOLEAN_OR_FUNCTION("booleanOrFunction", "boolean"),
    INTEGER_OR_BOOLEAN("numberOrBool", "integer or boolean"),
    INTEGER_OR_STRING("numberOrString", "integer or text"),
    /** Text where the text {@code null} means: no value. */
    NULLABLE_STRING("string", "text"),
    /** Only code can give it; from text it stays text and is refused by the checks. */
    FUNCTION("string", "function (code only)");

    private final String parserName;
    private final String label;

    OptionKind(String parserName, String label) {
        this.parserName = parserName;
        this.label = label;
    }

    /** Name of the parser in the published table of the npm server. */
    String parserName() {
        return parserName;
    }

    /** What a reader of the reference page sees. */
    public String label() {
        return label;
    }

    /**
     * @param raw text, or a value of a JSON file (Boolean, Number, String, List, Map, null)
     * @throws OptionsException when the value cannot be read as this kind
     */
    Object parse(String name, Object raw) {
        return switch (this) {
            case STRING, FUNCTION -> raw;
            case NULLABLE_STRING -> "null".equals(raw) ? null : raw;
            case INTEGER -> integer(name, raw);
            case BOOLEAN, BOOLEAN_OR_FUNCTION -> truth(raw);
            case LIST -> list(raw);
            case OBJECT -> raw instanceof String text ? OptionJson.parse(name, text) : raw;
            case ADAPTER -> raw instanceof String text ? adapter(text) : raw;
            case INTEGER_OR_BOOLEAN ->
                switch (raw) {
                    case Boolean _ -> raw;
                    case String text when text.equals("true") || text.equals("false") -> Boolean.valueOf(text);
                    case null, default -> integer(name, raw);
                };
            case INTEGER_OR_STRING -> raw instanceof String ? raw : integer(name, raw);
        };
    }

    private static boolean truth(Object raw) {
        return switch (raw) {
            case Boolean value -> value;
            case Number number -> number.doubleValue() == 1;
            case String text -> text.equals("true") || text.equals("1");
            case null, default -> false;
        };
    }

    private static List<?> list(Object raw) {
        if (raw instanceof List<?> list) {
            return list;
        }
        if (raw instanceof String text) {
            if (text.startsWith("[") && PlainJson.readOrNull(text) instanceof List<?> list) {
                return list;
            }
            return Arrays.asList(text.split(",", -1));
        }
        throw new OptionsException(OptionJson.text(raw) + " should be a comma separated string or an array");
    }

    private static Object adapter(String text) {
        return text.startsWith("{") && PlainJson.readOrNull(text) instanceof Map<?, ?> object ? object : text;
    }

    private static Long integer(String name, Object raw) {
        if (raw instanceof Number number) {
            double value = number.doubleValue();
            if (Math.abs(value) <= Integer.MAX_VALUE * (double) Integer.MAX_VALUE) {
                return (long) value;
            }
        } else if (raw instanceof String text) {
            String digits = leadingInteger(text);
            if (digits != null) {
                return Long.valueOf(digits);
            }
        }
        throw badInteger(name, raw);
    }

    static OptionsException badInteger(String name, Object raw) {
        return new OptionsException("Key " + name + " has invalid value " + OptionJson.text(raw));
    }

    /** Optional white space, sign and at most 18 digits, as parseInt reads them; null without a digit. */
    private static String leadingInteger(String text) {
        String trimmed = text.strip();
        int start = !trimmed.isEmpty() && (trimmed.charAt(0) == '-' || trimmed.charAt(0) == '+') ? 1 : 0;
        int end = start;
        while (end < trimmed.length() && trimmed.charAt(end) >= '0' && trimmed.charAt(end) <= '9') {
            end++;
        }
        return end == start || end - start > 18 ? null : trimmed.substring(0, end);
    }
}
