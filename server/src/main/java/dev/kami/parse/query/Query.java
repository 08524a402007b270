package dev.kami.parse.query;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

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
        return with(draft -> draft.className = other);
    }

    public Query withWhere(Constraint other) {
        return with(draft -> draft.where = other);
    }

    Query withRelativeTimes(Set<String> fields) {
        return with(draft -> draft.relativeTimes = Set.copyOf(fields));
    }

    public Query withLimit(Integer other) {
        return with(draft -> draft.limit = other);
    }

    public Query withKeys(Set<String> other) {
        return with(draft -> draft.keys = other);
    }

    public Query withInclude(List<String> other) {
        return with(draft -> {
            draft.include = other;
            draft.includeAll = false;
        });
    }

    public Query withHints(ReadHints other) {
        return with(draft -> draft.hints = other);
    }

    public Query withRedirect(String key) {
        return with(draft -> draft.redirectClassNameForKey = key);
    }

    private Query with(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return new Query(
                draft.className,
                draft.where,
                draft.relativeTimes,
                order,
                skip,
                draft.limit,
                count,
                draft.keys,
                excludeKeys,
                draft.include,
                draft.includeAll,
                draft.redirectClassNameForKey,
                draft.hints);
    }

    /** The members that copies differ in. */
    private static final class Draft {
        String className;
        Constraint where;
        Set<String> relativeTimes;
        Integer limit;
        Set<String> keys;
        List<String> include;
        boolean includeAll;
        String redirectClassNameForKey;
        ReadHints hints;

        Draft(Query query) {
            className = query.className;
            where = query.where;
            relativeTimes = query.relativeTimes;
            limit = query.limit;
            keys = query.keys;
            include = query.include;
            includeAll = query.includeAll;
            redirectClassNameForKey = query.redirectClassNameForKey;
            hints = query.hints;
        }
    }
}
