package dev.kami.parse.log;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Lines for a person, or one JSON object per line for a collector. Whole lines never mix. */
final class ConsoleWriter {
    private final PrintStream out;
    private final boolean json;

    ConsoleWriter(PrintStream out, boolean json) {
        this.out = out;
        this.json = json;
    }

    void write(LogLevel level, String message, Map<String, ?> meta) {
        String line = json ? LogText.jsonLine(level, message, meta, -1) : LogText.plainLine(level, message, meta);
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length); // one call, which the stream guards
        out.flush();
    }
}
