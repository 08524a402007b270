package dev.kami.parse.log;

import dev.kami.parse.value.IsoDate;
import dev.kami.parse.value.PlainJson;
import java.util.Map;

/** The two forms of a log line, and the small texts inside it. */
final class LogText {
    private static final int LONGEST = 1000;

    private LogText() {}

    /** The first 1000 characters and {@code ... (truncated)}; shorter texts, and null, as they are. */
    public static String truncate(String text) {
        return text == null || text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "... (truncated)";
    }

    /** {@code info: message {"name":"value"}}; without facts only the message. */
    static String plainLine(LogLevel level, String message, Map<String, ?> meta) {
        var out = new StringBuilder(message.length() + 64);
        out.append(level.label()).append(": ").append(message);
        if (!meta.isEmpty()) {
            out.append(' ');
            append(out, meta);
        }
        return out.append('\n').toString();
    }

    /**
     * {@code {"level":"info","message":"...","timestamp":"...","name":"value"}}.
     *
     * @param millis since the epoch; negative leaves the timestamp out
     */
    static String jsonLine(LogLevel level, String message, Map<String, ?> meta, long millis) {
        var out = new StringBuilder(message.length() + 128);
        out.append("{\"level\":\"").append(level.label()).append("\",\"message\":");
        PlainJson.quote(out, message);
        if (millis >= 0) {
            out.append(",\"timestamp\":\"");
            out.append(IsoDate.format(millis));
            out.append('"');
        }
        for (var fact : meta.entrySet()) {
            String name = fact.getKey();
            // A fact must not hide what the line is; it gets another name.
            boolean taken = name.equals("level") || name.equals("message") || name.equals("timestamp");
            out.append(',');
            PlainJson.quote(out, taken ? "_" + name : name);
            out.append(':');
            append(out, fact.getValue());
        }
        return out.append("}\n").toString();
    }

    /** Facts are plain Java values; what is none of them by its text. */
    private static void append(StringBuilder out, Object fact) {
        PlainJson.append(out, fact, (to, other) -> {
            if (other instanceof JsonText json) {
                to.append(json.json());
            } else {
                PlainJson.quote(to, other.toString());
            }
        });
    }
}
