package dev.kami.parse.value;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * One value of a Parse object, a query or a request, decoded: {@code {"__type":"Date",...}} is a {@link Date}, not an
 * {@link Obj}. The list is closed; switches over it have no {@code default}.
 *
 * <p>Inside arrays and objects only complete and canonical {@code __type} forms are decoded, everything else stays an
 * {@link Obj} and is written back as it came: see {@link JsonReader}.
 */
public sealed interface ParseValue {
    Null NULL = new Null();
    Bool TRUE = new Bool(true);
    Bool FALSE = new Bool(false);

    /** JSON null. At the top of an object it means "no value"; use {@link ParseValue#NULL}. */
    record Null() implements ParseValue {}

    record Bool(boolean value) implements ParseValue {}

    /** JSON number. Always a double, as in JavaScript: whole numbers are exact up to 2^53. Never NaN or infinite from JSON. */
    record Num(double value) implements ParseValue {
        public Num {
            value = value + 0.0; // -0 becomes 0, as JSON.stringify writes it
        }
    }

    record Str(String value) implements ParseValue {}

    /** {@code {"__type":"Date","iso":"2020-01-01T00:00:00.000Z"}}: milliseconds since 1970 UTC. */
    record Date(long epochMillis) implements ParseValue {}

    /** {@code {"__type":"Bytes","base64":"..."}}. */
    record Bytes(String base64) implements ParseValue {}

    /**
     * {@code {"__type":"GeoPoint","latitude":40.0,"longitude":-30.0}}. The ranges are not checked when stored.
     *
     * @param latitude degrees, -90 to 90
     * @param longitude degrees, -180 to 180
     */
    record GeoPoint(double latitude, double longitude) implements ParseValue {}

    /** {@code {"__type":"Polygon","coordinates":[[lat,lon],...]}}; the ring as given, closed by whoever needs it closed. */
    record Polygon(List<GeoPoint> points) implements ParseValue {
        public Polygon {
            points = List.copyOf(points);
        }
    }

    /**
     * {@code {"__type":"File","name":"...","url":"..."}}.
     *
     * @param url computed when read, {@code null} in storage
     */
    record File(String name, String url) implements ParseValue {}

    /** {@code {"__type":"Pointer","className":"_User","objectId":"mWwx2eBmGy"}}. */
    record Pointer(String className, String objectId) implements ParseValue {}

    /** {@code {"__type":"Relation","className":"_User"}}: says which class the members have, holds none itself. */
    record Relation(String className) implements ParseValue {}

    /** {@code {"__type":"Object","className":...,...}}: the object that a pointer led to, put in its place by include. */
    record Embedded(ParseObject object) implements ParseValue {}

    record Array(List<ParseValue> items) implements ParseValue {
        public Array {
            items = List.copyOf(items);
        }
    }

    /** JSON object; keys keep the order in which they arrived. */
    record Obj(SequencedMap<String, ParseValue> fields) implements ParseValue {
        public static final Obj EMPTY = new Obj(new LinkedHashMap<>());

        public Obj {
            fields = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
        }

        /** {@code Obj.of("a", x, "b", y)}: keys and values in turn. */
        public static Obj of(Object... keysAndValues) {
            var fields = new LinkedHashMap<String, ParseValue>();
            for (int i = 0; i < keysAndValues.length; i += 2) {
                fields.put((String) keysAndValues[i], (ParseValue) keysAndValues[i + 1]);
            }
            return new Obj(fields);
        }

        /** The value, or {@code null} when the key is absent. */
        public ParseValue get(String key) {
            return fields.get(key);
        }

        public boolean has(String key) {
            return fields.containsKey(key);
        }

        /** The text of a {@link Str}, or {@code null} when absent or of another type. */
        public String text(String key) {
            return fields.get(key) instanceof Str(String value) ? value : null;
        }

        public boolean isEmpty() {
            return fields.isEmpty();
        }

        public Obj with(String key, ParseValue value) {
            var copy = new LinkedHashMap<>(fields);
            copy.put(key, value);
            return new Obj(copy);
        }

        public Obj without(String... keys) {
            var copy = new LinkedHashMap<>(fields);
            for (String key : keys) {
                copy.remove(key);
            }
            return new Obj(copy);
        }
    }

    static Bool of(boolean value) {
        return value ? TRUE : FALSE;
    }

    static Num of(double value) {
        return new Num(value);
    }

    static Str of(String value) {
        return new Str(value);
    }

    /** JSON text, as {@code JSON.stringify} would write it. */
    default String toJson() {
        return JsonWriter.toText(this);
    }
}
