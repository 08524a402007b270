package dev.kami.parse.storage.sql;

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
import dev.kami.parse.value.ParseValue.Relation;
import dev.kami.parse.value.ParseValue.Str;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * Values as bytes whose unsigned order is the order of {@link dev.kami.parse.query.Values#compare}: first the rank of the
 * type, then numbers and dates as eight bytes with the sign turned, texts in UTF-8 with a zero at the end (no text holds
 * one), lists and objects member by member with a zero at the end (no rank is one).
 */
final class SortBytes {
    private static final int END = 0;
    private static final int MISSING = 1;
    private static final int NUMBER = 2;
    private static final int TEXT = 3;
    private static final int OBJECT = 4;
    private static final int ARRAY = 5;
    private static final int BYTES = 6;
    private static final int BOOLEAN = 7;
    private static final int DATE = 8;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(24);

    private SortBytes() {}

    /** {@code null} for a missing value, so that it sorts like a missing column. */
    static byte[] of(ParseValue value) {
        if (value == null || value instanceof Null) {
            return null;
        }
        var bytes = new SortBytes();
        bytes.write(value);
        return bytes.out.toByteArray();
    }

    private void write(ParseValue value) {
        switch (value) {
            case null -> out.write(MISSING);
            case Null() -> out.write(MISSING);
            case Num(double number) -> {
                out.write(NUMBER);
                number(number);
            }
            case Str(String text) -> text(text);
            case Pointer(String className, String id) -> text(className + "$" + id);
            case File(String name, var _) -> text(name);
            case Obj(var fields) -> fields(fields);
            case Embedded(var object) -> fields(object.toObj().fields());
            case GeoPoint(double latitude, double longitude) ->
                fields(Obj.of("latitude", new Num(latitude), "longitude", new Num(longitude))
                        .fields());
            case Polygon(var points) ->
                fields(Obj.of("coordinates", new Array(java.util.List.copyOf(points)))
                        .fields());
            case Relation(String className) ->
                fields(Obj.of("className", new Str(className)).fields());
            case Array(var items) -> {
                out.write(ARRAY);
                items.forEach(this::write);
                out.write(END);
            }
            case Bytes(String base64) -> bytes(base64);
            case Bool(boolean flag) -> {
                out.write(BOOLEAN);
                out.write(flag ? 1 : 0);
            }
            case Date(long millis) -> {
                out.write(DATE);
                eight(millis ^ Long.MIN_VALUE);
            }
        }
    }

    private static int rank(ParseValue value) {
        return switch (value) {
            case null -> MISSING;
            case Null() -> MISSING;
            case Num _ -> NUMBER;
            case Str _, Pointer _, File _ -> TEXT;
            case Obj _, GeoPoint _, Polygon _, Relation _, Embedded _ -> OBJECT;
            case Array _ -> ARRAY;
            case Bytes _ -> BYTES;
            case Bool _ -> BOOLEAN;
            case Date _ -> DATE;
        };
    }

    /** Type, name, value of each member, in their order. */
    private void fields(Map<String, ParseValue> fields) {
        out.write(OBJECT);
        fields.forEach((name, value) -> {
            out.write(rank(value));
            chars(name);
            write(value);
        });
        out.write(END);
    }

    private void number(double number) {
        long bits = Double.doubleToLongBits(number);
        eight(bits < 0 ? ~bits : bits ^ Long.MIN_VALUE);
    }

    private void eight(long bits) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            out.write((int) (bits >>> shift));
        }
    }

    private void text(String text) {
        out.write(TEXT);
        chars(text);
    }

    private void chars(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        out.write(END);
    }

    private void bytes(String base64) {
        byte[] content;
        try {
            content = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            content = base64.getBytes(StandardCharsets.UTF_8); // stored as it came; any stable order will do
        }
        out.write(BYTES);
        eight(content.length);
        out.writeBytes(content);
    }
}
