package dev.kami.parse.options;

import java.util.List;
import java.util.Map;

/** Definitions of the topic "LiveQuery". */
public final class LiveQueryOptions {
    private static final Topic TOPIC = new Topic("LiveQuery");

    public static final Option<Map<String, Object>> LIVE_QUERY = TOPIC.object("liveQuery")
            .env("PARSE_SERVER_LIVE_QUERY")
            .later()
            .help("LiveQuery publisher settings.")
            .add();

    public static final Option<List<String>> LIVE_QUERY_CLASS_NAMES = TOPIC.texts("liveQuery.classNames")
            .env("PARSE_SERVER_LIVEQUERY_CLASSNAMES")
            .later()
            .help("Classes (patterns) published to LiveQuery.")
            .add();

    public static final Option<Object> LIVE_QUERY_PUB_SUB_ADAPTER = TOPIC.adapter("liveQuery.pubSubAdapter")
            .env("PARSE_SERVER_LIVEQUERY_PUB_SUB_ADAPTER")
            .later()
            .help("Pub/sub adapter.")
            .add();

    public static final Option<Map<String, Object>> LIVE_QUERY_REDIS_OPTIONS = TOPIC.object("liveQuery.redisOptions")
            .env("PARSE_SERVER_LIVEQUERY_REDIS_OPTIONS")
            .later()
            .secret()
            .help("Redis client options.")
            .add();

    public static final Option<String> LIVE_QUERY_REDIS_URL = TOPIC.text("liveQuery.redisURL")
            .env("PARSE_SERVER_LIVEQUERY_REDIS_URL")
            .later()
            .secret()
            .help("Redis URL for pub/sub.")
            .add();

    public static final Option<Integer> LIVE_QUERY_REGEX_TIMEOUT = TOPIC.integer("liveQuery.regexTimeout")
            .env("PARSE_SERVER_LIVEQUERY_REGEX_TIMEOUT")
            .standard(100)
            .since("9.5")
            .later()
            .help(
                    "Milliseconds a $regex may run in LiveQuery matching; 0 disables the guard; a timeout counts as no match.")
            .add();

    public static final Option<Object> LIVE_QUERY_WSS_ADAPTER = TOPIC.adapter("liveQuery.wssAdapter")
            .env("PARSE_SERVER_LIVEQUERY_WSS_ADAPTER")
            .later()
            .help("WebSocket server adapter.")
            .add();

    public static final Option<Map<String, Object>> LIVE_QUERY_SERVER_OPTIONS = TOPIC.object("liveQueryServerOptions")
            .env("PARSE_SERVER_LIVE_QUERY_SERVER_OPTIONS")
            .later()
            .help("Options of the LiveQuery server; setting it starts that server.")
            .add();

    public static final Option<String> LIVE_QUERY_SERVER_OPTIONS_APP_ID = TOPIC.text("liveQueryServerOptions.appId")
            .env("PARSE_LIVE_QUERY_SERVER_APP_ID")
            .later()
            .help("appId the LiveQuery server serves.")
            .add();

    public static final Option<Integer> LIVE_QUERY_SERVER_OPTIONS_CACHE_TIMEOUT = TOPIC.integer(
                    "liveQueryServerOptions.cacheTimeout")
            .env("PARSE_LIVE_QUERY_SERVER_CACHE_TIMEOUT")
            .later()
            .help("Life of its session cache in ms (effective default 5000).")
            .add();

    public static final Option<Map<String, Object>> LIVE_QUERY_SERVER_OPTIONS_KEY_PAIRS = TOPIC.object(
                    "liveQueryServerOptions.keyPairs")
            .env("PARSE_LIVE_QUERY_SERVER_KEY_PAIRS")
            .later()
            .secret()
            .help("Keys a connecting client must present.")
            .add();

    public static final Option<String> LIVE_QUERY_SERVER_OPTIONS_LOG_LEVEL = TOPIC.text(
                    "liveQueryServerOptions.logLevel")
            .env("PARSE_LIVE_QUERY_SERVER_LOG_LEVEL")
            .later()
            .help("VERBOSE, INFO, ERROR or NONE (INFO).")
            .add();

    public static final Option<String> LIVE_QUERY_SERVER_OPTIONS_MASTER_KEY = TOPIC.text(
                    "liveQueryServerOptions.masterKey")
            .env("PARSE_LIVE_QUERY_SERVER_MASTER_KEY")
            .later()
            .secret()
            .help("masterKey of that app.")
            .add();

    public static final Option<Integer> LIVE_QUERY_SERVER_OPTIONS_PORT = TOPIC.integer("liveQueryServerOptions.port")
            .env("PARSE_LIVE_QUERY_SERVER_PORT")
            .standard(1337)
            .later()
            .help("Own port; when set a separate HTTP server is opened.")
            .add();

    public static final Option<Object> LIVE_QUERY_SERVER_OPTIONS_PUB_SUB_ADAPTER = TOPIC.adapter(
                    "liveQueryServerOptions.pubSubAdapter")
            .env("PARSE_LIVE_QUERY_SERVER_PUB_SUB_ADAPTER")
            .later()
            .help("Pub/sub adapter.")
            .add();

    public static final Option<Map<String, Object>> LIVE_QUERY_SERVER_OPTIONS_REDIS_OPTIONS = TOPIC.object(
                    "liveQueryServerOptions.redisOptions")
            .env("PARSE_LIVE_QUERY_SERVER_REDIS_OPTIONS")
            .later()
            .secret()
            .help("Redis client options.")
            .add();

    public static final Option<String> LIVE_QUERY_SERVER_OPTIONS_REDIS_URL = TOPIC.text(
                    "liveQueryServerOptions.redisURL")
            .env("PARSE_LIVE_QUERY_SERVER_REDIS_URL")
            .later()
            .secret()
            .help("Redis URL.")
            .add();

    public static final Option<String> LIVE_QUERY_SERVER_OPTIONS_SERVER_URL = TOPIC.text(
                    "liveQueryServerOptions.serverURL")
            .env("PARSE_LIVE_QUERY_SERVER_SERVER_URL")
            .later()
            .help("serverURL used to validate sessions.")
            .add();

    public static final Option<Integer> LIVE_QUERY_SERVER_OPTIONS_WEBSOCKET_TIMEOUT = TOPIC.integer(
                    "liveQueryServerOptions.websocketTimeout")
            .env("PARSE_LIVE_QUERY_SERVER_WEBSOCKET_TIMEOUT")
            .later()
            .help("Ping interval in ms (effective default 10000).")
            .add();

    public static final Option<Object> LIVE_QUERY_SERVER_OPTIONS_WSS_ADAPTER = TOPIC.adapter(
                    "liveQueryServerOptions.wssAdapter")
            .env("PARSE_LIVE_QUERY_SERVER_WSS_ADAPTER")
            .later()
            .help("WebSocket server adapter.")
            .add();

    public static final Option<Boolean> START_LIVE_QUERY_SERVER = TOPIC.bool("startLiveQueryServer")
            .env("PARSE_SERVER_START_LIVE_QUERY_SERVER")
            .later()
            .help("Start a LiveQuery server on the same HTTP server.")
            .add();

    static final List<Option<?>> ALL = TOPIC.list();

    private LiveQueryOptions() {}
}
