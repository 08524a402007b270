package dev.kami.parse.aggregate;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;

/**
 * What one run of a pipeline may use. Stages that must see everything before they answer (sort, group, facet, lookup) count
 * what they keep; operators that loop or build count their steps. One per run, one thread.
 */
final class Budget {
    /** Characters of a text, and elements of a list. */
    private static final int MAX_TEXT = 16 * 1024 * 1024;

    private static final int MAX_LIST = 1_000_000;
    /** Turns of a loop in $map, $filter and the like; some seconds of one processor. */
    static final long MAX_STEPS = 100_000_000;

    private final int maxHeld;
    private final long maxSteps;
    private int held;
    private long steps;

    /** @param maxHeld documents and collected values kept at the same time */
    Budget(int maxHeld, long maxSteps) {
        this.maxHeld = maxHeld;
        this.maxSteps = maxSteps;
    }

    void hold() {
        if (++held > maxHeld) {
            throw invalid("Aggregation keeps more than " + maxHeld
                    + " values at once; narrow it with $match, $project or $limit.");
        }
    }

    void step() {
        if (++steps > maxSteps) {
            throw invalid("Aggregation takes too many steps; narrow it with $match or $limit.");
        }
    }

    static void checkText(long length) {
        if (length > MAX_TEXT) {
            throw invalid("Aggregation builds a text of more than " + MAX_TEXT + " characters.");
        }
    }

    static void checkList(long size) {
        if (size > MAX_LIST) {
            throw invalid("Aggregation builds a list of more than " + MAX_LIST + " elements.");
        }
    }

    static ParseException invalid(String text) {
        return new ParseException(ErrorCode.INVALID_QUERY, text);
    }
}
