package dev.kami.parse.options;

import java.util.List;

/** Definitions of the topic "Server". */
public final class CoreOptions {
    private static final Topic TOPIC = new Topic("Server");

    public static final Option<String> APP_ID = TOPIC.text("appId")
            .env("PARSE_SERVER_APPLICATION_ID")
            .required()
            .help("Application id clients must send.")
            .add();

    public static final Option<String> MASTER_KEY = TOPIC.text("masterKey")
            .env("PARSE_SERVER_MASTER_KEY")
            .required()
            .secret()
            .help("Key that bypasses all permissions.")
            .add();

    public static final Option<String> APP_NAME = TOPIC.text("appName")
            .env("PARSE_SERVER_APP_NAME")
            .help("Name shown in e-mails and pages; required with e-mail verification/password reset.")
            .add();

    public static final Option<String> SERVER_URL = TOPIC.text("serverURL")
            .env("PARSE_SERVER_URL")
            .required()
            .help("URL under which the server reaches itself; default http://localhost:<port><mountPath>.")
            .add();

    public static final Option<String> PUBLIC_SERVER_URL = TOPIC.text("publicServerURL")
            .env("PARSE_PUBLIC_SERVER_URL")
            .help("Public URL for links and file URLs.")
            .add();

    public static final Option<String> HOST = TOPIC.text("host")
            .env("PARSE_SERVER_HOST")
            .standard("0.0.0.0")
            .help("Listen address.")
            .add();

    public static final Option<Integer> PORT = TOPIC.integer("port")
            .env("PORT")
            .standard(1337)
            .help("Listen port.")
            .add();

    public static final Option<String> MOUNT_PATH = TOPIC.text("mountPath")
            .env("PARSE_SERVER_MOUNT_PATH")
            .standard("/parse")
            .help("Mount path of the REST API.")
            .add();

    public static final Option<String> CLOUD = TOPIC.text("cloud")
            .env("PARSE_SERVER_CLOUD")
            .later()
            .help("Path of the cloud code main file, resolved against the working directory.")
            .add();

    public static final Option<Boolean> VERIFY_SERVER_URL = TOPIC.bool("verifyServerUrl")
            .env("PARSE_SERVER_VERIFY_SERVER_URL")
            .standard(true)
            .since("8.3")
            .help("Call serverURL/health after start and warn when it fails.")
            .add();

    public static final Option<Boolean> DIRECT_ACCESS = TOPIC.bool("directAccess")
            .env("PARSE_SERVER_DIRECT_ACCESS")
            .standard(true)
            .later()
            .help("SDK calls made inside the server process are routed internally instead of over HTTP to serverURL.")
            .add();

    public static final Option<Object> CLUSTER = TOPIC.integerOrBool("cluster")
            .env("PARSE_SERVER_CLUSTER")
            .never()
            .help("Run several worker processes; true = one per CPU, number = that many. Dead workers are restarted.")
            .add();

    public static final Option<String> MIDDLEWARE = TOPIC.text("middleware")
            .env("PARSE_SERVER_MIDDLEWARE")
            .never()
            .help("Express middleware module put before the API.")
            .add();

    public static final Option<Object> REQUEST_CONTEXT_MIDDLEWARE = TOPIC.function("requestContextMiddleware")
            .env("PARSE_SERVER_REQUEST_CONTEXT_MIDDLEWARE")
            .since("8.3")
            .never()
            .help("Middleware run after session resolution.")
            .add();

    public static final Option<Boolean> ENABLE_EXPRESS_ERROR_HANDLER = TOPIC.bool("enableExpressErrorHandler")
            .env("PARSE_SERVER_ENABLE_EXPRESS_ERROR_HANDLER")
            .standard(false)
            .never()
            .help("Pass Parse errors on to the host application error handler instead of answering them.")
            .add();

    public static final Option<Object> SERVER_START_COMPLETE = TOPIC.function("serverStartComplete")
            .env("PARSE_SERVER_SERVER_START_COMPLETE")
            .removed("6.0")
            .never()
            .help("Callback when started.")
            .add();

    public static final Option<Object> SERVER_CLOSE_COMPLETE = TOPIC.function("serverCloseComplete")
            .env("PARSE_SERVER_SERVER_CLOSE_COMPLETE")
            .never()
            .help("Callback after shutdown.")
            .add();

    static final List<Option<?>> ALL = TOPIC.list();

    private CoreOptions() {}
}
