package dev.kami.parse.options;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What the npm server refuses at start, in its order and with its texts (the first broken rule is
 * reported), followed by what only this server can refuse.
 */
final class Checks {
    static final List<String> LOG_LEVELS = List.of("error", "warn", "info", "debug", "verbose", "silly", "silent");

    private static final Set<String> RATE_LIMIT_KEYS = Set.of(
            "requestPath",
            "requestTimeWindow",
            "requestCount",
            "errorResponseMessage",
            "requestMethods",
            "includeMasterKey",
            "includeInternalRequests",
            "redisUrl",
            "zone");

    private final Rules rules;
    private final Set<String> given;

    private Checks(Rules rules, Set<String> given) {
        this.rules = rules;
        this.given = given;
    }

    /**
     * Checks run only for options that somebody gave: defaults are right, and every check costs start time.
     *
     * @param given names of the top-level options with a value that is not the default
     */
    static void check(Map<String, Object> plain, Set<String> given, boolean keysNeeded) {
        var checks = new Checks(new Rules(plain), given);
        if (keysNeeded) {
            checks.identity();
        }
        checks.keys();
        if (checks.has("accountLockout")) {
            checks.accountLockout();
        }
        if (checks.has("passwordPolicy")) {
            checks.passwordPolicy();
        }
        if (checks.has("fileUpload", "fileDownload")) {
            checks.files();
        }
        if (checks.has("revokeSessionOnPasswordReset", "extendSessionOnUse", "publicServerURL")) {
            checks.publicServerUrl();
        }
        if (checks.has("masterKeyIps", "maintenanceKeyIps", "readOnlyMasterKeyIps")) {
            checks.addresses();
        }
        if (checks.has("defaultLimit", "maxLimit")) {
            checks.limits();
        }
        if (checks.has("allowHeaders")) {
            checks.allowHeaders();
        }
        if (checks.has("idempotencyOptions")) {
            checks.idempotency();
        }
        if (checks.has("pages", "customPages")) {
            checks.pages();
        }
        if (checks.has("security")) {
            checks.security();
        }
        if (checks.has("schema")) {
            checks.schema();
        }
        if (checks.has(
                "enforcePrivateUsers",
                "allowExpiredAuthDataToken",
                "enableInsecureAuthAdapters",
                "expireInactiveSessions",
                "sessionLength")) {
            checks.users();
        }
        if (checks.has("requestKeywordDenylist", "allowClientClassCreation", "requestContextMiddleware")) {
            checks.requests();
        }
        if (checks.has("routeAllowList")) {
            checks.routeAllowList();
        }
        if (checks.has("rateLimit")) {
            checks.rateLimits();
        }
        if (checks.has("logLevels")) {
            checks.logLevels();
        }
        if (checks.has("databaseOptions", "databaseAdapter")) {
            checks.database();
        }
        if (checks.has("requestComplexity")) {
            checks.requestComplexity();
        }
        if (checks.has("installation")) {
            checks.installation();
        }
        if (checks.has("verifyUserEmails")) {
            checks.emailVerification();
        }
        if (checks.has("cloud", "liveQuery")) {
            checks.cloudAndLiveQuery();
        }
        if (checks.has("port", "logLevel", "maxUploadSize", "objectIdSize", "databaseURI", "trustProxy")) {
            checks.ourOwn();
        }
    }

    private boolean has(String... options) {
        for (String option : options) {
            if (given.contains(option)) {
                return true;
            }
        }
        return false;
    }

    private void identity() {
        if (!rules.truthy("appId")) {
            throw new OptionsException("You must provide an appId!");
        }
        if (!rules.truthy("masterKey")) {
            throw new OptionsException("You must provide a masterKey!");
        }
    }

    private void keys() {
        Object masterKey = rules.at("masterKey");
        if (masterKey == null) {
            return;
        }
        if (masterKey.equals(rules.at("readOnlyMasterKey"))) {
            throw new OptionsException("masterKey and readOnlyMasterKey should be different");
        }
        if (masterKey.equals(rules.at("maintenanceKey"))) {
            throw new OptionsException("masterKey and maintenanceKey should be different");
        }
    }

    private void accountLockout() {
        if (!rules.truthy("accountLockout")) {
            return;
        }
        Object duration = rules.at("accountLockout.duration");
        if (!(duration instanceof Number minutes) || minutes.doubleValue() <= 0 || minutes.doubleValue() > 99_999) {
            throw new OptionsException("Account lockout duration should be greater than 0 and less than 100000");
        }
        Object threshold = rules.at("accountLockout.threshold");
        if (!Rules.isWhole(threshold) || Rules.number(threshold) < 1 || Rules.number(threshold) > 999) {
            throw new OptionsException(
                    "Account lockout threshold should be an integer greater than 0 and less than 1000");
        }
        rules.mustBeBoolean(
                "accountLockout.unlockOnPasswordReset",
                "Parse Server option accountLockout.unlockOnPasswordReset must be a boolean.");
    }

    private void passwordPolicy() {
        if (!rules.truthy("passwordPolicy")) {
            return;
        }
        rules.must(
                "passwordPolicy.maxPasswordAge",
                age -> age instanceof Number days && days.doubleValue() >= 0,
                "passwordPolicy.maxPasswordAge must be a positive number");
        rules.must(
                "passwordPolicy.resetTokenValidityDuration",
                life -> life instanceof Number seconds && seconds.doubleValue() > 0,
                "passwordPolicy.resetTokenValidityDuration must be a positive number");
        if (rules.truthy("passwordPolicy.validatorPattern")) {
            rules.must(
                    "passwordPolicy.validatorPattern",
                    pattern -> Rules.isText(pattern) || pattern instanceof Pattern,
                    "passwordPolicy.validatorPattern must be a regex string or RegExp object.");
        }
        if (rules.truthy("passwordPolicy.validatorCallback")) {
            rules.must(
                    "passwordPolicy.validatorCallback",
                    Rules::isFunction,
                    "passwordPolicy.validatorCallback must be a function.");
        }
        rules.mustBeBoolean(
                "passwordPolicy.doNotAllowUsername", "passwordPolicy.doNotAllowUsername must be a boolean value.");
        if (rules.truthy("passwordPolicy.maxPasswordHistory")) {
            rules.must(
                    "passwordPolicy.maxPasswordHistory",
                    count -> Rules.isWhole(count) && Rules.number(count) > 0 && Rules.number(count) <= 20,
                    "passwordPolicy.maxPasswordHistory must be an integer ranging 0 - 20");
        }
        rules.mustBeBoolean("passwordPolicy.resetTokenReuseIfValid", "resetTokenReuseIfValid must be a boolean value");
        if (rules.truthy("passwordPolicy.resetTokenReuseIfValid")
                && rules.at("passwordPolicy.resetTokenValidityDuration") == null) {
            throw new OptionsException("You cannot use resetTokenReuseIfValid without resetTokenValidityDuration");
        }
        rules.mustBeBoolean(
                "passwordPolicy.resetPasswordSuccessOnInvalidEmail",
                "resetPasswordSuccessOnInvalidEmail must be a boolean value");
    }

    private void files() {
        rules.mustBeObject("fileUpload", "fileUpload must be an object value.");
        for (String key : List.of("enableForAnonymousUser", "enableForPublic", "enableForAuthenticatedUser")) {
            rules.mustBeBoolean("fileUpload." + key, "fileUpload." + key + " must be a boolean value.");
        }
        rules.must("fileUpload.fileExtensions", List.class::isInstance, "fileUpload.fileExtensions must be an array.");
        rules.must(
                "fileUpload.allowedFileUrlDomains",
                List.class::isInstance,
                "fileUpload.allowedFileUrlDomains must be an array.");
        rules.must(
                "fileUpload.allowedFileUrlDomains",
                domains -> ((List<?>) domains).stream().allMatch(item -> item instanceof String s && !s.isEmpty()),
                "fileUpload.allowedFileUrlDomains must contain only non-empty strings.");
        rules.mustBeObject("fileDownload", "fileDownload must be an object value.");
        for (String key : List.of("enableForAnonymousUser", "enableForPublic", "enableForAuthenticatedUser")) {
            rules.mustBeBoolean("fileDownload." + key, "fileDownload." + key + " must be a boolean value.");
        }
    }

    private void publicServerUrl() {
        rules.mustBeBoolean("revokeSessionOnPasswordReset", "revokeSessionOnPasswordReset must be a boolean value");
        rules.mustBeBoolean("extendSessionOnUse", "extendSessionOnUse must be a boolean value");
        Object url = rules.at("publicServerURL");
        if (url == null) {
            return;
        }
        if (!(url instanceof String text)) {
            if (!Rules.isFunction(url)) {
                throw new OptionsException("The option publicServerURL must be a string or function, but got "
                        + Rules.typeName(url) + ".");
            }
        } else if (!text.startsWith("http://") && !text.startsWith("https://")) {
            throw new OptionsException(
                    "The option publicServerURL must be a valid URL starting with http:// or https://.");
        }
    }

    private void addresses() {
        for (String option : List.of("masterKeyIps", "maintenanceKeyIps", "readOnlyMasterKeyIps")) {
            if (!(rules.at(option) instanceof List<?> entries)) {
                continue; // a wrong type is refused when the values get their types
            }
            for (Object entry : entries) {
                String address = String.valueOf(entry).split("/", 2)[0];
                if (!IpRanges.isAddress(address)) {
                    throw new OptionsException("The Parse Server option \"" + option
                            + "\" contains an invalid IP address \"" + address + "\".");
                }
                if (!IpRanges.isRange(String.valueOf(entry))) {
                    throw new OptionsException("The Parse Server option \"" + option
                            + "\" contains an invalid address range \"" + entry + "\".");
                }
            }
        }
    }

    private void limits() {
        rules.must("defaultLimit", Rules::isNumber, "Default limit must be a number.");
        rules.must("defaultLimit", limit -> Rules.number(limit) > 0, "Default limit must be a value greater than 0.");
        rules.must(
                "maxLimit",
                limit -> !Rules.isNumeric(limit) || Rules.number(limit) > 0,
                "Max limit must be a value greater than 0.");
    }

    private void allowHeaders() {
        Object headers = rules.at("allowHeaders");
        if (headers == null) {
            return;
        }
        if (!(headers instanceof List<?> list)) {
            throw new OptionsException("Allow headers must be an array");
        }
        for (Object header : list) {
            if (!(header instanceof String name)) {
                throw new OptionsException("Allow headers must only contain strings");
            }
            if (name.isBlank()) {
                throw new OptionsException("Allow headers must not contain empty strings");
            }
        }
    }

    private void idempotency() {
        rules.must("idempotencyOptions.ttl", Rules::isNumeric, "idempotency TTL value must be a number");
        rules.must(
                "idempotencyOptions.ttl",
                ttl -> Rules.number(ttl) > 0,
                "idempotency TTL value must be greater than 0 seconds");
        rules.must(
                "idempotencyOptions.paths", List.class::isInstance, "idempotency paths must be of an array of strings");
    }

    private void pages() {
        rules.mustBeObject("pages", "Parse Server option pages must be an object.");
        for (String key : List.of("enableRouter", "enableLocalization", "forceRedirect", "encodePageParamHeaders")) {
            rules.mustBeBoolean("pages." + key, "Parse Server option pages." + key + " must be a boolean.");
        }
        for (String key : List.of("localizationJsonPath", "localizationFallbackLocale", "pagesPath", "pagesEndpoint")) {
            rules.must("pages." + key, Rules::isText, "Parse Server option pages." + key + " must be a string.");
        }
        rules.must(
                "pages.placeholders",
                value -> value instanceof Map || Rules.isFunction(value),
                "Parse Server option pages.placeholders must be an object or a function.");
        rules.mustBeObject("pages.customUrls", "Parse Server option pages.customUrls must be an object.");
        rules.must(
                "pages.customRoutes",
                List.class::isInstance,
                "Parse Server option pages.customRoutes must be an array.");
        rules.mustBeObject("customPages", "Parse Server option customPages must be an object.");
    }

    private void security() {
        rules.mustBeObject("security", "Parse Server option security must be an object.");
        rules.mustBeBoolean("security.enableCheck", "Parse Server option security.enableCheck must be a boolean.");
        rules.mustBeBoolean(
                "security.enableCheckLog", "Parse Server option security.enableCheckLog must be a boolean.");
    }

    private void schema() {
        rules.mustBeObject("schema", "Parse Server option schema must be an object.");
        rules.must(
                "schema.definitions",
                List.class::isInstance,
                "Parse Server option schema.definitions must be an array.");
        for (String key :
                List.of("strict", "deleteExtraFields", "recreateModifiedFields", "lockSchemas", "keepUnknownIndexes")) {
            rules.mustBeBoolean("schema." + key, "Parse Server option schema." + key + " must be a boolean.");
        }
        for (String key : List.of("beforeMigration", "afterMigration")) {
            rules.must(
                    "schema." + key, Rules::isFunction, "Parse Server option schema." + key + " must be a function.");
        }
    }

    private void users() {
        rules.mustBeBoolean("enforcePrivateUsers", "Parse Server option enforcePrivateUsers must be a boolean.");
        rules.mustBeBoolean(
                "allowExpiredAuthDataToken", "Parse Server option allowExpiredAuthDataToken must be a boolean.");
        if (rules.truthy("enableInsecureAuthAdapters")) {
            rules.mustBeBoolean(
                    "enableInsecureAuthAdapters", "Parse Server option enableInsecureAuthAdapters must be a boolean.");
        }
        if (rules.truthy("expireInactiveSessions")) {
            rules.must("sessionLength", Rules::isNumeric, "Session length must be a valid number.");
            rules.must(
                    "sessionLength",
                    seconds -> Rules.number(seconds) > 0,
                    "Session length must be a value greater than 0.");
        }
    }

    private void requests() {
        rules.must(
                "requestKeywordDenylist",
                List.class::isInstance,
                "Parse Server option requestKeywordDenylist must be an array.");
        if (rules.at("requestKeywordDenylist") instanceof List<?> keywords) {
            keywords.forEach(Checks::keyword);
        }
        rules.mustBeBoolean(
                "allowClientClassCreation", "Parse Server option allowClientClassCreation must be a boolean.");
        rules.must("requestContextMiddleware", Rules::isFunction, "requestContextMiddleware must be a function");
    }

    private static void keyword(Object keyword) {
        if (keyword instanceof Map<?, ?> map) {
            for (String part : List.of("key", "value")) {
                if (map.get(part) instanceof String text && !isPattern(text)) {
                    throw new OptionsException("Parse Server option requestKeywordDenylist contains an invalid regex "
                            + "pattern: \"" + text + "\".");
                }
            }
        }
    }

    private void routeAllowList() {
        if (!(rules.at("routeAllowList") instanceof List<?> patterns)) {
            throw new OptionsException("Parse Server option routeAllowList must be an array of strings.");
        }
        for (Object pattern : patterns) {
            if (!(pattern instanceof String text)) {
                throw new OptionsException("Parse Server option routeAllowList contains a non-string value.");
            }
            if (!isPattern(text)) {
                throw new OptionsException(
                        "Parse Server option routeAllowList contains an invalid regex pattern: \"" + text + "\".");
            }
        }
    }

    private static boolean isPattern(String text) {
        try {
            Pattern.compile(text);
            return true;
        } catch (PatternSyntaxException _) {
            return false; // that is the question
        }
    }

    private void rateLimits() {
        Object given = rules.at("rateLimit");
        List<?> limits =
                switch (given) {
                    case null -> List.of();
                    case List<?> list -> list;
                    case Map<?, ?> one -> List.of(one);
                    default -> throw new OptionsException("rateLimit must be an array or object");
                };
        for (Object limit : limits) {
            if (!(limit instanceof Map<?, ?> map)) {
                throw new OptionsException("rateLimit must be an array of objects");
            }
            rateLimit(map);
        }
    }

    private static void rateLimit(Map<?, ?> limit) {
        for (Object key : limit.keySet()) {
            if (!RATE_LIMIT_KEYS.contains(key)) {
                throw new OptionsException("Invalid rate limit option \"" + key + "\"");
            }
        }
        Object path = defined(limit, "requestPath");
        if (!(path instanceof String text)) {
            throw new OptionsException("rateLimit.requestPath must be a string");
        }
        PathPattern.of(text); // refuses a bad pattern with the text of the option
        for (String key : List.of("requestTimeWindow", "requestCount")) {
            if (!(defined(limit, key) instanceof Number)) {
                throw new OptionsException("rateLimit." + key + " must be a number");
            }
        }
        for (String key : List.of("includeInternalRequests", "includeMasterKey")) {
            if (limit.get(key) != null && !(limit.get(key) instanceof Boolean)) {
                throw new OptionsException("rateLimit." + key + " must be a boolean");
            }
        }
        Object message = limit.get("errorResponseMessage");
        if (message != null && !(message instanceof String)) {
            throw new OptionsException("rateLimit.errorResponseMessage must be a string");
        }
        Object zone = limit.get("zone");
        if (zone != null && !Set.of("global", "session", "user", "ip").contains(zone)) {
            throw new OptionsException("rateLimit.zone must be one of global, session, user, or ip");
        }
        Object methods = limit.get("requestMethods");
        if (methods instanceof List<?> list
                ? !list.stream().allMatch(Rules::isText)
                : methods != null && !Rules.isText(methods)) {
            throw new OptionsException("rateLimit.requestMethods must be a string or a list of strings");
        }
        if (methods instanceof String pattern && !isPattern(pattern)) {
            throw new OptionsException("rateLimit.requestMethods is an invalid regex pattern: \"" + pattern + "\".");
        }
    }

    private static Object defined(Map<?, ?> limit, String key) {
        Object value = limit.get(key);
        if (value == null) {
            throw new OptionsException("rateLimit." + key + " must be defined");
        }
        return value;
    }

    private void logLevels() {
        if (rules.at("logLevels") instanceof Map<?, ?> levels) {
            levels.forEach((key, level) -> {
                if (Catalogue.find("logLevels." + key).isPresent() && level != null && !LOG_LEVELS.contains(level)) {
                    throw new OptionsException("'" + key + "' must be one of " + OptionJson.write(LOG_LEVELS));
                }
            });
        }
    }

    private void database() {
        rules.mustBeObject("databaseOptions", "databaseOptions must be an object");
        rules.mustBeBoolean("databaseOptions.enableSchemaHooks", "databaseOptions.enableSchemaHooks must be a boolean");
        rules.must(
                "databaseOptions.schemaCacheTtl", Rules::isNumber, "databaseOptions.schemaCacheTtl must be a number");
        rules.mustBeBoolean(
                "databaseOptions.allowPublicExplain",
                "Parse Server option 'databaseOptions.allowPublicExplain' must be a boolean.");
        if (rules.at("databaseAdapter") != null) {
            if (rules.at("databaseURI") != null
                    || rules.at("databaseOptions") != null
                    || rules.truthy("collectionPrefix")) {
                throw new OptionsException("You cannot specify both a databaseAdapter and a"
                        + " databaseURI/databaseOptions/collectionPrefix.");
            }
            if (rules.at("filesAdapter") == null) {
                throw new OptionsException(
                        "When using an explicit database adapter, you must also use an explicit filesAdapter.");
            }
        }
    }

    private void requestComplexity() {
        rules.mustBeObject("requestComplexity", "requestComplexity must be an object.");
        if (!(rules.at("requestComplexity") instanceof Map<?, ?> bounds)) {
            return;
        }
        bounds.forEach((key, bound) -> {
            if (Catalogue.find("requestComplexity." + key).isEmpty()) {
                throw new OptionsException("requestComplexity contains unknown property '" + key + "'.");
            }
            if (key.equals("allowRegex")) {
                if (bound != null && !(bound instanceof Boolean)) {
                    throw new OptionsException("requestComplexity.allowRegex must be a boolean.");
                }
            } else if (bound != null
                    && (!Rules.isWhole(bound) || Rules.number(bound) < 1 && Rules.number(bound) != -1)) {
                throw new OptionsException(
                        "requestComplexity." + key + " must be a positive integer or -1 to disable.");
            }
        });
    }

    private void installation() {
        rules.mustBeObject("installation", "installation must be an object.");
        if (rules.at("installation") instanceof Map<?, ?> map) {
            for (Object key : map.keySet()) {
                if (Catalogue.find("installation." + key).isEmpty()) {
                    throw new OptionsException("installation contains unknown property '" + key + "'.");
                }
            }
        }
        rules.must(
                "installation.duplicateDeviceTokenAction",
                Set.of("delete", "update")::contains,
                "installation.duplicateDeviceTokenAction must be one of: 'delete', 'update'.");
        rules.must(
                "installation.duplicateDeviceTokenMergePriority",
                Set.of("deviceToken", "installationId")::contains,
                "installation.duplicateDeviceTokenMergePriority must be one of: 'deviceToken', 'installationId'.");
        rules.mustBeBoolean(
                "installation.duplicateDeviceTokenActionEnforceAuth",
                "installation.duplicateDeviceTokenActionEnforceAuth must be a boolean.");
    }

    private void emailVerification() {
        if (!rules.truthy("verifyUserEmails")) {
            return;
        }
        if (rules.at("emailAdapter") == null) {
            throw new OptionsException("An emailAdapter is required for e-mail verification and password resets.");
        }
        if (!Rules.isText(rules.at("appName"))) {
            throw new OptionsException("An app name is required for e-mail verification and password resets.");
        }
        if (rules.at("publicServerURL") == null) {
            throw new OptionsException("The option publicServerURL is required.");
        }
        String life = "emailVerifyTokenValidityDuration";
        rules.must(life, Rules::isNumeric, "Email verify token validity duration must be a valid number.");
        rules.must(
                life,
                seconds -> Rules.number(seconds) > 0,
                "Email verify token validity duration must be a value greater than 0.");
        rules.mustBeBoolean("emailVerifyTokenReuseIfValid", "emailVerifyTokenReuseIfValid must be a boolean value");
        if (rules.truthy("emailVerifyTokenReuseIfValid") && rules.at(life) == null) {
            throw new OptionsException(
                    "You cannot use emailVerifyTokenReuseIfValid without emailVerifyTokenValidityDuration");
        }
        rules.mustBeBoolean(
                "emailVerifySuccessOnInvalidEmail", "emailVerifySuccessOnInvalidEmail must be a boolean value");
    }

    private void cloudAndLiveQuery() {
        rules.must(
                "cloud",
                value -> Rules.isText(value) || Rules.isFunction(value),
                "argument 'cloud' must either be a string or a function");
        rules.must("liveQuery.regexTimeout", Rules::isNumber, "liveQuery.regexTimeout must be a number");
    }

    private void ourOwn() {
        rules.must(
                "port",
                port -> !Rules.isNumber(port) || Rules.number(port) >= 0 && Rules.number(port) <= 65_535,
                "Option port must be between 0 and 65535, got " + OptionJson.text(rules.at("port")) + ".");
        rules.must(
                "logLevel",
                LOG_LEVELS::contains,
                "Option logLevel must be one of " + String.join(", ", LOG_LEVELS) + ", got "
                        + OptionJson.text(rules.at("logLevel")) + ".");
        rules.must(
                "maxUploadSize",
                size -> !Rules.isText(size) || ByteSize.isSize((String) size),
                "Option maxUploadSize must be a size such as 20mb, got " + OptionJson.text(rules.at("maxUploadSize"))
                        + ".");
        rules.must(
                "objectIdSize",
                size -> !Rules.isNumber(size) || Rules.number(size) >= 1 && Rules.number(size) <= 256,
                "Option objectIdSize must be between 1 and 256, got " + OptionJson.text(rules.at("objectIdSize"))
                        + ".");
        if (rules.at("databaseURI") instanceof String uri) {
            DatabaseLocation.check(uri);
        }
        TrustProxy.of(rules.at("trustProxy"));
    }
}
