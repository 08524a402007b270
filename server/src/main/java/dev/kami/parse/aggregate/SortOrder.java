package dev.kami.parse.aggregate;

import dev.kami.parse.query.SortKey;
import dev.kami.parse.query.Values;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** {@code {"score":-1,"owner.name":1}}. */
record SortOrder(List<SortKey> keys) {
    static SortOrder parse(Obj spec) {
        if (spec.isEmpty()) {
            throw Budget.invalid("$sort stage must have at least one sort key");
        }
        var keys = new ArrayList<SortKey>();
        spec.fields().forEach((path, direction) -> {
            ExpressionParser.path(path);
            if (direction instanceof Num(double sign) && (sign == 1 || sign == -1)) {
                keys.add(new SortKey(path, sign < 0));
            } else {
                throw Budget.invalid("$sort key ordering must be 1 (for ascending) or -1 (for descending)");
            }
        });
        return new SortOrder(keys);
    }

    Comparator<Obj> documents() {
        return (a, b) -> compare(a, b);
    }

    /** Of list elements; those that are no objects have no fields. */
    Comparator<ParseValue> values() {
        return (a, b) -> compare(a instanceof Obj x ? x : Obj.EMPTY, b instanceof Obj y ? y : Obj.EMPTY);
    }

    private int compare(Obj a, Obj b) {
        for (SortKey key : keys) {
            int order = Values.compare(value(a, key), value(b, key));
            if (order != 0) {
                return key.descending() ? -order : order;
            }
        }
        return 0;
    }

    private static ParseValue value(Obj document, SortKey key) {
        String path = key.path();
        int dot = path.indexOf('.');
        ParseValue root = Documents.field(document, dot < 0 ? path : path.substring(0, dot));
        return Values.sortValue(root, dot < 0 ? "" : path.substring(dot + 1), key.descending());
    }
}
