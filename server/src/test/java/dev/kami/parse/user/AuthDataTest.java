package dev.kami.parse.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.Exchange;
import dev.kami.parse.Exchange.Answer;
import dev.kami.parse.TestCore;
import dev.kami.parse.auth.Auth;
import dev.kami.parse.auth.Caller;
import dev.kami.parse.auth.RequestInfo;
import dev.kami.parse.auth.SmsSender;
import dev.kami.parse.log.Log;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.rest.CountingStorage;
import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Users with accounts at log-in providers, over a whole server without HTTP. */
class AuthDataTest {
    /** Base 32 of twenty bytes "A". */
    private static final String SECRET = "IFAUCQKBIFAUCQKBIFAUCQKBIFAUCQKB";

    private final Map<String, String> messages = new ConcurrentHashMap<>();
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private CountingStorage storage;
    private TestCore core;

    @BeforeEach
    void start() {
        start(Map.of("options", List.of("TOTP")));
    }

    private void start(Map<String, Object> mfa) {
        var auth = new HashMap<String, Object>();
        auth.put("word", codeWord("DEFAULT"));
        auth.put("other", codeWord("DEFAULT"));
        auth.put("solo", codeWord("SOLO"));
        auth.put("off", Map.of("enabled", false, "module", "code-word", "options", Map.of("word", "w")));
        auth.put("mfa", mfa);
        core = TestCore.start(
                Log.off(),
                () -> now,
                store -> storage = new CountingStorage(store),
                options -> options.set("auth", auth));
    }

    private void restartWithSms() {
        core.close();
        SmsSender sender = (token, mobile) -> messages.put(mobile, token);
        start(Map.of("options", List.of("SMS"), "sendSMS", sender));
    }

    private static Map<String, Object> codeWord(String policy) {
        return Map.of("module", "code-word", "options", Map.of("word", "w", "policy", policy));
    }

    @AfterEach
    void close() {
        core.close();
    }

    private Exchange nobody() {
        return core.as(Auth.NOBODY);
    }

    private Exchange as(Answer login) {
        return core.withToken(login.json().text("sessionToken"));
    }

    private Answer enter(String authData) {
        return nobody().post("/users", "{'authData':" + authData + "}");
    }

    private static String word(String id) {
        return "{'word':{'id':'" + id + "','word':'w'}}";
    }

    private Answer signUp(String name) {
        return nobody().post("/users", "{'username':'" + name + "','password':'secret'}");
    }

    private Answer update(Answer login, String body) {
        return as(login).put("/users/" + login.objectId(), body);
    }

    private ParseObject stored(String userId) {
        return core.accounts()
                .rows()
                .first("_User", new EqualTo("objectId", new Str(userId)))
                .orElseThrow();
    }

    private Obj authData(Answer user) {
        return stored(user.objectId()).get("authData") instanceof Obj authData ? authData : Obj.EMPTY;
    }

    private static ParseValue json(String text) {
        return JsonReader.read(text.replace('\'', '"'));
    }

    private List<ParseObject> users() {
        return core.accounts().rows().find("_User", Constraint.ALWAYS, -1);
    }

    private ParseObject session(Answer login) {
        return core.accounts()
                .sessions()
                .find(login.json().text("sessionToken"))
                .orElseThrow();
    }

    // ---- sign-up and log-in -----------------------------------------------------------------------------------------

    @Test
    void whoIsNewSignsUpWithAGeneratedNameAndASession() {
        Answer answer = enter(word("1"));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().fields().keySet())
                .containsExactlyInAnyOrder("objectId", "createdAt", "username", "sessionToken", "authDataResponse");
        assertThat(answer.json().text("username")).matches("[A-Za-z0-9]{25}");
        assertThat(answer.json().get("authDataResponse")).isEqualTo(Obj.EMPTY);
        assertThat(authData(answer)).isEqualTo(json("{'word':{'id':'1'}}"));
        assertThat(session(answer).get("createdWith")).isEqualTo(json("{'action':'login','authProvider':'word'}"));
    }

    @Test
    void whoIsKnownLogsInAndSeesTheOwnRecord() {
        Answer first = enter(word("1"));
        Answer second = enter(word("1"));

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.objectId()).isEqualTo(first.objectId());
        assertThat(second.json().fields().keySet())
                .contains("createdAt", "updatedAt", "username", "ACL", "authData", "authDataResponse")
                .doesNotContain("_hashed_password", "password");
        assertThat(second.json().text("createdAt")).isEqualTo("2026-01-02T03:04:05.000Z");
        assertThat(second.json().text("sessionToken"))
                .startsWith("r:")
                .isNotEqualTo(first.json().text("sessionToken"));
        assertThat(session(second).get("createdWith")).isEqualTo(json("{'action':'login','authProvider':'word'}"));
        assertThat(second.headers()).containsEntry("Location", TestCore.SERVER_URL + "/users/" + first.objectId());
        assertThat(users()).hasSize(1);
    }

    @Test
    void anAnonymousUserIsOneAgainWithTheSameId() {
        Answer first = enter("{'anonymous':{'id':'a'}}");

        assertThat(enter("{'anonymous':{'id':'a'}}").objectId()).isEqualTo(first.objectId());
        assertThat(enter("{'anonymous':{'id':'b'}}").status()).isEqualTo(201);
        assertThat(session(first).get("createdWith")).isEqualTo(json("{'action':'login','authProvider':'anonymous'}"));
    }

    @Test
    void anonymousUsersCanBeSwitchedOff() {
        core.close();
        core = TestCore.start(options -> options.set("enableAnonymousUsers", false));

        enter("{'anonymous':{'id':'a'}}").fails(252, "This authentication method is unsupported.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'authData':{'nope':{'id':'1'}}}|252|This authentication method is unsupported.",
                "{'authData':{'off':{'id':'1','word':'w'}}}|252|This authentication method is unsupported.",
                "{'authData':{'constructor':{'id':'1'}}}|105|Prohibited keyword in request data: {\"key\":\"constructor\"}.",
                "{'authData':{'toString':{'id':'1'}}}|252|This authentication method is unsupported.",
                "{'authData':null,'username':'a','password':'b'}|252|This authentication method is unsupported.",
                "{'authData':'x','username':'a','password':'b'}|252|This authentication method is unsupported.",
                "{'authData':5,'username':'a','password':'b'}|111|schema mismatch for _User.authData; expected Object but got Number",
                "{'authData':{'__op':'Delete'},'username':'a','password':'b'}|252|This authentication method is unsupported.",
                "{'authData':{'word':'x'},'username':'a','password':'b'}|252|This authentication method is unsupported.",
                "{'authData':{'word':['x']},'username':'a','password':'b'}|252|This authentication method is unsupported.",
                "{'authData':{'a.b':{'id':'1'}}}|121|Nested keys should not contain the '$' or '.' characters",
                "{'authData':{'word':{'id':'1','word':'no'}}}|101|Wrong word.",
                "{'authData':{'word':{'id':'1','crash':true}}}|141|Auth failed. Unknown error."
            })
    void dataThatProvesNothingIsRefused(String body, int code, String text) {
        nobody().post("/users", body).fails(code, text);

        assertThat(users()).isEmpty();
    }

    /** GHSA-wjqw-r9x4-j59v */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}",
                "{'word':{}}",
                "{'anonymous':{}}",
                "{'word':null}",
                "{'word':false}",
                "{'word':0}",
                "{'word':''}"
            })
    void emptyAuthDataDoesNotReplaceNameAndPassword(String authData) {
        enter(authData).fails(200, "bad or missing username");

        assertThat(users()).isEmpty();
    }

    /** GHSA-5fw2-8jcv-xh87 */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{'$ne':'x'}", "{'$regex':'.*'}", "7", "true", "['1']"})
    void anIdThatIsNoTextCannotBecomeAnOperator(String id) {
        enter(word("1"));

        enter("{'word':{'id':" + id + ",'word':'w'}}").fails(162, "Invalid authData id for provider 'word'.");
        enter("{'anonymous':{'id':" + id + "}}").fails(162, "Invalid authData id for provider 'anonymous'.");
    }

    /** GHSA-pfj7-wv7c-22pr */
    @Test
    void theIdAloneLogsNobodyIn() {
        enter(word("1"));

        enter("{'word':{'id':'1'}}").fails(101, "Wrong word.");
    }

    /** GHSA-g4cf-xj29-wqqr */
    @Test
    void anUnknownProviderIsNotSearchedFor() {
        storage.calls();

        enter("{'nope':{'id':'1'}}").fails(252, "This authentication method is unsupported.");
        enter("{'facebook':{'id':'1','access_token':'t'}}");

        assertThat(storage.calls()).isEmpty();
    }

    @Test
    void aLogInCostsOneSearchForTheUser() {
        enter(word("1"));
        storage.calls();

        enter(word("1"));

        assertThat(storage.calls())
                .containsExactlyInAnyOrder("find _User", "insert _Session", "find _Role", "find _User");
    }

    @Test
    void twoProvidersOfDifferentUsersAreNotOneLogIn() {
        enter(word("1"));
        enter("{'other':{'id':'2','word':'w'}}");

        enter("{'word':{'id':'1','word':'w'},'other':{'id':'2','word':'w'}}").fails(208, "this auth is already used");
    }

    @Test
    void twoProvidersOfOneUserAreOneLogIn() {
        Answer both = enter("{'word':{'id':'1','word':'w'},'other':{'id':'2','word':'w'}}");

        Answer again = enter("{'word':{'id':'1','word':'w'},'other':{'id':'2','word':'w'}}");

        assertThat(again.objectId()).isEqualTo(both.objectId());
        assertThat(session(again).get("createdWith")).isEqualTo(json("{'action':'login','authProvider':'word,other'}"));
    }

    @Test
    void changedDataIsStoredAtLogIn() {
        Answer user = enter(word("1"));

        enter("{'word':{'id':'1','word':'w','colour':'red'}}");

        assertThat(authData(user)).isEqualTo(json("{'word':{'id':'1','colour':'red'}}"));
    }

    @Test
    void aSecondProviderIsLinkedByALogInThatProvesBoth() {
        Answer user = enter(word("1"));

        enter("{'word':{'id':'1','word':'w'},'other':{'id':'2','word':'w'}}");

        assertThat(authData(user)).isEqualTo(json("{'word':{'id':'1'},'other':{'id':'2'}}"));
        assertThat(enter("{'other':{'id':'2','word':'w'}}").objectId()).isEqualTo(user.objectId());
    }

    /** 9.6: two sign-ups at once made two users. */
    @Test
    @Timeout(60)
    void manySignUpsWithOneIdAtOnceMakeOneUser() throws Exception {
        List<Answer> answers = atOnce(8, () -> enter(word("same")));

        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 400)
                .allSatisfy(answer -> answer.fails(208, "this auth is already used"));
        assertThat(users()).hasSize(1);
    }

    @Test
    void aUserLockedByTheMasterKeyIsNotFoundAndKeepsTheId() {
        Answer user = enter(word("1"));
        core.as(Auth.MASTER).put("/users/" + user.objectId(), "{'ACL':{}}").json();

        enter(word("1")).fails(208, "this auth is already used");
        assertThat(users()).hasSize(1);
    }

    @Test
    void aSignUpFromCloudCodeBeginsNoSession() {
        var info = new RequestInfo("-", "cloud", "127.0.0.1", Map.of(), Obj.EMPTY);
        var caller = new Caller(Auth.NOBODY, info);
        Obj body = (Obj) json("{'authData':" + word("1") + "}");

        assertThat(core.operations().create(caller, "_User", body).body().has("sessionToken"))
                .isFalse();
        var login = core.operations().create(caller, "_User", body);
        assertThat(login.status()).isEqualTo(200);
        assertThat(login.body().has("sessionToken")).isFalse();
    }

    @Test
    void whoIsLoggedInSignsUpAnotherWithoutASessionForHim() {
        Answer ann = signUp("ann");

        Answer made = as(ann).post("/users", "{'authData':" + word("1") + "}");

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().has("sessionToken")).isFalse();
        as(ann).post("/users", "{'authData':" + word("1") + "}").fails(208, "this auth is already used");
    }

    @Test
    void theMasterKeyProvesAsEverybodyDoes() {
        enter(word("1"));

        core.as(Auth.MASTER).post("/users", "{'authData':{'word':{'id':'1'}}}").fails(101, "Wrong word.");
        Answer in = core.as(Auth.MASTER).post("/users", "{'authData':" + word("1") + "}");
        assertThat(in.status()).isEqualTo(200);
        assertThat(in.json().has("sessionToken")).isFalse();
    }

    // ---- linking ----------------------------------------------------------------------------------------------------

    @Test
    void aUserLinksAProviderAndLogsInWithIt() {
        Answer ann = signUp("ann");

        update(ann, "{'authData':" + word("1") + "}").answers(200, "{'updatedAt':'@date','authDataResponse':{}}");

        assertThat(enter(word("1")).objectId()).isEqualTo(ann.objectId());
        as(ann).get("/users/me").json();
    }

    @Test
    void aProviderOfAnotherUserCannotBeLinked() {
        Answer bob = enter(word("1"));
        Answer ann = signUp("ann");

        update(ann, "{'authData':" + word("1") + "}").fails(208, "this auth is already used");
        assertThat(authData(ann)).isEqualTo(Obj.EMPTY);
        assertThat(authData(bob)).isEqualTo(json("{'word':{'id':'1'}}"));
    }

    /** GHSA-8w3j-g983-8jh5: only who proves an account learns that it is in use. */
    @Test
    void nobodyFindsOutWhoHasAnIdByLinkingIt() {
        enter(word("1"));
        Answer ann = signUp("ann");

        String taken =
                update(ann, "{'authData':{'word':{'id':'1','word':'guess'}}}").body();

        assertThat(update(ann, "{'authData':{'word':{'id':'free','word':'guess'}}}")
                        .body())
                .isEqualTo(taken);
    }

    @Test
    void nullUnlinksOneProviderAndLeavesTheOthers() {
        Answer user = enter("{'word':{'id':'1','word':'w'},'other':{'id':'2','word':'w'}}");

        update(user, "{'authData':{'word':null}}").answers(200, "{'updatedAt':'@date','authDataResponse':{}}");

        assertThat(authData(user)).isEqualTo(json("{'other':{'id':'2'}}"));
        assertThat(enter(word("1")).status()).isEqualTo(201);
    }

    @Test
    void aUserWithoutProvidersShowsNoAuthData() {
        Answer user = enter(word("1"));

        update(user, "{'authData':{'word':null}}").json();

        assertThat(as(user).get("/users/me").json().has("authData")).isFalse();
    }

    @Test
    void whatIsSentBackAsItWasShownIsNotProvenAgain() {
        Answer user = enter(word("1"));

        update(user, "{'authData':{'word':{'id':'1'}},'colour':'red'}").answers(200, "{'updatedAt':'@date'}");
        update(user, "{'authData':{'word':{'id':'1'},'other':{'id':'2','word':'w'}}}")
                .json();
        update(user, "{'authData':{'word':{'id':'3'}}}").fails(206, "Insufficient auth.");

        assertThat(authData(user)).isEqualTo(json("{'word':{'id':'1'},'other':{'id':'2'}}"));
    }

    /** 9.6 */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"authData.word", "authData.word.id", "authData.mfa.secret"})
    void dataOfAProviderIsNotWrittenByPath(String path) {
        Answer user = enter(word("1"));

        update(user, "{'" + path + "':'x'}").fails(105, "Invalid field name for update: " + path);
        update(user, "{'" + path + "':{'__op':'Delete'}}").fails(105, "Invalid field name for update: " + path);
        update(user, "{'authData':{'word.id':null}}")
                .fails(121, "Nested keys should not contain the '$' or '.' characters");
        assertThat(authData(user)).isEqualTo(json("{'word':{'id':'1'}}"));
    }

    @Test
    void anotherUserCannotLink() {
        Answer user = enter(word("1"));
        Answer ann = signUp("ann");
        String path = "/users/" + user.objectId();

        as(ann).put(path, "{'authData':{'other':{'id':'2','word':'w'}}}").fails(206, "Insufficient auth.");
        as(ann).put(path, "{'authData':{'word':null}}").fails(206, "Insufficient auth.");
        nobody().put(path, "{'authData':{'word':null}}").fails(206, "Cannot modify user " + user.objectId() + ".");
        assertThat(authData(user)).isEqualTo(json("{'word':{'id':'1'}}"));
    }

    @Test
    void theMasterKeyLinksForSomebody() {
        Answer ann = signUp("ann");

        core.as(Auth.MASTER)
                .put("/users/" + ann.objectId(), "{'authData':" + word("1") + "}")
                .answers(200, "{'updatedAt':'@date','authDataResponse':{}}");

        assertThat(enter(word("1")).objectId()).isEqualTo(ann.objectId());
    }

    @Test
    void anAnonymousUserBecomesOneWithNameAndPassword() {
        Answer user = enter("{'anonymous':{'id':'a'}}");

        Answer upgraded = update(user, "{'username':'ann','password':'secret','authData':{'anonymous':null}}");

        assertThat(upgraded.json().text("sessionToken")).startsWith("r:");
        assertThat(nobody().post("/login", "{'username':'ann','password':'secret'}")
                        .objectId())
                .isEqualTo(user.objectId());
        assertThat(enter("{'anonymous':{'id':'a'}}").objectId()).isNotEqualTo(user.objectId());
    }

    @Test
    void anAnonymousUserBecomesOneOfAProvider() {
        Answer user = enter("{'anonymous':{'id':'a'}}");

        update(user, "{'authData':{'anonymous':null,'word':{'id':'1','word':'w'}}}")
                .json();

        assertThat(enter(word("1")).objectId()).isEqualTo(user.objectId());
    }

    // ---- a second factor --------------------------------------------------------------------------------------------

    private String code() {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(
                    new SecretKeySpec("A".repeat(20).getBytes(java.nio.charset.StandardCharsets.US_ASCII), "HmacSHA1"));
            byte[] hash = mac.doFinal(java.nio.ByteBuffer.allocate(8)
                    .putLong(now.getEpochSecond() / 30)
                    .array());
            int at = hash[hash.length - 1] & 15;
            int number = java.nio.ByteBuffer.wrap(hash, at, 4).getInt() & Integer.MAX_VALUE;
            return "%06d".formatted(number % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private String enrol(Answer user) {
        Answer answer = update(user, "{'authData':{'mfa':{'secret':'" + SECRET + "','token':'" + code() + "'}}}");
        return ((Obj) ((Obj) answer.json().get("authDataResponse")).get("mfa")).text("recovery");
    }

    private Answer logIn(String name, String mfa) {
        String authData = mfa == null ? "" : ",'authData':{'mfa':" + mfa + "}";
        return nobody().post("/login", "{'username':'" + name + "','password':'secret'" + authData + "}");
    }

    @Test
    void aLogInByPasswordNeedsTheSecondFactorThatWasSetUp() {
        Answer ann = signUp("ann");
        assertThat(enrol(ann)).hasSize(62);

        logIn("ann", null).fails(-1, "Missing additional authData mfa");
        logIn("ann", "{'token':'000000'}").fails(141, "Invalid MFA token");
        logIn("ann", "null").fails(-1, "Missing additional authData mfa");
        Answer in = logIn("ann", "{'token':'" + code() + "'}");
        assertThat(in.status()).isEqualTo(200);
        assertThat(in.json().get("authDataResponse")).isEqualTo(Obj.EMPTY);
        assertThat(session(in).get("createdWith")).isEqualTo(json("{'action':'login','authProvider':'password'}"));
    }

    @Test
    void aWrongPasswordIsSaidBeforeAMissingSecondFactor() {
        enrol(signUp("ann"));

        nobody().post("/login", "{'username':'ann','password':'wrong'}").fails(101, "Invalid username/password.");
    }

    @Test
    void aLogInByProviderNeedsTheSecondFactorToo() {
        Answer user = enter(word("1"));
        enrol(user);

        enter(word("1")).fails(-1, "Missing additional authData mfa");
        enter("{'word':{'id':'1','word':'w'},'mfa':{'token':'000000'}}").fails(141, "Invalid MFA token");
        enter("{'word':{'id':'1','word':'w'},'mfa':null}").fails(-1, "Missing additional authData mfa");
        assertThat(enter("{'word':{'id':'1','word':'w'},'mfa':{'token':'" + code() + "'}}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aSoloProviderNeedsNoSecondFactor() {
        Answer user = enter("{'solo':{'id':'1','word':'w'}}");
        enrol(user);

        assertThat(enter("{'solo':{'id':'1','word':'w'}}").status()).isEqualTo(200);
    }

    /** GHSA-4hf6-3x24-c9m8 */
    @Test
    void aRecoveryCodeIsGoodOnce() {
        String[] codes = enrol(signUp("ann")).split(", ");

        assertThat(logIn("ann", "{'token':'" + codes[0] + "'}").status()).isEqualTo(200);
        logIn("ann", "{'token':'" + codes[0] + "'}").fails(141, "Invalid MFA token");
        assertThat(logIn("ann", "{'token':'" + codes[1] + "'}").status()).isEqualTo(200);
    }

    private List<Answer> atOnce(int clients, java.util.concurrent.Callable<Answer> request) throws Exception {
        try (var threads = Executors.newFixedThreadPool(clients)) {
            var answers = new ArrayList<Answer>();
            for (Future<Answer> answer : threads.invokeAll(java.util.Collections.nCopies(clients, request))) {
                answers.add(answer.get());
            }
            return answers;
        }
    }

    /** GHSA-2299-ghjr-6vjp */
    @Test
    @Timeout(60)
    void ofTwoLogInsWithOneRecoveryCodeAtOnceOneSucceeds() throws Exception {
        Answer ann = signUp("ann");
        String code = enrol(ann).split(", ")[0];

        List<Answer> answers = atOnce(6, () -> logIn("ann", "{'token':'" + code + "'}"));

        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.status() != 200).allSatisfy(answer -> assertThat(answer.body())
                .contains("\"code\":141"));
        assertThat(((Array) ((Obj) authData(ann).get("mfa")).get("recovery")).items())
                .hasSize(1);
    }

    /** GHSA-w73w-g5xw-rwhf */
    @Test
    @Timeout(60)
    void ofManyLogInsByProviderWithOneRecoveryCodeAtOnceOneSucceeds() throws Exception {
        Answer user = enter(word("1"));
        String code = enrol(user).split(", ")[0];

        List<Answer> answers = atOnce(6, () -> enter("{'word':{'id':'1','word':'w'},'mfa':{'token':'" + code + "'}}"));

        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
    }

    /** GHSA-jpq4-7fmq-q5fj */
    @Test
    @Timeout(60)
    void aCodeSentByMessageIsGoodOnceEvenAtOnce() throws Exception {
        restartWithSms();
        Answer ann = signUp("ann");
        update(ann, "{'authData':{'mfa':{'mobile':'+15550001'}}}").json();
        update(ann, "{'authData':{'mfa':{'mobile':'+15550001','token':'" + messages.get("+15550001") + "'}}}")
                .json();

        logIn("ann", "{'token':'request'}").fails(141, "Please enter the token");
        String code = messages.get("+15550001");
        List<Answer> answers = atOnce(6, () -> logIn("ann", "{'token':'" + code + "'}"));

        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        logIn("ann", "{'token':'" + code + "'}").fails(141, "Invalid MFA token 1");
    }

    @Test
    void theMasterKeyLoggingInDoesNotReplaceTheSecondFactor() {
        Answer ann = signUp("ann");
        enrol(ann);
        Obj before = authData(ann);

        core.as(Auth.MASTER)
                .post("/login", "{'username':'ann','password':'secret','authData':{'mfa':{'token':'" + code() + "'}}}")
                .json();

        assertThat(authData(ann)).isEqualTo(before);
    }

    @Test
    void anSdkThatSendsBackTheStateOfTheSecondFactorCanLinkAnotherProvider() {
        Answer ann = signUp("ann");
        enrol(ann);

        update(ann, "{'authData':{'mfa':{'status':'enabled'},'word':{'id':'1','word':'w'}}}")
                .json();

        assertThat(authData(ann).fields().keySet()).containsExactlyInAnyOrder("mfa", "word");
    }

    @Test
    void aProviderOfAnotherUserIsNoFurtherProofAtLogIn() {
        enter(word("1"));
        signUp("ann");

        nobody().post("/login", "{'username':'ann','password':'secret','authData':" + word("1") + "}")
                .fails(208, "this auth is already used");
    }

    // ---- what is shown ----------------------------------------------------------------------------------------------

    /** GHSA-37mj-c2wf-cx96, GHSA-wp76-gg32-8258, GHSA-75v4-m273-5j49 */
    @Test
    void secretsOfASecondFactorAreShownToNobodyButTheMasterKey() {
        Answer ann = signUp("ann");
        enrol(ann);
        String credentials = "{'username':'ann','password':'secret'}";
        var seen = new LinkedHashMap<String, String>();
        seen.put("me", as(ann).get("/users/me").body());
        seen.put("get", as(ann).get("/users/" + ann.objectId()).body());
        seen.put("find", as(ann).get("/users").body());
        seen.put("verifyPassword", nobody().post("/verifyPassword", credentials).body());
        seen.put("login", logIn("ann", "{'token':'" + code() + "'}").body());

        assertThat(seen.values()).allSatisfy(body -> assertThat(body)
                .contains("\"mfa\":{\"status\":\"enabled\"}")
                .doesNotContain(SECRET, "recovery"));
        assertThat(core.as(Auth.MASTER).get("/users/" + ann.objectId()).body()).contains(SECRET, "recovery");
    }

    @Test
    void nobodySeesTheProvidersOfAnotherUser() {
        Answer user = nobody().post("/users", "{'authData':" + word("1") + ",'ACL':{'*':{'read':true}}}");
        Answer ann = signUp("ann");

        assertThat(as(ann).get("/users/" + user.objectId()).json().has("authData"))
                .isFalse();
        assertThat(nobody().get("/users").body()).doesNotContain("authData");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{'authData.mfa.secret':{'$regex':'^A'}}", "{'$or':[{'authData.mfa.secret':{'$exists':true}}]}"})
    void secretsOfProvidersCannotBeGuessedByQueries(String where) {
        Answer ann = signUp("ann");

        as(ann).get("/users?where=" + where)
                .fails(119, "This user is not allowed to query authData.mfa.secret on class _User");
        as(ann).get("/users?order=-authData.mfa.secret")
                .fails(119, "This user is not allowed to sort by authData.mfa.secret on class _User");
        as(ann).get("/users?where={'authData.word.id':'1'}").answers(200, "{'results':[]}");
        as(ann).get("/users?where={'authData.word':{'$exists':true}}").answers(200, "{'results':[]}");
        assertThat(core.as(Auth.MASTER).get("/users?where=" + where).status()).isEqualTo(200);
    }

    @Test
    void aLogInShowsOnlyTheIdWhenPermissionsHideTheRecord() {
        Answer user = enter(word("1"));
        core.as(Auth.MASTER)
                .put("/schemas/_User", "{'classLevelPermissions':{'get':{},'find':{},'create':{'*':true}}}")
                .json();

        Answer in = enter(word("1"));

        assertThat(in.json().fields().keySet())
                .containsExactlyInAnyOrder("objectId", "sessionToken", "authDataResponse");
        assertThat(in.objectId()).isEqualTo(user.objectId());
    }
}
