package dev.kami.parse.value;

import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Java maps, lists, texts, numbers and booleans (of option files, log lines) as Parse values. */
public final class JavaValues {
    private JavaValues() {}

    /**
     * {@code __type} maps become what they name, as when JSON is read; everything that JSON does not know becomes its
     * {@code toString}.
     */
    public static ParseValue toParse(Object value) {
        return JsonReader.read(plain(value).toJson());
    }

    private static ParseValue plain(Object value) {
        return switch (value) {
            case null -> ParseValue.NULL;
            case ParseValue parse -> parse;
            case Boolean yes -> ParseValue.of(yes);
            case Number number -> {
                double real = number.doubleValue();
                yield Double.isFinite(real) ? ParseValue.of(real) : ParseValue.NULL;
            }
            case Map<?, ?> map -> {
                var fields = new LinkedHashMap<String, ParseValue>();
                map.forEach((key, inner) -> fields.put(String.valueOf(key), plain(inner)));
                yield new Obj(fields);
            }
            case List<?> list -> {
                var items = new ArrayList<ParseValue>(list.size());
                list.forEach(item -> items.add(plain(item)));
                yield new Array(items);
            }
            default -> ParseValue.of(value.toString());
        };
    }
}
