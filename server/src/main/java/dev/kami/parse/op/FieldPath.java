package dev.kami.parse.op;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Null;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Operations on dotted keys: {@code {"stats.goals":{"__op":"Increment","amount":1}}}. Missing objects on the way are made;
 * a number names the element of an array, and elements before it that are missing become null. Deleting the element of
 * an array leaves null in its place, as in MongoDB.
 */
public final class FieldPath {
    /** A client must not make the server build an array of any length. */
    private static final int MAX_INDEX = 100_000;

    private FieldPath() {}

    /**
     * @param field value of the field the path begins with, {@code null} when absent
     * @param below rest of the path, {@code ""} for the field itself
     * @return the value of the field afterwards, {@code null} when it is absent
     * @throws ParseException 111 when the path leads through a value that has no members
     */
    public static ParseValue apply(ParseValue field, String below, FieldOp op) {
        return below.isEmpty() ? op.applyTo(field) : member(field, below, op);
    }

    private static ParseValue member(ParseValue value, String path, FieldOp op) {
        int dot = path.indexOf('.');
        String key = dot < 0 ? path : path.substring(0, dot);
        String rest = dot < 0 ? "" : path.substring(dot + 1);
        return switch (value) {
            case null -> op instanceof FieldOp.Delete ? null : inObject(Obj.EMPTY, key, rest, op);
            case Null() -> op instanceof FieldOp.Delete ? value : inObject(Obj.EMPTY, key, rest, op);
            case Obj object -> inObject(object, key, rest, op);
            case Array array -> inArray(array, key, rest, op);
            default -> {
                if (op instanceof FieldOp.Delete) {
                    yield value;
                }
                throw noMembers(key, value);
            }
        };
    }

    private static Obj inObject(Obj object, String key, String rest, FieldOp op) {
        ParseValue after = apply(object.get(key), rest, op);
        if (after == null) {
            return object.without(key);
        }
        var fields = new LinkedHashMap<>(object.fields());
        fields.put(key, after);
        return new Obj(fields);
    }

    private static Array inArray(Array array, String key, String rest, FieldOp op) {
        int index = index(key);
        if (index < 0) {
            throw noMembers(key, array);
        }
        List<ParseValue> items = new ArrayList<>(array.items());
        ParseValue before = index < items.size() ? items.get(index) : null;
        ParseValue after = apply(before, rest, op);
        if (index >= items.size() && after == null) {
            return array;
        }
        while (items.size() <= index) {
            items.add(ParseValue.NULL);
        }
        items.set(index, after == null ? ParseValue.NULL : after);
        return new Array(items);
    }

    /** -1 when it is no index. */
    private static int index(String key) {
        if (key.isEmpty() || key.length() > 6 || !key.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        int index = Integer.parseInt(key);
        return index <= MAX_INDEX ? index : -1;
    }

    private static ParseException noMembers(String key, ParseValue value) {
        String what = value instanceof Array ? "an array" : "a value that is no object";
        return new ParseException(ErrorCode.INCORRECT_TYPE, "Cannot create field '" + key + "' in " + what + ".");
    }
}
