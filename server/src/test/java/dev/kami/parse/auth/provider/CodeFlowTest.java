package dev.kami.parse.auth.provider;

import static dev.kami.parse.auth.provider.Attempts.obj;
import static dev.kami.parse.auth.provider.Attempts.refusal;
import static dev.kami.parse.auth.provider.Attempts.settings;
import static dev.kami.parse.auth.provider.Attempts.signUp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kami.parse.auth.AuthAdapter;
import dev.kami.parse.auth.Caller;
import dev.kami.parse.auth.provider.StandIn.Reply;
import dev.kami.parse.auth.provider.StandIn.Request;
import dev.kami.parse.options.OptionsException;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All providers of the code flow through the same stories, each with the answers its provider really gives. */
class CodeFlowTest {
    private static final Map<String, String> OPTIONS = Map.of("clientId", "our-app", "clientSecret", "our-secret");

    /**
     * @param label as in error texts
     * @param exchange where a code becomes a token, and what the provider answers
     * @param user where the owner of a token is asked for
     * @param id of that user, as it is stored
     * @param extra what the client sends besides the code
     */
    private record Provider(
            String name,
            String label,
            String exchange,
            Function<Request, Reply> token,
            String user,
            Function<Request, Reply> owner,
            String id,
            String extra) {
        @Override
        public String toString() {
            return name;
        }

        Obj code(String code) {
            return obj("{\"code\":\"" + code + "\",\"redirect_uri\":\"https://app.example/back\"" + extra + "}");
        }
    }

    private final StandIn standIn = new StandIn();

    @AfterEach
    void stop() {
        standIn.close();
    }

    static Stream<Provider> providers() {
        return Stream.of(
                new Provider(
                        "github",
                        "GitHub",
                        "github.com/login/oauth/access_token",
                        request -> request.json().text("code").equals("good")
                                ? json("{'access_token':'tok','scope':'','token_type':'bearer'}")
                                : json(
                                        "{'error':'bad_verification_code','error_description':'The code is incorrect.'}"),
                        "api.github.com/user",
                        ifBearer("{'login':'octocat','id':583231,'name':'Mona'}"),
                        "583231",
                        ""),
                new Provider(
                        "gpgames",
                        "gpgames",
                        "oauth2.googleapis.com/token",
                        request -> request.json().text("code").equals("good")
                                ? json("{'access_token':'tok','expires_in':3599,'token_type':'Bearer'}")
                                : Reply.of(400, "application/json", "{\"error\":\"invalid_grant\"}"),
                        "www.googleapis.com/games/v1/players/me",
                        ifBearer("{'kind':'games#player','playerId':'g0123','displayName':'Ann'}"),
                        "g0123",
                        ""),
                new Provider(
                        "instagram",
                        "Instagram",
                        "api.instagram.com/oauth/access_token",
                        formToken("{'access_token':'tok','user_id':17841405793187218}", 400),
                        "graph.instagram.com/me",
                        request -> "tok".equals(request.query().get("access_token"))
                                ? json("{'id':'17841405793187218'}")
                                : Reply.of(400, "application/json", "{}"),
                        "17841405793187218",
                        ""),
                new Provider(
                        "line",
                        "Line",
                        "api.line.me/oauth2/v2.1/token",
                        formToken("{'access_token':'tok','expires_in':2592000,'token_type':'Bearer'}", 400),
                        "api.line.me/v2/profile",
                        ifBearer("{'userId':'U4af4980629','displayName':'Brown'}"),
                        "U4af4980629",
                        ""),
                new Provider(
                        "linkedin",
                        "LinkedIn",
                        "www.linkedin.com/oauth/v2/accessToken",
                        formToken("{'access_token':'tok','expires_in':5184000}", 401),
                        "api.linkedin.com/v2/me",
                        ifBearer("{'id':'yrZCpj2Z12','localizedFirstName':'Bob'}"),
                        "yrZCpj2Z12",
                        ""),
                new Provider(
                        "microsoft",
                        "Microsoft",
                        "login.microsoftonline.com/common/oauth2/v2.0/token",
                        formToken("{'token_type':'Bearer','expires_in':3736,'access_token':'tok'}", 400),
                        "graph.microsoft.com/v1.0/me",
                        ifBearer("{'id':'48d31887-5fad-4d73-a9f5-3c356e68a038','mail':null}"),
                        "48d31887-5fad-4d73-a9f5-3c356e68a038",
                        ""),
                new Provider(
                        "qq",
                        "qq",
                        "graph.qq.com/oauth2.0/token",
                        request -> "good".equals(request.query().get("code"))
                                ? Reply.of(200, "text/html", "access_token=tok&expires_in=7776000&refresh_token=r")
                                : Reply.of(
                                        200,
                                        "text/html",
                                        "callback( {\"error\":100019,\"error_description\":\"code error\"} );"),
                        "graph.qq.com/oauth2.0/me",
                        request -> "tok".equals(request.query().get("access_token"))
                                ? Reply.of(
                                        200,
                                        "text/html",
                                        "callback( {\"client_id\":\"our-app\",\"openid\":\"0A1B\"} );\n")
                                : Reply.of(200, "text/html", "callback( {\"error\":100016} );"),
                        "0A1B",
                        ""),
                new Provider(
                        "spotify",
                        "spotify",
                        "accounts.spotify.com/api/token",
                        formToken("{'access_token':'tok','token_type':'Bearer','expires_in':3600}", 400),
                        "api.spotify.com/v1/me",
                        ifBearer("{'id':'wizzler','type':'user'}"),
                        "wizzler",
                        ",\"code_verifier\":\"v\""),
                new Provider(
                        "wechat",
                        "WeChat",
                        "api.weixin.qq.com/sns/oauth2/access_token",
                        request -> "good".equals(request.query().get("code"))
                                ? json(
                                        "{'access_token':'tok','expires_in':7200,'openid':'oABC','scope':'snsapi_userinfo'}")
                                : json("{'errcode':40029,'errmsg':'invalid code'}"),
                        "api.weixin.qq.com/sns/auth",
                        request -> "tok".equals(request.query().get("access_token"))
                                        && "oABC".equals(request.query().get("openid"))
                                ? json("{'errcode':0,'errmsg':'ok'}")
                                : json("{'errcode':40003,'errmsg':'invalid openid'}"),
                        "oABC",
                        ""),
                new Provider(
                        "weibo",
                        "Weibo",
                        "api.weibo.com/oauth2/access_token",
                        formToken("{'access_token':'tok','expires_in':1234,'uid':'1404376560'}", 400),
                        "api.weibo.com/oauth2/get_token_info",
                        request -> "tok".equals(request.form().get("access_token"))
                                ? json("{'uid':1404376560,'appkey':'our-app','expire_in':157679471}")
                                : Reply.of(400, "application/json", "{\"error\":\"invalid_access_token\"}"),
                        "1404376560",
                        ""));
    }

    private static Function<Request, Reply> formToken(String token, int statusOfWrongCode) {
        return request -> "good".equals(request.form().get("code"))
                ? json(token)
                : Reply.of(statusOfWrongCode, "application/json", "{\"error\":\"invalid_grant\"}");
    }

    private static Function<Request, Reply> ifBearer(String user) {
        return request -> "Bearer tok".equals(request.headers().get("authorization"))
                ? json(user)
                : Reply.of(401, "application/json", "{}");
    }

    private static Reply json(String text) {
        return Reply.json(text.replace('\'', '"'));
    }

    private AuthAdapter open(Provider provider, Map<String, ?> options) {
        standIn.on(provider.exchange(), provider.token());
        standIn.on(provider.user(), provider.owner());
        return BuiltInProviders.open(provider.name(), settings(options), standIn.http());
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aCodeBecomesAnIdAndATokenAndIsNotStored(Provider provider) {
        Obj stored = signUp(open(provider, OPTIONS), provider.code("good"));
        assertThat(stored).isEqualTo(Obj.of("access_token", text("tok"), "id", text(provider.id())));
    }

    @ParameterizedTest
    @MethodSource("providers")
    void theServerExchangesTheCodeAsItself(Provider provider) {
        signUp(open(provider, OPTIONS), provider.code("good"));
        Request exchange = standIn.requests(provider.exchange()).getFirst();
        String sent = exchange.body() + exchange.query();
        assertThat(sent).contains("our-app").contains("good");
        // With PKCE the verifier stands for the secret.
        assertThat(sent).contains(provider.name().equals("spotify") ? "code_verifier=v" : "our-secret");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aWrongCodeIsRefused(Provider provider) {
        assertThat(refusal(open(provider, OPTIONS), provider.code("bad"))).matches("(101|142) .+");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aTokenOfTheClientIsNoProofHoweverGenuine(Provider provider) {
        AuthAdapter adapter = open(provider, OPTIONS);
        assertThat(refusal(adapter, obj("{\"access_token\":\"tok\",\"id\":\"" + provider.id() + "\"}")))
                .isEqualTo("142 " + provider.label() + " code is required.");
        assertThat(standIn.requests()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aCodeOfOneUserDoesNotLogInAnother(Provider provider) {
        AuthAdapter adapter = open(provider, OPTIONS);
        standIn.on("www.googleapis.com/games/v1/players/somebody", provider.owner());
        Obj authData = provider.code("good").with("id", text("somebody"));
        assertThat(refusal(adapter, authData)).matches("(101 .* auth is invalid for this user\\.|142 Invalid .*)");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void anIdThatIsAnOperatorIsRefused(Provider provider) {
        Obj authData = provider.code("good").with("id", obj("{\"$ne\":null}"));
        assertThat(refusal(open(provider, OPTIONS), authData))
                .isEqualTo("101 " + provider.label() + " auth is invalid for this user.");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void aCodeThatIsNoTextIsMissing(Provider provider) {
        assertThat(refusal(open(provider, OPTIONS), obj("{\"code\":{\"$gt\":\"\"}}")))
                .isEqualTo("142 " + provider.label() + " code is required.");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void onlyTheIdIsShown(Provider provider) {
        AuthAdapter adapter = open(provider, OPTIONS);
        assertThat(adapter.afterFind(obj("{\"id\":\"1\",\"access_token\":\"tok\"}"), Caller.SERVER))
                .isEqualTo(obj("{\"id\":\"1\"}"));
    }

    @ParameterizedTest
    @MethodSource("providers")
    void insecurelyATokenOfTheClientIsTried(Provider provider) {
        AuthAdapter adapter = open(provider, Map.of("enableInsecureAuth", true));
        // Here the player is asked for by the id of the client.
        standIn.on("www.googleapis.com/games/v1/players/" + provider.id(), provider.owner());
        Obj authData = obj("{\"access_token\":\"tok\",\"id\":\"" + provider.id() + "\"}");

        assertThat(signUp(adapter, authData)).isEqualTo(authData);
        assertThat(refusal(adapter, authData.with("access_token", text("other"))))
                .matches("(101|142) .+");
        assertThat(refusal(adapter, authData.with("id", text("other")))).matches("(101|142) .+");
        assertThat(refusal(adapter, obj("{\"id\":\"" + provider.id() + "\"}")))
                .isEqualTo("101 " + provider.label() + " auth is invalid for this user.");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void missingOptionsEndTheStart(Provider provider) {
        assertThatThrownBy(() -> open(provider, null))
                .isInstanceOf(OptionsException.class)
                .hasMessage(provider.label() + " options are required.");
        assertThatThrownBy(() -> open(provider, Map.of())).hasMessage(provider.label() + " clientId is required.");
        assertThatThrownBy(() -> open(provider, Map.of("clientId", "a")))
                .hasMessage(provider.label() + " clientSecret is required.");
    }

    @ParameterizedTest
    @MethodSource("providers")
    void nonsenseFromTheProviderIsARefusal(Provider provider) {
        for (String body : new String[] {"", "<html>", "[]", "{}", "null", "callback(", "{\"access_token\":{}}"}) {
            AuthAdapter adapter = open(provider, OPTIONS);
            standIn.on(provider.exchange(), request -> Reply.of(200, "text/plain", body));
            assertThat(refusal(adapter, provider.code("good"))).as(body).matches("(101|142) .+");

            standIn.on(provider.exchange(), provider.token());
            standIn.on(provider.user(), request -> Reply.of(200, "text/plain", body));
            assertThat(refusal(adapter, provider.code("good"))).as(body).matches("(101|142) .+");
        }
    }

    @Test
    void theErrorOfTheExchangeIsTold() {
        Provider github = provider("github");
        AuthAdapter adapter = open(github, OPTIONS);
        assertThat(refusal(adapter, github.code("bad"))).isEqualTo("101 The code is incorrect.");
        standIn.on(github.exchange(), 503, "{}");
        assertThat(refusal(adapter, github.code("good")))
                .isEqualTo("142 Failed to exchange code for token: Service Unavailable");
    }

    /** The server asked whatever address the client gave, with its token (fixed in 9.1.1). */
    @Test
    void instagramIgnoresAnAddressOfTheClient() {
        Provider instagram = provider("instagram");
        AuthAdapter adapter = open(instagram, OPTIONS);
        signUp(adapter, instagram.code("good").with("apiURL", text("https://evil.example/")));
        assertThat(standIn.requests()).extracting(Request::url).doesNotContain("evil.example/me");
    }

    @Test
    void thePlayerIdOfAClientCannotChangeThePath() {
        Provider gpgames = provider("gpgames");
        AuthAdapter adapter = open(gpgames, OPTIONS);
        refusal(adapter, gpgames.code("good").with("id", text("../../oauth2/v1/userinfo?x=")));
        assertThat(standIn.requests())
                .extracting(Request::url)
                .last()
                .asString()
                .isEqualTo("www.googleapis.com/games/v1/players/..%2F..%2Foauth2%2Fv1%2Fuserinfo%3Fx%3D");
    }

    @Test
    void linkedInIsToldOfItsMobileSdk() {
        Provider linkedIn = provider("linkedin");
        AuthAdapter adapter = open(linkedIn, OPTIONS);
        signUp(adapter, linkedIn.code("good").with("is_mobile_sdk", ParseValue.TRUE));
        signUp(adapter, linkedIn.code("good"));
        assertThat(standIn.requests(linkedIn.user()))
                .extracting(request -> request.headers().get("x-li-src"))
                .containsExactly("msdk", null);
    }

    @Test
    void spotifyNeedsTheVerifierOfTheClient() {
        Provider spotify = provider("spotify");
        assertThat(refusal(open(spotify, OPTIONS), spotify.code("good").without("code_verifier")))
                .startsWith("101 Spotify auth configuration authData.code");
    }

    private static Provider provider(String name) {
        return providers().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
    }

    private static Str text(String value) {
        return new Str(value);
    }
}
