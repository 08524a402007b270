package dev.kami.parse.options;

import java.util.List;
import java.util.Map;

/** Definitions of the topic "Permissions". */
public final class PermissionOptions {
    private static final Topic TOPIC = new Topic("Permissions");

    public static final Option<Map<String, Object>> PROTECTED_FIELDS = TOPIC.object("protectedFields")
            .env("PARSE_SERVER_PROTECTED_FIELDS")
            .standard(Map.of("_User", Map.of("*", List.of("email"))))
            .help("Fields hidden per class and group.")
            .add();

    public static final Option<Boolean> PROTECTED_FIELDS_OWNER_EXEMPT = TOPIC.bool("protectedFieldsOwnerExempt")
            .env("PARSE_SERVER_PROTECTED_FIELDS_OWNER_EXEMPT")
            .standard(true)
            .since("9.6")
            .announcedDefault("false")
            .help("A user sees all own fields on _User regardless of protectedFields.")
            .add();

    public static final Option<Boolean> PROTECTED_FIELDS_SAVE_RESPONSE_EXEMPT = TOPIC.bool(
                    "protectedFieldsSaveResponseExempt")
            .env("PARSE_SERVER_PROTECTED_FIELDS_SAVE_RESPONSE_EXEMPT")
            .standard(true)
            .since("9.7")
            .announcedDefault("false")
            .help("Save responses may contain protected fields.")
            .add();

    public static final Option<Boolean> PROTECTED_FIELDS_TRIGGER_EXEMPT = TOPIC.bool("protectedFieldsTriggerExempt")
            .env("PARSE_SERVER_PROTECTED_FIELDS_TRIGGER_EXEMPT")
            .standard(false)
            .since("9.7")
            .announcedDefault("true")
            .later()
            .help("Triggers get the original object including protected fields.")
            .add();

    public static final Option<List<String>> USER_SENSITIVE_FIELDS = TOPIC.texts("userSensitiveFields")
            .env("PARSE_SERVER_USER_SENSITIVE_FIELDS")
            .deprecated("3.x")
            .help("Old list of hidden user fields, merged into protectedFields._User[\"*\"].")
            .add();

    public static final Option<Boolean> ENABLE_SANITIZED_ERROR_RESPONSE = TOPIC.bool("enableSanitizedErrorResponse")
            .env("PARSE_SERVER_ENABLE_SANITIZED_ERROR_RESPONSE")
            .standard(true)
            .since("8.5")
            .help(
                    "Replace details of access-denied errors by \"Permission denied\" in responses (details go to the log).")
            .add();

    public static final Option<Map<String, Object>> SECURITY = TOPIC.object("security")
            .env("PARSE_SERVER_SECURITY")
            .standard(Map.of())
            .since("seed")
            .help("Weak-settings check.")
            .add();

    public static final Option<List<Object>> SECURITY_CHECK_GROUPS = TOPIC.list("security.checkGroups")
            .env("PARSE_SERVER_SECURITY_CHECK_GROUPS")
            .since("seed")
            .help("Check groups to run.")
            .add();

    public static final Option<Boolean> SECURITY_ENABLE_CHECK = TOPIC.bool("security.enableCheck")
            .env("PARSE_SERVER_SECURITY_ENABLE_CHECK")
            .standard(false)
            .since("seed")
            .help("Enable GET /security.")
            .add();

    public static final Option<Boolean> SECURITY_ENABLE_CHECK_LOG = TOPIC.bool("security.enableCheckLog")
            .env("PARSE_SERVER_SECURITY_ENABLE_CHECK_LOG")
            .standard(false)
            .since("seed")
            .help("Write the report to the log at start.")
            .add();

    static final List<Option<?>> ALL = TOPIC.list();

    private PermissionOptions() {}
}
