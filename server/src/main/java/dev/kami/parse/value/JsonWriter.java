package dev.kami.parse.value;

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
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes JSON as UTF-8 into one growing array. By hand, because most of an answer is text and stored JSON that only has to
 * be copied: {@link #raw} takes a JSON column as the database gave it. Not safe for several threads.
 *
 * <p>Commas are set by the writer: call {@code startObject, name, value, ..., endObject} in any nesting.
 */
public final class JsonWriter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] buffer;
    private int size;
    /** True when a value was written in the open object or array, so the next one needs a comma. */
    private boolean comma;

    public JsonWriter() {
        this(1024);
    }

    public JsonWriter(int capacity) {
        buffer = new byte[capacity];
    }

    public static String toText(ParseValue value) {
        var out = new JsonWriter(256);
        out.value(value);
        return new String(out.buffer, 0, out.size, StandardCharsets.UTF_8);
    }

    public static byte[] toBytes(ParseValue value) {
        var out = new JsonWriter(256);
        out.value(value);
        return out.toBytes();
    }

    public byte[] toBytes() {
        return Arrays.copyOf(buffer, size);
    }

    /** The array behind this writer; valid up to {@link #size()} and until the next write. */
    public byte[] buffer() {
        return buffer;
    }

    public int size() {
        return size;
    }

    /** Forgets what was written; the array stays. */
    public JsonWriter clear() {
        size = 0;
        comma = false;
        return this;
    }

    public JsonWriter startObject() {
        return open('{');
    }

    public JsonWriter endObject() {
        return close('}');
    }

    public JsonWriter startArray() {
        return open('[');
    }

    public JsonWriter endArray() {
        return close(']');
    }

    public JsonWriter name(String name) {
        separate();
        text(name);
        put(':');
        comma = false;
        return this;
    }

    public JsonWriter string(String value) {
        separate();
        text(value);
        comma = true;
        return this;
    }

    public JsonWriter number(double value) {
        separate();
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            integer((long) value);
        } else {
            ascii(JsNumber.format(value));
        }
        comma = true;
        return this;
    }

    public JsonWriter bool(boolean value) {
        separate();
        ascii(value ? "true" : "false");
        comma = true;
        return this;
    }

    public JsonWriter nullValue() {
        separate();
        ascii("null");
        comma = true;
        return this;
    }

    /** A complete JSON value in UTF-8, copied. */
    public JsonWriter raw(byte[] json) {
        separate();
        room(json.length);
        System.arraycopy(json, 0, buffer, size, json.length);
        size += json.length;
        comma = true;
        return this;
    }

    /** The bare ISO text of {@code createdAt} and {@code updatedAt}. */
    public JsonWriter isoDate(long epochMillis) {
        separate();
        room(32);
        buffer[size++] = '"';
        size = IsoDate.write(epochMillis, buffer, size);
        buffer[size++] = '"';
        comma = true;
        return this;
    }

    public JsonWriter value(ParseValue value) {
        switch (value) {
            case Null() -> nullValue();
            case Bool(boolean b) -> bool(b);
            case Num(double n) -> number(n);
            case Str(String s) -> string(s);
            case Array(var items) -> {
                startArray();
                for (ParseValue item : items) {
                    value(item);
                }
                endArray();
            }
            case Obj(var fields) -> {
                startObject();
                fields.forEach((name, field) -> name(name).value(field));
                endObject();
            }
            case Date(long millis) -> type("Date").name("iso").isoDate(millis).endObject();
            case Pointer(String className, String objectId) ->
                type("Pointer")
                        .name("className")
                        .string(className)
                        .name("objectId")
                        .string(objectId)
                        .endObject();
            case Relation(String className) ->
                type("Relation").name("className").string(className).endObject();
            case File(String name, String url) -> {
                type("File").name("name").string(name);
                if (url != null) {
                    name("url").string(url);
                }
                endObject();
            }
            case GeoPoint(double latitude, double longitude) ->
                type("GeoPoint")
                        .name("latitude")
                        .number(latitude)
                        .name("longitude")
                        .number(longitude)
                        .endObject();
            case Polygon(var points) -> {
                type("Polygon").name("coordinates").startArray();
                for (GeoPoint point : points) {
                    startArray()
                            .number(point.latitude())
                            .number(point.longitude())
                            .endArray();
                }
                endArray().endObject();
            }
            case Bytes(String base64) ->
                type("Bytes").name("base64").string(base64).endObject();
            case Embedded(ParseObject object) -> {
                type("Object").name("className").string(object.className());
                object.writeFields(this);
                endObject();
            }
        }
        return this;
    }

    private JsonWriter type(String type) {
        return startObject().name("__type").string(type);
    }

    private JsonWriter open(char bracket) {
        separate();
        put(bracket);
        comma = false;
        return this;
    }

    private JsonWriter close(char bracket) {
        put(bracket);
        comma = true;
        return this;
    }

    private void separate() {
        if (comma) {
            put(',');
        }
    }

    private void put(int b) {
        room(1);
        buffer[size++] = (byte) b;
    }

    private void room(int more) {
        if (buffer.length - size < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
        }
    }

    @SuppressWarnings("deprecation") // getBytes(int,int,byte[],int) is exact for ASCII and needs no encoder
    private void ascii(String text) {
        room(text.length());
        text.getBytes(0, text.length(), buffer, size);
        size += text.length();
    }

    private void integer(long value) {
        room(20);
        long rest = value;
        if (rest < 0) {
            buffer[size++] = '-';
            rest = -rest;
        }
        int digits = 1;
        for (long left = rest; left >= 10; left /= 10) {
            digits++;
        }
        for (int i = size + digits - 1; i >= size; i--) {
            buffer[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
    }

    private void text(String text) {
        int length = text.length();
        room(length + 2);
        buffer[size++] = '"';
        int i = 0;
        while (i < length) { // nearly always the whole text
            char c = text.charAt(i);
            if (c < 0x20 || c >= 0x7f || c == '"' || c == '\\') {
                break;
            }
            buffer[size++] = (byte) c;
            i++;
        }
        for (; i < length; i++) {
            char c = text.charAt(i);
            room(6);
            if (c < 0x80) {
                escaped(c);
            } else if (c < 0x800) {
                buffer[size++] = (byte) (0xc0 | c >> 6);
                buffer[size++] = (byte) (0x80 | c & 0x3f);
            } else if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                buffer[size++] = (byte) (0xf0 | point >> 18);
                buffer[size++] = (byte) (0x80 | point >> 12 & 0x3f);
                buffer[size++] = (byte) (0x80 | point >> 6 & 0x3f);
                buffer[size++] = (byte) (0x80 | point & 0x3f);
            } else if (Character.isSurrogate(c)) { // alone: escaped, as JSON.stringify does
                unicodeEscape(c);
            } else {
                buffer[size++] = (byte) (0xe0 | c >> 12);
                buffer[size++] = (byte) (0x80 | c >> 6 & 0x3f);
                buffer[size++] = (byte) (0x80 | c & 0x3f);
            }
        }
        put('"');
    }

    private void escaped(char c) {
        switch (c) {
            case '"', '\\' -> letterEscape(c);
            case '\n' -> letterEscape('n');
            case '\r' -> letterEscape('r');
            case '\t' -> letterEscape('t');
            case '\b' -> letterEscape('b');
            case '\f' -> letterEscape('f');
            default -> {
                if (c < 0x20) {
                    unicodeEscape(c);
                } else {
                    buffer[size++] = (byte) c;
                }
            }
        }
    }

    private void letterEscape(char letter) {
        buffer[size++] = '\\';
        buffer[size++] = (byte) letter;
    }

    private void unicodeEscape(char c) {
        letterEscape('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
            buffer[size++] = HEX[c >> shift & 0xf];
        }
    }
}
