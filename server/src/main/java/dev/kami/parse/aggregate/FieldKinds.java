package dev.kami.parse.aggregate;

import dev.kami.parse.value.IsoDate;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.File;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Pointer;
import dev.kami.parse.value.ParseValue.Str;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a pipeline has to know of a class.
 *
 * @param types field name to type as error texts write it: {@code Number}, {@code Pointer<Team>}
 */
public record FieldKinds(Map<String, String> types) {
    public static final FieldKinds NONE = new FieldKinds(Map.of());

    private static final Set<String> SEARCHABLE = Set.of("String", "Number", "Boolean", "Date", "Object", "Array");

    public FieldKinds {
        types = Map.copyOf(types);
    }

    /** The name that a Parse client knows for the first part of a path: {@code owner} for {@code _p_owner}. */
    static String parseName(String name) {
        return switch (name) {
            case "_id" -> "objectId";
            case "_created_at" -> "createdAt";
            case "_updated_at" -> "updatedAt";
            default -> name.startsWith("_p_") ? name.substring(3) : name;
        };
    }

    /** Class of a pointer field under either of its names, or {@code null}. */
    String target(String name) {
        String type = types.get(parseName(name));
        return type != null && type.startsWith("Pointer<") ? type.substring(8, type.length() - 1) : null;
    }

    boolean isFile(String name) {
        return "File".equals(types.get(name));
    }

    private boolean isDate(String name) {
        String parseName = parseName(name);
        return parseName.equals("createdAt") || parseName.equals("updatedAt") || "Date".equals(types.get(parseName));
    }

    /** True for fields that stores compare as this package does. */
    boolean isSearchable(String name) {
        String parseName = parseName(name);
        return parseName.equals("objectId")
                || isDate(name)
                || target(name) != null
                || SEARCHABLE.contains(types.getOrDefault(parseName, ""));
    }

    /** A value of {@code $match} as documents hold it: date texts become dates, ids of pointers {@code Class$id}. */
    ParseValue inDocument(String field, ParseValue value) {
        return switch (value) {
            case Array(List<ParseValue> items) ->
                new Array(items.stream().map(item -> inDocument(field, item)).toList());
            case Pointer(String className, String objectId)
            when target(field) != null -> new Str(className + "$" + objectId);
            case File(String name, var _) -> new Str(name);
            case Str(String text)
            when isDate(field) -> {
                OptionalLong millis = IsoDate.parse(text);
                yield millis.isPresent() ? new Date(millis.getAsLong()) : value;
            }
            case Str(String text)
            when target(field) != null && !field.startsWith("_p_") && text.indexOf('$') < 0 ->
                new Str(target(field) + "$" + text);
            case Obj(var operators)
            when !operators.isEmpty() && operators.firstEntry().getKey().startsWith("$") -> {
                var mapped = new LinkedHashMap<String, ParseValue>();
                operators.forEach((operator, operand) ->
                        mapped.put(operator, operator.equals("$regex") ? operand : inDocument(field, operand)));
                yield new Obj(mapped);
            }
            default -> value;
        };
    }
}
