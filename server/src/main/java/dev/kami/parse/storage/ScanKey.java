package dev.kami.parse.storage;

import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.And;
import dev.kami.parse.query.Constraint.Compare;
import dev.kami.parse.query.Constraint.Or;
import dev.kami.parse.query.Constraint.Order;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue.Str;
import java.util.List;

/** What tells the objects of a class apart, and orders them for {@link StorageAdapter#scan}: one or two texts. */
public final class ScanKey {
    private static final List<String> OBJECT = List.of("objectId");
    private static final List<String> JOIN = List.of("relatedId", "owningId");

    private ScanKey() {}

    /** The fields of the key, the first first; none for {@code _Hooks}, which has no objectId. */
    public static List<String> fields(ClassSchema schema) {
        if (schema.className().startsWith("_Join:")) {
            return JOIN;
        }
        return schema.field("objectId") == null ? List.of() : OBJECT;
    }

    /** The key of an object; empty when the class has none or the object lacks a part of it. */
    public static List<String> of(ClassSchema schema, ParseObject object) {
        List<String> fields = fields(schema);
        String first = fields.isEmpty() ? null : text(object, fields.getFirst());
        if (first == null || fields.size() == 1) {
            return first == null ? List.of() : List.of(first);
        }
        String second = text(object, fields.getLast());
        return second == null ? List.of() : List.of(first, second);
    }

    private static String text(ParseObject object, String field) {
        return object.get(field) instanceof Str(String text) ? text : null;
    }

    /** Keys behind {@code after}: a condition on the first field that an index can serve, then the rest. */
    static Constraint behind(List<String> fields, List<String> after) {
        if (after.isEmpty()) {
            return Constraint.ALWAYS;
        }
        var first = new Str(after.getFirst());
        if (fields.size() == 1) {
            return new Compare(fields.getFirst(), Order.GREATER, first);
        }
        return new And(List.of(
                new Compare(fields.getFirst(), Order.GREATER_OR_EQUAL, first),
                new Or(List.of(
                        new Compare(fields.getFirst(), Order.GREATER, first),
                        new Compare(fields.getLast(), Order.GREATER, new Str(after.getLast()))))));
    }
}
