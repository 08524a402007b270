package dev.kami.parse.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kami.parse.auth.AuthAttempt.Kind;
import dev.kami.parse.auth.provider.StandIn;
import dev.kami.parse.auth.provider.StandIn.Reply;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.log.Log;
import dev.kami.parse.log.LogLevel;
import dev.kami.parse.options.Options;
import dev.kami.parse.options.OptionsException;
import dev.kami.parse.options.UserOptions;
import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthAdaptersTest {
    private static final String UNSUPPORTED = "252 This authentication method is unsupported.";
    private static final AuthAttempt SIGN_UP =
            new AuthAttempt(Kind.SET_UP, null, Obj.EMPTY, RequestInfo.INTERNAL, false);
    private static final Caller NOBODY = new Caller(Auth.NOBODY, RequestInfo.INTERNAL);

    private final StandIn standIn = new StandIn();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Log log = Log.to((level, message, meta) -> lines.add(message + meta), LogLevel.ERROR);

    @AfterEach
    void stop() {
        standIn.close();
    }

    private AuthAdapters open(Map<String, Object> auth) {
        return open(auth, true);
    }

    private AuthAdapters open(Map<String, Object> auth, boolean anonymousUsers) {
        Options options = Options.builder()
                .set("appId", "A")
                .set("masterKey", "M")
                .set(UserOptions.AUTH, auth)
                .set(UserOptions.ENABLE_ANONYMOUS_USERS, anonymousUsers)
                .build();
        return AuthAdapters.open(options, InstantSource.system(), standIn.http(), log);
    }

    private static Obj obj(String json) {
        return (Obj) JsonReader.read(json);
    }

    private static String refusal(Runnable work) {
        ParseException refusal = catchThrowableOfType(ParseException.class, work::run);
        return refusal == null ? "not refused" : refusal.code().number() + " " + refusal.getMessage();
    }

    private static String refusal(AuthAdapters adapters, String provider, Obj authData) {
        return refusal(() -> adapters.identify(provider, authData).validate(SIGN_UP));
    }

    private static final Map<String, Object> CODE_WORD =
            Map.of("module", "code-word", "options", Map.of("word", "sesame"));

    // Which providers there are

    @ParameterizedTest
    @ValueSource(
            strings = {"constructor", "__proto__", "toString", "hasOwnProperty", "prototype", "", "unknown", "Google"})
    void aNameThatIsNotConfiguredIsUnsupported(String provider) {
        assertThat(refusal(open(Map.of()), provider, obj("{\"id\":\"1\"}"))).isEqualTo(UNSUPPORTED);
    }

    @Test
    void aProviderThatCannotBeWithoutOptionsIsUnsupportedWithoutThem() {
        AuthAdapters adapters = open(Map.of());
        for (String provider : List.of("github", "twitter", "gcenter", "mfa", "oauth2", "spotify")) {
            assertThat(refusal(adapters, provider, obj("{\"id\":\"1\",\"code\":\"c\"}")))
                    .isEqualTo(UNSUPPORTED);
        }
    }

    @Test
    void anyOtherBuiltInProviderSaysThatItIsNotConfigured() {
        AuthAdapters adapters = open(Map.of());
        Obj data = obj("{\"id\":\"1\",\"token\":\"t\",\"id_token\":\"t\",\"access_token\":\"t\",\"password\":\"p\"}");
        assertThat(refusal(adapters, "apple", data)).isEqualTo("101 Apple auth is not configured.");
        assertThat(refusal(adapters, "google", data)).isEqualTo("101 Google auth is not configured.");
        assertThat(refusal(adapters, "facebook", data)).isEqualTo("101 Facebook auth is not configured.");
        assertThat(refusal(adapters, "keycloak", data)).isEqualTo("101 Missing keycloak configuration");
        assertThat(refusal(adapters, "ldap", data)).isEqualTo("1 LDAP auth configuration missing");
        assertThat(standIn.requests()).isEmpty();
    }

    /** GHSA-2cjm-2gwv-m892 */
    @Test
    void providersOfOneKindDoNotMixTheirSettings() {
        standIn.on("one.example/introspect", "{\"active\":true,\"sub\":\"1\",\"aud\":\"app-one\"}");
        standIn.on("two.example/introspect", "{\"active\":true,\"user\":\"2\",\"aud\":\"app-two\"}");
        AuthAdapters adapters = open(Map.of(
                "one",
                Map.of(
                        "oauth2",
                        true,
                        "tokenIntrospectionEndpointUrl",
                        "https://one.example/introspect",
                        "appidField",
                        "aud",
                        "appIds",
                        List.of("app-one")),
                "two",
                Map.of(
                        "oauth2", true,
                        "tokenIntrospectionEndpointUrl", "https://two.example/introspect",
                        "useridField", "user",
                        "appidField", "aud",
                        "appIds", List.of("app-two"))));
        Obj first = obj("{\"id\":\"1\",\"access_token\":\"t\"}");
        Obj second = obj("{\"id\":\"2\",\"access_token\":\"t\"}");

        for (int round = 0; round < 2; round++) {
            assertThat(refusal(adapters, "one", first)).isEqualTo("not refused");
            assertThat(refusal(adapters, "two", second)).isEqualTo("not refused");
            assertThat(refusal(adapters, "one", second)).isEqualTo("101 OAuth2 access token is invalid for this user.");
            assertThat(refusal(adapters, "two", first)).isEqualTo("101 OAuth2 access token is invalid for this user.");
        }
    }

    @Test
    void aDisabledProviderIsUnsupported() {
        AuthAdapters adapters =
                open(Map.of("w", Map.of("enabled", false, "module", "code-word", "options", Map.of("word", "x"))));
        assertThat(refusal(adapters, "w", obj("{\"word\":\"x\"}"))).isEqualTo(UNSUPPORTED);
        assertThat(adapters.names()).containsExactly("anonymous");
    }

    @Test
    void anonymousUsersCanBeSwitchedOff() {
        Obj data = obj("{\"id\":\"1\"}");
        assertThat(open(Map.of()).identify("anonymous", data).validate(SIGN_UP).save())
                .isEqualTo(data);
        for (Map<String, Object> auth :
                List.<Map<String, Object>>of(Map.of(), Map.of("anonymous", Map.of("enabled", true)))) {
            AuthAdapters without = open(auth, false);
            assertThat(refusal(without, "anonymous", data)).isEqualTo(UNSUPPORTED);
            assertThat(without.names()).isEmpty();
        }
    }

    @Test
    void namesAreTheConfiguredProvidersAndAnonymous() {
        assertThat(open(Map.of("google", Map.of("clientId", "c"), "mine", CODE_WORD))
                        .names())
                .containsExactlyInAnyOrder("anonymous", "google", "mine");
    }

    // How providers are configured

    @Test
    void aProviderOfAJarIsFoundByItsName() {
        for (Map<String, Object> auth : List.<Map<String, Object>>of(
                Map.of("mine", CODE_WORD),
                Map.of("mine", Map.of("class", "code-word", "options", Map.of("word", "sesame"))),
                Map.of("mine", Map.of("module", new CodeWordFactory(), "options", Map.of("word", "sesame"))))) {
            AuthAdapters adapters = open(auth);
            assertThat(adapters.identify("mine", obj("{\"id\":\"1\",\"word\":\"sesame\"}"))
                            .validate(SIGN_UP)
                            .save())
                    .isEqualTo(obj("{\"id\":\"1\"}"));
            assertThat(refusal(adapters, "mine", obj("{\"id\":\"1\",\"word\":\"open\"}")))
                    .isEqualTo("101 Wrong word.");
        }
        AuthAdapters byOwnName = open(Map.of("code-word", Map.of("word", "sesame")));
        byOwnName.identify("code-word", obj("{\"word\":\"sesame\"}")).validate(SIGN_UP);
    }

    @Test
    void anAdapterMayBeAnObject() {
        AuthAdapter all = (authData, attempt) -> Outcome.store(authData);
        for (Object value : List.of(all, Map.of("module", all), Map.of("adapter", all))) {
            open(Map.of("all", value)).identify("all", obj("{\"id\":\"1\"}")).validate(SIGN_UP);
        }
    }

    @Test
    void anUnknownAdapterEndsTheStartWithTheKnownNames() {
        for (Map<String, Object> auth : List.<Map<String, Object>>of(
                Map.of("mine", Map.of("module", "./my-auth.js")), Map.of("mine", Map.of("a", 1)))) {
            assertThatThrownBy(() -> open(auth))
                    .isInstanceOf(OptionsException.class)
                    .hasMessageStartingWith("Option auth.mine: there is no auth adapter \"")
                    .hasMessageContaining("Known are anonymous, apple, code-word, digits, facebook")
                    .hasMessageContaining("\"oauth2\": true");
        }
        assertThatThrownBy(() -> open(Map.of("mine", "x"))).hasMessage("Option auth.mine must be an object.");
    }

    @Test
    void wrongOptionsEndTheStart() {
        assertThatThrownBy(() -> open(Map.of("github", Map.of()))).hasMessage("GitHub clientId is required.");
        assertThatThrownBy(() -> open(Map.of("mine", Map.of("module", "code-word"))))
                .hasMessage("code-word needs a word");
    }

    /** All providers of OAuth2 had the options of the last one (fixed in 9.6.0). */
    @Test
    void eachOAuth2ProviderHasItsOwnOptions() {
        standIn.on("one.example/i", request -> Reply.json("{\"active\":true,\"sub\":\"ann\"}"));
        standIn.on("two.example/i", request -> Reply.json("{\"active\":true,\"name\":\"bob\"}"));
        AuthAdapters adapters = open(Map.of(
                "one", Map.of("oauth2", true, "tokenIntrospectionEndpointUrl", "https://one.example/i"),
                "two",
                        Map.of(
                                "oauth2",
                                true,
                                "tokenIntrospectionEndpointUrl",
                                "https://two.example/i",
                                "useridField",
                                "name")));
        Obj ann = obj("{\"id\":\"ann\",\"access_token\":\"t\"}");
        adapters.identify("one", ann).validate(SIGN_UP);
        adapters.identify("two", ann.with("id", new Str("bob"))).validate(SIGN_UP);
        assertThat(refusal(adapters, "two", ann)).startsWith("101 ");
    }

    // Claims

    /** An operator object as id found, and so logged in, somebody (fixed in 9.6.0). */
    @ParameterizedTest
    @ValueSource(strings = {"{\"$ne\":null}", "{\"$regex\":\".*\"}", "[\"1\"]", "1", "true", "false"})
    void anIdThatIsNoTextIsRefused(String id) {
        assertThat(refusal(() -> open(Map.of()).identify("anonymous", obj("{\"id\":" + id + "}"))))
                .isEqualTo("162 Invalid authData id for provider 'anonymous'.");
    }

    @Test
    void aClaimHasTheIdThatIsSearched() {
        AuthAdapters adapters = open(Map.of());
        assertThat(adapters.identify("anonymous", obj("{\"id\":\"1\"}")).id()).isEqualTo("1");
        assertThat(adapters.identify("anonymous", obj("{\"id\":\"\"}")).id()).isNull();
        assertThat(adapters.identify("anonymous", obj("{\"id\":null}")).id()).isNull();
        assertThat(adapters.identify("anonymous", Obj.EMPTY).id()).isNull();
    }

    /** The id alone logged in whoever had it (fixed in 9.6.0): a code is needed each time, not at sign-up only. */
    @Test
    void theIdOfAUserIsNotEnoughAtLogIn() {
        AuthAdapters adapters = open(Map.of("github", Map.of("clientId", "a", "clientSecret", "b")));
        assertThat(refusal(adapters, "github", obj("{\"id\":\"583231\"}"))).isEqualTo("142 GitHub code is required.");
    }

    @Test
    void anAdapterThatFailsTellsTheLogAndNotTheClient() {
        AuthAdapters adapters = open(Map.of("mine", CODE_WORD));
        assertThat(refusal(adapters, "mine", obj("{\"crash\":1}"))).isEqualTo("141 Auth failed. Unknown error.");
        assertThat(lines).singleElement().asString().contains("Auth provider mine failed", "IllegalStateException");
    }

    @Test
    void aRefusalIsLoggedWithoutTheData() {
        AuthAdapters adapters = open(Map.of("mine", CODE_WORD));
        refusal(adapters, "mine", obj("{\"id\":\"1\",\"word\":\"guess\"}"));
        assertThat(lines)
                .singleElement()
                .asString()
                .contains("mine", "Wrong word.")
                .doesNotContain("guess");
        assertThat(adapters.identify("mine", obj("{\"id\":\"1\",\"word\":\"guess\"}"))
                        .toString())
                .doesNotContain("guess");
    }

    // Around a log-in

    private static Map<String, Object> word(String policy) {
        return Map.of("module", "code-word", "options", Map.of("word", "w", "policy", policy));
    }

    @Test
    void aSecondFactorIsDemandedFromWhoeverHasOne() {
        AuthAdapters adapters = open(Map.of("a", word("ADDITIONAL"), "b", word("ADDITIONAL"), "solo", word("SOLO")));
        Obj both = obj("{\"a\":{\"id\":\"1\"},\"b\":{\"id\":\"1\"},\"anonymous\":{\"id\":\"1\"}}");

        assertThat(refusal(() -> adapters.requireAdditional(Obj.EMPTY, both)))
                .isEqualTo("-1 Missing additional authData a,b");
        assertThat(refusal(() -> adapters.requireAdditional(obj("{\"anonymous\":{\"id\":\"1\"}}"), both)))
                .isEqualTo("-1 Missing additional authData a,b");
        assertThat(refusal(() -> adapters.requireAdditional(obj("{\"b\":null}"), both)))
                .isEqualTo("-1 Missing additional authData a,b");
        adapters.requireAdditional(obj("{\"b\":{}}"), both);
        adapters.requireAdditional(Obj.EMPTY, obj("{\"anonymous\":{\"id\":\"1\"},\"gone\":{\"id\":\"1\"}}"));

        Obj withSolo = both.with("solo", obj("{\"id\":\"1\"}"));
        adapters.requireAdditional(obj("{\"solo\":{\"id\":\"1\"}}"), withSolo);
        assertThat(refusal(() -> adapters.requireAdditional(obj("{\"solo\":{}}"), both)))
                .isEqualTo("-1 Missing additional authData a,b");
    }

    @Test
    void onlyProvidersThatKnowChallengesAnswerThem() {
        AuthAdapters adapters = open(Map.of("mine", CODE_WORD));
        assertThat(adapters.challenge("mine", ParseValue.TRUE, null, SIGN_UP)).isEqualTo(obj("{\"hint\":\"s\"}"));
        assertThat(adapters.challenge("anonymous", ParseValue.TRUE, null, SIGN_UP))
                .isNull();
        assertThat(adapters.challenge("constructor", ParseValue.TRUE, null, SIGN_UP))
                .isNull();
        assertThat(refusal(() -> adapters.challenge("mine", ParseValue.NULL, null, SIGN_UP)))
                .isEqualTo("141 Challenge failed. Unknown error.");
    }

    @Test
    void tokensAndSecretsStayHiddenEvenWhenTheProviderIsGone() {
        Obj stored = obj("""
                {"github":{"id":"1","access_token":"t"},"twitter":{"id":"2","auth_token":"t"},
                 "mfa":{"secret":"s","recovery":["r"]},"anonymous":{"id":"3"},"gone":{"id":"4","x":1}}""");
        Obj shown = obj("""
                {"github":{"id":"1"},"twitter":{"id":"2"},
                 "mfa":{"status":"disabled"},"anonymous":{"id":"3"},"gone":{"id":"4","x":1}}""");
        assertThat(open(Map.of()).visible(stored, NOBODY)).isEqualTo(shown);

        AuthAdapters configured = open(Map.of(
                "github", Map.of("clientId", "a", "clientSecret", "b", "enabled", false),
                "mfa", Map.of("options", List.of("TOTP"))));
        assertThat(configured.visible(stored, NOBODY)).isEqualTo(shown.with("mfa", obj("{\"status\":\"enabled\"}")));
    }

    @Test
    void anEchoIsDataThatIsStoredAlready() {
        Obj stored = obj("{\"id\":\"1\",\"access_token\":\"t\"}");
        assertThat(AuthAdapters.isEcho(obj("{\"id\":\"1\"}"), stored)).isTrue();
        assertThat(AuthAdapters.isEcho(stored, stored)).isTrue();
        assertThat(AuthAdapters.isEcho(obj("{\"id\":\"2\"}"), stored)).isFalse();
        assertThat(AuthAdapters.isEcho(obj("{\"id\":\"1\",\"code\":\"c\"}"), stored))
                .isFalse();
        assertThat(AuthAdapters.isEcho(Obj.EMPTY, stored)).isFalse();
        assertThat(AuthAdapters.isEcho(obj("{\"id\":\"1\"}"), null)).isFalse();
    }

    @Test
    void theKindOfAnAttemptFollowsFromTheUserAndWhoAsks() {
        ParseObject ann = ParseObject.of("_User", obj("{\"objectId\":\"ann\",\"authData\":{\"a\":{\"id\":\"1\"}}}"));
        ParseObject bob = ParseObject.of("_User", obj("{\"objectId\":\"bob\"}"));
        var asAnn = new Caller(new Auth.User(ann, "r:1", Set.of()), RequestInfo.INTERNAL);

        assertThat(AuthAttempt.of("a", null, NOBODY).kind()).isEqualTo(Kind.SET_UP);
        assertThat(AuthAttempt.of("a", ann, NOBODY).kind()).isEqualTo(Kind.LOGIN);
        assertThat(AuthAttempt.of("a", ann, NOBODY).stored()).isEqualTo(obj("{\"id\":\"1\"}"));
        assertThat(AuthAttempt.of("b", ann, NOBODY).kind()).isEqualTo(Kind.SET_UP);
        assertThat(AuthAttempt.of("a", ann, asAnn).kind()).isEqualTo(Kind.UPDATE);
        assertThat(AuthAttempt.of("b", ann, asAnn).kind()).isEqualTo(Kind.SET_UP);
        assertThat(AuthAttempt.of("a", ann, Caller.SERVER).kind()).isEqualTo(Kind.UPDATE);
        assertThat(AuthAttempt.of("a", bob, asAnn).kind()).isEqualTo(Kind.SET_UP);
        assertThat(AuthAttempt.of("a", ann, Caller.SERVER).master()).isTrue();
    }
}
