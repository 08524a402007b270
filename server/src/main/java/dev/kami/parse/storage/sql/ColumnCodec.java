package dev.kami.parse.storage.sql;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.query.Geo;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.value.JsonWriter;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Bool;
import dev.kami.parse.value.ParseValue.Bytes;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.Embedded;
import dev.kami.parse.value.ParseValue.File;
import dev.kami.parse.value.ParseValue.GeoPoint;
import dev.kami.parse.value.ParseValue.Null;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Pointer;
import dev.kami.parse.value.ParseValue.Polygon;
import dev.kami.parse.value.ParseValue.Str;
import java.util.HashSet;
import java.util.LinkedHashMap;

/** Values of fields as parameters of statements. */
final class ColumnCodec {
    private ColumnCodec() {}

    /**
     * @param value {@code null} and NULL both become SQL null
     * @throws ParseException 111 when the value does not fit the field, which the caller should have noticed
     */
    static Object parameter(String className, Column column, ParseValue value) {
        if (value == null || value instanceof Null) {
            return null;
        }
        Object parameter = fitting(column, value);
        if (parameter == null) {
            FieldType given = FieldType.ofValue(value);
            throw new ParseException(
                    ErrorCode.INCORRECT_TYPE,
                    "schema mismatch for " + className + "." + column.field() + "; expected "
                            + column.type().text() + " but got " + given.text());
        }
        return parameter;
    }

    /** The parameter that equals this value in the column, {@code null} when no value of the column can equal it. */
    static Object fitting(Column column, ParseValue value) {
        return switch (column.kind()) {
            case STRING -> value instanceof Str(String text) ? text : null;
            case NUMBER -> value instanceof Num(double number) ? (Object) number : null;
            case BOOLEAN -> value instanceof Bool(boolean flag) ? (Object) flag : null;
            case DATE -> value instanceof Date date ? date : null;
            case POINTER ->
                switch (value) {
                    case Pointer(String target, String id)
                    when target.equals(column.type().targetClass()) -> id;
                    case Embedded(var object)
                    when object.className().equals(column.type().targetClass()) -> object.objectId();
                    default -> null;
                };
            case FILE -> value instanceof File(String name, var _) ? name : null;
            case GEO_POINT -> value instanceof GeoPoint point ? point : null;
            case POLYGON -> value instanceof Polygon polygon ? checked(polygon) : null;
            case OBJECT -> value instanceof Obj ? json(value) : null;
            case ARRAY -> value instanceof Array ? json(value) : null;
            case BYTES -> value instanceof Bytes ? json(value) : null;
            case RELATION, ACL -> null;
        };
    }

    /** The value as it will be read back. */
    static ParseValue asStored(ParseValue value) {
        return switch (value) {
            case null -> null;
            case Null() -> null;
            case Polygon polygon -> new Polygon(Geo.close(polygon.points()));
            case Embedded(var object) -> new Pointer(object.className(), object.objectId());
            case File(String name, var _) -> new File(name, null);
            default -> value;
        };
    }

    private static Polygon checked(Polygon polygon) {
        if (polygon.points().size() < 3) {
            throw new ParseException(ErrorCode.INVALID_JSON, "Polygon must have at least 3 values");
        }
        if (new HashSet<>(polygon.points()).size() < 3) {
            throw new ParseException(
                    ErrorCode.INTERNAL_SERVER_ERROR, "GeoJSON: Loop must have at least 3 different vertices");
        }
        return polygon;
    }

    static byte[] json(ParseValue value) {
        byte[] json = JsonWriter.toBytes(value);
        return mayHoldLoneSurrogate(json) ? JsonWriter.toBytes(withoutLoneSurrogates(value)) : json;
    }

    /**
     * Half of a surrogate pair is no Unicode text and JSON columns refuse it. The writer escapes exactly these as
     * {@code \\udXXX}, so looking for the escape is enough.
     */
    private static boolean mayHoldLoneSurrogate(byte[] json) {
        for (int i = 0; i + 2 < json.length; i++) {
            if (json[i] == '\\' && json[i + 1] == 'u' && json[i + 2] == 'd') {
                return true;
            }
        }
        return false;
    }

    private static ParseValue withoutLoneSurrogates(ParseValue value) {
        return switch (value) {
            case Str(String text) -> new Str(whole(text));
            case Array(var items) ->
                new Array(items.stream().map(ColumnCodec::withoutLoneSurrogates).toList());
            case Obj(var fields) -> {
                var clean = new LinkedHashMap<String, ParseValue>();
                fields.forEach((name, field) -> clean.put(whole(name), withoutLoneSurrogates(field)));
                yield new Obj(clean);
            }
            case File(String name, String url) -> new File(whole(name), url == null ? null : whole(url));
            case Pointer(String className, String id) -> new Pointer(whole(className), whole(id));
            case Bytes(String base64) -> new Bytes(whole(base64));
            default -> value;
        };
    }

    private static String whole(String text) {
        var out = new StringBuilder(text.length());
        text.codePoints()
                .map(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xfffd : point)
                .forEach(out::appendCodePoint);
        return out.toString();
    }
}
