package dev.kami.parse.storage;

import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.ReadHints;
import dev.kami.parse.query.SortKey;
import dev.kami.parse.schema.ClassSchema;
import java.util.List;
import java.util.Set;

/**
 * @param where without InQuery, Select and RelatedTo, which {@code rest} and {@code database} have resolved; a
 *     {@code Near} at its top sorts by distance when {@code sort} is empty
 * @param limit at most so many, -1 for all
 * @param fields names wanted (undotted), {@code null} for all; objectId, createdAt, updatedAt and ACL always come
 * @param ignoreCase text equality ignores case (user names and e-mail addresses)
 */
public record Find(
        ClassSchema schema,
        Constraint where,
        List<SortKey> sort,
        int skip,
        int limit,
        Set<String> fields,
        boolean ignoreCase,
        ReadHints hints) {

    public static Find all(ClassSchema schema, Constraint where) {
        return new Find(schema, where, List.of(), 0, -1, null, false, ReadHints.NONE);
    }
}
