package dev.kami.parse.auth.provider;

import static dev.kami.parse.auth.provider.Attempts.obj;
import static dev.kami.parse.auth.provider.Attempts.refusal;
import static dev.kami.parse.auth.provider.Attempts.signUp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kami.parse.auth.AuthAdapter;
import dev.kami.parse.auth.Caller;
import dev.kami.parse.auth.ProviderSettings;
import dev.kami.parse.auth.provider.StandIn.Reply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TwitterTest {
    private static final String EXCHANGE = "api.twitter.com/oauth/access_token";
    private static final String VERIFY = "api.twitter.com/1.1/account/verify_credentials.json";
    private static final Map<String, ?> APP = Map.of("consumer_key", "key", "consumer_secret", "secret");

    private final StandIn standIn = new StandIn();

    @AfterEach
    void stop() {
        standIn.close();
    }

    private AuthAdapter open(Object options) {
        return BuiltInProviders.open(
                "twitter", new ProviderSettings("twitter", options, true, () -> Attempts.NOW), standIn.http());
    }

    private void exchangeAnswers() {
        standIn.on(
                EXCHANGE,
                request -> "ver".equals(request.form().get("oauth_verifier"))
                                && request.headers().get("authorization").contains("oauth_token=\"req\"")
                        ? Reply.of(
                                200,
                                "text/html",
                                "oauth_token=6253282-tok&oauth_token_secret=sec&user_id=6253282&screen_name=twitterapi")
                        : Reply.of(401, "text/html", "Invalid request token."));
    }

    @Test
    void aVerifierBecomesAnIdAndAToken() {
        exchangeAnswers();
        for (Map<String, ?> names : List.of(APP, Map.of("consumerKey", "key", "consumerSecret", "secret"))) {
            assertThat(signUp(open(names), obj("{\"oauth_token\":\"req\",\"oauth_verifier\":\"ver\"}")))
                    .isEqualTo(obj("{\"auth_token\":\"6253282-tok\",\"id\":\"6253282\"}"));
        }
        assertThat(standIn.requests().getFirst().headers().get("authorization"))
                .startsWith("OAuth oauth_consumer_key=\"key\", oauth_nonce=\"")
                .contains("oauth_signature=\"", "oauth_timestamp=\"1767268800\"")
                .doesNotContain("secret");
    }

    @Test
    void aWrongVerifierOrAnotherUserIsRefused() {
        exchangeAnswers();
        AuthAdapter adapter = open(APP);
        assertThat(refusal(adapter, obj("{\"oauth_token\":\"req\",\"oauth_verifier\":\"bad\"}")))
                .isEqualTo("101 Failed to exchange access token.");
        assertThat(refusal(adapter, obj("{\"id\":\"1\",\"oauth_token\":\"req\",\"oauth_verifier\":\"ver\"}")))
                .isEqualTo("101 Twitter auth is invalid for this user.");
        assertThat(refusal(adapter, obj("{\"id\":\"6253282\",\"oauth_token\":\"req\"}")))
                .isEqualTo("142 Twitter code is required.");
    }

    @Test
    void insecurelyTheTokensOfTheClientAreTried() {
        standIn.on(
                VERIFY,
                request -> request.headers().get("authorization").contains("oauth_token=\"tok\"")
                        ? Reply.json("{\"id\":6253282,\"id_str\":\"6253282\"}")
                        : Reply.of(401, "application/json", "{\"errors\":[{\"code\":89}]}"));
        AuthAdapter adapter =
                open(Map.of("consumer_key", "key", "consumer_secret", "secret", "enableInsecureAuth", true));
        signUp(adapter, obj("{\"id\":\"6253282\",\"oauth_token\":\"tok\",\"oauth_token_secret\":\"s\"}"));
        signUp(adapter, obj("{\"id\":\"6253282\",\"auth_token\":\"tok\",\"auth_token_secret\":\"s\"}"));
        assertThat(refusal(adapter, obj("{\"id\":\"1\",\"oauth_token\":\"tok\",\"oauth_token_secret\":\"s\"}")))
                .isEqualTo("101 Twitter auth is invalid for this user.");
        assertThat(refusal(adapter, obj("{\"id\":\"6253282\",\"oauth_token\":\"x\",\"oauth_token_secret\":\"s\"}")))
                .isEqualTo("101 Twitter auth is invalid for this user.");
        assertThat(refusal(adapter, obj("{\"id\":\"6253282\"}")))
                .isEqualTo("101 Twitter insecure auth requires oauth_token and oauth_token_secret.");
    }

    @Test
    void insecureAuthNeedsTheServersConsent() {
        var settings = new ProviderSettings("twitter", Map.of("enableInsecureAuth", true), false, () -> Attempts.NOW);
        AuthAdapter adapter = BuiltInProviders.open("twitter", settings, standIn.http());
        assertThat(refusal(adapter, obj("{\"id\":\"1\",\"oauth_token\":\"t\",\"oauth_token_secret\":\"s\"}")))
                .isEqualTo("101 Twitter auth configuration missing consumer_key and/or consumer_secret.");
    }

    @Test
    void theClientChoosesOneOfSeveralAppsByItsKey() {
        exchangeAnswers();
        AuthAdapter adapter = open(List.of(APP, Map.of("consumer_key", "other", "consumer_secret", "s")));
        signUp(adapter, obj("{\"consumer_key\":\"other\",\"oauth_token\":\"req\",\"oauth_verifier\":\"ver\"}"));
        assertThat(standIn.requests().getFirst().headers().get("authorization"))
                .contains("oauth_consumer_key=\"other\"");
        assertThat(refusal(adapter, obj("{\"consumer_key\":\"none\",\"oauth_token\":\"req\"}")))
                .isEqualTo("101 Twitter auth is invalid for this user.");
    }

    @Test
    void onlyTheIdIsShown() {
        assertThat(open(APP).afterFind(obj("{\"id\":\"1\",\"auth_token\":\"t\"}"), Caller.SERVER))
                .isEqualTo(obj("{\"id\":\"1\"}"));
    }

    @Test
    void missingOptionsEndTheStart() {
        assertThatThrownBy(() -> open(null)).hasMessage("Twitter auth options are required.");
        assertThatThrownBy(() -> open(List.of())).hasMessage("Twitter auth options are required.");
        assertThatThrownBy(() -> open(Map.of("consumer_key", "k")))
                .hasMessage("Consumer key and secret are required for secure Twitter auth.");
    }

    /** The example of Twitter's documentation, "Creating a signature". */
    @Test
    void aRequestIsSignedAsTwitterDocuments() {
        String header = OAuth1.header(
                "POST",
                "https://api.twitter.com/1.1/statuses/update.json",
                Map.of("status", "Hello Ladies + Gentlemen, a signed OAuth request!", "include_entities", "true"),
                "xvz1evFS4wEEPTGEFPHBog",
                "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
                "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
                "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE",
                "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg",
                1318622958);
        assertThat(header).contains("oauth_signature=\"hCtSmYh%2BiHYCEqBWrE7C7hYmtUk%3D\"");
    }
}
