package dev.kami.parse.database;

import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.ReadHints;
import dev.kami.parse.query.SortKey;
import dev.kami.parse.schema.Operation;
import java.util.List;
import java.util.Set;

/**
 * What {@code rest} asks of {@link Database}: a query whose sub-queries have been answered.
 *
 * @param limit at most so many, -1 for all
 * @param fields names wanted (undotted), {@code null} for all
 * @param operation whose class level permission is asked: find, get or count
 */
public record Read(
        ClassRules rules,
        Constraint where,
        List<SortKey> order,
        int skip,
        int limit,
        Set<String> fields,
        Operation operation,
        ReadHints hints) {

    /** Everything that fits, without order. */
    public static Read of(ClassRules rules, Constraint where, Operation operation) {
        return new Read(rules, where, List.of(), 0, -1, null, operation, ReadHints.NONE);
    }
}
