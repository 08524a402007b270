package dev.kami.parse.query;

/**
 * Upper bounds for the queries of clients; the master and the maintenance key have none. -1 means no bound.
 *
 * @param queryDepth nesting of {@code $or}, {@code $and}, {@code $nor}
 * @param subqueryDepth nesting of {@code $inQuery}, {@code $select} and their negations
 * @param includeDepth parts of one include path
 * @param includeCount include paths, those that longer ones pass through included
 * @param allowRegex false refuses {@code $regex}
 */
public record QueryLimits(int queryDepth, int subqueryDepth, int includeDepth, int includeCount, boolean allowRegex) {
    public static final QueryLimits UNBOUNDED = new QueryLimits(-1, -1, -1, -1, true);
}
