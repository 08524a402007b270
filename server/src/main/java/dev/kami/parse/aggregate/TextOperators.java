package dev.kami.parse.aggregate;

import static dev.kami.parse.aggregate.Expression.isNullish;

import dev.kami.parse.query.RegexEngine;
import dev.kami.parse.value.IsoDate;
import dev.kami.parse.value.JsNumber;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Str;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Texts. Lengths and positions named CP count code points, those named Bytes count UTF-8 bytes. */
final class TextOperators {
    private TextOperators() {}

    static void addTo(Map<String, Operator> all) {
        all.put("$concat", Operator.list(0, Integer.MAX_VALUE, TextOperators::concat));
        all.put("$toLower", Operator.unary(value -> new Str(loose(value).toLowerCase(Locale.ROOT))));
        all.put("$toUpper", Operator.unary(value -> new Str(loose(value).toUpperCase(Locale.ROOT))));
        all.put(
                "$strcasecmp",
                Operator.binary((a, b) -> new Num(Integer.signum(
                        loose(a).toUpperCase(Locale.ROOT).compareTo(loose(b).toUpperCase(Locale.ROOT))))));
        all.put("$substrCP", Operator.list(3, 3, TextOperators::substringOfCodePoints));
        all.put("$substrBytes", Operator.list(3, 3, TextOperators::substringOfBytes));
        all.put("$substr", Operator.list(3, 3, TextOperators::substringOfBytes));
        all.put("$strLenCP", Operator.unary(value -> {
            String text = need("$strLenCP", value);
            return new Num(text.codePointCount(0, text.length()));
        }));
        all.put(
                "$strLenBytes",
                Operator.unary(value -> new Num(need("$strLenBytes", value).getBytes(StandardCharsets.UTF_8).length)));
        all.put("$indexOfCP", Operator.list(2, 4, TextOperators::indexOf));
        all.put("$indexOfBytes", Operator.list(2, 4, TextOperators::indexOfBytes));
        all.put("$split", Operator.binaryOrNull(TextOperators::split));
        all.put("$trim", (name, argument) -> trim(name, argument, true, true));
        all.put("$ltrim", (name, argument) -> trim(name, argument, true, false));
        all.put("$rtrim", (name, argument) -> trim(name, argument, false, true));
        all.put("$replaceOne", (name, argument) -> replace(name, argument, false));
        all.put("$replaceAll", (name, argument) -> replace(name, argument, true));
        all.put("$regexMatch", TextOperators::regexMatch);
    }

    static String need(String operator, ParseValue value) {
        if (value instanceof Str(String text)) {
            return text;
        }
        throw Budget.invalid(operator + " requires a string argument, found: " + TypeOperators.typeName(value));
    }

    /** Null and missing as the empty text, numbers and dates as their text. */
    private static String loose(ParseValue value) {
        return switch (value) {
            case null -> "";
            case ParseValue.Null() -> "";
            case Str(String text) -> text;
            case Num(double number) -> JsNumber.format(number);
            case Date(long millis) -> IsoDate.format(millis);
            default -> throw Budget.invalid("can't convert from type " + TypeOperators.typeName(value) + " to String");
        };
    }

    private static ParseValue concat(List<ParseValue> values) {
        long length = 0;
        for (ParseValue value : values) {
            if (isNullish(value)) {
                return ParseValue.NULL;
            }
            length += need("$concat", value).length();
        }
        Budget.checkText(length);
        var all = new StringBuilder((int) length);
        values.forEach(value -> all.append(((Str) value).value()));
        return new Str(all.toString());
    }

    private static ParseValue substringOfCodePoints(List<ParseValue> values) {
        String text = loose(values.get(0));
        int start = NumberOperators.needInt("$substrCP", values.get(1));
        int length = NumberOperators.needInt("$substrCP", values.get(2));
        if (start < 0) {
            throw Budget.invalid("$substrCP: the starting index must be a non-negative number");
        }
        int all = text.codePointCount(0, text.length());
        if (start >= all) {
            return new Str("");
        }
        int end = length < 0 ? all : (int) Math.min(all, (long) start + length);
        return new Str(text.substring(text.offsetByCodePoints(0, start), text.offsetByCodePoints(0, end)));
    }

    private static ParseValue substringOfBytes(List<ParseValue> values) {
        byte[] text = loose(values.get(0)).getBytes(StandardCharsets.UTF_8);
        int start = NumberOperators.needInt("$substrBytes", values.get(1));
        int length = NumberOperators.needInt("$substrBytes", values.get(2));
        if (start < 0 || start >= text.length) {
            return new Str("");
        }
        int end = length < 0 ? text.length : (int) Math.min(text.length, (long) start + length);
        return new Str(new String(Arrays.copyOfRange(text, start, end), StandardCharsets.UTF_8));
    }

    private static ParseValue indexOf(List<ParseValue> values) {
        if (isNullish(values.getFirst())) {
            return ParseValue.NULL;
        }
        String text = need("$indexOfCP", values.get(0));
        String wanted = need("$indexOfCP", values.get(1));
        int all = text.codePointCount(0, text.length());
        int start = bound("$indexOfCP", values, 2, 0);
        int end = Math.min(bound("$indexOfCP", values, 3, all), all);
        if (start > end) {
            return new Num(-1);
        }
        int found =
                text.substring(0, text.offsetByCodePoints(0, end)).indexOf(wanted, text.offsetByCodePoints(0, start));
        return new Num(found < 0 ? -1 : text.codePointCount(0, found));
    }

    private static ParseValue indexOfBytes(List<ParseValue> values) {
        if (isNullish(values.getFirst())) {
            return ParseValue.NULL;
        }
        // One char per byte, so positions are those of bytes.
        String text = bytes(need("$indexOfBytes", values.get(0)));
        String wanted = bytes(need("$indexOfBytes", values.get(1)));
        int start = bound("$indexOfBytes", values, 2, 0);
        int end = Math.min(bound("$indexOfBytes", values, 3, text.length()), text.length());
        return new Num(start > end ? -1 : text.substring(0, end).indexOf(wanted, start));
    }

    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static int bound(String operator, List<ParseValue> values, int index, int standard) {
        if (values.size() <= index) {
            return standard;
        }
        int bound = NumberOperators.needInt(operator, values.get(index));
        if (bound < 0) {
            throw Budget.invalid(operator + " requires a nonnegative index");
        }
        return bound;
    }

    private static ParseValue split(ParseValue value, ParseValue separator) {
        String text = need("$split", value);
        String between = need("$split", separator);
        if (between.isEmpty()) {
            throw Budget.invalid("$split requires a non-empty separator");
        }
        var parts = new ArrayList<ParseValue>();
        int from = 0;
        for (int at = text.indexOf(between); at >= 0; at = text.indexOf(between, from)) {
            parts.add(new Str(text.substring(from, at)));
            from = at + between.length();
        }
        parts.add(new Str(text.substring(from)));
        Budget.checkList(parts.size());
        return new Array(parts);
    }

    private static Expression trim(String name, ParseValue argument, boolean left, boolean right) {
        Operator.Named named = Operator.named(name, argument, "input", "chars");
        Expression input = named.required("input");
        Expression chars = named.optional("chars");
        return scope -> {
            ParseValue value = input.eval(scope);
            if (isNullish(value)) {
                return ParseValue.NULL;
            }
            String text = need(name, value);
            String away = chars.eval(scope) instanceof Str(String given) ? given : null;
            int start = 0;
            int end = text.length();
            while (left && start < end && isAway(text.charAt(start), away)) {
                start++;
            }
            while (right && end > start && isAway(text.charAt(end - 1), away)) {
                end--;
            }
            return new Str(text.substring(start, end));
        };
    }

    private static boolean isAway(char c, String away) {
        return away == null ? Character.isWhitespace(c) || c == '\0' || c == '\u00A0' : away.indexOf(c) >= 0;
    }

    private static Expression replace(String name, ParseValue argument, boolean all) {
        Operator.Named named = Operator.named(name, argument, "input", "find", "replacement");
        Expression input = named.required("input");
        Expression find = named.required("find");
        Expression replacement = named.required("replacement");
        return scope -> {
            ParseValue value = input.eval(scope);
            ParseValue wanted = find.eval(scope);
            ParseValue instead = replacement.eval(scope);
            if (isNullish(value) || isNullish(wanted) || isNullish(instead)) {
                return ParseValue.NULL;
            }
            String text = need(name, value);
            String old = need(name, wanted);
            String now = need(name, instead);
            if (!all) {
                int at = text.indexOf(old);
                return at < 0 ? value : new Str(text.substring(0, at) + now + text.substring(at + old.length()));
            }
            Budget.checkText((text.length() / Math.max(1L, old.length()) + 1) * now.length() + text.length());
            return new Str(text.replace(old, now));
        };
    }

    private static Expression regexMatch(String name, ParseValue argument) {
        Operator.Named named = Operator.named(name, argument, "input", "regex", "options");
        Expression input = named.required("input");
        Expression regex = named.required("regex");
        Expression options = named.optional("options");
        return scope -> {
            ParseValue value = input.eval(scope);
            ParseValue pattern = regex.eval(scope);
            if (isNullish(value) || isNullish(pattern)) {
                return ParseValue.FALSE;
            }
            String letters = options.eval(scope) instanceof Str(String given) ? given : "";
            return ParseValue.of(RegexEngine.find(need(name, pattern), letters, need(name, value)));
        };
    }
}
