package dev.kami.parse.options;

import java.util.List;
import java.util.Map;

/** Definitions of the topic "Logs and metrics". */
public final class LoggingOptions {
    private static final Topic TOPIC = new Topic("Logs and metrics");

    public static final Option<String> LOG_LEVEL = TOPIC.text("logLevel")
            .env("PARSE_SERVER_LOG_LEVEL")
            .live()
            .help("Lowest level that is logged: error, warn, info, debug, verbose, silly (silent).")
            .add();

    public static final Option<Map<String, Object>> LOG_LEVELS = TOPIC.object("logLevels")
            .env("PARSE_SERVER_LOG_LEVELS")
            .standard(Map.of())
            .since("6.0")
            .live()
            .help("Levels used for internal events (silent = not logged).")
            .add();

    public static final Option<String> LOG_LEVELS_CLOUD_FUNCTION_ERROR = TOPIC.text("logLevels.cloudFunctionError")
            .env("PARSE_SERVER_LOG_LEVELS_CLOUD_FUNCTION_ERROR")
            .standard("error")
            .since("6.3")
            .later()
            .help("Level for failing cloud functions.")
            .add();

    public static final Option<String> LOG_LEVELS_CLOUD_FUNCTION_SUCCESS = TOPIC.text("logLevels.cloudFunctionSuccess")
            .env("PARSE_SERVER_LOG_LEVELS_CLOUD_FUNCTION_SUCCESS")
            .standard("info")
            .since("6.3")
            .later()
            .help("Level for successful cloud functions.")
            .add();

    public static final Option<String> LOG_LEVELS_SIGNUP_USERNAME_TAKEN = TOPIC.text("logLevels.signupUsernameTaken")
            .env("PARSE_SERVER_LOG_LEVELS_SIGNUP_USERNAME_TAKEN")
            .standard("info")
            .since("9.1")
            .later()
            .help("Level for sign-ups rejected with 202.")
            .add();

    public static final Option<String> LOG_LEVELS_TRIGGER_AFTER = TOPIC.text("logLevels.triggerAfter")
            .env("PARSE_SERVER_LOG_LEVELS_TRIGGER_AFTER")
            .standard("info")
            .since("6.0")
            .later()
            .help("Level for after-triggers.")
            .add();

    public static final Option<String> LOG_LEVELS_TRIGGER_BEFORE_ERROR = TOPIC.text("logLevels.triggerBeforeError")
            .env("PARSE_SERVER_LOG_LEVELS_TRIGGER_BEFORE_ERROR")
            .standard("error")
            .since("6.0")
            .later()
            .help("Level for failing before-triggers.")
            .add();

    public static final Option<String> LOG_LEVELS_TRIGGER_BEFORE_SUCCESS = TOPIC.text("logLevels.triggerBeforeSuccess")
            .env("PARSE_SERVER_LOG_LEVELS_TRIGGER_BEFORE_SUCCESS")
            .standard("info")
            .since("6.0")
            .later()
            .help("Level for successful before-triggers.")
            .add();

    public static final Option<Boolean> VERBOSE = TOPIC.bool("verbose")
            .env("VERBOSE")
            .live()
            .help("Log at verbose level incl. every request/response.")
            .add();

    public static final Option<Boolean> SILENT =
            TOPIC.bool("silent").env("SILENT").live().help("No console output.").add();

    public static final Option<Boolean> JSON_LOGS = TOPIC.bool("jsonLogs")
            .env("JSON_LOGS")
            .help("Console log lines as JSON.")
            .add();

    public static final Option<String> LOGS_FOLDER = TOPIC.nullableText("logsFolder")
            .env("PARSE_SERVER_LOGS_FOLDER")
            .standard("./logs")
            .help("Folder of the log files; the text null disables files.")
            .add();

    public static final Option<String> MAX_LOG_FILES = TOPIC.integerOrText("maxLogFiles")
            .env("PARSE_SERVER_MAX_LOG_FILES")
            .help("Rotated log files kept: number, or days with suffix d.")
            .add();

    public static final Option<Boolean> METRICS = TOPIC.bool("metrics")
            .env("PARSE_SERVER_METRICS")
            .standard(false)
            .ours()
            .help(
                    "Answer GET /metrics below the mount path with counters and latency histograms in the text format of Prometheus.")
            .add();

    public static final Option<Object> LOGGER_ADAPTER = TOPIC.adapter("loggerAdapter")
            .env("PARSE_SERVER_LOGGER_ADAPTER")
            .later()
            .help("Log adapter.")
            .add();

    static final List<Option<?>> ALL = TOPIC.list();

    private LoggingOptions() {}
}
