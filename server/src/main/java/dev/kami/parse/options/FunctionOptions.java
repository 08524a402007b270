package dev.kami.parse.options;

import java.util.List;

/** Definitions of the topic "Cloud functions and purchases". */
public final class FunctionOptions {
    private static final Topic TOPIC = new Topic("Cloud functions and purchases");

    public static final Option<Boolean> ENCODE_PARSE_OBJECT_IN_CLOUD_FUNCTION = TOPIC.bool(
                    "encodeParseObjectInCloudFunction")
            .env("PARSE_SERVER_ENCODE_PARSE_OBJECT_IN_CLOUD_FUNCTION")
            .standard(true)
            .since("6.3")
            .removed("9.0")
            .never()
            .help("Cloud functions return Parse objects encoded with type information.")
            .add();

    public static final Option<Boolean> ENABLE_PRODUCT_PURCHASE_LEGACY_API = TOPIC.bool(
                    "enableProductPurchaseLegacyApi")
            .env("PARSE_SERVER_ENABLE_PRODUCT_PURCHASE_LEGACY_API")
            .standard(true)
            .since("9.6")
            .deprecated("9.6")
            .later()
            .help("Mount POST /validate_purchase and the _Product legacy feature.")
            .add();

    public static final Option<Object> ANALYTICS_ADAPTER = TOPIC.adapter("analyticsAdapter")
            .env("PARSE_SERVER_ANALYTICS_ADAPTER")
            .later()
            .help("Adapter that receives appOpened/trackEvent calls.")
            .add();

    static final List<Option<?>> ALL = TOPIC.list();

    private FunctionOptions() {}
}
