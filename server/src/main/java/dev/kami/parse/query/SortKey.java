package dev.kami.parse.query;

/**
 * One part of {@code order}.
 *
 * @param path field name, dotted path, or {@code $score} for the rank of a text search
 */
public record SortKey(String path, boolean descending) {
    public static final String SCORE = "$score";
}
