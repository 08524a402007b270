package dev.kami.parse.rest;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Bool;
import dev.kami.parse.value.ParseValue.Bytes;
import dev.kami.parse.value.ParseValue.File;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Pointer;
import dev.kami.parse.value.ParseValue.Relation;
import dev.kami.parse.value.ParseValue.Str;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Keys and values that no stored data may contain (option {@code requestKeywordDenylist}), however deep. Texts of the
 * option are regular expressions that may match anywhere in a key or value. Every key of the data is looked at once.
 */
final class Denylist {
    private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9_ -]*");

    private final List<Entry> entries;

    /** @param key or {@code value} may be {@code null}: then every key or value fits */
    private record Entry(Predicate<String> key, Predicate<ParseValue> value, String text) {
        boolean matches(String name, ParseValue content) {
            return (key == null || key.test(name)) && (value == null || value.test(content));
        }
    }

    /** @param keywords as in the option: maps with {@code key}, {@code value} or both */
    Denylist(List<Object> keywords) {
        var list = new ArrayList<Entry>();
        for (Object keyword : keywords) {
            if (keyword instanceof Map<?, ?> map && (map.containsKey("key") || map.containsKey("value"))) {
                Object key = map.get("key");
                Object value = map.get("value");
                list.add(new Entry(
                        key == null ? null : matching(key.toString()),
                        value == null ? null : valueMatching(value),
                        json(map)));
            }
        }
        this.entries = List.copyOf(list);
    }

    private static Predicate<String> matching(String expression) {
        return LITERAL.matcher(expression).matches()
                ? text -> text.contains(expression)
                : Pattern.compile(expression).asPredicate();
    }

    private static Predicate<ParseValue> valueMatching(Object value) {
        return switch (value) {
            case String expression -> {
                Predicate<String> text = matching(expression);
                yield found -> found instanceof Str(String s) && text.test(s);
            }
            case Number number -> found -> found instanceof Num(double n) && n == number.doubleValue();
            case Boolean yes -> found -> found instanceof Bool(boolean b) && b == yes;
            default -> _ -> false;
        };
    }

    private static String json(Map<?, ?> keyword) {
        var fields = new LinkedHashMap<String, ParseValue>();
        keyword.forEach((name, value) -> fields.put(
                name.toString(),
                switch (value) {
                    case Number number -> new Num(number.doubleValue());
                    case Boolean yes -> ParseValue.of(yes);
                    case null -> ParseValue.NULL;
                    default -> new Str(value.toString());
                }));
        return new Obj(fields).toJson();
    }

    /** @throws ParseException 105 with the entry of the list */
    void check(Obj data) {
        if (entries.isEmpty()) {
            return;
        }
        Deque<ParseValue> open = new ArrayDeque<>();
        open.push(data);
        while (!open.isEmpty()) {
            switch (open.pop()) {
                case Obj(var fields) -> fields.forEach((name, value) -> look(name, value, open));
                case Array(var items) -> {
                    for (int i = 0; i < items.size(); i++) {
                        look(Integer.toString(i), items.get(i), open);
                    }
                }
                case Pointer(String className, String objectId) -> {
                    type("Pointer", open);
                    look("className", new Str(className), open);
                    look("objectId", new Str(objectId), open);
                }
                case Relation(String className) -> {
                    type("Relation", open);
                    look("className", new Str(className), open);
                }
                case File(String name, String url) -> {
                    type("File", open);
                    look("name", new Str(name), open);
                    if (url != null) {
                        look("url", new Str(url), open);
                    }
                }
                case Bytes(String base64) -> {
                    type("Bytes", open);
                    look("base64", new Str(base64), open);
                }
                default -> {} // dates and places have no text of the client's choice
            }
        }
    }

    private void type(String name, Deque<ParseValue> open) {
        look("__type", new Str(name), open);
    }

    private void look(String name, ParseValue value, Deque<ParseValue> open) {
        for (Entry entry : entries) {
            if (entry.matches(name, value)) {
                throw new ParseException(
                        ErrorCode.INVALID_KEY_NAME, "Prohibited keyword in request data: " + entry.text() + ".");
            }
        }
        switch (value) {
            case Obj _, Array _, Pointer _, Relation _, File _, Bytes _ -> open.push(value);
            default -> {}
        }
    }
}
