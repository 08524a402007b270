package dev.kami.parse.storage.sql;

import dev.kami.parse.value.ParseValue;

/**
 * What a statement on H2 asks Java about the value of a column in each row. It is bound like a parameter; the functions of
 * {@link H2Functions} find it again while the statement runs.
 */
@FunctionalInterface
interface RowFunction {
    /** @param field {@code null} when the column is null */
    Object apply(ParseValue field);
}
