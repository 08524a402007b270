package dev.kami.parse.value;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;

/**
 * The entries of a JSON array of any length, one at a time: of {@code {"results":[...]}}, the form of answers to queries
 * and of exports, or of an array alone. The limits of {@link JsonReader} hold for each entry.
 */
public final class JsonStream implements AutoCloseable {
    private final JsonParser parser;
    private int line = 1;

    private JsonStream(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * @param in closed with this
     * @throws MalformedJson when the text begins otherwise
     */
    public static JsonStream results(InputStream in) {
        try {
            JsonParser parser = JsonReader.FACTORY.createParser(in);
            try {
                begin(parser);
            } catch (IOException | RuntimeException e) {
                parser.close();
                throw e;
            }
            return new JsonStream(parser);
        } catch (IOException e) {
            throw JsonReader.malformed(e);
        }
    }

    private static void begin(JsonParser parser) throws IOException {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                token = parser.nextToken();
                if (name.equals("results")) {
                    break;
                }
                parser.skipChildren();
                token = null;
            }
        }
        if (token != JsonToken.START_ARRAY) {
            throw new MalformedJson("Expected {\"results\":[...]} or an array");
        }
    }

    /**
     * The next entry, {@code null} behind the last. What follows the array is not looked at.
     *
     * @throws MalformedJson when the text goes on wrongly; there is no next entry then
     */
    public ParseValue next() {
        try {
            JsonToken token = parser.nextToken();
            line = Math.max(1, parser.currentTokenLocation().getLineNr());
            if (token == null) {
                throw new MalformedJson("Unexpected end of JSON input");
            }
            return token == JsonToken.END_ARRAY ? null : JsonReader.at(parser, token);
        } catch (IOException e) {
            line = Math.max(1, parser.currentLocation().getLineNr());
            throw JsonReader.malformed(e);
        }
    }

    /** Where the entry that {@link #next} returned last begins, or failed: number of the line, the first is 1. */
    public int line() {
        return line;
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
