package dev.kami.parse.log;

import java.time.LocalDate;
import java.util.Map;

/** The two forms of a log line, and the small texts inside it. */
public final class LogText {
    private static final int LONGEST = 1000;
    private static final long DAY_MILLIS = 86_400_000;

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
            LogJson.append(out, meta);
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
        LogJson.quote(out, message);
        if (millis >= 0) {
            out.append(",\"timestamp\":\"");
            appendTimestamp(out, millis);
            out.append('"');
        }
        for (var fact : meta.entrySet()) {
            String name = fact.getKey();
            // A fact must not hide what the line is; it gets another name.
            boolean taken = name.equals("level") || name.equals("message") || name.equals("timestamp");
            out.append(',');
            LogJson.quote(out, taken ? "_" + name : name);
            out.append(':');
            LogJson.append(out, fact.getValue());
        }
        return out.append("}\n").toString();
    }

    /** {@code 2024-05-01T12:00:00.000Z}. By hand: a formatter is a noticeable part of a start. */
    static void appendTimestamp(StringBuilder out, long millis) {
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(millis, DAY_MILLIS));
        int rest = (int) Math.floorMod(millis, DAY_MILLIS);
        out.append(date).append('T');
        pad(out, rest / 3_600_000, 2).append(':');
        pad(out, rest / 60_000 % 60, 2).append(':');
        pad(out, rest / 1000 % 60, 2).append('.');
        pad(out, rest % 1000, 3).append('Z');
    }

    private static StringBuilder pad(StringBuilder out, int number, int width) {
        for (int limit = width == 3 ? 100 : 10; limit > 1 && number < limit; limit /= 10) {
            out.append('0');
        }
        return out.append(number);
    }
}
