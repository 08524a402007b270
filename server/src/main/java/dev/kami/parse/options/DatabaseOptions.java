package dev.kami.parse.options;

import java.util.List;
import java.util.Map;

/** Definitions of the topic "Database". */
public final class DatabaseOptions {
    private static final Topic TOPIC = new Topic("Database");

    public static final Option<String> DATABASE_URI = TOPIC.text("databaseURI")
            .env("PARSE_SERVER_DATABASE_URI")
            .required()
            .secret()
            .help(
                    "Where the objects are stored. Unset: an embedded H2 database in dataFolder. postgres://user:password@host:5432/database is a PostgreSQL database, h2:file:<path> and h2:mem:<name> choose the embedded store; mongodb:// comes later.")
            .add();

    public static final Option<String> DATA_FOLDER = TOPIC.text("dataFolder")
            .env("PARSE_SERVER_DATA_FOLDER")
            .standard("./data")
            .ours()
            .help("Folder of the embedded H2 database, used when databaseURI is not set.")
            .add();

    public static final Option<Object> DATABASE_ADAPTER = TOPIC.adapter("databaseAdapter")
            .env("PARSE_SERVER_DATABASE_ADAPTER")
            .later()
            .secret()
            .help(
                    "Explicit storage adapter (object/module); excludes databaseURI/databaseOptions/collectionPrefix and then needs filesAdapter.")
            .add();

    public static final Option<Map<String, Object>> DATABASE_OPTIONS = TOPIC.object("databaseOptions")
            .env("PARSE_SERVER_DATABASE_OPTIONS")
            .help("Options for the database client plus the server-only keys below.")
            .add();

    public static final Option<String> COLLECTION_PREFIX = TOPIC.text("collectionPrefix")
            .env("PARSE_SERVER_COLLECTION_PREFIX")
            .standard("")
            .later()
            .help("Prefix put before every MongoDB collection name (ignored by PostgreSQL adapter).")
            .add();

    public static final Option<Boolean> ENABLE_COLLATION_CASE_COMPARISON = TOPIC.bool("enableCollationCaseComparison")
            .env("PARSE_SERVER_ENABLE_COLLATION_CASE_COMPARISON")
            .standard(false)
            .since("7.0")
            .later()
            .help(
                    "Do not use the case-insensitive collation in queries nor create the case-insensitive indexes (for databases without collation).")
            .add();

    public static final Option<Boolean> ENABLE_SINGLE_SCHEMA_CACHE = TOPIC.bool("enableSingleSchemaCache")
            .env("PARSE_SERVER_ENABLE_SINGLE_SCHEMA_CACHE")
            .standard(false)
            .removed("seed")
            .never()
            .help("One schema cache for the whole process (4.10 only).")
            .add();

    public static final Option<Long> SCHEMA_CACHE_TTL = TOPIC.longer("schemaCacheTTL")
            .env("PARSE_SERVER_SCHEMA_CACHE_TTL")
            .standard(5000)
            .removed("seed")
            .never()
            .help("Schema cache life in ms (4.10 only; effective default 5000, -1 = unlimited).")
            .add();

    public static final Option<Object> CACHE_ADAPTER = TOPIC.adapter("cacheAdapter")
            .env("PARSE_SERVER_CACHE_ADAPTER")
            .later()
            .secret()
            .help("Adapter used for user/role/schema caching.")
            .add();

    public static final Option<Integer> CACHE_MAX_SIZE = TOPIC.integer("cacheMaxSize")
            .env("PARSE_SERVER_CACHE_MAX_SIZE")
            .standard(10000)
            .help("Entry limit of the in-memory cache.")
            .add();

    public static final Option<Long> CACHE_TTL = TOPIC.longer("cacheTTL")
            .env("PARSE_SERVER_CACHE_TTL")
            .standard(5000)
            .help("Life of in-memory cache entries in ms.")
            .add();

    static final List<Option<?>> ALL = TOPIC.list();

    private DatabaseOptions() {}
}
