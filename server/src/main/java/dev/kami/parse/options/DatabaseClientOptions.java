package dev.kami.parse.options;

import java.util.List;
import java.util.Map;

/** Keys inside databaseOptions. Most belong to the MongoDB driver and wait for its adapter. */
public final class DatabaseClientOptions {
    private static final Topic TOPIC = new Topic("Database client");

    public static final Option<Boolean> ALLOW_PUBLIC_EXPLAIN = TOPIC.bool("databaseOptions.allowPublicExplain")
            .env("PARSE_SERVER_DATABASE_ALLOW_PUBLIC_EXPLAIN")
            .standard(false)
            .since("8.5")
            .help("explain without master key.")
            .add();

    public static final Option<String> APP_NAME = TOPIC.text("databaseOptions.appName")
            .env("PARSE_SERVER_DATABASE_APP_NAME")
            .since("8.5")
            .help("Client application name.")
            .add();

    public static final Option<String> AUTH_MECHANISM = TOPIC.text("databaseOptions.authMechanism")
            .env("PARSE_SERVER_DATABASE_AUTH_MECHANISM")
            .since("8.5")
            .later()
            .help("Authentication mechanism.")
            .add();

    public static final Option<Map<String, Object>> AUTH_MECHANISM_PROPERTIES = TOPIC.object(
                    "databaseOptions.authMechanismProperties")
            .env("PARSE_SERVER_DATABASE_AUTH_MECHANISM_PROPERTIES")
            .since("8.5")
            .later()
            .secret()
            .help("Properties of that mechanism.")
            .add();

    public static final Option<String> AUTH_SOURCE = TOPIC.text("databaseOptions.authSource")
            .env("PARSE_SERVER_DATABASE_AUTH_SOURCE")
            .since("8.5")
            .later()
            .help("Database holding the credentials.")
            .add();

    public static final Option<Boolean> AUTO_SELECT_FAMILY = TOPIC.bool("databaseOptions.autoSelectFamily")
            .env("PARSE_SERVER_DATABASE_AUTO_SELECT_FAMILY")
            .since("8.0")
            .later()
            .help("Try IPv6 and IPv4.")
            .add();

    public static final Option<Integer> AUTO_SELECT_FAMILY_ATTEMPT_TIMEOUT = TOPIC.integer(
                    "databaseOptions.autoSelectFamilyAttemptTimeout")
            .env("PARSE_SERVER_DATABASE_AUTO_SELECT_FAMILY_ATTEMPT_TIMEOUT")
            .since("8.0")
            .later()
            .help("ms per address attempt (at least 10).")
            .add();

    public static final Option<Integer> BATCH_SIZE = TOPIC.integer("databaseOptions.batchSize")
            .env("PARSE_SERVER_DATABASE_BATCH_SIZE")
            .standard(1000)
            .since("9.5")
            .later()
            .help("Documents per cursor batch (server-only key).")
            .add();

    public static final Option<Map<String, Object>> CLIENT_METADATA = TOPIC.object("databaseOptions.clientMetadata")
            .env("PARSE_SERVER_DATABASE_CLIENT_METADATA")
            .since("9.2")
            .later()
            .help("Name/version sent in the handshake (server-only key).")
            .add();

    public static final Option<String> CLIENT_METADATA_NAME = TOPIC.text("databaseOptions.clientMetadata.name")
            .env("PARSE_SERVER_DATABASE_CLIENT_METADATA_NAME")
            .required()
            .since("9.2")
            .later()
            .help("Application name.")
            .add();

    public static final Option<String> CLIENT_METADATA_VERSION = TOPIC.text("databaseOptions.clientMetadata.version")
            .env("PARSE_SERVER_DATABASE_CLIENT_METADATA_VERSION")
            .required()
            .since("9.2")
            .later()
            .help("Application version.")
            .add();

    public static final Option<String> COMPRESSORS = TOPIC.text("databaseOptions.compressors")
            .env("PARSE_SERVER_DATABASE_COMPRESSORS")
            .since("8.5")
            .later()
            .help("Network compressors.")
            .add();

    public static final Option<Integer> CONNECT_TIMEOUT_MS = TOPIC.integer("databaseOptions.connectTimeoutMS")
            .env("PARSE_SERVER_DATABASE_CONNECT_TIMEOUT_MS")
            .since("8.0")
            .help("TCP connect timeout, 0 = none.")
            .add();

    public static final Option<Boolean> CREATE_INDEX_AUTH_DATA_UNIQUENESS = TOPIC.bool(
                    "databaseOptions.createIndexAuthDataUniqueness")
            .env("PARSE_SERVER_DATABASE_CREATE_INDEX_AUTH_DATA_UNIQUENESS")
            .standard(true)
            .since("9.6")
            .help("Create unique index per auth provider at start.")
            .add();

    public static final Option<Boolean> CREATE_INDEX_ROLE_NAME = TOPIC.bool("databaseOptions.createIndexRoleName")
            .env("PARSE_SERVER_DATABASE_CREATE_INDEX_ROLE_NAME")
            .standard(true)
            .since("8.3")
            .help("Create unique index _Role.name at start.")
            .add();

    public static final Option<Boolean> CREATE_INDEX_USER_EMAIL = TOPIC.bool("databaseOptions.createIndexUserEmail")
            .env("PARSE_SERVER_DATABASE_CREATE_INDEX_USER_EMAIL")
            .standard(true)
            .since("8.3")
            .help("Create unique index _User.email at start.")
            .add();

    public static final Option<Boolean> CREATE_INDEX_USER_EMAIL_CASE_INSENSITIVE = TOPIC.bool(
                    "databaseOptions.createIndexUserEmailCaseInsensitive")
            .env("PARSE_SERVER_DATABASE_CREATE_INDEX_USER_EMAIL_CASE_INSENSITIVE")
            .standard(true)
            .since("8.3")
            .help("Create case-insensitive e-mail index at start.")
            .add();

    public static final Option<Boolean> CREATE_INDEX_USER_EMAIL_VERIFY_TOKEN = TOPIC.bool(
                    "databaseOptions.createIndexUserEmailVerifyToken")
            .env("PARSE_SERVER_DATABASE_CREATE_INDEX_USER_EMAIL_VERIFY_TOKEN")
            .standard(true)
            .since("8.3")
            .help("Create index on _email_verify_token at start.")
            .add();

    public static final Option<Boolean> CREATE_INDEX_USER_PASSWORD_RESET_TOKEN = TOPIC.bool(
                    "databaseOptions.createIndexUserPasswordResetToken")
            .env("PARSE_SERVER_DATABASE_CREATE_INDEX_USER_PASSWORD_RESET_TOKEN")
            .standard(true)
            .since("8.3")
            .help("Create index on _perishable_token at start.")
            .add();

    public static final Option<Boolean> CREATE_INDEX_USER_USERNAME = TOPIC.bool(
                    "databaseOptions.createIndexUserUsername")
            .env("PARSE_SERVER_DATABASE_CREATE_INDEX_USER_USERNAME")
            .standard(true)
            .since("8.3")
            .help("Create unique index _User.username at start.")
            .add();

    public static final Option<Boolean> CREATE_INDEX_USER_USERNAME_CASE_INSENSITIVE = TOPIC.bool(
                    "databaseOptions.createIndexUserUsernameCaseInsensitive")
            .env("PARSE_SERVER_DATABASE_CREATE_INDEX_USER_USERNAME_CASE_INSENSITIVE")
            .standard(true)
            .since("8.3")
            .help("Create case-insensitive username index at start.")
            .add();

    public static final Option<Boolean> DIRECT_CONNECTION = TOPIC.bool("databaseOptions.directConnection")
            .env("PARSE_SERVER_DATABASE_DIRECT_CONNECTION")
            .since("8.5")
            .later()
            .help("Single topology.")
            .add();

    public static final Option<Boolean> DISABLE_INDEX_FIELD_VALIDATION = TOPIC.bool(
                    "databaseOptions.disableIndexFieldValidation")
            .env("PARSE_SERVER_DATABASE_DISABLE_INDEX_FIELD_VALIDATION")
            .since("8.3")
            .later()
            .help("Allow indexes on fields missing in the schema.")
            .add();

    public static final Option<Boolean> ENABLE_SCHEMA_HOOKS = TOPIC.bool("databaseOptions.enableSchemaHooks")
            .env("PARSE_SERVER_DATABASE_ENABLE_SCHEMA_HOOKS")
            .standard(false)
            .since("seed")
            .help(
                    "Watch the database for schema changes of other instances (Mongo change stream, Postgres LISTEN schema.change). On PostgreSQL this server always does.")
            .add();

    public static final Option<Boolean> FORCE_SERVER_OBJECT_ID = TOPIC.bool("databaseOptions.forceServerObjectId")
            .env("PARSE_SERVER_DATABASE_FORCE_SERVER_OBJECT_ID")
            .since("8.5")
            .later()
            .help("Server assigns _id.")
            .add();

    public static final Option<Integer> HEARTBEAT_FREQUENCY_MS = TOPIC.integer("databaseOptions.heartbeatFrequencyMS")
            .env("PARSE_SERVER_DATABASE_HEARTBEAT_FREQUENCY_MS")
            .since("8.5")
            .later()
            .help("Monitoring interval.")
            .add();

    public static final Option<Boolean> LOAD_BALANCED = TOPIC.bool("databaseOptions.loadBalanced")
            .env("PARSE_SERVER_DATABASE_LOAD_BALANCED")
            .since("8.5")
            .later()
            .help("Connect through a load balancer.")
            .add();

    public static final Option<Integer> LOCAL_THRESHOLD_MS = TOPIC.integer("databaseOptions.localThresholdMS")
            .env("PARSE_SERVER_DATABASE_LOCAL_THRESHOLD_MS")
            .since("8.5")
            .later()
            .help("Latency window.")
            .add();

    public static final Option<List<Object>> LOG_CLIENT_EVENTS = TOPIC.list("databaseOptions.logClientEvents")
            .env("PARSE_SERVER_DATABASE_LOG_CLIENT_EVENTS")
            .since("8.5")
            .later()
            .help("Client events to log (server-only key).")
            .add();

    public static final Option<List<String>> LOG_CLIENT_EVENTS_KEYS = TOPIC.texts(
                    "databaseOptions.logClientEvents[].keys")
            .env("PARSE_SERVER_DATABASE_LOG_CLIENT_EVENTS_KEYS")
            .since("8.5")
            .later()
            .help("Paths of the event to log; empty = whole event.")
            .add();

    public static final Option<String> LOG_CLIENT_EVENTS_LOG_LEVEL = TOPIC.text(
                    "databaseOptions.logClientEvents[].logLevel")
            .env("PARSE_SERVER_DATABASE_LOG_CLIENT_EVENTS_LOG_LEVEL")
            .standard("info")
            .since("8.5")
            .later()
            .help("Level.")
            .add();

    public static final Option<String> LOG_CLIENT_EVENTS_NAME = TOPIC.text("databaseOptions.logClientEvents[].name")
            .env("PARSE_SERVER_DATABASE_LOG_CLIENT_EVENTS_NAME")
            .required()
            .since("8.5")
            .later()
            .help("Event name.")
            .add();

    public static final Option<Integer> MAX_CONNECTING = TOPIC.integer("databaseOptions.maxConnecting")
            .env("PARSE_SERVER_DATABASE_MAX_CONNECTING")
            .since("8.5")
            .later()
            .help("Parallel connection attempts.")
            .add();

    public static final Option<Integer> MAX_IDLE_TIME_MS = TOPIC.integer("databaseOptions.maxIdleTimeMS")
            .env("PARSE_SERVER_DATABASE_MAX_IDLE_TIME_MS")
            .since("8.5")
            .help("Idle life of a pooled connection.")
            .add();

    public static final Option<Integer> MAX_POOL_SIZE = TOPIC.integer("databaseOptions.maxPoolSize")
            .env("PARSE_SERVER_DATABASE_MAX_POOL_SIZE")
            .since("7.3")
            .help("Pool maximum.")
            .add();

    public static final Option<Integer> MAX_STALENESS_SECONDS = TOPIC.integer("databaseOptions.maxStalenessSeconds")
            .env("PARSE_SERVER_DATABASE_MAX_STALENESS_SECONDS")
            .since("7.3")
            .later()
            .help("Allowed replication lag for secondary reads.")
            .add();

    public static final Option<Integer> MAX_TIME_MS = TOPIC.integer("databaseOptions.maxTimeMS")
            .env("PARSE_SERVER_DATABASE_MAX_TIME_MS")
            .since("7.3")
            .help("Time limit per operation (server-only key, applied per query).")
            .add();

    public static final Option<Integer> MIN_POOL_SIZE = TOPIC.integer("databaseOptions.minPoolSize")
            .env("PARSE_SERVER_DATABASE_MIN_POOL_SIZE")
            .since("8.0")
            .help("Pool minimum.")
            .add();

    public static final Option<String> PROXY_HOST = TOPIC.text("databaseOptions.proxyHost")
            .env("PARSE_SERVER_DATABASE_PROXY_HOST")
            .since("8.5")
            .later()
            .help("SOCKS5 host.")
            .add();

    public static final Option<String> PROXY_PASSWORD = TOPIC.text("databaseOptions.proxyPassword")
            .env("PARSE_SERVER_DATABASE_PROXY_PASSWORD")
            .since("8.5")
            .later()
            .secret()
            .help("SOCKS5 password.")
            .add();

    public static final Option<Integer> PROXY_PORT = TOPIC.integer("databaseOptions.proxyPort")
            .env("PARSE_SERVER_DATABASE_PROXY_PORT")
            .since("8.5")
            .later()
            .help("SOCKS5 port.")
            .add();

    public static final Option<String> PROXY_USERNAME = TOPIC.text("databaseOptions.proxyUsername")
            .env("PARSE_SERVER_DATABASE_PROXY_USERNAME")
            .since("8.5")
            .later()
            .help("SOCKS5 user.")
            .add();

    public static final Option<String> READ_CONCERN_LEVEL = TOPIC.text("databaseOptions.readConcernLevel")
            .env("PARSE_SERVER_DATABASE_READ_CONCERN_LEVEL")
            .since("8.5")
            .later()
            .help("Read concern.")
            .add();

    public static final Option<String> READ_PREFERENCE = TOPIC.text("databaseOptions.readPreference")
            .env("PARSE_SERVER_DATABASE_READ_PREFERENCE")
            .since("8.5")
            .later()
            .help("Read preference of the connection.")
            .add();

    public static final Option<List<Object>> READ_PREFERENCE_TAGS = TOPIC.list("databaseOptions.readPreferenceTags")
            .env("PARSE_SERVER_DATABASE_READ_PREFERENCE_TAGS")
            .since("8.5")
            .later()
            .help("Read preference tags.")
            .add();

    public static final Option<String> REPLICA_SET = TOPIC.text("databaseOptions.replicaSet")
            .env("PARSE_SERVER_DATABASE_REPLICA_SET")
            .since("8.5")
            .later()
            .help("Replica set name.")
            .add();

    public static final Option<Boolean> RETRY_READS = TOPIC.bool("databaseOptions.retryReads")
            .env("PARSE_SERVER_DATABASE_RETRY_READS")
            .since("8.5")
            .later()
            .help("Retry reads.")
            .add();

    public static final Option<Boolean> RETRY_WRITES = TOPIC.bool("databaseOptions.retryWrites")
            .env("PARSE_SERVER_DATABASE_RETRY_WRITES")
            .since("7.3")
            .later()
            .help("Retry writes.")
            .add();

    public static final Option<Integer> SCHEMA_CACHE_TTL = TOPIC.integer("databaseOptions.schemaCacheTtl")
            .env("PARSE_SERVER_DATABASE_SCHEMA_CACHE_TTL")
            .since("6.1")
            .later()
            .help("Schema cache life (documented in seconds; compared as milliseconds in code), unset = for ever.")
            .add();

    public static final Option<String> SERVER_MONITORING_MODE = TOPIC.text("databaseOptions.serverMonitoringMode")
            .env("PARSE_SERVER_DATABASE_SERVER_MONITORING_MODE")
            .since("8.5")
            .later()
            .help("Monitoring mode.")
            .add();

    public static final Option<Integer> SERVER_SELECTION_TIMEOUT_MS = TOPIC.integer(
                    "databaseOptions.serverSelectionTimeoutMS")
            .env("PARSE_SERVER_DATABASE_SERVER_SELECTION_TIMEOUT_MS")
            .since("8.5")
            .later()
            .help("Server selection timeout.")
            .add();

    public static final Option<Integer> SOCKET_TIMEOUT_MS = TOPIC.integer("databaseOptions.socketTimeoutMS")
            .env("PARSE_SERVER_DATABASE_SOCKET_TIMEOUT_MS")
            .since("8.0")
            .help("Socket timeout, 0 = none.")
            .add();

    public static final Option<Integer> SRV_MAX_HOSTS = TOPIC.integer("databaseOptions.srvMaxHosts")
            .env("PARSE_SERVER_DATABASE_SRV_MAX_HOSTS")
            .since("8.5")
            .later()
            .help("Hosts from an SRV record, 0 = all.")
            .add();

    public static final Option<String> SRV_SERVICE_NAME = TOPIC.text("databaseOptions.srvServiceName")
            .env("PARSE_SERVER_DATABASE_SRV_SERVICE_NAME")
            .since("8.5")
            .later()
            .help("SRV service name.")
            .add();

    public static final Option<Boolean> SSL = TOPIC.bool("databaseOptions.ssl")
            .env("PARSE_SERVER_DATABASE_SSL")
            .since("8.5")
            .later()
            .help("TLS on/off (same as tls).")
            .add();

    public static final Option<Boolean> TLS = TOPIC.bool("databaseOptions.tls")
            .env("PARSE_SERVER_DATABASE_TLS")
            .since("8.5")
            .later()
            .help("TLS on/off.")
            .add();

    public static final Option<Boolean> TLS_ALLOW_INVALID_CERTIFICATES = TOPIC.bool(
                    "databaseOptions.tlsAllowInvalidCertificates")
            .env("PARSE_SERVER_DATABASE_TLS_ALLOW_INVALID_CERTIFICATES")
            .since("8.5")
            .later()
            .help("Skip certificate validation.")
            .add();

    public static final Option<Boolean> TLS_ALLOW_INVALID_HOSTNAMES = TOPIC.bool(
                    "databaseOptions.tlsAllowInvalidHostnames")
            .env("PARSE_SERVER_DATABASE_TLS_ALLOW_INVALID_HOSTNAMES")
            .since("8.5")
            .later()
            .help("Skip host name validation.")
            .add();

    public static final Option<String> TLS_CA_FILE = TOPIC.text("databaseOptions.tlsCAFile")
            .env("PARSE_SERVER_DATABASE_TLS_CAFILE")
            .since("8.5")
            .later()
            .help("CA file.")
            .add();

    public static final Option<String> TLS_CERTIFICATE_KEY_FILE = TOPIC.text("databaseOptions.tlsCertificateKeyFile")
            .env("PARSE_SERVER_DATABASE_TLS_CERTIFICATE_KEY_FILE")
            .since("8.5")
            .later()
            .help("Client certificate and key file.")
            .add();

    public static final Option<String> TLS_CERTIFICATE_KEY_FILE_PASSWORD = TOPIC.text(
                    "databaseOptions.tlsCertificateKeyFilePassword")
            .env("PARSE_SERVER_DATABASE_TLS_CERTIFICATE_KEY_FILE_PASSWORD")
            .since("8.5")
            .later()
            .secret()
            .help("Password of that file.")
            .add();

    public static final Option<Boolean> TLS_INSECURE = TOPIC.bool("databaseOptions.tlsInsecure")
            .env("PARSE_SERVER_DATABASE_TLS_INSECURE")
            .since("8.5")
            .later()
            .help("Switch off several validations.")
            .add();

    public static final Option<Integer> WAIT_QUEUE_TIMEOUT_MS = TOPIC.integer("databaseOptions.waitQueueTimeoutMS")
            .env("PARSE_SERVER_DATABASE_WAIT_QUEUE_TIMEOUT_MS")
            .since("8.5")
            .help("Wait for a pooled connection.")
            .add();

    public static final Option<Integer> ZLIB_COMPRESSION_LEVEL = TOPIC.integer("databaseOptions.zlibCompressionLevel")
            .env("PARSE_SERVER_DATABASE_ZLIB_COMPRESSION_LEVEL")
            .since("8.5")
            .later()
            .help("zlib level 0-9.")
            .add();

    static final List<Option<?>> ALL = TOPIC.list();

    private DatabaseClientOptions() {}
}
