package dev.kami.parse.auth.provider;

import static dev.kami.parse.auth.provider.Attempts.obj;
import static dev.kami.parse.auth.provider.Attempts.refusal;
import static dev.kami.parse.auth.provider.Attempts.settings;
import static dev.kami.parse.auth.provider.Attempts.signUp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kami.parse.auth.AuthAdapter;
import dev.kami.parse.auth.ProviderSettings;
import dev.kami.parse.auth.provider.StandIn.Reply;
import dev.kami.parse.options.OptionsException;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The providers that are asked about a token of the client. */
class TokenProvidersTest {
    private final StandIn standIn = new StandIn();

    @AfterEach
    void stop() {
        standIn.close();
    }

    private AuthAdapter open(String name, Map<String, ?> options) {
        return BuiltInProviders.open(name, settings(options), standIn.http());
    }

    // Facebook, Graph API

    private static final Obj FACEBOOK_USER = obj("{\"id\":\"10\",\"access_token\":\"tok\"}");

    private void facebookAnswers(String appId, String userId) {
        standIn.on("graph.facebook.com/app", "{\"id\":\"" + appId + "\",\"name\":\"Our app\"}");
        standIn.on("graph.facebook.com/me", "{\"id\":\"" + userId + "\"}");
    }

    @Test
    void facebookIsAskedForTheAppAndTheUserOfTheToken() {
        facebookAnswers("1234", "10");
        assertThat(signUp(open("facebook", Map.of("appIds", List.of("1234"))), FACEBOOK_USER))
                .isEqualTo(FACEBOOK_USER);
        assertThat(standIn.requests())
                .allSatisfy(request -> assertThat(request.query()).containsEntry("access_token", "tok"));
    }

    @Test
    void facebookRequestsAreSignedWithTheAppSecret() {
        facebookAnswers("1234", "10");
        signUp(open("facebook", Map.of("appIds", List.of("1234"), "appSecret", "s3cret")), FACEBOOK_USER);
        // printf tok | openssl dgst -sha256 -hmac s3cret
        assertThat(standIn.requests())
                .allSatisfy(request -> assertThat(request.query().get("appsecret_proof"))
                        .isEqualTo("2ff2659e371a012c6ab9b88a4af2122efc22dd1c5dda6dfd9e2ec9e6f7415791"));
    }

    @Test
    void aFacebookTokenOfAnotherAppOrUserIsRefused() {
        AuthAdapter adapter = open("facebook", Map.of("appIds", List.of("1234")));
        facebookAnswers("9999", "10");
        assertThat(refusal(adapter, FACEBOOK_USER)).isEqualTo("101 Facebook auth is invalid for this user.");
        facebookAnswers("1234", "11");
        assertThat(refusal(adapter, FACEBOOK_USER)).isEqualTo("101 Facebook auth is invalid for this user.");
        standIn.on("graph.facebook.com/me", 400, "{\"error\":{\"code\":190}}");
        assertThat(refusal(adapter, FACEBOOK_USER)).isEqualTo("101 Facebook auth is invalid for this user.");
        assertThat(refusal(adapter, obj("{\"id\":\"10\"}"))).isEqualTo("101 Facebook auth is invalid for this user.");
    }

    /** With appIds as text, any part of it passed for an app (fixed in 4.10.16). */
    @Test
    void appIdsAsOneTextLetNoPartOfItPass() {
        facebookAnswers("12", "10");
        assertThat(refusal(open("facebook", Map.of("appIds", "1234")), FACEBOOK_USER))
                .isEqualTo("101 appIds must be an array.");
        assertThat(refusal(open("facebook", Map.of("appIds", List.of())), FACEBOOK_USER))
                .isEqualTo("101 Facebook auth is not configured.");
        assertThat(refusal(open("facebook", null), FACEBOOK_USER)).isEqualTo("101 Facebook auth is not configured.");
        assertThat(standIn.requests()).isEmpty();
    }

    @Test
    void aTokenCannotAddParametersToAFacebookRequest() {
        facebookAnswers("1234", "10");
        signUp(
                open("facebook", Map.of("appIds", List.of("1234"))),
                obj("{\"id\":\"10\",\"access_token\":\"tok&fields=id,name#x\"}"));
        assertThat(standIn.requests("graph.facebook.com/me").getFirst().query())
                .isEqualTo(Map.of("fields", "id", "access_token", "tok&fields=id,name#x"));
    }

    // OAuth2

    private static final String ENDPOINT = "https://oauth.example/introspect";

    @Test
    void aTokenIsActiveAndBelongsToTheUser() {
        standIn.on(
                "oauth.example/introspect",
                request -> Reply.json(
                        "tok".equals(request.form().get("token"))
                                ? "{\"active\":true,\"sub\":\"user-1\",\"client_id\":\"a\"}"
                                : "{\"active\":false}"));
        AuthAdapter adapter = open("oauth2", Map.of("oauth2", true, "tokenIntrospectionEndpointUrl", ENDPOINT));

        Obj authData = obj("{\"id\":\"user-1\",\"access_token\":\"tok\"}");
        assertThat(signUp(adapter, authData)).isEqualTo(authData);
        String text = "101 OAuth2 access token is invalid for this user.";
        assertThat(refusal(adapter, obj("{\"id\":\"user-1\",\"access_token\":\"old\"}")))
                .isEqualTo(text);
        assertThat(refusal(adapter, obj("{\"id\":\"user-1\"}"))).isEqualTo(text);
        // Without useridField any active token logged in any user (fixed in 9.6.0).
        assertThat(refusal(adapter, obj("{\"id\":\"user-2\",\"access_token\":\"tok\"}")))
                .isEqualTo(text);
        assertThat(refusal(adapter, obj("{\"access_token\":\"tok\"}"))).isEqualTo(text);
    }

    @Test
    void anIntrospectionWithoutTheUserIsRefused() {
        standIn.on("oauth.example/introspect", "{\"active\":true}");
        AuthAdapter adapter = open("oauth2", Map.of("tokenIntrospectionEndpointUrl", ENDPOINT));
        assertThat(refusal(adapter, obj("{\"access_token\":\"tok\"}")))
                .isEqualTo("101 OAuth2 access token is invalid for this user.");
    }

    /** The app was read from another token than the one that was sent (fixed in 9.6.0). */
    @Test
    void theAppIsThatOfTheTokenThatWasSent() {
        standIn.on(
                "oauth.example/introspect",
                request -> Reply.json(
                        "tok".equals(request.form().get("token"))
                                ? "{\"active\":true,\"name\":\"ann\",\"aud\":[\"x\",\"app-1\"]}"
                                : "{\"active\":true,\"name\":\"ann\",\"aud\":\"app-9\"}"));
        AuthAdapter adapter = open(
                "oauth2",
                Map.of(
                        "tokenIntrospectionEndpointUrl", ENDPOINT,
                        "useridField", "name",
                        "appidField", "aud",
                        "appIds", List.of("app-1", "app-2"),
                        "authorizationHeader", "Basic eA=="));

        signUp(adapter, obj("{\"id\":\"ann\",\"access_token\":\"tok\"}"));
        assertThat(standIn.requests().getFirst().headers()).containsEntry("authorization", "Basic eA==");
        assertThat(refusal(adapter, obj("{\"id\":\"ann\",\"access_token\":\"foreign\"}")))
                .isEqualTo("101 OAuth2: Invalid app ID.");
    }

    @Test
    void appIdsOfOAuth2AsOneTextLetNoPartOfItPass() {
        standIn.on("oauth.example/introspect", "{\"active\":true,\"sub\":\"ann\",\"aud\":\"app\"}");
        AuthAdapter adapter = open(
                "oauth2", Map.of("tokenIntrospectionEndpointUrl", ENDPOINT, "appidField", "aud", "appIds", "app-1"));
        assertThat(refusal(adapter, obj("{\"id\":\"ann\",\"access_token\":\"tok\"}")))
                .isEqualTo("101 OAuth2: Invalid app ID.");
    }

    @Test
    void anIntrospectionThatFailsIsTold() {
        standIn.on("oauth.example/introspect", 401, "{}");
        assertThat(refusal(
                        open("oauth2", Map.of("tokenIntrospectionEndpointUrl", ENDPOINT)),
                        obj("{\"id\":\"ann\",\"access_token\":\"tok\"}")))
                .isEqualTo("101 OAuth2 token introspection request failed.");
    }

    @Test
    void wrongOptionsOfOAuth2EndTheStart() {
        assertThatThrownBy(() -> open("oauth2", Map.of("oauth2", true)))
                .isInstanceOf(OptionsException.class)
                .hasMessage("OAuth2 token introspection endpoint URL is missing.");
        assertThatThrownBy(() -> open("oauth2", Map.of("tokenIntrospectionEndpointUrl", ENDPOINT, "appidField", "aud")))
                .hasMessage("OAuth2 configuration is missing app IDs.");
        assertThatThrownBy(() -> open("oauth2", Map.of("tokenIntrospectionEndpointUrl", "file:///etc/passwd")))
                .hasMessage("Option auth.test: tokenIntrospectionEndpointUrl must be an http or https address.");
    }

    // Meetup, PhantAuth, VK, Janrain

    private static final Map<String, ?> INSECURE = Map.of("enableInsecureAuth", true);

    @Test
    void meetupIsAskedForTheMemberBehindTheToken() {
        standIn.on(
                "api.meetup.com/2/member/self",
                request -> "bearer tok".equals(request.headers().get("authorization"))
                        ? Reply.json("{\"id\":187498,\"name\":\"Ann\"}")
                        : Reply.of(401, "application/json", "{\"problem\":\"x\"}"));
        AuthAdapter adapter = open("meetup", INSECURE);
        signUp(adapter, obj("{\"id\":\"187498\",\"access_token\":\"tok\"}"));
        String text = "101 Meetup auth is invalid for this user.";
        assertThat(refusal(adapter, obj("{\"id\":\"1\",\"access_token\":\"tok\"}")))
                .isEqualTo(text);
        assertThat(refusal(adapter, obj("{\"access_token\":\"other\"}"))).isEqualTo(text);
        assertThat(refusal(adapter, obj("{\"id\":\"187498\"}"))).isEqualTo(text);
        assertThat(refusal(open("meetup", Map.of()), obj("{\"id\":\"187498\",\"access_token\":\"tok\"}")))
                .isEqualTo("1 Meetup only works with enableInsecureAuth: true");
    }

    @Test
    void phantAuthIsAskedForTheSubject() {
        standIn.on(
                "phantauth.net/auth/userinfo",
                request -> "bearer tok".equals(request.headers().get("authorization"))
                        ? Reply.json("{\"sub\":\"chance.smith\",\"name\":\"Chance\"}")
                        : Reply.of(401, "application/json", "{}"));
        AuthAdapter adapter = open("phantauth", INSECURE);
        signUp(adapter, obj("{\"id\":\"chance.smith\",\"access_token\":\"tok\"}"));
        String text = "101 PhantAuth auth is invalid for this user.";
        assertThat(refusal(adapter, obj("{\"id\":\"other\",\"access_token\":\"tok\"}")))
                .isEqualTo(text);
        assertThat(refusal(adapter, obj("{\"access_token\":\"other\"}"))).isEqualTo(text);
        assertThat(refusal(open("phantauth", null), obj("{\"id\":\"chance.smith\",\"access_token\":\"tok\"}")))
                .isEqualTo("1 PhantAuth only works with enableInsecureAuth: true");
    }

    @Test
    void vkIsAskedForTheAppAndForTheUser() {
        standIn.on(
                "oauth.vk.com/access_token",
                request -> request.query()
                                .equals(Map.of(
                                        "client_id", "77",
                                        "client_secret", "s",
                                        "v", "5.124",
                                        "grant_type", "client_credentials"))
                        ? Reply.json("{\"access_token\":\"app\"}")
                        : Reply.of(401, "application/json", "{\"error\":\"invalid_client\"}"));
        standIn.on(
                "api.vk.com/method/users.get",
                request -> "tok".equals(request.query().get("access_token"))
                        ? Reply.json("{\"response\":[{\"id\":210700286,\"first_name\":\"Lindsey\"}]}")
                        : Reply.json("{\"error\":{\"error_code\":5}}"));
        AuthAdapter adapter = open("vkontakte", Map.of("enableInsecureAuth", true, "appIds", "77", "appSecret", "s"));

        signUp(adapter, obj("{\"id\":\"210700286\",\"access_token\":\"tok\"}"));
        String text = "101 Vk auth is invalid for this user.";
        assertThat(refusal(adapter, obj("{\"id\":\"1\",\"access_token\":\"tok\"}")))
                .isEqualTo(text);
        assertThat(refusal(adapter, obj("{\"id\":\"1\",\"access_token\":\"other\"}")))
                .isEqualTo(text);
        assertThat(refusal(adapter, obj("{\"id\":\"1\"}"))).isEqualTo(text);
        assertThat(refusal(
                        open("vkontakte", Map.of("enableInsecureAuth", true, "appIds", "77", "appSecret", "wrong")),
                        obj("{\"id\":\"210700286\",\"access_token\":\"tok\"}")))
                .isEqualTo("101 Vk appIds or appSecret is incorrect.");
        assertThat(refusal(open("vkontakte", INSECURE), obj("{\"id\":\"1\",\"access_token\":\"tok\"}")))
                .isEqualTo("101 Vk auth is not configured. Missing appIds or appSecret.");
    }

    @Test
    void janrainCaptureIsAskedForTheUuid() {
        standIn.on(
                "capture.example/entity",
                request -> request.query().equals(Map.of("access_token", "tok", "attribute_name", "uuid"))
                        ? Reply.json("{\"stat\":\"ok\",\"result\":\"u-1\"}")
                        : Reply.json("{\"stat\":\"error\",\"code\":414}"));
        AuthAdapter adapter = open("janraincapture", Map.of("janrain_capture_host", "capture.example"));
        signUp(adapter, obj("{\"id\":\"u-1\",\"access_token\":\"tok\"}"));
        String text = "101 Janrain capture auth is invalid for this user.";
        assertThat(refusal(adapter, obj("{\"id\":\"u-2\",\"access_token\":\"tok\"}")))
                .isEqualTo(text);
        assertThat(refusal(adapter, obj("{\"id\":\"u-1\",\"access_token\":\"other\"}")))
                .isEqualTo(text);
        assertThat(refusal(open("janraincapture", null), obj("{\"id\":\"u-1\",\"access_token\":\"tok\"}")))
                .isEqualTo("101 Janrain capture auth is not configured.");
    }

    @Test
    void janrainEngageIsAskedForTheIdentifier() {
        standIn.on(
                "rpxnow.com/api/v2/auth_info",
                request -> request.form().equals(Map.of("token", "tok", "apiKey", "k", "format", "json"))
                        ? Reply.json("{\"stat\":\"ok\",\"profile\":{\"identifier\":\"https://me.example/\"}}")
                        : Reply.json("{\"stat\":\"fail\",\"err\":{\"code\":2}}"));
        AuthAdapter adapter = open("janrainengage", Map.of("enableInsecureAuth", true, "api_key", "k"));
        signUp(adapter, obj("{\"id\":\"https://me.example/\",\"auth_token\":\"tok\"}"));
        String text = "101 Janrain engage auth is invalid for this user.";
        assertThat(refusal(adapter, obj("{\"id\":\"https://you.example/\",\"auth_token\":\"tok\"}")))
                .isEqualTo(text);
        assertThat(refusal(adapter, obj("{\"id\":\"https://me.example/\",\"auth_token\":\"other\"}")))
                .isEqualTo(text);
    }

    @Test
    void theServerMustAllowInsecureAdaptersToo() {
        Map<String, ?> options = Map.of("enableInsecureAuth", true, "appIds", "77", "appSecret", "s", "api_key", "k");
        var forbidden = new ProviderSettings("test", options, false, () -> Attempts.NOW);
        assertThat(refusal(BuiltInProviders.open("vkontakte", forbidden, standIn.http()), obj("{\"id\":\"1\"}")))
                .isEqualTo("1 Vk only works with enableInsecureAuth: true");
        assertThat(refusal(BuiltInProviders.open("janrainengage", forbidden, standIn.http()), obj("{\"id\":\"1\"}")))
                .isEqualTo("1 janrainengage adapter only works with enableInsecureAuth: true");
    }

    @Test
    void anonymousUsersNeedNothing() {
        Obj authData = obj("{\"id\":\"0e1b2d3c-aaaa\"}");
        assertThat(signUp(open("anonymous", null), authData)).isEqualTo(authData);
    }
}
