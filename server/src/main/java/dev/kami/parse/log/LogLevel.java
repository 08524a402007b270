package dev.kami.parse.log;

import java.util.Locale;
import java.util.Optional;

/** From the most to the least important; a log at one level holds all levels before it. */
public enum LogLevel {
    ERROR,
    WARN,
    INFO,
    VERBOSE,
    DEBUG,
    SILLY;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The name in options, log lines and files: {@code info}. */
    public String label() {
        return label;
    }

    /** The level of that name; empty for {@code silent} and everything unknown. */
    public static Optional<LogLevel> of(String label) {
        for (LogLevel level : values()) {
            if (level.label.equals(label)) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }
}
