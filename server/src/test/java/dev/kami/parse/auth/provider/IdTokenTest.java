package dev.kami.parse.auth.provider;

import static dev.kami.parse.auth.provider.Attempts.NOW;
import static dev.kami.parse.auth.provider.Attempts.obj;
import static dev.kami.parse.auth.provider.Attempts.refusal;
import static dev.kami.parse.auth.provider.Attempts.settings;
import static dev.kami.parse.auth.provider.Attempts.signUp;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.kami.parse.auth.AuthAdapter;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The providers whose token is verified here: Apple, Google, Facebook's Limited Login and Keycloak. */
class IdTokenTest {
    private static final Signer OURS = Signer.withKeyId("key-1");
    private static final Signer FOREIGN = Signer.withKeyId("key-1");
    private static final long SECONDS = NOW.getEpochSecond();

    /**
     * @param token the key of authData
     * @param issuer as the provider writes it
     * @param audience the claim that names our app
     * @param wrongAudience the answer when it names another
     */
    private record Provider(
            String name,
            Map<String, ?> options,
            String keys,
            String token,
            String issuer,
            String audience,
            String wrongAudience,
            String wrongIssuer) {
        @Override
        public String toString() {
            return name;
        }

        Obj claims() {
            return Obj.of(
                    "iss",
                    new Str(issuer),
                    audience,
                    new Str("our-app"),
                    "sub",
                    new Str("user-1"),
                    "iat",
                    new Num(SECONDS - 10),
                    "exp",
                    new Num(SECONDS + 600));
        }

        Obj authData(String jwt) {
            return Obj.of("id", new Str("user-1"), token, new Str(jwt));
        }
    }

    private final StandIn standIn = new StandIn();

    @AfterEach
    void stop() {
        standIn.close();
    }

    static Stream<Provider> providers() {
        String audience = "101 jwt audience invalid. expected: our-app";
        return Stream.of(
                new Provider(
                        "apple",
                        Map.of("clientId", "our-app"),
                        "appleid.apple.com/auth/keys",
                        "token",
                        "https://appleid.apple.com",
                        "aud",
                        audience,
                        "101 id token not issued by correct OpenID provider - expected: https://appleid.apple.com | from: https://evil.example"),
                new Provider(
                        "google",
                        Map.of("clientId", "our-app"),
                        "www.googleapis.com/oauth2/v3/certs",
                        "id_token",
                        "https://accounts.google.com",
                        "aud",
                        audience,
                        "101 id token not issued by correct provider - expected: accounts.google.com or https://accounts.google.com | from: https://evil.example"),
                new Provider(
                        "facebook",
                        Map.of("appIds", List.of("our-app")),
                        "www.facebook.com/.well-known/oauth/openid/jwks/",
                        "token",
                        "https://www.facebook.com",
                        "aud",
                        audience,
                        "101 id token not issued by correct OpenID provider - expected: https://www.facebook.com | from: https://evil.example"),
                new Provider(
                        "keycloak",
                        Map.of(
                                "config",
                                Map.of(
                                        "auth-server-url", "https://login.example/auth/",
                                        "realm", "master",
                                        "client-id", "our-app")),
                        "login.example/auth/realms/master/protocol/openid-connect/certs",
                        "access_token",
                        "https://login.example/auth/realms/master",
                        "azp",
                        "101 access token is not authorized for this client - expected: our-app | from: other-app",
                        "101 access token not issued by correct provider - expected: https://login.example/auth/realms/master | from: https://evil.example"));
    }

    private AuthAdapter open(Provider provider) {
        return open(provider, provider.options());
    }

    private AuthAdapter open(Provider provider, Map<String, ?> options) {
        standIn.on(provider.keys(), Signer.keySet(OURS));
        return BuiltInProviders.open(provider.name(), settings(options), standIn.http());
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aTokenOfThisUserForThisAppIsAccepted(Provider provider) {
        Obj authData = provider.authData(OURS.sign(provider.claims()));
        assertThat(signUp(open(provider), authData)).isEqualTo(authData);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void theKeysAreAskedForOnce(Provider provider) {
        AuthAdapter adapter = open(provider);
        for (int i = 0; i < 3; i++) {
            signUp(adapter, provider.authData(OURS.sign(provider.claims())));
        }
        assertThat(standIn.requests(provider.keys())).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aTokenForAnotherAppIsRefused(Provider provider) {
        Obj claims = provider.claims().with(provider.audience(), new Str("other-app"));
        assertThat(refusal(open(provider), provider.authData(OURS.sign(claims))))
                .isEqualTo(provider.wrongAudience());
        assertThat(refusal(open(provider), provider.authData(OURS.sign(claims.without(provider.audience())))))
                .startsWith("101 ");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aTokenOfAnotherIssuerIsRefused(Provider provider) {
        Obj claims = provider.claims().with("iss", new Str("https://evil.example"));
        assertThat(refusal(open(provider), provider.authData(OURS.sign(claims))))
                .isEqualTo(provider.wrongIssuer());
        assertThat(refusal(open(provider), provider.authData(OURS.sign(claims.without("iss")))))
                .endsWith("| from: undefined");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aTokenOfAnotherUserIsRefused(Provider provider) {
        Obj claims = provider.claims().with("sub", new Str("user-2"));
        String text = "101 auth data is invalid for this user.";
        assertThat(refusal(open(provider), provider.authData(OURS.sign(claims))))
                .isEqualTo(text);
        assertThat(refusal(open(provider), provider.authData(OURS.sign(claims.without("sub")))))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aTokenWithoutAnIdInTheDataIsRefused(Provider provider) {
        Obj authData =
                provider.authData(OURS.sign(provider.claims().without("sub"))).without("id");
        assertThat(refusal(open(provider), authData)).startsWith("101 ");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void anUnsignedTokenIsRefused(Provider provider) {
        for (String algorithm : List.of("none", "None", "NONE", "")) {
            Obj header = Obj.of("alg", new Str(algorithm), "kid", new Str("key-1"));
            assertThat(refusal(open(provider), provider.authData(Signer.unsigned(header, provider.claims()))))
                    .isEqualTo("101 invalid algorithm");
        }
        assertThat(refusal(
                        open(provider),
                        provider.authData(Signer.unsigned(
                                Obj.of("alg", new Str("RS256"), "kid", new Str("key-1")), provider.claims()))))
                .isEqualTo("101 invalid signature");
        assertThat(standIn.requests()).hasSize(1);
    }

    /** The token could name its algorithm (fixed in 9.3.1). */
    @ParameterizedTest
    @MethodSource("providers")
    void thePublicKeyIsNoSecretOfAnHmac(Provider provider) {
        assertThat(refusal(open(provider), provider.authData(OURS.signByPublicKey(provider.claims()))))
                .isEqualTo("101 invalid algorithm");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void anotherAlgorithmOfTheRightKeyIsRefused(Provider provider) {
        String jwt = OURS.signWith(JWSAlgorithm.RS512, provider.claims());
        assertThat(refusal(open(provider), provider.authData(jwt))).isEqualTo("101 invalid algorithm");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aTokenOfAnotherKeyWithTheSameIdIsRefused(Provider provider) {
        assertThat(refusal(open(provider), provider.authData(FOREIGN.sign(provider.claims()))))
                .isEqualTo("101 invalid signature");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aChangedClaimBreaksTheSignature(Provider provider) {
        String[] parts = OURS.sign(provider.claims()).split("\\.");
        String changed = Signer.encode(provider.claims().with("sub", new Str("user-2")));
        Obj authData =
                provider.authData(parts[0] + "." + changed + "." + parts[2]).with("id", new Str("user-2"));
        assertThat(refusal(open(provider), authData)).isEqualTo("101 invalid signature");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void anUnknownKeyIdIsRefused(Provider provider) {
        Signer unknown = Signer.withKeyId("key-9");
        assertThat(refusal(open(provider), provider.authData(unknown.sign(provider.claims()))))
                .isEqualTo("101 Unable to find matching key for Key ID: key-9");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void anExpiredTokenIsRefused(Provider provider) {
        Obj claims = provider.claims().with("exp", new Num(SECONDS));
        assertThat(refusal(open(provider), provider.authData(OURS.sign(claims))))
                .isEqualTo("101 jwt expired");
        Obj early = provider.claims().with("nbf", new Num(SECONDS + 60));
        assertThat(refusal(open(provider), provider.authData(OURS.sign(early)))).isEqualTo("101 jwt not active");
        Obj odd = provider.claims().with("exp", new Str("never"));
        assertThat(refusal(open(provider), provider.authData(OURS.sign(odd)))).isEqualTo("101 invalid exp value");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void whatIsNoTokenIsRefused(Provider provider) {
        AuthAdapter adapter = open(provider);
        for (String text :
                List.of("a", "a.b.c", "..", "a.b", "e30.e30.e30", "\u00e4.\u00f6.\u00fc", ".".repeat(1000))) {
            assertThat(refusal(adapter, provider.authData(text)))
                    .as(text)
                    .isEqualTo("101 provided token does not decode as JWT");
        }
        assertThat(refusal(adapter, provider.authData("x").with(provider.token(), obj("{\"$ne\":1}"))))
                .startsWith("101 ");
        assertThat(standIn.requests(provider.keys())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aProviderThatDoesNotAnswerHasNoKeys(Provider provider) {
        AuthAdapter adapter = open(provider);
        for (String body : List.of("", "<html>", "{}", "{\"keys\":[{\"kty\":\"RSA\"}]}")) {
            standIn.on(provider.keys(), body);
            assertThat(refusal(open(provider, provider.options()), provider.authData("x")))
                    .startsWith("101 ");
        }
        standIn.on(provider.keys(), 500, "{}");
        assertThat(refusal(adapter, provider.authData(OURS.sign(provider.claims()))))
                .isEqualTo("101 Unable to find matching key for Key ID: key-1");
    }

    /** The audience was checked only when it was configured (fixed in 9.5.0). */
    @Test
    void withoutTheOwnAppNoTokenIsAccepted() {
        Map<String, String> texts = Map.of(
                "apple", "101 Apple auth is not configured.",
                "google", "101 Google auth is not configured.",
                "facebook", "101 Facebook auth is not configured.",
                "keycloak", "101 Missing keycloak configuration");
        providers().forEach(provider -> {
            Obj authData = provider.authData(OURS.sign(provider.claims()));
            for (Map<String, ?> options : Arrays.<Map<String, ?>>asList(null, Map.of())) {
                assertThat(refusal(open(provider, options), authData)).isEqualTo(texts.get(provider.name()));
            }
        });
    }

    @Test
    void severalAppsMayBeOurs() {
        Provider apple = provider("apple");
        AuthAdapter adapter = open(apple, Map.of("clientId", List.of("our-site", "our-app")));
        signUp(adapter, apple.authData(OURS.sign(apple.claims())));
        signUp(
                adapter,
                apple.authData(OURS.sign(apple.claims()
                        .with("aud", new Array(List.<ParseValue>of(new Str("x"), new Str("our-site")))))));
        assertThat(refusal(adapter, apple.authData(OURS.sign(apple.claims().with("aud", new Str("our"))))))
                .isEqualTo("101 jwt audience invalid. expected: our-site or our-app");
    }

    @Test
    void googleHasTwoNames() {
        Provider google = provider("google");
        signUp(open(google), google.authData(OURS.sign(google.claims().with("iss", new Str("accounts.google.com")))));
    }

    @Test
    void appIdsOfFacebookAsOneTextAreNoList() {
        Provider facebook = provider("facebook");
        AuthAdapter adapter = open(facebook, Map.of("appIds", "our-app"));
        assertThat(refusal(adapter, facebook.authData(OURS.sign(facebook.claims()))))
                .isEqualTo("101 Facebook auth is not configured.");
    }

    @Test
    void keycloakWithoutClientIdIsNotConfigured() {
        Provider keycloak = provider("keycloak");
        var config = Map.of("config", Map.of("auth-server-url", "https://login.example/auth", "realm", "master"));
        assertThat(refusal(open(keycloak, config), keycloak.authData(OURS.sign(keycloak.claims()))))
                .isEqualTo("101 Keycloak auth is not configured. Missing client-id.");
        assertThat(refusal(open(keycloak), obj("{\"id\":\"user-1\"}")))
                .isEqualTo("101 Missing access token and/or User id");
    }

    @Test
    void rolesAndGroupsOfKeycloakMustBeThoseOfTheToken() {
        Provider keycloak = provider("keycloak");
        AuthAdapter adapter = open(keycloak);
        Obj claims = obj("{\"roles\":[\"a\",\"b\"],\"groups\":[\"g\"]}");
        Obj all = keycloak.claims().with("roles", claims.get("roles")).with("groups", claims.get("groups"));
        Obj authData = keycloak.authData(OURS.sign(all));

        signUp(
                adapter,
                authData.with("roles", obj("{\"r\":[\"b\",\"a\"]}").get("r")).with("groups", claims.get("groups")));
        assertThat(refusal(adapter, authData)).isEqualTo("101 Invalid authentication");
        assertThat(refusal(adapter, authData.with("roles", claims.get("roles"))))
                .isEqualTo("101 Invalid authentication");
        assertThat(refusal(
                        adapter,
                        authData.with(
                                        "roles",
                                        obj("{\"r\":[\"a\",\"b\",\"admin\"]}").get("r"))
                                .with("groups", claims.get("groups"))))
                .isEqualTo("101 Invalid authentication");
        assertThat(refusal(
                        adapter, keycloak.authData(OURS.sign(keycloak.claims())).with("roles", claims.get("roles"))))
                .isEqualTo("101 Invalid authentication");
    }

    private static Provider provider(String name) {
        return providers().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void madeUpKeyIdsDoNotBecomeRequestsToTheProvider() {
        var clock = new MovableClock(NOW);
        var keys = keys(clock, Map.of());
        standIn.on("keys.example/certs", Signer.keySet(OURS));
        for (int i = 0; i < 50; i++) {
            assertThat(keys.find("made-up-" + i)).isNull();
        }
        assertThat(keys.find("key-1")).isNotNull();
        assertThat(standIn.requests()).hasSize(1);
    }

    @Test
    void aNewKeyIsFoundAfterAPause() {
        var clock = new MovableClock(NOW);
        var keys = keys(clock, Map.of());
        standIn.on("keys.example/certs", Signer.keySet(OURS));
        assertThat(keys.find("key-1")).isNotNull();

        Signer next = Signer.withKeyId("key-2");
        standIn.on("keys.example/certs", Signer.keySet(OURS, next));
        assertThat(keys.find("key-2")).isNull();
        clock.advance(Duration.ofSeconds(11));
        assertThat(keys.find("key-2")).isNotNull();
        assertThat(keys.find("key-1")).isNotNull();
        assertThat(standIn.requests()).hasSize(2);
    }

    @Test
    void aKeyIsForgottenAfterItsAge() {
        var clock = new MovableClock(NOW);
        var keys = keys(clock, Map.of("cacheMaxAge", 60_000L));
        standIn.on("keys.example/certs", Signer.keySet(OURS));
        assertThat(keys.find("key-1")).isNotNull();
        clock.advance(Duration.ofSeconds(59));
        assertThat(keys.find("key-1")).isNotNull();
        assertThat(standIn.requests()).hasSize(1);

        clock.advance(Duration.ofSeconds(1));
        standIn.on("keys.example/certs", Signer.keySet(Signer.withKeyId("key-2")));
        assertThat(keys.find("key-1")).isNull();
        assertThat(standIn.requests()).hasSize(2);
    }

    @Test
    void keysBeyondTheLimitAreFoundAllTheSame() {
        var keys = keys(() -> NOW, Map.of("cacheMaxEntries", 1L));
        standIn.on("keys.example/certs", Signer.keySet(OURS, Signer.withKeyId("key-2"), Signer.withKeyId("key-3")));
        assertThat(keys.find("key-1")).isNotNull();
        assertThat(keys.find("key-3")).isNotNull();
        assertThat(keys.find("key-2")).isNotNull();
        assertThat(standIn.requests()).hasSize(3);
    }

    @Test
    void aFailureIsNotRemembered() {
        var clock = new MovableClock(NOW);
        var keys = keys(clock, Map.of());
        assertThat(keys.find("key-1")).isNull();
        standIn.on("keys.example/certs", Signer.keySet(OURS));
        clock.advance(Duration.ofSeconds(2));
        assertThat(keys.find("key-1")).isNotNull();
    }

    @Test
    void aTokenWithoutKeyIdTakesTheOnlyKey() {
        var keys = keys(() -> NOW, Map.of());
        standIn.on("keys.example/certs", Signer.keySet(OURS));
        assertThat(keys.find(null)).isNotNull();

        var several = keys(() -> NOW, Map.of());
        standIn.on("keys.example/certs", Signer.keySet(OURS, Signer.withKeyId("key-2")));
        assertThat(several.find(null)).isNull();
    }

    private SigningKeys keys(InstantSource clock, Map<String, ?> options) {
        return new SigningKeys("https://keys.example/certs", settings(options, clock), standIn.http());
    }
}
