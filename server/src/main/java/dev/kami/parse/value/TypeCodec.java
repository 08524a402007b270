package dev.kami.parse.value;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Bytes;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.File;
import dev.kami.parse.value.ParseValue.GeoPoint;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Pointer;
import dev.kami.parse.value.ParseValue.Polygon;
import dev.kami.parse.value.ParseValue.Relation;
import dev.kami.parse.value.ParseValue.Str;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The {@code __type} forms. Two ways to read one: {@link #canonical} (anywhere in JSON: decodes only what it would write
 * back unchanged) and {@link #field} (the value of a field: takes what the genuine server takes, refuses the rest).
 */
public final class TypeCodec {
    private TypeCodec() {}

    /** The decoded value when it is complete, has no further keys and would be written the same; else {@code plain}. */
    static ParseValue canonical(Obj plain) {
        if (!(plain.get("__type") instanceof Str(String type))) {
            return plain;
        }
        int size = plain.fields().size();
        return switch (type) {
            case "Date" ->
                size == 2 && plain.text("iso") != null && IsoDate.isCanonical(plain.text("iso"))
                        ? new Date(IsoDate.parse(plain.text("iso")).orElseThrow())
                        : plain;
            case "Pointer" -> size == 3 ? pointer(plain) : plain;
            case "Relation" -> size == 2 ? relation(plain) : plain;
            case "GeoPoint" -> size == 3 ? geoPoint(plain) : plain;
            case "Bytes" -> size == 2 ? bytes(plain) : plain;
            case "File" -> size == (plain.text("url") == null ? 2 : 3) ? file(plain) : plain;
            case "Polygon" -> size == 2 ? polygon(plain) : plain;
            default -> plain;
        };
    }

    /**
     * The value of a field as a client sent it: {@code __type} forms with more keys than needed or a date in another ISO
     * form are taken, incomplete and unknown ones refused.
     *
     * @throws ParseException 111 {@code This is not a valid <type>}
     */
    public static ParseValue field(ParseValue value) {
        if (!(value instanceof Obj plain) || !plain.has("__type")) {
            return value;
        }
        if (!(plain.get("__type") instanceof Str(String type))) {
            throw new ParseException(
                    ErrorCode.INCORRECT_TYPE,
                    "This is not a valid " + plain.get("__type").toJson());
        }
        ParseValue decoded =
                switch (type) {
                    case "Date" -> date(plain);
                    case "Pointer", "Object" -> pointer(plain);
                    case "Relation" -> relation(plain);
                    case "GeoPoint" -> geoPoint(plain);
                    case "Bytes" -> bytes(plain);
                    case "File" -> file(plain);
                    case "Polygon" -> polygon(plain);
                    default -> plain;
                };
        if (decoded == plain) {
            throw new ParseException(ErrorCode.INCORRECT_TYPE, "This is not a valid " + type);
        }
        return decoded;
    }

    private static ParseValue date(Obj plain) {
        OptionalLong millis = plain.text("iso") == null ? OptionalLong.empty() : IsoDate.parse(plain.text("iso"));
        return millis.isPresent() ? new Date(millis.getAsLong()) : plain;
    }

    private static ParseValue pointer(Obj plain) {
        return plain.text("className") != null && plain.text("objectId") != null
                ? new Pointer(plain.text("className"), plain.text("objectId"))
                : plain;
    }

    private static ParseValue relation(Obj plain) {
        return plain.text("className") != null ? new Relation(plain.text("className")) : plain;
    }

    private static ParseValue bytes(Obj plain) {
        return plain.text("base64") != null ? new Bytes(plain.text("base64")) : plain;
    }

    private static ParseValue file(Obj plain) {
        return plain.text("name") != null ? new File(plain.text("name"), plain.text("url")) : plain;
    }

    private static ParseValue geoPoint(Obj plain) {
        return plain.get("latitude") instanceof Num(double latitude)
                        && plain.get("longitude") instanceof Num(double longitude)
                ? new GeoPoint(latitude, longitude)
                : plain;
    }

    private static ParseValue polygon(Obj plain) {
        if (!(plain.get("coordinates") instanceof Array(List<ParseValue> pairs))) {
            return plain;
        }
        var points = new ArrayList<GeoPoint>(pairs.size());
        for (ParseValue pair : pairs) {
            if (pair instanceof Array(List<ParseValue> two)
                    && two.size() == 2
                    && two.get(0) instanceof Num(double latitude)
                    && two.get(1) instanceof Num(double longitude)) {
                points.add(new GeoPoint(latitude, longitude));
            } else {
                return plain;
            }
        }
        return new Polygon(points);
    }
}
