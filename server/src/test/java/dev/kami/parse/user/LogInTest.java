package dev.kami.parse.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.Exchange.Answer;
import dev.kami.parse.TestCore;
import dev.kami.parse.auth.Auth;
import dev.kami.parse.log.Log;
import dev.kami.parse.op.FieldOp;
import dev.kami.parse.options.OptionsBuilder;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Date;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogInTest {
    private static final String WRONG = "Invalid username/password.";
    private static final String LOCKED =
            "Your account is locked due to multiple failed login attempts. Please try again after 5 minute(s)";

    private Instant now = Instant.parse("2026-01-02T03:04:05.678Z");
    private TestCore core;
    private String ann;

    @AfterEach
    void close() {
        core.close();
    }

    private void start(Consumer<OptionsBuilder> change) {
        core = TestCore.start(Log.off(), () -> now, storage -> storage, change);
        ann = core.as(Auth.MASTER)
                .post("/users", "{'username':'ann','password':'secret','email':'ann@example.org'}")
                .objectId();
    }

    private void start() {
        start(_ -> {});
    }

    private Answer logIn(String body) {
        return core.as(Auth.NOBODY).post("/login", body);
    }

    private Answer logIn(String username, String password) {
        return logIn("{'username':'" + username + "','password':'" + password + "'}");
    }

    private ParseObject stored() {
        return core.accounts()
                .rows()
                .first("_User", new EqualTo("objectId", ParseValue.of(ann)))
                .orElseThrow();
    }

    private void set(String field, ParseValue value) {
        var ops = new LinkedHashMap<String, FieldOp>();
        ops.put(field, new FieldOp.Set(value));
        core.accounts().rows().update("_User", new EqualTo("objectId", ParseValue.of(ann)), ops);
    }

    @Test
    void theUserIsAnsweredWithATokenAndWithoutSecrets() {
        start();

        Answer answer = logIn("ann", "secret");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().fields().keySet())
                .containsExactlyInAnyOrder(
                        "objectId", "createdAt", "updatedAt", "username", "email", "ACL", "sessionToken");
        ParseObject session = core.accounts()
                .sessions()
                .find(answer.json().text("sessionToken"))
                .orElseThrow();
        assertThat(session.get("createdWith"))
                .isEqualTo(JsonReader.read("{\"action\":\"login\",\"authProvider\":\"password\"}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'username':'ann','password':'secret'}|200",
                "{'username':'ann@example.org','password':'secret'}|200",
                "{'email':'ann@example.org','password':'secret'}|200",
                "{'email':'ann@example.org','username':'ann','password':'secret'}|200",
                "{'email':'ann@example.org','username':'bob','password':'secret'}|404",
                "{'email':'ann','password':'secret'}|404",
                "{'username':'Ann','password':'secret'}|404",
                "{'username':'ann','password':'Secret'}|404",
                "{'username':'nobody','password':'secret'}|404",
            })
    void eitherNameWillDoAndBothMustFit(String body, int status) {
        start();

        assertThat(logIn(body).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|200|username/email is required.",
                "{'password':'x'}|200|username/email is required.",
                "{'username':'','email':null,'password':'x'}|200|username/email is required.",
                "{'username':'ann'}|201|password is required.",
                "{'username':'ann','password':''}|201|password is required.",
                "{'username':'ann','password':7}|101|Invalid username/password.",
                "{'username':{'$ne':'x'},'password':'secret'}|101|Invalid username/password.",
                "{'username':['ann'],'password':'secret'}|101|Invalid username/password.",
                "{'email':{'$regex':'.'},'password':'secret'}|101|Invalid username/password.",
                "{'username':'ann','password':{'$ne':'x'}}|101|Invalid username/password.",
            })
    void whatIsNoTextIsWrong(String body, int code, String text) {
        start();

        logIn(body).fails(code, text);
    }

    @Test
    void aNameThatIsAnothersAddressBelongsToItsOwner() {
        start();
        String bob = core.as(Auth.MASTER)
                .post("/users", "{'username':'ann@example.org','password':'secret'}")
                .objectId();

        assertThat(logIn("ann@example.org", "secret").objectId()).isEqualTo(bob);
    }

    @Test
    void credentialsMayComeInTheQueryString() {
        start();
        core.as(Auth.MASTER)
                .post("/users", "{'username':'123','password':'456'}")
                .json();

        assertThat(core.as(Auth.NOBODY)
                        .get("/login?username=ann&password=secret")
                        .status())
                .isEqualTo(200);
        assertThat(core.as(Auth.NOBODY).get("/login?username=123&password=456").status())
                .isEqualTo(200);
        core.as(Auth.NOBODY).get("/login").fails(200, "username/email is required.");
    }

    @Test
    void anAccountWithoutPasswordCannotBeLoggedInto() {
        start();
        set("_hashed_password", ParseValue.NULL);

        logIn("ann", "secret").fails(101, WRONG);
    }

    @Test
    void anAccountThatTheMasterKeyHasTakenAwayIsLocked() {
        start();
        core.as(Auth.MASTER).put("/users/" + ann, "{'ACL':{}}").json();

        logIn("ann", "secret").fails(101, WRONG);
        assertThat(core.as(Auth.MASTER)
                        .post("/login", "{'username':'ann','password':'secret'}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void permissionsHoldForTheAnswerToo() {
        start();
        core.as(Auth.MASTER)
                .put("/schemas/_User", "{'classLevelPermissions':{'get':{},'find':{}}}")
                .json();

        Answer answer = logIn("ann", "secret");

        assertThat(answer.json().fields().keySet()).containsExactly("objectId", "sessionToken");
        assertThat(core.as(Auth.NOBODY)
                        .post("/verifyPassword", "{'username':'ann','password':'secret'}")
                        .body())
                .isEqualTo("{\"objectId\":\"" + ann + "\"}");
    }

    @Test
    void protectedFieldsAreHiddenFromTheOwnerWhenTheOptionSaysSo() {
        start(options -> options.set("protectedFieldsOwnerExempt", false));

        Answer answer = logIn("ann", "secret");

        assertThat(answer.json().has("email")).isFalse();
        assertThat(core.withToken(answer.json().text("sessionToken"))
                        .get("/users/me")
                        .json()
                        .has("email"))
                .isFalse();
        assertThat(core.as(Auth.NOBODY)
                        .post("/verifyPassword", "{'username':'ann','password':'secret'}")
                        .json()
                        .has("email"))
                .isFalse();
    }

    @Test
    void checkingAPasswordBeginsNoSession() {
        start();

        Answer answer = core.as(Auth.NOBODY).get("/verifyPassword?username=ann&password=secret");

        assertThat(answer.json().text("username")).isEqualTo("ann");
        assertThat(answer.json().has("sessionToken")).isFalse();
        core.as(Auth.NOBODY).get("/verifyPassword?username=ann&password=x").fails(101, WRONG);
    }

    // ---- the master key ---------------------------------------------------------------------------------------------

    @Test
    void theMasterKeyLogsInAsAnybody() {
        start();

        Answer answer = core.as(Auth.MASTER).post("/loginAs", "{'userId':'" + ann + "'}");

        assertThat(answer.json().text("email")).isEqualTo("ann@example.org");
        String token = answer.json().text("sessionToken");
        assertThat(core.accounts().sessions().resolve(token).userId()).isEqualTo(ann);
        assertThat(core.accounts().sessions().find(token).orElseThrow().get("createdWith"))
                .isEqualTo(JsonReader.read("{\"action\":\"login\",\"authProvider\":\"masterkey\"}"));
    }

    @Test
    void nobodyElseLogsInAsAnybody() {
        start();
        String body = "{'userId':'" + ann + "'}";

        core.as(Auth.NOBODY).post("/loginAs", body).fails(119, "master key is required");
        core.as(Auth.MAINTENANCE).post("/loginAs", body).fails(119, "master key is required");
        core.as(Auth.READ_ONLY_MASTER)
                .post("/loginAs", body)
                .fails(119, "read-only masterKey isn't allowed to login as another user.");
        core.as(Auth.MASTER).post("/loginAs", "{}").fails(162, "userId must not be empty, null, or undefined");
        core.as(Auth.MASTER).post("/loginAs", "{'userId':'none'}").fails(101, "user not found");
    }

    // ---- the address ------------------------------------------------------------------------------------------------

    private void startConfirming() {
        start(options -> options.set("verifyUserEmails", true)
                .set("preventLoginWithUnverifiedEmail", true)
                .set("appName", "App")
                .set("publicServerURL", "http://localhost/parse")
                .set("emailAdapter", "log"));
    }

    @Test
    void anUnconfirmedAddressKeepsOut() {
        startConfirming();

        logIn("ann", "secret").fails(205, "User email is not verified.");
        logIn("ann", "wrong").fails(101, WRONG);
        set("emailVerified", ParseValue.TRUE);
        assertThat(logIn("ann", "secret").status()).isEqualTo(200);
    }

    @Test
    void onlyTheMasterKeyMayIgnoreAnUnconfirmedAddress() {
        startConfirming();
        String body = "{'username':'ann','password':'secret','ignoreEmailVerification':true}";

        logIn(body).fails(205, "User email is not verified.");
        assertThat(core.as(Auth.MASTER).post("/login", body).status()).isEqualTo(200);
        assertThat(core.as(Auth.MAINTENANCE).post("/verifyPassword", body).status())
                .isEqualTo(200);
    }

    // ---- age --------------------------------------------------------------------------------------------------------

    @Test
    void aPasswordThatIsTooOldMustBeReset() {
        start(options -> options.set("passwordPolicy.maxPasswordAge", 2));

        now = now.plus(Duration.ofDays(2));
        assertThat(logIn("ann", "secret").status()).isEqualTo(200);
        now = now.plusMillis(1);
        logIn("ann", "secret").fails(101, "Your password has expired. Please reset your password.");
        assertThat(core.as(Auth.NOBODY)
                        .post("/verifyPassword", "{'username':'ann','password':'secret'}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aPasswordOlderThanTheOptionCountsFromTheNextLogIn() {
        start(options -> options.set("passwordPolicy.maxPasswordAge", 2));
        set("_password_changed_at", ParseValue.NULL);
        now = now.plus(Duration.ofDays(9));

        assertThat(logIn("ann", "secret").status()).isEqualTo(200);

        assertThat(stored().get("_password_changed_at")).isEqualTo(new Date(now.toEpochMilli()));
    }

    // ---- the lock ---------------------------------------------------------------------------------------------------

    private void startLocking() {
        start(options -> options.set("accountLockout.threshold", 3).set("accountLockout.duration", 5));
    }

    @Test
    void tooManyFailedLogInsCloseAnAccountForAWhile() {
        startLocking();
        for (int i = 0; i < 3; i++) {
            logIn("ann", "wrong").fails(101, WRONG);
        }

        logIn("ann", "wrong").fails(101, LOCKED);
        logIn("ann", "secret").fails(101, LOCKED);
        now = now.plus(Duration.ofMinutes(5));
        assertThat(logIn("ann", "secret").status()).isEqualTo(200);
        assertThat(stored().get("_failed_login_count")).isEqualTo(ParseValue.of(0));
    }

    @Test
    void oneMoreFailureAfterTheLockClosesTheAccountAgain() {
        startLocking();
        for (int i = 0; i < 3; i++) {
            logIn("ann", "wrong").fails(101, WRONG);
        }
        now = now.plus(Duration.ofMinutes(5));

        logIn("ann", "wrong").fails(101, LOCKED);
        logIn("ann", "secret").fails(101, LOCKED);
    }

    @Test
    void aGoodLogInForgetsFailedOnes() {
        startLocking();
        for (int round = 0; round < 2; round++) {
            logIn("ann", "wrong").fails(101, WRONG);
            logIn("ann", "wrong").fails(101, WRONG);
            assertThat(logIn("ann", "secret").status()).isEqualTo(200);
        }
    }

    @Test
    void failedLogInsAtTheSameMomentAreAllCounted() throws Exception {
        startLocking();
        var guesses = new ArrayList<Callable<String>>();
        for (int i = 0; i < 12; i++) {
            guesses.add(() -> logIn("ann", "wrong").json().text("error"));
        }
        int answered = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var result : threads.invokeAll(guesses)) {
                answered += result.get().equals(WRONG) ? 1 : 0;
            }
        }

        assertThat(answered).isEqualTo(3);
        logIn("ann", "secret").fails(101, LOCKED);
    }

    @Test
    void anUnknownNameIsNeverLocked() {
        startLocking();
        for (int i = 0; i < 5; i++) {
            logIn("nobody", "wrong").fails(101, WRONG);
        }
    }

    // ---- me and out -------------------------------------------------------------------------------------------------

    @Test
    void meIsTheUserOfTheSession() {
        start();
        String token = logIn("ann", "secret").json().text("sessionToken");

        Answer me = core.withToken(token).get("/users/me");

        assertThat(me.json().text("email")).isEqualTo("ann@example.org");
        assertThat(me.json().text("sessionToken")).isEqualTo(token);
        core.as(Auth.NOBODY).get("/users/me").fails(209, "Invalid session token");
        core.as(Auth.MASTER).get("/users/me").fails(209, "Invalid session token");
    }

    @Test
    void logOutEndsTheSession() {
        start();
        String token = logIn("ann", "secret").json().text("sessionToken");

        core.withToken(token).post("/logout", "{}").answers(200, "{}");

        assertThat(core.accounts().sessions().find(token)).isEmpty();
        core.as(Auth.NOBODY).post("/logout", "{}").answers(200, "{}");
    }
}
