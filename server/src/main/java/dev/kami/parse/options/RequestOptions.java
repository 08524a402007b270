package dev.kami.parse.options;

import java.util.List;
import java.util.Map;

/** Definitions of the topic "Requests". */
public final class RequestOptions {
    private static final Topic TOPIC = new Topic("Requests");

    public static final Option<List<String>> ALLOW_HEADERS = TOPIC.texts("allowHeaders")
            .env("PARSE_SERVER_ALLOW_HEADERS")
            .help("Extra header names appended to the CORS allow-headers list.")
            .add();

    public static final Option<List<String>> ALLOW_ORIGIN = TOPIC.texts("allowOrigin")
            .env("PARSE_SERVER_ALLOW_ORIGIN")
            .help(
                    "Origin(s) for the CORS allow-origin header. 4.10: one string; 6.1+: string or list, the matching request origin is echoed, else the first entry.")
            .add();

    public static final Option<Object> TRUST_PROXY = TOPIC.json("trustProxy")
            .env("PARSE_SERVER_TRUST_PROXY")
            .standard(List.of())
            .since("6.0")
            .help("Express trust proxy setting; decides which forwarded address is the client IP.")
            .add();

    public static final Option<String> MAX_UPLOAD_SIZE = TOPIC.text("maxUploadSize")
            .env("PARSE_SERVER_MAX_UPLOAD_SIZE")
            .standard("20mb")
            .help("Largest request body/file (size text such as 20mb).")
            .add();

    public static final Option<List<String>> ROUTE_ALLOW_LIST = TOPIC.texts("routeAllowList")
            .env("PARSE_SERVER_ROUTE_ALLOW_LIST")
            .since("9.8")
            .help("Only routes matching one of these anchored patterns are open without master key.")
            .add();

    public static final Option<List<Object>> RATE_LIMIT = TOPIC.list("rateLimit")
            .env("PARSE_SERVER_RATE_LIMIT")
            .standard(List.of())
            .since("6.0")
            .help("List of rate limits.")
            .add();

    public static final Option<String> RATE_LIMIT_ERROR_RESPONSE_MESSAGE = TOPIC.text(
                    "rateLimit[].errorResponseMessage")
            .env("PARSE_SERVER_RATE_LIMIT_ERROR_RESPONSE_MESSAGE")
            .standard("Too many requests.")
            .since("6.0")
            .help("Message of the 429 answer.")
            .add();

    public static final Option<Boolean> RATE_LIMIT_INCLUDE_INTERNAL_REQUESTS = TOPIC.bool(
                    "rateLimit[].includeInternalRequests")
            .env("PARSE_SERVER_RATE_LIMIT_INCLUDE_INTERNAL_REQUESTS")
            .standard(false)
            .since("6.0")
            .help("Also count requests from 127.0.0.1/cloud code.")
            .add();

    public static final Option<Boolean> RATE_LIMIT_INCLUDE_MASTER_KEY = TOPIC.bool("rateLimit[].includeMasterKey")
            .env("PARSE_SERVER_RATE_LIMIT_INCLUDE_MASTER_KEY")
            .standard(false)
            .since("6.0")
            .help("Also count master key requests.")
            .add();

    public static final Option<String> RATE_LIMIT_REDIS_URL = TOPIC.text("rateLimit[].redisUrl")
            .env("PARSE_SERVER_RATE_LIMIT_REDIS_URL")
            .since("6.1")
            .later()
            .secret()
            .help("Share counters through Redis.")
            .add();

    public static final Option<Integer> RATE_LIMIT_REQUEST_COUNT = TOPIC.integer("rateLimit[].requestCount")
            .env("PARSE_SERVER_RATE_LIMIT_REQUEST_COUNT")
            .since("6.0")
            .help("Requests allowed per window.")
            .add();

    public static final Option<List<String>> RATE_LIMIT_REQUEST_METHODS = TOPIC.texts("rateLimit[].requestMethods")
            .env("PARSE_SERVER_RATE_LIMIT_REQUEST_METHODS")
            .since("6.0")
            .help("Methods (list or regex) the limit applies to; default all.")
            .add();

    public static final Option<String> RATE_LIMIT_REQUEST_PATH = TOPIC.text("rateLimit[].requestPath")
            .env("PARSE_SERVER_RATE_LIMIT_REQUEST_PATH")
            .required()
            .since("6.0")
            .help("Path pattern (path-to-regexp; v8 syntax from 9.0).")
            .add();

    public static final Option<Integer> RATE_LIMIT_REQUEST_TIME_WINDOW = TOPIC.integer("rateLimit[].requestTimeWindow")
            .env("PARSE_SERVER_RATE_LIMIT_REQUEST_TIME_WINDOW")
            .since("6.0")
            .help("Window in ms.")
            .add();

    public static final Option<String> RATE_LIMIT_ZONE = TOPIC.text("rateLimit[].zone")
            .env("PARSE_SERVER_RATE_LIMIT_ZONE")
            .standard("ip")
            .since("6.3")
            .help("Counter key: ip, user, session or global.")
            .add();

    public static final Option<Map<String, Object>> IDEMPOTENCY_OPTIONS = TOPIC.object("idempotencyOptions")
            .env("PARSE_SERVER_EXPERIMENTAL_IDEMPOTENCY_OPTIONS")
            .standard(Map.of())
            .help("De-duplicate POST/PUT requests by X-Parse-Request-Id.")
            .add();

    public static final Option<List<String>> IDEMPOTENCY_OPTIONS_PATHS = TOPIC.texts("idempotencyOptions.paths")
            .env("PARSE_SERVER_EXPERIMENTAL_IDEMPOTENCY_PATHS")
            .standard(List.of())
            .help("Regular expressions of paths (no mount, no leading slash; ^ is prepended).")
            .add();

    public static final Option<Double> IDEMPOTENCY_OPTIONS_TTL = TOPIC.number("idempotencyOptions.ttl")
            .env("PARSE_SERVER_EXPERIMENTAL_IDEMPOTENCY_TTL")
            .standard(300)
            .help("Seconds a request id is remembered.")
            .add();

    public static final Option<Map<String, Object>> REQUEST_COMPLEXITY = TOPIC.object("requestComplexity")
            .env("PARSE_SERVER_REQUEST_COMPLEXITY")
            .standard(Map.of())
            .since("9.6")
            .help("Upper bounds for non-master requests; -1 = off.")
            .add();

    public static final Option<Boolean> REQUEST_COMPLEXITY_ALLOW_REGEX = TOPIC.bool("requestComplexity.allowRegex")
            .env("PARSE_SERVER_REQUEST_COMPLEXITY_ALLOW_REGEX")
            .standard(true)
            .since("9.8")
            .help("false rejects $regex.")
            .add();

    public static final Option<Integer> REQUEST_COMPLEXITY_BATCH_REQUEST_LIMIT = TOPIC.integer(
                    "requestComplexity.batchRequestLimit")
            .env("PARSE_SERVER_REQUEST_COMPLEXITY_BATCH_REQUEST_LIMIT")
            .standard(-1)
            .since("9.6")
            .announcedDefault("100")
            .help("Sub-requests per batch.")
            .add();

    public static final Option<Integer> REQUEST_COMPLEXITY_GRAPHQL_DEPTH = TOPIC.integer(
                    "requestComplexity.graphQLDepth")
            .env("PARSE_SERVER_REQUEST_COMPLEXITY_GRAPHQL_DEPTH")
            .standard(-1)
            .since("9.6")
            .announcedDefault("20")
            .later()
            .help("Depth of GraphQL selections.")
            .add();

    public static final Option<Integer> REQUEST_COMPLEXITY_GRAPHQL_FIELDS = TOPIC.integer(
                    "requestComplexity.graphQLFields")
            .env("PARSE_SERVER_REQUEST_COMPLEXITY_GRAPHQL_FIELDS")
            .standard(-1)
            .since("9.6")
            .announcedDefault("200")
            .later()
            .help("Number of GraphQL field selections.")
            .add();

    public static final Option<Integer> REQUEST_COMPLEXITY_INCLUDE_COUNT = TOPIC.integer(
                    "requestComplexity.includeCount")
            .env("PARSE_SERVER_REQUEST_COMPLEXITY_INCLUDE_COUNT")
            .standard(-1)
            .since("9.6")
            .announcedDefault("100")
            .help("Include paths per query.")
            .add();

    public static final Option<Integer> REQUEST_COMPLEXITY_INCLUDE_DEPTH = TOPIC.integer(
                    "requestComplexity.includeDepth")
            .env("PARSE_SERVER_REQUEST_COMPLEXITY_INCLUDE_DEPTH")
            .standard(-1)
            .since("9.6")
            .announcedDefault("10")
            .help("Depth of include paths.")
            .add();

    public static final Option<Integer> REQUEST_COMPLEXITY_QUERY_DEPTH = TOPIC.integer("requestComplexity.queryDepth")
            .env("PARSE_SERVER_REQUEST_COMPLEXITY_QUERY_DEPTH")
            .standard(-1)
            .since("9.6")
            .announcedDefault("10")
            .help("Nesting of $or/$and/$nor.")
            .add();

    public static final Option<Integer> REQUEST_COMPLEXITY_SUBQUERY_DEPTH = TOPIC.integer(
                    "requestComplexity.subqueryDepth")
            .env("PARSE_SERVER_REQUEST_COMPLEXITY_SUBQUERY_DEPTH")
            .standard(-1)
            .since("9.6")
            .announcedDefault("10")
            .help("Nesting of sub-queries.")
            .add();

    public static final Option<Integer> REQUEST_COMPLEXITY_SUBQUERY_LIMIT = TOPIC.integer(
                    "requestComplexity.subqueryLimit")
            .env("PARSE_SERVER_REQUEST_COMPLEXITY_SUBQUERY_LIMIT")
            .standard(-1)
            .since("9.8")
            .help("Result limit of a sub-query.")
            .add();

    static final List<Option<?>> ALL = TOPIC.list();

    private RequestOptions() {}
}
