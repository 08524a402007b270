package dev.kami.parse.auth.provider;

import dev.kami.parse.value.JsNumber;
import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.MalformedJson;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.net.URLDecoder;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;

/** What a provider answered. */
record ProviderAnswer(int status, HttpHeaders headers, byte[] body) {
    boolean ok() {
        return status >= 200 && status < 300;
    }

    /** The first value, or {@code null}. */
    String header(String name) {
        return headers.firstValue(name).orElse(null);
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The JSON object of the body; an empty one when the body is anything else. */
    Obj json() {
        return json(text());
    }

    static Obj json(String text) {
        try {
            return JsonReader.read(text) instanceof Obj object ? object : Obj.EMPTY;
        } catch (MalformedJson _) {
            return Obj.EMPTY; // whoever reads it finds no value and refuses
        }
    }

    /** {@code oauth_token=a&user_id=1} as an object of texts. */
    static Obj form(String text) {
        var fields = new LinkedHashMap<String, ParseValue>();
        for (String pair : text.strip().split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                try {
                    fields.put(decode(pair.substring(0, equals)), new Str(decode(pair.substring(equals + 1))));
                } catch (IllegalArgumentException _) {
                    return Obj.EMPTY; // a percent sign without its digits: no form
                }
            }
        }
        return new Obj(fields);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /**
     * An id as text. Providers write the same id as a number in one answer and as text in another; Parse keeps and compares
     * texts.
     *
     * @return {@code null} when it is absent, empty or of another type
     */
    static String id(ParseValue value) {
        return switch (value) {
            case Str(String text) when !text.isEmpty() -> text;
            case Num(double number) -> JsNumber.format(number);
            case null, default -> null;
        };
    }

    /** As the status line of HTTP has it: {@code Bad Request}. */
    String reason() {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            default -> "status " + status;
        };
    }

    /** Without the body, which has tokens. */
    @Override
    public String toString() {
        return "ProviderAnswer[" + status + "]";
    }
}
