package dev.kami.parse.http;

import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.MalformedJson;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/**
 * Reads {@code a=1&b=x}, the form of query strings and of form bodies, as Node does: {@code +} is a blank, a broken
 * {@code %} stands for itself, bytes that are no UTF-8 become U+FFFD, a name given twice has a list of texts.
 */
final class QueryText {
    /** Pairs beyond this number are not read, as in Node. */
    private static final int MOST_PAIRS = 1000;

    private QueryText() {}

    /** A query string: every value is JSON where it parses, else text. */
    static Obj query(String raw) {
        return raw == null || raw.isEmpty() ? Obj.EMPTY : read(raw, true);
    }

    /** A form body: every value is text. */
    static Obj form(String raw) {
        return raw.isEmpty() ? Obj.EMPTY : read(raw, false);
    }

    private static Obj read(String raw, boolean json) {
        var fields = new LinkedHashMap<String, ParseValue>();
        int start = 0;
        for (int pairs = 0; start < raw.length() && pairs < MOST_PAIRS; pairs++) {
            int end = raw.indexOf('&', start);
            if (end < 0) {
                end = raw.length();
            }
            if (end > start) {
                int equals = raw.indexOf('=', start);
                boolean named = equals >= 0 && equals < end;
                String name = decode(raw.substring(start, named ? equals : end));
                String text = named ? decode(raw.substring(equals + 1, end)) : "";
                fields.merge(name, new Str(text), QueryText::append);
            }
            start = end + 1;
        }
        if (json) {
            fields.replaceAll((_, value) -> value instanceof Str(String text) ? fromJson(text) : value);
        }
        return new Obj(fields);
    }

    private static ParseValue append(ParseValue before, ParseValue more) {
        var all = new ArrayList<ParseValue>();
        if (before instanceof Array(var items)) {
            all.addAll(items);
        } else {
            all.add(before);
        }
        all.add(more);
        return new Array(all);
    }

    /** Most values are plain text; only what can begin a JSON value is tried, because a failed attempt is not cheap. */
    private static ParseValue fromJson(String text) {
        int first = 0;
        while (first < text.length() && text.charAt(first) <= ' ') {
            first++;
        }
        if (first == text.length()) {
            return new Str(text);
        }
        char c = text.charAt(first);
        boolean possible =
                switch (c) {
                    case '{', '[', '"', '-' -> true;
                    case 't', 'f', 'n' -> isWord(text.strip());
                    default -> c >= '0' && c <= '9';
                };
        if (!possible) {
            return new Str(text);
        }
        try {
            return JsonReader.read(text);
        } catch (MalformedJson _) {
            return new Str(text); // then it is text, as in the genuine server
        }
    }

    private static boolean isWord(String text) {
        return text.equals("true") || text.equals("false") || text.equals("null");
    }

    private static String decode(String text) {
        int special = 0;
        while (special < text.length() && text.charAt(special) != '%' && text.charAt(special) != '+') {
            special++;
        }
        if (special == text.length()) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        var out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high >= 0 ? Character.digit(bytes[i + 2], 16) : -1;
            if (low >= 0) {
                out.write(high << 4 | low);
                i += 2;
            } else {
                out.write(bytes[i] == '+' ? ' ' : bytes[i]);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
