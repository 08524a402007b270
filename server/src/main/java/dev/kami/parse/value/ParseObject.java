package dev.kami.parse.value;

import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * An object of a class: an ordered set of fields. Immutable.
 *
 * <p>{@code objectId} is a {@link Str}, {@code createdAt} and {@code updatedAt} are {@link Date}s (written as bare ISO
 * text), {@code ACL} is an {@link Obj} and absent when the object is public. Internal fields such as
 * {@code _hashed_password} are fields like others until {@code database} takes them out.
 *
 * <p>Array and Object fields that come from a database stay undecoded JSON until somebody calls {@link #get}; an answer
 * that only passes through copies them. Two arrays instead of a map: a row has few fields, and the array of names is
 * shared by all rows of one answer.
 */
public final class ParseObject {
    private final String className;
    private final String[] names;
    /** {@link ParseValue}, or {@code byte[]} with JSON that was not decoded yet; {@code null} means absent. */
    private final Object[] values;

    private ParseObject(String className, String[] names, Object[] values) {
        this.className = className;
        this.names = names;
        this.values = values;
    }

    public static ParseObject of(String className, Obj fields) {
        var names = fields.fields().keySet().toArray(String[]::new);
        return new ParseObject(className, names, fields.fields().values().toArray());
    }

    /**
     * A row as a database gave it. Both arrays belong to the object from now on; {@code names} may be shared by many.
     *
     * @param values {@link ParseValue}, or {@code byte[]} holding JSON in UTF-8, or {@code null} for an absent field
     */
    public static ParseObject ofRow(String className, String[] names, Object[] values) {
        return new ParseObject(className, names, values);
    }

    public String className() {
        return className;
    }

    /** Text of {@code objectId}, or {@code null} when the object has none. */
    public String objectId() {
        return get("objectId") instanceof Str(String id) ? id : null;
    }

    /** The value, or {@code null} when the field is absent. */
    public ParseValue get(String field) {
        int i = indexOf(field);
        return i < 0 ? null : at(i);
    }

    public boolean has(String field) {
        int i = indexOf(field);
        return i >= 0 && values[i] != null;
    }

    /** Names of the fields that are present, in order. */
    public List<String> fields() {
        var present = new ArrayList<String>(names.length);
        for (int i = 0; i < names.length; i++) {
            if (values[i] != null) {
                present.add(names[i]);
            }
        }
        return present;
    }

    public void forEach(BiConsumer<String, ParseValue> action) {
        for (int i = 0; i < names.length; i++) {
            if (values[i] != null) {
                action.accept(names[i], at(i));
            }
        }
    }

    /** @param value {@code null} removes the field */
    public ParseObject with(String field, ParseValue value) {
        int i = indexOf(field);
        if (i >= 0) {
            Object[] copy = values.clone();
            copy[i] = value;
            return new ParseObject(className, names, copy);
        }
        String[] moreNames = Arrays.copyOf(names, names.length + 1);
        Object[] moreValues = Arrays.copyOf(values, values.length + 1);
        moreNames[names.length] = field;
        moreValues[values.length] = value;
        return new ParseObject(className, moreNames, moreValues);
    }

    public ParseObject without(String field) {
        return has(field) ? with(field, null) : this;
    }

    /** Only the fields for which {@code keep} is true; undecoded JSON stays undecoded. */
    public ParseObject retain(Predicate<String> keep) {
        Object[] copy = null;
        for (int i = 0; i < names.length; i++) {
            if (values[i] != null && !keep.test(names[i])) {
                if (copy == null) {
                    copy = values.clone();
                }
                copy[i] = null;
            }
        }
        return copy == null ? this : new ParseObject(className, names, copy);
    }

    /** Every present field replaced by the result of {@code change} ({@code null} removes it). Decodes all fields. */
    public ParseObject map(BiFunction<String, ParseValue, ParseValue> change) {
        Object[] copy = values.clone();
        for (int i = 0; i < names.length; i++) {
            if (copy[i] != null) {
                copy[i] = change.apply(names[i], at(i));
            }
        }
        return new ParseObject(className, names, copy);
    }

    public ParseObject withClassName(String other) {
        return new ParseObject(other, names, values);
    }

    public Obj toObj() {
        var fields = new LinkedHashMap<String, ParseValue>();
        forEach(fields::put);
        return new Obj(fields);
    }

    /** The REST form: a JSON object with the fields, without {@code className}. */
    public void writeTo(JsonWriter out) {
        out.startObject();
        writeFields(out);
        out.endObject();
    }

    /** The fields alone, for callers that have opened the JSON object and wrote something of their own. */
    public void writeFields(JsonWriter out) {
        for (int i = 0; i < names.length; i++) {
            String name = names[i];
            switch (values[i]) {
                case null -> {}
                case byte[] json -> out.name(name).raw(json);
                case Date(long millis) when isTimestamp(name) -> out.name(name).isoDate(millis);
                case ParseValue value -> out.name(name).value(value);
                default -> throw new IllegalStateException("not a value: " + values[i].getClass());
            }
        }
    }

    private static boolean isTimestamp(String field) {
        return field.equals("createdAt") || field.equals("updatedAt");
    }

    private ParseValue at(int i) {
        if (values[i] instanceof byte[] json) {
            // Two threads may both decode; they store equal values.
            values[i] = JsonReader.read(json);
        }
        return (ParseValue) values[i];
    }

    private int indexOf(String field) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(field)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ParseObject that && className.equals(that.className) && toObj().equals(that.toObj());
    }

    @Override
    public int hashCode() {
        return className.hashCode() * 31 + (objectId() == null ? 0 : objectId().hashCode());
    }

    @Override
    public String toString() {
        var out = new JsonWriter(256);
        writeTo(out);
        return className + new String(out.toBytes(), StandardCharsets.UTF_8);
    }
}
