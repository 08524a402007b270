package dev.kami.parse.email;

import dev.kami.parse.log.Log;
import dev.kami.parse.log.LogLevel;
import dev.kami.parse.log.LoggerAdapter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A log whose lines a test can read. */
final class LogLines implements LoggerAdapter {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void log(LogLevel level, String message, Map<String, ?> meta) {
        lines.add(level.label() + ": " + message + " " + meta);
    }

    Log at(LogLevel level) {
        return Log.to(this, level);
    }

    List<String> all() {
        return lines;
    }
}
