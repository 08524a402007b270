package dev.kami.parse.options;

/**
 * The option {@code requestComplexity}: bounds for requests without the master key; -1 means none.
 *
 * @param allowRegex whether {@code $regex} may be used
 */
public record RequestComplexity(
        int includeDepth,
        int includeCount,
        int queryDepth,
        int subqueryDepth,
        int subqueryLimit,
        int batchRequestLimit,
        int graphQLDepth,
        int graphQLFields,
        boolean allowRegex) {

    /** No bound at all, as for the master key. */
    public static final RequestComplexity UNBOUNDED = new RequestComplexity(-1, -1, -1, -1, -1, -1, -1, -1, true);

    public static RequestComplexity of(Options options) {
        return new RequestComplexity(
                options.get(RequestOptions.REQUEST_COMPLEXITY_INCLUDE_DEPTH),
                options.get(RequestOptions.REQUEST_COMPLEXITY_INCLUDE_COUNT),
                options.get(RequestOptions.REQUEST_COMPLEXITY_QUERY_DEPTH),
                options.get(RequestOptions.REQUEST_COMPLEXITY_SUBQUERY_DEPTH),
                options.get(RequestOptions.REQUEST_COMPLEXITY_SUBQUERY_LIMIT),
                options.get(RequestOptions.REQUEST_COMPLEXITY_BATCH_REQUEST_LIMIT),
                options.get(RequestOptions.REQUEST_COMPLEXITY_GRAPHQL_DEPTH),
                options.get(RequestOptions.REQUEST_COMPLEXITY_GRAPHQL_FIELDS),
                options.is(RequestOptions.REQUEST_COMPLEXITY_ALLOW_REGEX));
    }

    /** Whether a count passes one of these bounds. */
    public static boolean exceeds(int count, int bound) {
        return bound >= 0 && count > bound;
    }
}
