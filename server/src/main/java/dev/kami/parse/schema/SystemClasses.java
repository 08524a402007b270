package dev.kami.parse.schema;

import dev.kami.parse.schema.FieldType.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The classes that the server itself knows, their columns and who may use them. */
public final class SystemClasses {
    /** May be used without the right to create classes. */
    public static final Set<String> SYSTEM = Set.of(
            "_User",
            "_Installation",
            "_Role",
            "_Session",
            "_Product",
            "_PushStatus",
            "_JobStatus",
            "_JobSchedule",
            "_Audience",
            "_Idempotency");

    /** No schema row; their columns are fixed. */
    public static final Set<String> VOLATILE = Set.of(
            "_JobStatus",
            "_PushStatus",
            "_Hooks",
            "_GlobalConfig",
            "_GraphQLConfig",
            "_JobSchedule",
            "_Audience",
            "_Idempotency");

    private static final Set<String> MASTER_ONLY = Set.of(
            "_JobStatus",
            "_PushStatus",
            "_Hooks",
            "_GlobalConfig",
            "_GraphQLConfig",
            "_JobSchedule",
            "_Audience",
            "_Idempotency");

    private static final Map<String, Map<String, FieldType>> COLUMNS = Map.ofEntries(
            Map.entry(
                    "_User",
                    columns(
                            "username", FieldType.STRING,
                            "password", FieldType.STRING,
                            "email", FieldType.STRING,
                            "emailVerified", FieldType.BOOLEAN,
                            "authData", FieldType.OBJECT)),
            Map.entry(
                    "_Installation",
                    columns(
                            "installationId", FieldType.STRING,
                            "deviceToken", FieldType.STRING,
                            "channels", FieldType.ARRAY,
                            "deviceType", FieldType.STRING,
                            "pushType", FieldType.STRING,
                            "GCMSenderId", FieldType.STRING,
                            "timeZone", FieldType.STRING,
                            "localeIdentifier", FieldType.STRING,
                            "badge", FieldType.NUMBER,
                            "appVersion", FieldType.STRING,
                            "appName", FieldType.STRING,
                            "appIdentifier", FieldType.STRING,
                            "parseVersion", FieldType.STRING)),
            Map.entry(
                    "_Role",
                    columns(
                            "name", FieldType.STRING,
                            "users", FieldType.relation("_User"),
                            "roles", FieldType.relation("_Role"))),
            Map.entry(
                    "_Session",
                    columns(
                            "user", FieldType.pointer("_User"),
                            "installationId", FieldType.STRING,
                            "sessionToken", FieldType.STRING,
                            "expiresAt", FieldType.DATE,
                            "createdWith", FieldType.OBJECT)),
            Map.entry(
                    "_Product",
                    columns(
                            "productIdentifier", FieldType.STRING,
                            "download", FieldType.FILE,
                            "downloadName", FieldType.STRING,
                            "icon", FieldType.FILE,
                            "order", FieldType.NUMBER,
                            "title", FieldType.STRING,
                            "subtitle", FieldType.STRING)),
            Map.entry(
                    "_PushStatus",
                    columns(
                            "pushTime", FieldType.STRING,
                            "source", FieldType.STRING,
                            "query", FieldType.STRING,
                            "payload", FieldType.STRING,
                            "title", FieldType.STRING,
                            "expiry", FieldType.NUMBER,
                            "expiration_interval", FieldType.NUMBER,
                            "status", FieldType.STRING,
                            "numSent", FieldType.NUMBER,
                            "numFailed", FieldType.NUMBER,
                            "pushHash", FieldType.STRING,
                            "errorMessage", FieldType.OBJECT,
                            "sentPerType", FieldType.OBJECT,
                            "failedPerType", FieldType.OBJECT,
                            "sentPerUTCOffset", FieldType.OBJECT,
                            "failedPerUTCOffset", FieldType.OBJECT,
                            "count", FieldType.NUMBER)),
            Map.entry(
                    "_JobStatus",
                    columns(
                            "jobName", FieldType.STRING,
                            "source", FieldType.STRING,
                            "status", FieldType.STRING,
                            "message", FieldType.STRING,
                            "params", FieldType.OBJECT,
                            "finishedAt", FieldType.DATE)),
            Map.entry(
                    "_JobSchedule",
                    columns(
                            "jobName", FieldType.STRING,
                            "description", FieldType.STRING,
                            "params", FieldType.STRING,
                            "startAfter", FieldType.STRING,
                            "daysOfWeek", FieldType.ARRAY,
                            "timeOfDay", FieldType.STRING,
                            "lastRun", FieldType.NUMBER,
                            "repeatMinutes", FieldType.NUMBER)),
            Map.entry(
                    "_Hooks",
                    columns(
                            "functionName", FieldType.STRING,
                            "className", FieldType.STRING,
                            "triggerName", FieldType.STRING,
                            "url", FieldType.STRING)),
            Map.entry(
                    "_GlobalConfig",
                    columns(
                            "objectId", FieldType.STRING,
                            "params", FieldType.OBJECT,
                            "masterKeyOnly", FieldType.OBJECT)),
            Map.entry("_GraphQLConfig", columns("objectId", FieldType.STRING, "config", FieldType.OBJECT)),
            Map.entry(
                    "_Audience",
                    columns(
                            "name", FieldType.STRING,
                            "query", FieldType.STRING,
                            "lastUsed", FieldType.DATE,
                            "timesUsed", FieldType.NUMBER)),
            Map.entry("_Idempotency", columns("reqId", FieldType.STRING, "expire", FieldType.DATE)));

    /** Classes whose table has none of the four common columns. */
    private static final Set<String> BARE = Set.of("_Hooks", "_GlobalConfig", "_GraphQLConfig");

    private SystemClasses() {}

    private static Map<String, FieldType> columns(Object... namesAndTypes) {
        var columns = new LinkedHashMap<String, FieldType>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            columns.put((String) namesAndTypes[i], (FieldType) namesAndTypes[i + 1]);
        }
        return columns;
    }

    /** Columns that the class has from the start beyond the common four; empty for classes of the application. */
    public static Map<String, FieldType> columns(String className) {
        return COLUMNS.getOrDefault(className, Map.of());
    }

    /** Only the master key may read or write it over the object routes. */
    public static boolean isMasterOnly(String className) {
        return MASTER_ONLY.contains(className) || className.startsWith("_Join:");
    }

    public static boolean isSystem(String className) {
        return SYSTEM.contains(className);
    }

    /** The class as it is when nobody has changed it: common columns, own columns, no permissions, no indexes. */
    public static ClassSchema initial(String className) {
        var fields = new LinkedHashMap<String, FieldType>();
        if (className.startsWith("_Join:")) {
            fields.put("relatedId", FieldType.STRING);
            fields.put("owningId", FieldType.STRING);
        } else {
            if (!BARE.contains(className)) {
                fields.put("objectId", FieldType.STRING);
                fields.put("createdAt", FieldType.DATE);
                fields.put("updatedAt", FieldType.DATE);
            }
            fields.putAll(columns(className));
            if (!BARE.contains(className)) {
                fields.put("ACL", FieldType.of(Kind.ACL));
            }
        }
        return new ClassSchema(className, fields, null, new LinkedHashMap<>());
    }
}
