package dev.kami.parse.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.Exchange.Answer;
import dev.kami.parse.TestCore;
import dev.kami.parse.auth.Auth;
import dev.kami.parse.options.OptionsBuilder;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Users as they are created and changed. */
class SignUpTest {
    private TestCore core = TestCore.start();

    @AfterEach
    void close() {
        core.close();
    }

    private void restart(Consumer<OptionsBuilder> change) {
        core.close();
        core = TestCore.start(change);
    }

    private Answer signUp(String body) {
        return core.as(Auth.NOBODY).post("/users", body);
    }

    private Answer signUp() {
        return signUp("{'username':'ann','password':'secret','email':'ann@example.org'}");
    }

    private ParseObject stored(String userId) {
        return core.accounts()
                .rows()
                .first("_User", new EqualTo("objectId", ParseValue.of(userId)))
                .orElseThrow();
    }

    private ParseObject session(String token) {
        return core.accounts().sessions().find(token).orElseThrow();
    }

    private static ParseValue json(String text) {
        return JsonReader.read(text.replace('\'', '"'));
    }

    @Test
    void aSignUpAnswersIdDateAndToken() {
        Answer answer = signUp();

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().fields().keySet()).containsExactly("objectId", "createdAt", "sessionToken");
        assertThat(answer.headers()).containsEntry("Location", TestCore.SERVER_URL + "/users/" + answer.objectId());
        assertThat(session(answer.json().text("sessionToken")).get("createdWith"))
                .isEqualTo(json("{'action':'signup','authProvider':'password'}"));
    }

    @Test
    void onlyTheHashOfThePasswordIsStored() {
        ParseObject user = stored(signUp().objectId());

        assertThat(user.fields()).contains("_hashed_password").doesNotContain("password");
        assertThat(core.accounts()
                        .passwords()
                        .matches("secret", ((ParseValue.Str) user.get("_hashed_password")).value()))
                .isTrue();
    }

    @Test
    void noCallerIsEverShownAPasswordOrAToken() {
        Answer answer = signUp();
        String path = "/users/" + answer.objectId();

        for (Auth auth : List.of(Auth.MASTER, Auth.READ_ONLY_MASTER)) {
            assertThat(core.as(auth).get(path).body()).doesNotContain("password", "sessionToken", "$2b$");
            assertThat(core.as(auth).get("/users").body()).doesNotContain("password", "sessionToken", "$2b$");
        }
        // The maintenance key reads internal fields, but the hash leaves the server for nobody.
        assertThat(core.as(Auth.MAINTENANCE).get(path).body()).doesNotContain("$2b$");
        assertThat(core.withToken(answer.json().text("sessionToken")).get(path).body())
                .contains(answer.json().text("sessionToken"))
                .doesNotContain("password", "$2b$");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|200|bad or missing username",
                "{'username':'','password':'p'}|200|bad or missing username",
                "{'username':null,'password':'p'}|200|bad or missing username",
                "{'username':5,'password':'p'}|200|bad or missing username",
                "{'username':{'$ne':'x'},'password':'p'}|200|bad or missing username",
                "{'username':'ann'}|201|password is required",
                "{'username':'ann','password':''}|201|password is required",
                "{'username':'ann','password':7}|201|password is required",
                "{'username':'ann','password':{'__op':'Delete'}}|201|password is required",
                "{'authData':{},'username':'ann'}|201|password is required",
                "{'authData':{'anonymous':{}}}|200|bad or missing username",
                "{'username':'ann','password':'p','email':'nobody'}|125|Email address format is invalid.",
                "{'username':'ann','password':'p','email':'a@'}|125|Email address format is invalid.",
                "{'username':'ann','password':'p','email':'@'}|125|Email address format is invalid.",
                "{'username':'ann','password':'p','email':5}|111|schema mismatch for _User.email; expected String but got Number",
                "{'username':'ann','password':'p','emailVerified':true}|119|Clients aren't allowed to manually update email verification.",
                "{'username':'ann','password':'p','emailVerified':null}|119|Clients aren't allowed to manually update email verification.",
                "{'username':'ann','password':'p','_hashed_password':'x'}|105|Invalid field name: _hashed_password.",
            })
    void aSignUpIsRefused(String body, int code, String text) {
        signUp(body).fails(code, text);

        assertThat(core.accounts().rows().find("_User", Constraint.ALWAYS, -1)).isEmpty();
    }

    @Test
    void namesAndAddressesAreUniqueWhateverTheirCase() {
        signUp();

        signUp("{'username':'ANN','password':'p'}").fails(202, "Account already exists for this username.");
        signUp("{'username':'bob','password':'p','email':'Ann@Example.org'}")
                .fails(203, "Account already exists for this email address.");
        String bob = signUp("{'username':'bob','password':'p'}").objectId();
        core.as(Auth.MASTER)
                .put("/users/" + bob, "{'username':'Ann'}")
                .fails(202, "Account already exists for this username.");
        core.as(Auth.MASTER)
                .put("/users/" + bob, "{'email':'ANN@example.org'}")
                .fails(203, "Account already exists for this email address.");
        assertThat(core.as(Auth.MASTER)
                        .put("/users/" + bob, "{'username':'Bob'}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void manySignUpsWithOneNameMakeOneUserAndTheOthersAreToldWhy() throws Exception {
        var signUps = new ArrayList<Callable<String>>();
        for (int i = 0; i < 6; i++) {
            String email = "a" + i + "@example.org";
            signUps.add(() -> {
                Answer answer = signUp("{'username':'ann','password':'p','email':'" + email + "'}");
                return answer.status() == 201
                        ? "made"
                        : answer.json().get("code").toJson();
            });
        }
        var answers = new ArrayList<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var result : threads.invokeAll(signUps)) {
                answers.add(result.get());
            }
        }

        assertThat(answers).containsExactlyInAnyOrder("made", "202", "202", "202", "202", "202");
        assertThat(core.accounts().rows().find("_User", Constraint.ALWAYS, -1)).hasSize(1);
    }

    @Test
    void theMasterKeyMayConfirmAnAddress() {
        String id = core.as(Auth.MASTER)
                .post("/users", "{'username':'ann','password':'p','emailVerified':true}")
                .objectId();

        assertThat(stored(id).get("emailVerified")).isEqualTo(ParseValue.TRUE);
    }

    @Test
    void newUsersArePrivate() {
        Answer ann = signUp();

        assertThat(stored(ann.objectId()).get("ACL"))
                .isEqualTo(json("{'" + ann.objectId() + "':{'read':true,'write':true}}"));
        core.as(Auth.NOBODY).get("/users/" + ann.objectId()).fails(101, "Object not found.");
    }

    @Test
    void newUsersArePublicWhenTheOptionSaysSo() {
        restart(options -> options.set("enforcePrivateUsers", false));

        String id = signUp().objectId();

        assertThat(stored(id).get("ACL"))
                .isEqualTo(json("{'*':{'read':true},'" + id + "':{'read':true,'write':true}}"));
    }

    @Test
    void aUserAlwaysKeepsTheOwnEntryInTheOwnAcl() {
        Answer ann = signUp("{'username':'ann','password':'p','ACL':{'role:x':{'read':true}}}");
        String id = ann.objectId();
        assertThat(stored(id).get("ACL"))
                .isEqualTo(json("{'role:x':{'read':true},'" + id + "':{'read':true,'write':true}}"));

        core.withToken(ann.json().text("sessionToken"))
                .put("/users/" + id, "{'ACL':{}}")
                .json();
        assertThat(stored(id).get("ACL")).isEqualTo(json("{'" + id + "':{'read':true,'write':true}}"));

        core.as(Auth.MASTER).put("/users/" + id, "{'ACL':{}}").json();
        assertThat(stored(id).get("ACL")).isEqualTo(Obj.EMPTY);
    }

    @Test
    void namesAreStoredInLowerCaseWhenTheOptionsSaySo() {
        restart(options -> options.set("convertUsernameToLowercase", true).set("convertEmailToLowercase", true));

        Answer ann = signUp("{'username':'Ann','password':'p','email':'Ann@Example.ORG'}");

        assertThat(stored(ann.objectId()).get("username")).isEqualTo(ParseValue.of("ann"));
        assertThat(stored(ann.objectId()).get("email")).isEqualTo(ParseValue.of("ann@example.org"));
        core.withToken(ann.json().text("sessionToken"))
                .put("/users/" + ann.objectId(), "{'email':'ANN@x.org'}")
                .json();
        assertThat(stored(ann.objectId()).get("email")).isEqualTo(ParseValue.of("ann@x.org"));
    }

    @Test
    void aSignUpFromCloudCodeBeginsNoSession() {
        restart(options -> options.set("verifyUserEmails", false));
        var info = new dev.kami.parse.auth.RequestInfo("-", "cloud", "127.0.0.1", java.util.Map.of(), Obj.EMPTY);
        var written = core.operations().create(new dev.kami.parse.auth.Caller(Auth.NOBODY, info), "_User", (Obj)
                json("{'username':'ann','password':'p'}"));

        assertThat(written.body().has("sessionToken")).isFalse();
    }

    @Test
    void aUserWhoMustConfirmTheAddressGetsNoSession() {
        restart(SignUpTest::confirming);

        Answer answer = signUp();

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().has("sessionToken")).isFalse();
    }

    private static void confirming(OptionsBuilder options) {
        options.set("verifyUserEmails", true)
                .set("preventLoginWithUnverifiedEmail", true)
                .set("appName", "App")
                .set("publicServerURL", "http://localhost/parse")
                .set("emailAdapter", "log");
    }

    @Test
    void anUnconfirmedSignUpIsAnErrorWhenTheOptionSaysSo() {
        restart(options -> {
            confirming(options);
            options.set("preventSignupWithUnverifiedEmail", true);
        });

        signUp().fails(205, "User email is not verified.");

        assertThat(core.accounts().rows().find("_User", Constraint.ALWAYS, -1)).hasSize(1);
    }

    @Test
    void aClosedSignUpTellsNothingAboutNames() {
        signUp();
        core.as(Auth.MASTER)
                .put("/schemas/_User", "{'classLevelPermissions':{'create':{},'find':{'*':true},'get':{'*':true}}}")
                .json();

        signUp("{'username':'ann','password':'p'}").fails(119, "Permission denied for action create on class _User.");
        signUp("{'username':'other','password':'p'}").fails(119, "Permission denied for action create on class _User.");
    }

    // ---- changing ---------------------------------------------------------------------------------------------------

    @Test
    void nobodyChangesAUserWithoutASession() {
        String id = signUp().objectId();

        core.as(Auth.NOBODY).put("/users/" + id, "{'nick':'x'}").fails(206, "Cannot modify user " + id + ".");
        core.as(Auth.NOBODY).delete("/users/" + id).fails(206, "Insufficient auth to delete user");
    }

    @Test
    void nobodyChangesAnotherUser() {
        String ann = signUp().objectId();
        String bob = signUp("{'username':'bob','password':'p'}").json().text("sessionToken");

        core.withToken(bob).put("/users/" + ann, "{'nick':'x'}").fails(206, "Insufficient auth.");
        core.withToken(bob).put("/users/" + ann, "{'password':'x'}").fails(206, "Insufficient auth.");
        core.withToken(bob).delete("/users/" + ann).fails(206, "Insufficient auth.");
        core.as(Auth.MASTER).put("/users/none", "{'nick':'x'}").fails(101, "Object not found.");
    }

    @Test
    void aNewPasswordEndsAllSessionsAndBeginsOneForTheUser() {
        Answer ann = signUp();
        String first = ann.json().text("sessionToken");
        String second = core.accounts().sessions().create(ann.objectId(), null, null);
        var caller = core.withToken(first);
        core.withToken(second);

        Answer changed = caller.put("/users/" + ann.objectId(), "{'password':'other'}");

        assertThat(changed.json().fields().keySet()).containsExactly("updatedAt", "sessionToken");
        assertThat(core.accounts().sessions().find(first)).isEmpty();
        assertThat(core.accounts().sessions().find(second)).isEmpty();
        assertThat(core.accounts()
                        .sessions()
                        .resolve(changed.json().text("sessionToken"))
                        .userId())
                .isEqualTo(ann.objectId());
        core.as(Auth.NOBODY)
                .post("/login", "{'username':'ann','password':'secret'}")
                .fails(101, "Invalid username/password.");
        assertThat(core.as(Auth.NOBODY)
                        .post("/login", "{'username':'ann','password':'other'}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aPasswordSetByTheMasterKeyBeginsNoSession() {
        Answer ann = signUp();

        Answer changed = core.as(Auth.MASTER).put("/users/" + ann.objectId(), "{'password':'other'}");

        assertThat(changed.json().fields().keySet()).containsExactly("updatedAt");
        assertThat(core.accounts().sessions().find(ann.json().text("sessionToken")))
                .isEmpty();
    }

    @Test
    void sessionsSurviveANewPasswordWhenTheOptionSaysSo() {
        restart(options -> options.set("revokeSessionOnPasswordReset", false));
        Answer ann = signUp();
        String token = ann.json().text("sessionToken");

        Answer changed = core.withToken(token).put("/users/" + ann.objectId(), "{'password':'other'}");

        assertThat(core.accounts().sessions().resolve(token).userId()).isEqualTo(ann.objectId());
        assertThat(changed.json().text("sessionToken")).startsWith("r:").isNotEqualTo(token);
    }

    @Test
    void aNewPasswordSetBySomebodyElseGivesHimNoSession() {
        Answer ann = signUp("{'username':'ann','password':'p','ACL':{'*':{'read':true,'write':true}}}");
        String bob = signUp("{'username':'bob','password':'p'}").json().text("sessionToken");

        Answer changed = core.withToken(bob).put("/users/" + ann.objectId(), "{'password':'other'}");

        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().has("sessionToken")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"password,other", "email,new@example.org"})
    void aNewPasswordOrAddressMakesResetLinksWorthless(String field, String value) {
        String id = signUp().objectId();
        core.as(Auth.MAINTENANCE)
                .put("/users/" + id, "{'_perishable_token':'abc'}")
                .json();

        core.as(Auth.MASTER).put("/users/" + id, "{'nick':'x'}").json();
        assertThat(stored(id).has("_perishable_token")).isTrue();
        core.as(Auth.MASTER)
                .put("/users/" + id, "{'" + field + "':'" + value + "'}")
                .json();
        assertThat(stored(id).has("_perishable_token")).isFalse();
    }

    // ---- the option passwordPolicy ----------------------------------------------------------------------------------

    @Test
    void aPasswordMustFitThePattern() {
        restart(options -> options.set("passwordPolicy.validatorPattern", "^(?=.*[a-z])(?=.*[0-9]).{4,}"));

        signUp("{'username':'ann','password':'abcd'}")
                .fails(142, "Password does not meet the Password Policy requirements.");
        assertThat(signUp("{'username':'ann','password':'abc4'}").status()).isEqualTo(201);
    }

    @Test
    void aPasswordMustPleaseTheCallbackAndTheTextMayBeOwn() {
        Predicate<String> even = password -> password.length() % 2 == 0;
        restart(options -> options.set("passwordPolicy.validatorCallback", even)
                .set("passwordPolicy.validationError", "An even number of letters."));

        signUp("{'username':'ann','password':'abc'}").fails(142, "An even number of letters.");
        Answer ann = signUp("{'username':'ann','password':'abcd'}");
        core.withToken(ann.json().text("sessionToken"))
                .put("/users/" + ann.objectId(), "{'password':'x'}")
                .fails(142, "An even number of letters.");
    }

    @Test
    void aPasswordMustNotHoldTheUsername() {
        restart(options -> options.set("passwordPolicy.doNotAllowUsername", true));

        signUp("{'username':'ann','password':'xannx'}").fails(142, "Password cannot contain your username.");
        String id = signUp("{'username':'ann','password':'p'}").objectId();
        core.as(Auth.MASTER)
                .put("/users/" + id, "{'password':'1ann'}")
                .fails(142, "Password cannot contain your username.");
        core.as(Auth.MASTER)
                .put("/users/" + id, "{'username':'bob','password':'1ann'}")
                .json();
    }

    @Test
    void oldPasswordsMayNotComeBack() {
        restart(options -> options.set("passwordPolicy.maxPasswordHistory", 3));
        String id = signUp("{'username':'ann','password':'p1'}").objectId();
        String refusal = "New password should not be the same as last 3 passwords.";

        change(id, "p1").fails(142, refusal);
        change(id, "p2").json();
        change(id, "p3").json();
        change(id, "p1").fails(142, refusal);
        change(id, "p2").fails(142, refusal);
        change(id, "p3").fails(142, refusal);
        change(id, "p4").json();
        assertThat(change(id, "p1").status()).isEqualTo(200);
        assertThat(((ParseValue.Array) stored(id).get("_password_history")).items())
                .hasSize(2);
    }

    private Answer change(String userId, String password) {
        return core.as(Auth.MASTER).put("/users/" + userId, "{'password':'" + password + "'}");
    }

    @Test
    void theAgeOfAPasswordIsOnlyKeptWhenItMatters() {
        assertThat(stored(signUp().objectId()).has("_password_changed_at")).isFalse();
        restart(options -> options.set("passwordPolicy.maxPasswordAge", 1));

        assertThat(stored(signUp().objectId()).has("_password_changed_at")).isTrue();
    }
}
