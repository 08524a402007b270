package dev.kami.parse.rest;

import dev.kami.parse.options.CoreOptions;
import dev.kami.parse.options.DatabaseClientOptions;
import dev.kami.parse.options.FileOptions;
import dev.kami.parse.options.ObjectOptions;
import dev.kami.parse.options.Options;
import dev.kami.parse.options.RequestOptions;
import java.util.List;

/**
 * The options that decide how objects are read and written.
 *
 * @param maxLimit upper bound of every limit, -1 for none
 * @param subqueryLimit results of one sub-query for callers without the master key, -1 for all
 * @param allowPublicExplain whether callers without the master key may ask for query plans
 * @param rawFieldNames aggregation results under the names of the database when the request does not say
 * @param rawValues aggregation results in Extended JSON when the request does not say
 * @param keywordDenylist entries {@code {"key":..., "value":...}} that no written data may contain
 * @param allowedFileUrlDomains hosts a File value may point at; {@code *} any, {@code *.d} subdomains of d
 * @param fileKey key of legacy file addresses, or {@code null}
 */
public record RestOptions(
        String appId,
        boolean allowClientClassCreation,
        boolean allowCustomObjectId,
        int objectIdSize,
        int defaultLimit,
        int maxLimit,
        int subqueryLimit,
        boolean allowPublicExplain,
        boolean rawFieldNames,
        boolean rawValues,
        List<Object> keywordDenylist,
        List<String> allowedFileUrlDomains,
        String fileKey,
        DeviceTokenOptions deviceTokens) {

    public static RestOptions from(Options options) {
        return new RestOptions(
                options.get(CoreOptions.APP_ID),
                options.is(ObjectOptions.ALLOW_CLIENT_CLASS_CREATION),
                options.is(ObjectOptions.ALLOW_CUSTOM_OBJECT_ID),
                options.get(ObjectOptions.OBJECT_ID_SIZE),
                options.get(ObjectOptions.DEFAULT_LIMIT),
                options.find(ObjectOptions.MAX_LIMIT).orElse(-1),
                options.find(RequestOptions.REQUEST_COMPLEXITY_SUBQUERY_LIMIT).orElse(-1),
                options.is(DatabaseClientOptions.ALLOW_PUBLIC_EXPLAIN),
                options.is(ObjectOptions.QUERY_AGGREGATION_RAW_FIELD_NAMES),
                options.is(ObjectOptions.QUERY_AGGREGATION_RAW_VALUES),
                options.find(ObjectOptions.REQUEST_KEYWORD_DENYLIST).orElse(List.of()),
                options.find(FileOptions.FILE_UPLOAD_ALLOWED_FILE_URL_DOMAINS).orElse(List.of("*")),
                options.get(FileOptions.FILE_KEY),
                DeviceTokenOptions.from(options));
    }
}
