package dev.kami.parse.log;

import java.time.Instant;

/**
 * Which log lines are wanted.
 *
 * @param from first instant
 * @param until last instant
 * @param size how many lines at most
 * @param newestFirst order of the answer
 * @param level {@code ERROR} reads the error files, every other level the files with all lines
 */
public record LogQuery(Instant from, Instant until, int size, boolean newestFirst, LogLevel level) {}
