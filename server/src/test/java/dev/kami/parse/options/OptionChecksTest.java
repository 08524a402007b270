package dev.kami.parse.options;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused at start, told as a table: the value of one option (or several) and the text. */
class OptionChecksTest {
    record Case(Map<String, Object> given, String text) {
        @Override
        public String toString() {
            return given + " -> " + text;
        }
    }

    private static Case refused(String option, Object value, String text) {
        return new Case(Map.of(option, value), text);
    }

    private static Case refusedTogether(Map<String, Object> given, String text) {
        return new Case(given, text);
    }

    private static Map<String, Object> limit(Object... keysAndValues) {
        var limit = new java.util.LinkedHashMap<String, Object>(
                Map.of("requestPath", "/x", "requestTimeWindow", 1000, "requestCount", 5));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            if (keysAndValues[i + 1] == null) {
                limit.remove(keysAndValues[i]);
            } else {
                limit.put((String) keysAndValues[i], keysAndValues[i + 1]);
            }
        }
        return limit;
    }

    private static final Map<String, Object> MAIL = Map.of(
            "verifyUserEmails",
            true,
            "emailAdapter",
            "log",
            "appName",
            "app",
            "publicServerURL",
            "https://example.org");

    private static Map<String, Object> mail(String option, Object value) {
        var given = new java.util.TreeMap<>(MAIL);
        given.put(option, value);
        return given;
    }

    private static Map<String, Object> mailWithout(String option) {
        var given = new java.util.TreeMap<>(MAIL);
        given.remove(option);
        return given;
    }

    static Stream<Case> refusals() {
        return Stream.of(
                        List.of(
                                refused("appId", "", "You must provide an appId!"),
                                refused("masterKey", "", "You must provide a masterKey!"),
                                refused(
                                        "readOnlyMasterKey",
                                        "M",
                                        "masterKey and readOnlyMasterKey should be different"),
                                refused("maintenanceKey", "M", "masterKey and maintenanceKey should be different"),
                                refused(
                                        "masterKeyIps",
                                        List.of("127.0.0.1", "x.y"),
                                        "The Parse Server option \"masterKeyIps\" contains an invalid IP address \"x.y\"."),
                                refused(
                                        "maintenanceKeyIps",
                                        List.of("10.0.0/8"),
                                        "The Parse Server option \"maintenanceKeyIps\" contains an invalid IP address \"10.0.0\"."),
                                refused(
                                        "readOnlyMasterKeyIps",
                                        List.of(""),
                                        "The Parse Server option \"readOnlyMasterKeyIps\" contains an invalid IP address \"\"."),
                                refused(
                                        "masterKeyIps",
                                        List.of("10.0.0.0/33"),
                                        "The Parse Server option \"masterKeyIps\" contains an invalid address range \"10.0.0.0/33\"."),
                                refused(
                                        "publicServerURL",
                                        "example.org",
                                        "The option publicServerURL must be a valid URL starting with http:// or https://."),
                                refused(
                                        "publicServerURL",
                                        5,
                                        "The option publicServerURL must be a string or function, but got number."),
                                refused("allowHeaders", "X", "Allow headers must be an array"),
                                refused("allowHeaders", List.of(1), "Allow headers must only contain strings"),
                                refused("allowHeaders", List.of(" "), "Allow headers must not contain empty strings"),
                                refused(
                                        "allowClientClassCreation",
                                        "yes",
                                        "Parse Server option allowClientClassCreation must be a boolean."),
                                refused(
                                        "allowExpiredAuthDataToken",
                                        1,
                                        "Parse Server option allowExpiredAuthDataToken must be a boolean."),
                                refused(
                                        "enforcePrivateUsers",
                                        "x",
                                        "Parse Server option enforcePrivateUsers must be a boolean."),
                                refused(
                                        "enableInsecureAuthAdapters",
                                        "x",
                                        "Parse Server option enableInsecureAuthAdapters must be a boolean."),
                                refused(
                                        "revokeSessionOnPasswordReset",
                                        "x",
                                        "revokeSessionOnPasswordReset must be a boolean value"),
                                refused("extendSessionOnUse", "x", "extendSessionOnUse must be a boolean value"),
                                refused("cloud", 5, "argument 'cloud' must either be a string or a function"),
                                refused("customPages", "x", "Parse Server option customPages must be an object."),
                                refused("defaultLimit", "x", "Default limit must be a number."),
                                refused("defaultLimit", 0, "Default limit must be a value greater than 0."),
                                refused("maxLimit", -1, "Max limit must be a value greater than 0."),
                                refused("sessionLength", "x", "Session length must be a valid number."),
                                refused("sessionLength", 0, "Session length must be a value greater than 0.")),
                        List.of(
                                refused(
                                        "accountLockout",
                                        Map.of("threshold", 5),
                                        "Account lockout duration should be greater than 0 and less than 100000"),
                                refused(
                                        "accountLockout",
                                        Map.of("threshold", 5, "duration", 100000),
                                        "Account lockout duration should be greater than 0 and less than 100000"),
                                refused(
                                        "accountLockout",
                                        Map.of("threshold", 1.5, "duration", 5),
                                        "Account lockout threshold should be an integer greater than 0 and less than 1000"),
                                refused(
                                        "accountLockout",
                                        Map.of("duration", 5),
                                        "Account lockout threshold should be an integer greater than 0 and less than 1000"),
                                refused(
                                        "accountLockout",
                                        Map.of("threshold", 1, "duration", 5, "unlockOnPasswordReset", "x"),
                                        "Parse Server option accountLockout.unlockOnPasswordReset must be a boolean."),
                                refused(
                                        "passwordPolicy",
                                        Map.of("maxPasswordAge", "x"),
                                        "passwordPolicy.maxPasswordAge must be a positive number"),
                                refused(
                                        "passwordPolicy",
                                        Map.of("resetTokenValidityDuration", 0),
                                        "passwordPolicy.resetTokenValidityDuration must be a positive number"),
                                refused(
                                        "passwordPolicy",
                                        Map.of("validatorPattern", 1),
                                        "passwordPolicy.validatorPattern must be a regex string or RegExp object."),
                                refused(
                                        "passwordPolicy",
                                        Map.of("validatorCallback", "x"),
                                        "passwordPolicy.validatorCallback must be a function."),
                                refused(
                                        "passwordPolicy",
                                        Map.of("doNotAllowUsername", "x"),
                                        "passwordPolicy.doNotAllowUsername must be a boolean value."),
                                refused(
                                        "passwordPolicy",
                                        Map.of("maxPasswordHistory", 21),
                                        "passwordPolicy.maxPasswordHistory must be an integer ranging 0 - 20"),
                                refused(
                                        "passwordPolicy",
                                        Map.of("resetTokenReuseIfValid", "x"),
                                        "resetTokenReuseIfValid must be a boolean value"),
                                refused(
                                        "passwordPolicy",
                                        Map.of("resetTokenReuseIfValid", true),
                                        "You cannot use resetTokenReuseIfValid without resetTokenValidityDuration"),
                                refused(
                                        "passwordPolicy",
                                        Map.of("resetPasswordSuccessOnInvalidEmail", "x"),
                                        "resetPasswordSuccessOnInvalidEmail must be a boolean value")),
                        List.of(
                                refused("fileUpload", "x", "fileUpload must be an object value."),
                                refused(
                                        "fileUpload",
                                        Map.of("enableForPublic", 1),
                                        "fileUpload.enableForPublic must be a boolean value."),
                                refused(
                                        "fileUpload",
                                        Map.of("enableForAnonymousUser", 1),
                                        "fileUpload.enableForAnonymousUser must be a boolean value."),
                                refused(
                                        "fileUpload",
                                        Map.of("enableForAuthenticatedUser", 1),
                                        "fileUpload.enableForAuthenticatedUser must be a boolean value."),
                                refused(
                                        "fileUpload",
                                        Map.of("fileExtensions", "x"),
                                        "fileUpload.fileExtensions must be an array."),
                                refused(
                                        "fileUpload",
                                        Map.of("allowedFileUrlDomains", "x"),
                                        "fileUpload.allowedFileUrlDomains must be an array."),
                                refused(
                                        "fileUpload",
                                        Map.of("allowedFileUrlDomains", List.of("")),
                                        "fileUpload.allowedFileUrlDomains must contain only non-empty strings."),
                                refused("fileDownload", List.of(), "fileDownload must be an object value."),
                                refused(
                                        "fileDownload",
                                        Map.of("enableForAnonymousUser", "x"),
                                        "fileDownload.enableForAnonymousUser must be a boolean value."),
                                refused(
                                        "fileDownload",
                                        Map.of("enableForAuthenticatedUser", "x"),
                                        "fileDownload.enableForAuthenticatedUser must be a boolean value."),
                                refused(
                                        "fileDownload",
                                        Map.of("enableForPublic", "x"),
                                        "fileDownload.enableForPublic must be a boolean value."),
                                refused(
                                        "idempotencyOptions",
                                        Map.of("ttl", 0),
                                        "idempotency TTL value must be greater than 0 seconds"),
                                refused(
                                        "idempotencyOptions",
                                        Map.of("ttl", "x"),
                                        "idempotency TTL value must be a number"),
                                refused(
                                        "idempotencyOptions",
                                        Map.of("paths", "x"),
                                        "idempotency paths must be of an array of strings"),
                                refused("installation", "x", "installation must be an object."),
                                refused("installation", Map.of("x", 1), "installation contains unknown property 'x'."),
                                refused(
                                        "installation",
                                        Map.of("duplicateDeviceTokenAction", "x"),
                                        "installation.duplicateDeviceTokenAction must be one of: 'delete', 'update'."),
                                refused(
                                        "installation",
                                        Map.of("duplicateDeviceTokenMergePriority", "x"),
                                        "installation.duplicateDeviceTokenMergePriority must be one of: 'deviceToken', 'installationId'."),
                                refused(
                                        "installation",
                                        Map.of("duplicateDeviceTokenActionEnforceAuth", "x"),
                                        "installation.duplicateDeviceTokenActionEnforceAuth must be a boolean."),
                                refused(
                                        "liveQuery",
                                        Map.of("regexTimeout", "x"),
                                        "liveQuery.regexTimeout must be a number"),
                                refused(
                                        "logLevels",
                                        Map.of("triggerAfter", "x"),
                                        "'triggerAfter' must be one of [\"error\",\"warn\",\"info\",\"debug\",\"verbose\",\"silly\",\"silent\"]")),
                        List.of(
                                refused("pages", "x", "Parse Server option pages must be an object."),
                                refused(
                                        "pages",
                                        Map.of("enableRouter", "x"),
                                        "Parse Server option pages.enableRouter must be a boolean."),
                                refused(
                                        "pages",
                                        Map.of("enableLocalization", "x"),
                                        "Parse Server option pages.enableLocalization must be a boolean."),
                                refused(
                                        "pages",
                                        Map.of("forceRedirect", "x"),
                                        "Parse Server option pages.forceRedirect must be a boolean."),
                                refused(
                                        "pages",
                                        Map.of("encodePageParamHeaders", "x"),
                                        "Parse Server option pages.encodePageParamHeaders must be a boolean."),
                                refused(
                                        "pages",
                                        Map.of("localizationJsonPath", 1),
                                        "Parse Server option pages.localizationJsonPath must be a string."),
                                refused(
                                        "pages",
                                        Map.of("localizationFallbackLocale", 1),
                                        "Parse Server option pages.localizationFallbackLocale must be a string."),
                                refused(
                                        "pages",
                                        Map.of("pagesPath", 1),
                                        "Parse Server option pages.pagesPath must be a string."),
                                refused(
                                        "pages",
                                        Map.of("pagesEndpoint", 1),
                                        "Parse Server option pages.pagesEndpoint must be a string."),
                                refused(
                                        "pages",
                                        Map.of("placeholders", "x"),
                                        "Parse Server option pages.placeholders must be an object or a function."),
                                refused(
                                        "pages",
                                        Map.of("customUrls", "x"),
                                        "Parse Server option pages.customUrls must be an object."),
                                refused(
                                        "pages",
                                        Map.of("customRoutes", "x"),
                                        "Parse Server option pages.customRoutes must be an array."),
                                refused("security", "x", "Parse Server option security must be an object."),
                                refused(
                                        "security",
                                        Map.of("enableCheck", "x"),
                                        "Parse Server option security.enableCheck must be a boolean."),
                                refused(
                                        "security",
                                        Map.of("enableCheckLog", "x"),
                                        "Parse Server option security.enableCheckLog must be a boolean."),
                                refused("schema", "x", "Parse Server option schema must be an object."),
                                refused(
                                        "schema",
                                        Map.of("definitions", "x"),
                                        "Parse Server option schema.definitions must be an array."),
                                refused(
                                        "schema",
                                        Map.of("strict", "x"),
                                        "Parse Server option schema.strict must be a boolean."),
                                refused(
                                        "schema",
                                        Map.of("deleteExtraFields", "x"),
                                        "Parse Server option schema.deleteExtraFields must be a boolean."),
                                refused(
                                        "schema",
                                        Map.of("recreateModifiedFields", "x"),
                                        "Parse Server option schema.recreateModifiedFields must be a boolean."),
                                refused(
                                        "schema",
                                        Map.of("lockSchemas", "x"),
                                        "Parse Server option schema.lockSchemas must be a boolean."),
                                refused(
                                        "schema",
                                        Map.of("beforeMigration", "x"),
                                        "Parse Server option schema.beforeMigration must be a function."),
                                refused(
                                        "schema",
                                        Map.of("afterMigration", "x"),
                                        "Parse Server option schema.afterMigration must be a function.")),
                        List.of(
                                refused("rateLimit", "x", "rateLimit must be an array or object"),
                                refused("rateLimit", List.of("x"), "rateLimit must be an array of objects"),
                                refused("rateLimit", limit("foo", 1), "Invalid rate limit option \"foo\""),
                                refused(
                                        "rateLimit",
                                        limit("requestPath", null),
                                        "rateLimit.requestPath must be defined"),
                                refused("rateLimit", limit("requestPath", 1), "rateLimit.requestPath must be a string"),
                                refused(
                                        "rateLimit",
                                        limit("requestPath", "/*"),
                                        "rateLimit.requestPath \"/*\" is not valid: Missing parameter name at index 2"),
                                refused(
                                        "rateLimit",
                                        limit("requestCount", null),
                                        "rateLimit.requestCount must be defined"),
                                refused(
                                        "rateLimit",
                                        limit("requestCount", "x"),
                                        "rateLimit.requestCount must be a number"),
                                refused(
                                        "rateLimit",
                                        limit("requestTimeWindow", null),
                                        "rateLimit.requestTimeWindow must be defined"),
                                refused(
                                        "rateLimit",
                                        List.of(limit("requestTimeWindow", "x")),
                                        "rateLimit.requestTimeWindow must be a number"),
                                refused(
                                        "rateLimit",
                                        limit("errorResponseMessage", 1),
                                        "rateLimit.errorResponseMessage must be a string"),
                                refused(
                                        "rateLimit",
                                        limit("includeInternalRequests", "x"),
                                        "rateLimit.includeInternalRequests must be a boolean"),
                                refused(
                                        "rateLimit",
                                        limit("requestMethods", "(["),
                                        "rateLimit.requestMethods is an invalid regex pattern: \"([\"."),
                                refused(
                                        "requestKeywordDenylist",
                                        List.of(Map.of("key", "ok", "value", "([")),
                                        "Parse Server option requestKeywordDenylist contains an invalid regex pattern: "
                                                + "\"([\"."),
                                refused(
                                        "rateLimit",
                                        limit("zone", "x"),
                                        "rateLimit.zone must be one of global, session, user, or ip"),
                                refused("requestComplexity", "x", "requestComplexity must be an object."),
                                refused(
                                        "requestComplexity",
                                        Map.of("x", 1),
                                        "requestComplexity contains unknown property 'x'."),
                                refused(
                                        "requestComplexity",
                                        Map.of("queryDepth", 0),
                                        "requestComplexity.queryDepth must be a positive integer or -1 to disable."),
                                refused(
                                        "requestComplexity",
                                        Map.of("queryDepth", 1.5),
                                        "requestComplexity.queryDepth must be a positive integer or -1 to disable."),
                                refused(
                                        "requestComplexity",
                                        Map.of("allowRegex", "x"),
                                        "requestComplexity.allowRegex must be a boolean."),
                                refused(
                                        "requestKeywordDenylist",
                                        "x",
                                        "Parse Server option requestKeywordDenylist must be an array."),
                                refused("requestContextMiddleware", "x", "requestContextMiddleware must be a function"),
                                refused(
                                        "routeAllowList",
                                        "x",
                                        "Parse Server option routeAllowList must be an array of strings."),
                                refused(
                                        "routeAllowList",
                                        List.of(1),
                                        "Parse Server option routeAllowList contains a non-string value."),
                                refused(
                                        "routeAllowList",
                                        List.of("("),
                                        "Parse Server option routeAllowList contains an invalid regex pattern: \"(\".")),
                        List.of(
                                refused("databaseOptions", "x", "databaseOptions must be an object"),
                                refused(
                                        "databaseOptions",
                                        Map.of("enableSchemaHooks", 1),
                                        "databaseOptions.enableSchemaHooks must be a boolean"),
                                refused(
                                        "databaseOptions",
                                        Map.of("schemaCacheTtl", "x"),
                                        "databaseOptions.schemaCacheTtl must be a number"),
                                refused(
                                        "databaseOptions",
                                        Map.of("allowPublicExplain", 1),
                                        "Parse Server option 'databaseOptions.allowPublicExplain' must be a boolean."),
                                refusedTogether(
                                        Map.of("databaseAdapter", "x", "collectionPrefix", "p", "filesAdapter", "f"),
                                        "You cannot specify both a databaseAdapter and a databaseURI/databaseOptions/collectionPrefix."),
                                refused(
                                        "databaseAdapter",
                                        "x",
                                        "When using an explicit database adapter, you must also use an explicit filesAdapter."),
                                refused(
                                        "databaseURI",
                                        "mongodb+srv://u:p@h/db",
                                        "Option databaseURI names a MongoDB database, which comes later: leave it out to use the embedded H2 database in dataFolder."),
                                refused(
                                        "databaseURI",
                                        "mysql://u:p@h/db",
                                        "Option databaseURI has an unknown scheme: use postgres://user:password@host:5432/database, h2:file:<path> or h2:mem:<name>, or leave it out for a database in dataFolder."),
                                refused(
                                        "databaseURI",
                                        "h2:file:x;INIT=y",
                                        "Option databaseURI needs a file path without settings: h2:file:<path>."),
                                refused("port", 70000, "Option port must be between 0 and 65535, got 70000."),
                                refused(
                                        "logLevel",
                                        "loud",
                                        "Option logLevel must be one of error, warn, info, debug, verbose, silly, silent, got loud."),
                                refused(
                                        "maxUploadSize",
                                        "big",
                                        "Option maxUploadSize must be a size such as 20mb, got big."),
                                refused(
                                        "trustProxy",
                                        List.of("nowhere"),
                                        "Option trustProxy contains \"nowhere\", which is no address, subnet, loopback, linklocal or uniquelocal."),
                                refused("objectIdSize", 0, "Option objectIdSize must be between 1 and 256, got 0.")),
                        List.of(
                                refusedTogether(
                                        mailWithout("emailAdapter"),
                                        "An emailAdapter is required for e-mail verification and password resets."),
                                refusedTogether(
                                        mailWithout("appName"),
                                        "An app name is required for e-mail verification and password resets."),
                                refusedTogether(
                                        mailWithout("publicServerURL"), "The option publicServerURL is required."),
                                refusedTogether(
                                        mail("emailVerifyTokenValidityDuration", "x"),
                                        "Email verify token validity duration must be a valid number."),
                                refusedTogether(
                                        mail("emailVerifyTokenValidityDuration", -1),
                                        "Email verify token validity duration must be a value greater than 0."),
                                refusedTogether(
                                        mail("emailVerifyTokenReuseIfValid", "x"),
                                        "emailVerifyTokenReuseIfValid must be a boolean value"),
                                refusedTogether(
                                        mail("emailVerifyTokenReuseIfValid", true),
                                        "You cannot use emailVerifyTokenReuseIfValid without emailVerifyTokenValidityDuration"),
                                refusedTogether(
                                        mail("emailVerifySuccessOnInvalidEmail", "x"),
                                        "emailVerifySuccessOnInvalidEmail must be a boolean value")))
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void isRefusedWithTheTextOfTheNpmServer(Case refused) {
        assertThatThrownBy(() -> start(refused.given))
                .isInstanceOf(OptionsException.class)
                .hasMessage(refused.text);
    }

    @Test
    void everyPublishedTextIsInTheTable() {
        // Texts of versions before 9.10, of the command line, of warnings, and of features that check
        // when they are used.
        List<String> elsewhere = Arrays.asList(
                "ERROR: appId and masterKey are required",
                "WARNING, appId that contains special characters can cause issues while using with urls.",
                "Invalid ip in masterKeyIps: <ip>",
                "publicServerURL should be a valid HTTPS URL starting with https://",
                "A public server url is required for e-mail verification and password resets.",
                "You must provide a serverURL!",
                "failed to load JSON file");
        List<String> table = refusals().map(Case::text).toList();
        for (String text : PublishedTable.validationTexts()) {
            if (!elsewhere.contains(text) && !text.contains("<")) {
                org.assertj.core.api.Assertions.assertThat(table).contains(text);
            }
        }
    }

    @Test
    void whatTheNpmServerAcceptsIsAccepted() {
        assertThatCode(() -> start(Map.of(
                        "rateLimit", limit("zone", "user", "requestMethods", "POST|PUT"),
                        "accountLockout", Map.of("threshold", 5, "duration", 0.5),
                        "passwordPolicy", Map.of("maxPasswordHistory", 0, "validatorPattern", "^.{8,}$"),
                        "masterKeyIps", List.of("::/0", "0.0.0.0/0", "::0", "fe80::1", "::ffff:10.0.0.1"),
                        "trustProxy", List.of("loopback", "10.0.0.0/8"),
                        "idempotencyOptions", Map.of("ttl", "60", "paths", List.of("functions/.*")))))
                .doesNotThrowAnyException();
        assertThatCode(() -> start(mail("emailVerifyTokenValidityDuration", 60)))
                .doesNotThrowAnyException();
    }

    private static void start(Map<String, Object> given) {
        var builder = Options.builder().set("appId", "A").set("masterKey", "M");
        given.forEach(builder::set);
        builder.build();
    }
}
