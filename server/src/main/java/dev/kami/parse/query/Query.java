package dev.kami.parse.query;

import java.util.List;
import java.util.Set;

/**
 * A find or count, parsed and checked. Immutable: stages make copies.
 *
 * @param limit results at most; {@code null} when the request named none (option {@code defaultLimit} decides)
 * @param relativeTimes fields that are compared with a {@code $relativeTime}, so they must hold dates
 * @param keys fields wanted, {@code null} for all; dotted keys as the client sent them
 * @param include paths such as {@code owner.team}, in the order of the request; {@code *} has become {@code includeAll}
 * @param redirectClassNameForKey relation field whose target class is searched instead, or {@code null}
 */
public record Query(
        String className,
        Constraint where,
        Set<String> relativeTimes,
        List<SortKey> order,
        int skip,
        Integer limit,
        boolean count,
        Set<String> keys,
        Set<String> excludeKeys,
        List<String> include,
        boolean includeAll,
        String redirectClassNameForKey,
        ReadHints hints) {

    /** Everything of a class that fits {@code where}. */
    public static Query of(String className, Constraint where) {
        return new Query(
                className,
                where,
                Set.of(),
                List.of(),
                0,
                null,
                false,
                null,
                Set.of(),
                List.of(),
                false,
                null,
                ReadHints.NONE);
    }

    public Query withClassName(String other) {
        return new Query(
                other,
                where,
                relativeTimes,
                order,
                skip,
                limit,
                count,
                keys,
                excludeKeys,
                include,
                includeAll,
                redirectClassNameForKey,
                hints);
    }

    public Query withWhere(Constraint other) {
        return new Query(
                className,
                other,
                relativeTimes,
                order,
                skip,
                limit,
                count,
                keys,
                excludeKeys,
                include,
                includeAll,
                redirectClassNameForKey,
                hints);
    }

    Query withRelativeTimes(Set<String> fields) {
        return new Query(
                className,
                where,
                Set.copyOf(fields),
                order,
                skip,
                limit,
                count,
                keys,
                excludeKeys,
                include,
                includeAll,
                redirectClassNameForKey,
                hints);
    }

    public Query withOrder(List<SortKey> other) {
        return new Query(
                className,
                where,
                relativeTimes,
                other,
                skip,
                limit,
                count,
                keys,
                excludeKeys,
                include,
                includeAll,
                redirectClassNameForKey,
                hints);
    }

    public Query withLimit(Integer other) {
        return new Query(
                className,
                where,
                relativeTimes,
                order,
                skip,
                other,
                count,
                keys,
                excludeKeys,
                include,
                includeAll,
                redirectClassNameForKey,
                hints);
    }

    public Query withKeys(Set<String> other) {
        return new Query(
                className,
                where,
                relativeTimes,
                order,
                skip,
                limit,
                count,
                other,
                excludeKeys,
                include,
                includeAll,
                redirectClassNameForKey,
                hints);
    }

    public Query withInclude(List<String> other) {
        return new Query(
                className,
                where,
                relativeTimes,
                order,
                skip,
                limit,
                count,
                keys,
                excludeKeys,
                other,
                false,
                redirectClassNameForKey,
                hints);
    }

    public Query withHints(ReadHints other) {
        return new Query(
                className,
                where,
                relativeTimes,
                order,
                skip,
                limit,
                count,
                keys,
                excludeKeys,
                include,
                includeAll,
                redirectClassNameForKey,
                other);
    }

    public Query withRedirect(String key) {
        return new Query(
                className,
                where,
                relativeTimes,
                order,
                skip,
                limit,
                count,
                keys,
                excludeKeys,
                include,
                includeAll,
                key,
                hints);
    }
}
