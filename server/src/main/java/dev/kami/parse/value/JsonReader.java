package dev.kami.parse.value;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * JSON to {@link ParseValue}, in one pass. {@code __type} objects are decoded where they are complete and canonical (see
 * {@link TypeCodec#canonical}); all others stay {@link Obj} and are judged by whoever expects a type.
 *
 * <p>Limits, so that hostile text costs little: nesting {@value #MAX_DEPTH}, keys of 50,000 characters, numbers of 1,000
 * digits, no number beyond a double, no NUL character (PostgreSQL cannot store it). The size is limited by whoever reads
 * the body.
 */
public final class JsonReader {
    public static final int MAX_DEPTH = 500;

    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .build();

    private final JsonParser parser;

    private JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    /** @throws MalformedJson when the bytes are not one JSON value in UTF-8, within the limits */
    public static ParseValue read(byte[] utf8) {
        return read(utf8, 0, utf8.length);
    }

    public static ParseValue read(byte[] utf8, int offset, int length) {
        try {
            return whole(FACTORY.createParser(utf8, offset, length), JsonReader::value);
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    public static ParseValue read(String text) {
        return read(text, JsonReader::value);
    }

    /** In plain Java values, see {@link PlainJson#read}. */
    static Object readPlain(String text) {
        return read(text, JsonReader::plain);
    }

    private interface Reading<T> {
        T value(JsonReader reader, JsonToken first) throws IOException;
    }

    private static <T> T read(String text, Reading<T> reading) {
        try {
            return whole(FACTORY.createParser(text), reading);
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    /** The value whose first token has just been read. */
    static ParseValue at(JsonParser parser, JsonToken first) throws IOException {
        return new JsonReader(parser).value(first);
    }

    private static <T> T whole(JsonParser parser, Reading<T> reading) throws IOException {
        try (parser) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new MalformedJson("Unexpected end of JSON input");
            }
            T value = reading.value(new JsonReader(parser), first);
            if (parser.nextToken() != null) {
                throw new MalformedJson("Unexpected text after the JSON value", place(parser.currentTokenLocation()));
            }
            return value;
        }
    }

    static RuntimeException malformed(IOException e) {
        return switch (e) {
            case StreamConstraintsException limit -> MalformedJson.limit("JSON exceeds a limit: " + firstLine(limit));
            case JsonEOFException end -> new MalformedJson(firstLine(end));
            case JsonProcessingException syntax -> new MalformedJson(firstLine(syntax), place(syntax.getLocation()));
            case CharConversionException notUtf8 -> new MalformedJson("Text is not valid UTF-8");
            default -> new UncheckedIOException(e);
        };
    }

    private static String place(JsonLocation location) {
        return "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String firstLine(JsonProcessingException e) {
        String text = e.getOriginalMessage();
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    private ParseValue value(JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> new Str(checked(parser.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
            case VALUE_TRUE -> ParseValue.TRUE;
            case VALUE_FALSE -> ParseValue.FALSE;
            case VALUE_NULL -> ParseValue.NULL;
            case START_ARRAY -> array();
            case START_OBJECT -> object();
            default -> throw new MalformedJson("Unexpected " + token + " in JSON");
        };
    }

    private ParseValue number() throws IOException {
        double value = parser.getDoubleValue();
        if (Double.isInfinite(value)) {
            throw MalformedJson.limit("Number is too large");
        }
        return new Num(value);
    }

    private ParseValue array() throws IOException {
        List<ParseValue> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(value(token));
        }
        return new Array(items);
    }

    private ParseValue object() throws IOException {
        var fields = new LinkedHashMap<String, ParseValue>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = checked(parser.currentName());
            fields.put(name, value(parser.nextToken()));
        }
        var plain = new Obj(fields);
        return fields.containsKey("__type") ? TypeCodec.canonical(plain) : plain;
    }

    private Object plain(JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> checked(parser.getText());
            case VALUE_NUMBER_INT -> {
                Number number = parser.getNumberValue();
                yield number instanceof BigInteger big ? (Number) big.doubleValue() : (Number) number.longValue();
            }
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case START_ARRAY -> {
                var items = new ArrayList<Object>();
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    items.add(plain(next));
                }
                yield items;
            }
            case START_OBJECT -> {
                var fields = new LinkedHashMap<String, Object>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = checked(parser.currentName());
                    fields.put(name, plain(parser.nextToken()));
                }
                yield fields;
            }
            default -> throw new MalformedJson("Unexpected " + token + " in JSON");
        };
    }

    private static String checked(String text) {
        if (text.indexOf('\0') >= 0) {
            throw MalformedJson.limit("Text must not contain the NUL character");
        }
        return text;
    }
}
