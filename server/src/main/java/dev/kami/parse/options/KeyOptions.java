package dev.kami.parse.options;

import java.util.List;

/** Definitions of the topic "Keys". */
public final class KeyOptions {
    private static final Topic TOPIC = new Topic("Keys");

    public static final Option<List<String>> MASTER_KEY_IPS = TOPIC.texts("masterKeyIps")
            .env("PARSE_SERVER_MASTER_KEY_IPS")
            .standard(List.of("127.0.0.1", "::1"))
            .help(
                    "IPs/CIDR from which the master key is accepted; ::/0 and 0.0.0.0/0 open the family. 4.10: exact IPs only, empty list = all.")
            .add();

    public static final Option<Long> MASTER_KEY_TTL = TOPIC.longer("masterKeyTtl")
            .env("PARSE_SERVER_MASTER_KEY_TTL")
            .since("8.0")
            .later()
            .help("Seconds a masterKey obtained from a function is cached; 0 = ask every time.")
            .add();

    public static final Option<String> MAINTENANCE_KEY = TOPIC.text("maintenanceKey")
            .env("PARSE_SERVER_MAINTENANCE_KEY")
            .required()
            .since("6.0")
            .secret()
            .help("Key (header X-Parse-Maintenance-Key) that may read and write internal fields.")
            .add();

    public static final Option<List<String>> MAINTENANCE_KEY_IPS = TOPIC.texts("maintenanceKeyIps")
            .env("PARSE_SERVER_MAINTENANCE_KEY_IPS")
            .standard(List.of("127.0.0.1", "::1"))
            .since("6.0")
            .help("IPs/CIDR from which that key is accepted.")
            .add();

    public static final Option<String> READ_ONLY_MASTER_KEY = TOPIC.text("readOnlyMasterKey")
            .env("PARSE_SERVER_READ_ONLY_MASTER_KEY")
            .secret()
            .help("Key with master read rights and no writes.")
            .add();

    public static final Option<List<String>> READ_ONLY_MASTER_KEY_IPS = TOPIC.texts("readOnlyMasterKeyIps")
            .env("PARSE_SERVER_READ_ONLY_MASTER_KEY_IPS")
            .standard(List.of("0.0.0.0/0", "::0"))
            .since("9.5")
            .announcedDefault("[\"127.0.0.1\",\"::1\"]")
            .help("IPs/CIDR from which that key is accepted.")
            .add();

    public static final Option<Boolean> ALLOW_AGGREGATION_FOR_READ_ONLY_MASTER_KEY = TOPIC.bool(
                    "allowAggregationForReadOnlyMasterKey")
            .env("PARSE_SERVER_ALLOW_AGGREGATION_FOR_READ_ONLY_MASTER_KEY")
            .standard(true)
            .since("9.10")
            .announcedDefault("false")
            .help(
                    "Whether the read-only master key may call the aggregate endpoint (pipelines may contain writing stages).")
            .add();

    public static final Option<String> CLIENT_KEY = TOPIC.text("clientKey")
            .env("PARSE_SERVER_CLIENT_KEY")
            .secret()
            .help("Client key (header X-Parse-Client-Key).")
            .add();

    public static final Option<String> JAVASCRIPT_KEY = TOPIC.text("javascriptKey")
            .env("PARSE_SERVER_JAVASCRIPT_KEY")
            .secret()
            .help("JavaScript key (header X-Parse-Javascript-Key or body _JavaScriptKey).")
            .add();

    public static final Option<String> DOT_NET_KEY = TOPIC.text("dotNetKey")
            .env("PARSE_SERVER_DOT_NET_KEY")
            .secret()
            .help(".NET/Unity key (header X-Parse-Windows-Key).")
            .add();

    public static final Option<String> REST_API_KEY = TOPIC.text("restAPIKey")
            .env("PARSE_SERVER_REST_API_KEY")
            .secret()
            .help("REST key (header X-Parse-REST-API-Key).")
            .add();

    public static final Option<String> WEBHOOK_KEY = TOPIC.text("webhookKey")
            .env("PARSE_SERVER_WEBHOOK_KEY")
            .later()
            .secret()
            .help("Value of X-Parse-Webhook-Key in outgoing hook calls.")
            .add();

    static final List<Option<?>> ALL = TOPIC.list();

    private KeyOptions() {}
}
