package dev.kami.parse.schema;

import dev.kami.parse.value.ParseValue.Obj;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * A class. Immutable.
 *
 * @param fields name to type, in order; with {@code objectId}, {@code createdAt}, {@code updatedAt} and {@code ACL}
 *     (except in the few classes without them), without hidden columns such as {@code _rperm} or {@code _hashed_password}
 * @param permissions class level permissions exactly as stored, {@code null} when none are stored (everything is public)
 * @param indexes name to key pattern, {@code {"idx":{"score":1}}}; may be empty
 */
public record ClassSchema(
        String className, SequencedMap<String, FieldType> fields, Obj permissions, SequencedMap<String, Obj> indexes) {
    public ClassSchema {
        fields = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
        indexes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(indexes));
    }

    /** The type, or {@code null} when the class has no such field. */
    public FieldType field(String name) {
        return fields.get(name);
    }

    public ClassSchema withField(String name, FieldType type) {
        var more = new LinkedHashMap<>(fields);
        more.put(name, type);
        return new ClassSchema(className, more, permissions, indexes);
    }

    public ClassSchema withoutField(String name) {
        var fewer = new LinkedHashMap<>(fields);
        fewer.remove(name);
        return new ClassSchema(className, fewer, permissions, indexes);
    }

    public ClassSchema withPermissions(Obj other) {
        return new ClassSchema(className, fields, other, indexes);
    }

    public ClassSchema withIndexes(SequencedMap<String, Obj> other) {
        return new ClassSchema(className, fields, permissions, other);
    }
}
