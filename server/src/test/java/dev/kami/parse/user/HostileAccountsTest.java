package dev.kami.parse.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.Exchange;
import dev.kami.parse.TestCore;
import dev.kami.parse.auth.Auth;
import dev.kami.parse.email.EmailAdapter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every part of every body of the account routes as every kind of JSON: always an answer, never a defect. */
class HostileAccountsTest {
    private static final List<String> KINDS = List.of(
            "null",
            "true",
            "false",
            "0",
            "-1.5e300",
            "''",
            "'text'",
            "'a@b.c'",
            "[]",
            "[null,[1],{}]",
            "{}",
            "{'a':{'b':[1]}}",
            "{'$ne':null}",
            "{'$regex':'.*'}",
            "{'__op':'Delete'}",
            "{'__op':'Increment','amount':1}",
            "{'__op':'Wrong'}",
            "{'__type':'Date','iso':'2020-01-01T00:00:00.000Z'}",
            "{'__type':'Pointer','className':'A','objectId':'b'}",
            "{'__type':'Wrong'}",
            "{'constructor':1,'__proto__':2}");

    private static TestCore core;
    private static String userId;
    private static String token;

    @BeforeAll
    static void start() {
        EmailAdapter adapter = mail -> {};
        core = TestCore.start(options -> options.set("appName", "App")
                .set("publicServerURL", "http://localhost/parse")
                .set("emailAdapter", adapter)
                .set("verifyUserEmails", true)
                .set("passwordPolicy", Map.of("maxPasswordHistory", 2, "doNotAllowUsername", true))
                .set(
                        "auth",
                        Map.of(
                                "mfa", Map.of("options", List.of("TOTP")),
                                "word", Map.of("module", "code-word", "options", Map.of("word", "w")))));
        var signUp = core.as(Auth.NOBODY).post("/users", "{'username':'ann','password':'secret'}");
        userId = signUp.objectId();
        token = signUp.json().text("sessionToken");
    }

    @AfterAll
    static void stop() {
        core.close();
    }

    static Stream<String> bodies() {
        return Stream.of(
                "POST /users {'authData':?}",
                "POST /users {'authData':?,'username':'new','password':'p'}",
                "POST /users {'authData':{'anonymous':?}}",
                "POST /users {'authData':{'word':?,'mfa':?}}",
                "POST /users {'authData':{'word':{'id':?,'word':'w'}}}",
                "POST /users {'authData':{'word':{'id':'1','word':'w','more':?}}}",
                "POST /users {'authData':{'mfa':{'secret':?,'token':?}},'username':'mfa','password':'p'}",
                "POST /users {'username':?,'password':'p'}",
                "POST /users {'username':'other','password':?}",
                "POST /users {'username':'other','password':'p','email':?}",
                "PUT /users/@me {'authData':?}",
                "PUT /users/@me {'authData':{'word':?}}",
                "PUT /users/@me {'authData':{'mfa':{'old':?,'secret':?,'token':?}}}",
                "PUT /users/@me {'email':?}",
                "POST /login {'username':?,'password':?}",
                "POST /login {'username':'ann','password':'secret','authData':?}",
                "POST /login {'username':'ann','password':'secret','authData':{'word':?}}",
                "POST /login {'username':'ann','password':'secret','authData':{'mfa':{'token':?}}}",
                "POST /login {'username':'ann','password':'secret','ignoreEmailVerification':?}",
                "POST /challenge {'challengeData':?}",
                "POST /challenge {'challengeData':{'word':?}}",
                "POST /challenge {'challengeData':{'word':1},'authData':?}",
                "POST /challenge {'challengeData':{'word':1},'authData':{'word':?}}",
                "POST /challenge {'challengeData':{'word':1},'authData':{'word':{'id':?}}}",
                "POST /challenge {'challengeData':{'word':1},'username':?,'password':?}",
                "POST /requestPasswordReset {'email':?}",
                "POST /requestPasswordReset {'token':?}",
                "POST /requestPasswordReset {'email':?,'token':?}",
                "POST /verificationEmailRequest {'email':?}",
                "POST /installations {'installationId':?,'deviceType':'ios'}",
                "POST /installations {'deviceToken':?,'deviceType':'ios'}",
                "POST /installations {'installationId':'i','deviceToken':?,'deviceType':?}",
                "POST /installations {'installationId':'i','deviceType':'ios','appIdentifier':?}",
                "POST /installations {'installationId':'i','deviceType':'ios','objectId':?,'createdAt':?}",
                "POST /installations {'installationId':'i','deviceType':'ios','channels':?}");
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void everyBodyIsAnswered(String line) {
        String[] parts = line.split(" ", 3);
        boolean own = parts[1].contains("@me");
        List<Exchange> callers = own
                ? List.of(core.withToken(token), core.as(Auth.NOBODY))
                : List.of(core.as(Auth.NOBODY), core.as(Auth.MASTER));
        for (Exchange caller : callers) {
            for (String kind : KINDS) {
                var answer = caller.send(parts[0], parts[1].replace("@me", userId), parts[2].replace("?", kind));
                assertThat(answer.status()).as(line + " with " + kind).isLessThan(500);
                assertThat(answer.body())
                        .doesNotContain("_hashed_password", "_email_verify_token", "_perishable_token");
            }
        }
    }
}
