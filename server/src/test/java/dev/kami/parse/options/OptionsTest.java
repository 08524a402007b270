package dev.kami.parse.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionsTest {
    private static OptionsBuilder app() {
        return Options.builder().set("appId", "A").set("masterKey", "M");
    }

    @Test
    void twoKeysMakeAServerWithDefaults() {
        Options options = app().build();
        int port = options.get(CoreOptions.PORT);
        assertThat(port).isEqualTo(1337);
        assertThat(options.get(CoreOptions.SERVER_URL)).isEqualTo("http://localhost:1337/parse");
        assertThat(options.get(KeyOptions.MASTER_KEY_IPS)).containsExactly("127.0.0.1", "::1");
        assertThat(options.is(LoggingOptions.VERBOSE)).isFalse();
        assertThat(options.find(KeyOptions.CLIENT_KEY)).isEmpty();
        assertThat(options.get(EmailOptions.VERIFY_USER_EMAILS)).isEqualTo(Toggle.OFF);
        assertThat(options.source(CoreOptions.APP_ID)).isEqualTo(Source.CODE);
        assertThat(options.source(CoreOptions.PORT)).isEqualTo(Source.DEFAULT);
        assertThat(options.notices()).isEmpty();
    }

    @Test
    void theStrongerSourceWinsWhateverTheOrder() {
        var builder = Options.builder();
        builder.parse(CoreOptions.APP_NAME, "from the flag", Source.COMMAND_LINE);
        builder.parse(CoreOptions.APP_NAME, "from the file", Source.FILE);
        builder.environment(Map.of("PARSE_SERVER_APP_NAME", "from the environment", "PARSE_SERVER_HOST", ""));
        Options options = builder.set("appId", "A").set("masterKey", "M").build();
        assertThat(options.get(CoreOptions.APP_NAME)).isEqualTo("from the flag");
        assertThat(options.source(CoreOptions.APP_NAME)).isEqualTo(Source.COMMAND_LINE);
        assertThat(options.get(CoreOptions.HOST)).isEqualTo("0.0.0.0");
    }

    @Test
    void theJsonOfTheParentWinsOverNestedVariables() {
        Options options = app().environment(Map.of(
                        "PARSE_SERVER_PAGES", "{\"pagesEndpoint\":\"json\"}",
                        "PARSE_SERVER_PAGES_PAGES_ENDPOINT", "variable",
                        "PARSE_SERVER_PAGES_FORCE_REDIRECT", "1",
                        "PARSE_LIVE_QUERY_SERVER_PORT", "99"))
                .build();
        assertThat(options.get(PageOptions.PAGES_PAGES_ENDPOINT)).isEqualTo("json");
        assertThat(options.is(PageOptions.PAGES_FORCE_REDIRECT)).isTrue();
        assertThat(options.isSet(LiveQueryOptions.LIVE_QUERY_SERVER_OPTIONS)).isFalse();
    }

    @Test
    void nestedKeysCanBeSetOneByOne() {
        Options options = app().set(DatabaseClientOptions.ALLOW_PUBLIC_EXPLAIN, true)
                .set("pages.customUrls.passwordReset", "https://example.org")
                .build();
        assertThat(options.is(DatabaseClientOptions.ALLOW_PUBLIC_EXPLAIN)).isTrue();
        assertThat(options.get(PageOptions.PAGES_CUSTOM_URLS)).containsEntry("passwordReset", "https://example.org");
        assertThat(options.isSet(PageOptions.PAGES_CUSTOM_URLS_PASSWORD_RESET)).isTrue();
        assertThat(options.isSet(PageOptions.PAGES_FORCE_REDIRECT)).isFalse();
    }

    @Test
    void listingShowsNoSecret() {
        Options options = app().set("push", Map.of("android", Map.of("apiKey", "deep secret")))
                .set("liveQuery", Map.of("redisURL", "redis://u:p@h", "classNames", List.of("A")))
                .set(
                        "rateLimit",
                        List.of(Map.of(
                                "requestPath",
                                "/x",
                                "requestCount",
                                1,
                                "requestTimeWindow",
                                1,
                                "redisUrl",
                                "redis://secret")))
                .build();
        assertThat(options.masked())
                .containsEntry("masterKey", "<REDACTED>")
                .containsEntry("push", "<REDACTED>")
                .containsEntry("appId", "A")
                .hasEntrySatisfying("liveQuery", text -> assertThat(text).contains("classNames", "<REDACTED>"))
                .hasEntrySatisfying("rateLimit", text -> assertThat(text).contains("<REDACTED>"));
        assertThat(options.toString()).doesNotContain("secret", "redis://");
    }

    @Test
    void defaultProtectedFieldsJoinTheGivenOnes() {
        Options options = app().set(
                        "protectedFields", Map.of("_User", Map.of("*", List.of("phone"), "role:x", List.of())))
                .build();
        assertThat(OptionJson.write(options.get(PermissionOptions.PROTECTED_FIELDS)))
                .contains("\"*\":[\"phone\",\"email\"]", "\"role:x\":[]");
    }

    @Test
    void explicitProtectedFieldsStandAloneWithoutOwnerExemption() {
        Options options = app().set("protectedFields", Map.of("_User", Map.of("*", List.of("phone"))))
                .set("protectedFieldsOwnerExempt", false)
                .build();
        assertThat(OptionJson.write(options.get(PermissionOptions.PROTECTED_FIELDS)))
                .isEqualTo("{\"_User\":{\"*\":[\"phone\"]}}");
    }

    @Test
    void userSensitiveFieldsBecomeProtectedFields() {
        Options options = app().set("userSensitiveFields", List.of("phone")).build();
        assertThat(OptionJson.write(options.get(PermissionOptions.PROTECTED_FIELDS)))
                .isEqualTo("{\"_User\":{\"*\":[\"email\",\"phone\"]}}");
        assertThat(options.notices()).extracting(Notice::text).anyMatch(text -> text.startsWith("DEPRECATED"));
    }

    @Test
    void optionsWithoutEffectAreNamedOnce() {
        Options options = app().set("cloud", "main.js")
                .set("liveQuery", Map.of("classNames", List.of("Game")))
                .set("cluster", 2)
                .set("mountGraphQL", false)
                .build();
        assertThat(options.notices())
                .extracting(Notice::text)
                .containsExactly(
                        "Option cloud has no effect yet: its feature is not part of this version.",
                        "Option cluster has no effect: it belongs to Node.js or to an older version of the API.",
                        "Option liveQuery has no effect yet: its feature is not part of this version.");
    }

    @Test
    void unknownKeysGivenInCodeAreReportedAndTheStartGoesOn() {
        Options options = app().set("nope", 1)
                .set("pages", Map.of("foo", 1))
                .set("schema", Map.of("definitions", List.of(Map.of("className", "A"))))
                .build();
        assertThat(options.notices())
                .contains(new Notice(true, "Invalid key(s) found in Parse Server configuration: nope, pages.foo"));
    }

    @Test
    void changedOptionsKeepTheOthers() {
        Options options = app().set(CoreOptions.PORT, 4000).build();
        Options changed = options.toBuilder().set(CoreOptions.HOST, "127.0.0.1").build();
        assertThat(changed.get(CoreOptions.SERVER_URL)).isEqualTo("http://localhost:4000/parse");
        assertThat(changed.serverUrl(5)).isEqualTo("http://localhost:5/parse");
        assertThat(changed.get(CoreOptions.HOST)).isEqualTo("127.0.0.1");
    }

    @Test
    void mountPathHasOneSlashInFront() {
        assertThat(app().set("mountPath", "api/v1/").build().mountPath()).isEqualTo("/api/v1");
        assertThat(app().set("mountPath", "/").build().mountPath()).isEmpty();
    }

    @Test
    void aValueOfTheWrongTypeIsRefusedByName() {
        assertThatThrownBy(() -> app().set("port", "abc").build())
                .isInstanceOf(OptionsException.class)
                .hasMessage("Option port must be a whole number, got abc.");
        assertThatThrownBy(() -> app().set("clientKey", Map.of("a", "hidden")).build())
                .hasMessage("Option clientKey must be a text.");
    }
}
