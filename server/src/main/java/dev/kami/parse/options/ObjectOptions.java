package dev.kami.parse.options;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Definitions of the topic "Objects and schema". */
public final class ObjectOptions {
    private static final Topic TOPIC = new Topic("Objects and schema");

    public static final Option<Boolean> ALLOW_CLIENT_CLASS_CREATION = TOPIC.bool("allowClientClassCreation")
            .env("PARSE_SERVER_ALLOW_CLIENT_CLASS_CREATION")
            .standard(true)
            .help(
                    "Whether requests without the master key may create classes implicitly (and query unknown classes). On by default here, so that the quick start needs no master key; the npm server switched it off in 7.0.")
            .add();

    public static final Option<Boolean> ALLOW_CUSTOM_OBJECT_ID = TOPIC.bool("allowCustomObjectId")
            .env("PARSE_SERVER_ALLOW_CUSTOM_OBJECT_ID")
            .standard(false)
            .help("Whether a client may supply objectId on create.")
            .add();

    public static final Option<Integer> OBJECT_ID_SIZE = TOPIC.integer("objectIdSize")
            .env("PARSE_SERVER_OBJECT_ID_SIZE")
            .standard(10)
            .help("Length of generated objectIds.")
            .add();

    public static final Option<Integer> DEFAULT_LIMIT = TOPIC.integer("defaultLimit")
            .env("PARSE_SERVER_DEFAULT_LIMIT")
            .standard(100)
            .since("5.4")
            .help("limit used when a find has none.")
            .add();

    public static final Option<Integer> MAX_LIMIT = TOPIC.integer("maxLimit")
            .env("PARSE_SERVER_MAX_LIMIT")
            .help("Upper bound silently applied to limit.")
            .add();

    public static final Option<Map<String, Object>> QUERY = TOPIC.object("query")
            .env("PARSE_SERVER_QUERY")
            .standard(Map.of())
            .since("9.9")
            .help("Defaults for queries.")
            .add();

    public static final Option<Boolean> QUERY_AGGREGATION_RAW_FIELD_NAMES = TOPIC.bool("query.aggregationRawFieldNames")
            .env("PARSE_SERVER_QUERY_AGGREGATION_RAW_FIELD_NAMES")
            .standard(false)
            .since("9.9")
            .help("Aggregation uses native field names by default.")
            .add();

    public static final Option<Boolean> QUERY_AGGREGATION_RAW_VALUES = TOPIC.bool("query.aggregationRawValues")
            .env("PARSE_SERVER_QUERY_AGGREGATION_RAW_VALUES")
            .standard(false)
            .since("9.9")
            .help("Aggregation uses Extended JSON values by default.")
            .add();

    public static final Option<List<Object>> REQUEST_KEYWORD_DENYLIST = TOPIC.list("requestKeywordDenylist")
            .env("PARSE_SERVER_REQUEST_KEYWORD_DENYLIST")
            .standard(List.of(
                    new TreeMap<>(Map.of("key", "_bsontype", "value", "Code")),
                    Map.of("key", "constructor"),
                    Map.of("key", "__proto__")))
            .since("5.0")
            .help("Keys/values (regular expressions) rejected anywhere in stored data.")
            .add();

    public static final Option<Map<String, Object>> SCHEMA = TOPIC.object("schema")
            .env("PARSE_SERVER_SCHEMA")
            .since("5.3")
            .help("Schema definitions applied at start.")
            .add();

    public static final Option<Object> SCHEMA_AFTER_MIGRATION = TOPIC.function("schema.afterMigration")
            .env("PARSE_SERVER_SCHEMA_AFTER_MIGRATION")
            .since("5.0")
            .later()
            .help("Callback after the migration.")
            .add();

    public static final Option<Object> SCHEMA_BEFORE_MIGRATION = TOPIC.function("schema.beforeMigration")
            .env("PARSE_SERVER_SCHEMA_BEFORE_MIGRATION")
            .since("5.0")
            .later()
            .help("Callback before the migration.")
            .add();

    public static final Option<List<Object>> SCHEMA_DEFINITIONS = TOPIC.jsonList("schema.definitions")
            .env("PARSE_SERVER_SCHEMA_DEFINITIONS")
            .standard(List.of())
            .required()
            .since("5.0")
            .help("List of class schemas.")
            .add();

    public static final Option<Boolean> SCHEMA_DELETE_EXTRA_FIELDS = TOPIC.bool("schema.deleteExtraFields")
            .env("PARSE_SERVER_SCHEMA_DELETE_EXTRA_FIELDS")
            .standard(false)
            .since("5.0")
            .help("Delete fields missing in the definition.")
            .add();

    public static final Option<Boolean> SCHEMA_KEEP_UNKNOWN_INDEXES = TOPIC.bool("schema.keepUnknownIndexes")
            .env("PARSE_SERVER_SCHEMA_KEEP_UNKNOWN_INDEXES")
            .standard(false)
            .since("8.3")
            .help("Keep indexes missing in the definition.")
            .add();

    public static final Option<Boolean> SCHEMA_LOCK_SCHEMAS = TOPIC.bool("schema.lockSchemas")
            .env("PARSE_SERVER_SCHEMA_LOCK_SCHEMAS")
            .standard(false)
            .since("5.0")
            .help("Refuse schema changes over the API.")
            .add();

    public static final Option<Boolean> SCHEMA_RECREATE_MODIFIED_FIELDS = TOPIC.bool("schema.recreateModifiedFields")
            .env("PARSE_SERVER_SCHEMA_RECREATE_MODIFIED_FIELDS")
            .standard(false)
            .since("5.0")
            .help("Drop and recreate fields whose type changed.")
            .add();

    public static final Option<Boolean> SCHEMA_STRICT = TOPIC.bool("schema.strict")
            .env("PARSE_SERVER_SCHEMA_STRICT")
            .standard(false)
            .since("5.0")
            .help("Exit when a schema update fails.")
            .add();

    static final List<Option<?>> ALL = TOPIC.list();

    private ObjectOptions() {}
}
