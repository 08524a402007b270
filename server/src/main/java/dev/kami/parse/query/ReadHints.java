package dev.kami.parse.query;

import dev.kami.parse.value.ParseValue;

/**
 * How to read, not what. Every member may be {@code null}.
 *
 * @param hint index name (Str) or key pattern (Obj)
 * @param explain verbosity: {@code queryPlanner}, {@code executionStats}, ...; {@code null} means run the query
 * @param comment shown in the profiler of the database
 */
public record ReadHints(
        ParseValue hint,
        String explain,
        String comment,
        ReadPreference readPreference,
        ReadPreference includeReadPreference,
        ReadPreference subqueryReadPreference) {
    public static final ReadHints NONE = new ReadHints(null, null, null, null, null, null);
}
