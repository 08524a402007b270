package dev.kami.parse.options;

import java.util.List;
import java.util.Map;

/** Definitions of the topic "Push". */
public final class PushOptions {
    private static final Topic TOPIC = new Topic("Push");

    public static final Option<Map<String, Object>> PUSH = TOPIC.object("push")
            .env("PARSE_SERVER_PUSH")
            .later()
            .secret()
            .help("Push configuration per platform, or {adapter}, plus queueOptions.")
            .add();

    public static final Option<Boolean> SCHEDULED_PUSH = TOPIC.bool("scheduledPush")
            .env("PARSE_SERVER_SCHEDULED_PUSH")
            .standard(false)
            .later()
            .help("push_time is honoured: push is stored as scheduled for an external scheduler.")
            .add();

    public static final Option<Map<String, Object>> INSTALLATION = TOPIC.object("installation")
            .env("PARSE_SERVER_INSTALLATION")
            .standard(Map.of())
            .since("9.9")
            .help("De-duplication of _Installation rows sharing a deviceToken.")
            .add();

    public static final Option<String> INSTALLATION_DUPLICATE_DEVICE_TOKEN_ACTION = TOPIC.text(
                    "installation.duplicateDeviceTokenAction")
            .env("PARSE_SERVER_INSTALLATION_DUPLICATE_DEVICE_TOKEN_ACTION")
            .standard("delete")
            .since("9.9")
            .help("delete removes the conflicting row, update clears its conflicting id field.")
            .add();

    public static final Option<Boolean> INSTALLATION_DUPLICATE_DEVICE_TOKEN_ACTION_ENFORCE_AUTH = TOPIC.bool(
                    "installation.duplicateDeviceTokenActionEnforceAuth")
            .env("PARSE_SERVER_INSTALLATION_DUPLICATE_DEVICE_TOKEN_ACTION_ENFORCE_AUTH")
            .standard(false)
            .since("9.9")
            .announcedDefault("true")
            .help("Run that de-duplication with the caller's rights instead of master rights.")
            .add();

    public static final Option<String> INSTALLATION_DUPLICATE_DEVICE_TOKEN_MERGE_PRIORITY = TOPIC.text(
                    "installation.duplicateDeviceTokenMergePriority")
            .env("PARSE_SERVER_INSTALLATION_DUPLICATE_DEVICE_TOKEN_MERGE_PRIORITY")
            .standard("deviceToken")
            .since("9.9")
            .help("Which row survives a merge: the one found by deviceToken or the one found by installationId.")
            .add();

    static final List<Option<?>> ALL = TOPIC.list();

    private PushOptions() {}
}
