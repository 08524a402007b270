package dev.kami.parse.user;

import dev.kami.parse.Exchange.Answer;
import dev.kami.parse.TestCore;
import dev.kami.parse.auth.Auth;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The step before a log-in. */
class ChallengesTest {
    private final TestCore core = TestCore.start(options -> options.set(
            "auth",
            Map.of(
                    "word", Map.of("module", "code-word", "options", Map.of("word", "xyz")),
                    "other", Map.of("module", "code-word", "options", Map.of("word", "abc")))));

    @BeforeEach
    void signUp() {
        core.as(Auth.NOBODY)
                .post("/users", "{'username':'ann','password':'secret'}")
                .json();
        core.as(Auth.NOBODY)
                .post("/users", "{'authData':{'word':{'id':'1','word':'xyz'}}}")
                .json();
    }

    @AfterEach
    void close() {
        core.close();
    }

    private Answer challenge(String body) {
        return core.as(Auth.NOBODY).post("/challenge", body);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'challengeData':{'word':1}}",
                "{'challengeData':{'word':{}},'username':'ann','password':'secret'}",
                "{'challengeData':{'word':true,'nope':1,'anonymous':1},'authData':{'word':{'id':'1','word':'xyz'}}}",
            })
    void aProviderAnswersWithAChallenge(String body) {
        challenge(body).answers(200, "{'challengeData':{'word':{'hint':'x'}}}");
    }

    @Test
    void providersAnswerInTheOrderOfTheirNames() {
        challenge("{'challengeData':{'word':1,'other':1}}")
                .answers(200, "{'challengeData':{'other':{'hint':'a'},'word':{'hint':'x'}}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|-1|Nothing to challenge.",
                "{'challengeData':''}|-1|Nothing to challenge.",
                "{'challengeData':'x'}|-1|challengeData should be an object.",
                "{'challengeData':{'word':1},'authData':'x'}|-1|authData should be an object.",
                "{'challengeData':{'word':1},'authData':{'word':'x'}}|-1|authData.word should be an object.",
                "{'challengeData':{'word':1},'username':'ann'}|-1|You provided username or email, you need to also provide password.",
                "{'challengeData':{'word':1},'username':'ann','password':'no'}|101|Invalid username/password.",
                "{'challengeData':{'word':1},'username':'ann','password':'secret','authData':{'word':{}}}|-1|You cannot provide username/email and authData, only use one identification method.",
                "{'challengeData':{'word':1},'authData':{'word':{'id':'1'},'other':{'id':'2'}}}|-1|You cannot provide more than one authData provider with an id.",
                "{'challengeData':{'word':1},'authData':{'word':{'id':'1','word':'no'}}}|101|User not found.",
                "{'challengeData':{'word':1},'authData':{'word':{'id':'2','word':'xyz'}}}|101|User not found.",
                "{'challengeData':{'word':1},'authData':{'word':{'id':{'$ne':'x'},'word':'xyz'}}}|101|User not found.",
                "{'challengeData':{'word':1},'authData':{'nope':{'id':'1'}}}|101|User not found.",
                "{'challengeData':{'word':1},'authData':{'word':{}}}|101|User not found.",
                "{'challengeData':{'word':null}}|141|Challenge failed. Unknown error."
            })
    void whatDoesNotFitTogetherIsRefused(String body, int code, String text) {
        challenge(body).fails(code, text);
    }
}
