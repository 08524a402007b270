package dev.kami.parse.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kami.parse.Exchange.Answer;
import dev.kami.parse.TestCore;
import dev.kami.parse.account.AccountActions;
import dev.kami.parse.account.EmailVerification;
import dev.kami.parse.account.VerificationRequest;
import dev.kami.parse.auth.Auth;
import dev.kami.parse.auth.RequestInfo;
import dev.kami.parse.email.EmailAdapter;
import dev.kami.parse.email.Mail;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.log.Log;
import dev.kami.parse.op.FieldOp;
import dev.kami.parse.options.OptionsBuilder;
import dev.kami.parse.options.PasswordPolicy;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.value.ObjectIds;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.Str;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses that are confirmed and passwords that are forgotten, from the request to the end of the token. */
class AccountMailsTest {
    private static final String INVALID = "Failed to reset password: username / email / token is invalid";

    private final ConcurrentLinkedQueue<Mail> sent = new ConcurrentLinkedQueue<>();
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private TestCore core;
    private AccountActions links;

    @AfterEach
    void close() {
        if (core != null) {
            core.close();
        }
    }

    private void start(Consumer<OptionsBuilder> change) {
        close();
        EmailAdapter adapter = sent::add;
        core = TestCore.start(Log.off(), () -> now, storage -> storage, options -> {
            options.set("appName", "App")
                    .set("publicServerURL", "http://localhost/parse")
                    .set("emailAdapter", adapter);
            change.accept(options);
        });
        var resets = new PasswordResets(
                core.accounts(),
                core.operations(),
                PasswordPolicy.of(core.options()),
                () -> now,
                new ObjectIds(new SecureRandom()));
        links = new MailedLinks(new EmailConfirmations(core.accounts(), core.operations(), () -> now), resets);
    }

    private void startVerifying(Map<String, Object> more) {
        start(options -> {
            options.set("verifyUserEmails", true);
            more.forEach(options::set);
        });
    }

    private Answer post(String path, String body) {
        return core.as(Auth.NOBODY).post(path, body);
    }

    private Answer signUp() {
        return post("/users", "{'username':'ann','password':'secret','email':'ann@x.org'}");
    }

    private ParseObject stored(Answer user) {
        return core.accounts()
                .rows()
                .first("_User", new EqualTo("objectId", new Str(user.objectId())))
                .orElseThrow();
    }

    private static String token(ParseObject user, String field) {
        return user.get(field) instanceof Str(String text) ? text : null;
    }

    private String verifyToken(Answer user) {
        return token(stored(user), "_email_verify_token");
    }

    private String resetToken(Answer user) {
        return token(stored(user), "_perishable_token");
    }

    private void set(Answer user, String field, FieldOp op) {
        var ops = new LinkedHashMap<String, FieldOp>();
        ops.put(field, op);
        core.accounts().rows().update("_User", new EqualTo("objectId", new Str(user.objectId())), ops);
    }

    /** Waits for the mails, and for no more. */
    private List<Mail> mails(int count) {
        await().atMost(Duration.ofSeconds(10)).until(() -> sent.size() >= count);
        core.accounts().mails().close();
        assertThat(sent).hasSize(count);
        return List.copyOf(sent);
    }

    private int logIn(String password) {
        return post("/login", "{'username':'ann','password':'" + password + "'}")
                .status();
    }

    // ---- configuration ----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"/requestPasswordReset", "/verificationEmailRequest"})
    void withoutAMailAdapterNothingCanBeAskedFor(String path) {
        core = TestCore.start();

        post(path, "{'email':'ann@x.org'}")
                .fails(
                        1,
                        "An appName, publicServerURL, and emailAdapter are required for password reset and email"
                                + " verification functionality.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/requestPasswordReset|{}|204|you must provide an email",
                "/requestPasswordReset|{'email':''}|204|you must provide an email",
                "/requestPasswordReset|{'email':{'$ne':'x'}}|125|you must provide a valid email string",
                "/requestPasswordReset|{'token':{'$regex':'.*'}}|162|token must be a string",
                "/requestPasswordReset|{'token':'unknown'}|125|you must provide a valid email string",
                "/verificationEmailRequest|{}|204|you must provide an email",
                "/verificationEmailRequest|{'email':['a@b.c']}|125|you must provide a valid email string"
            })
    void whatIsNoAddressIsRefused(String path, String body, int code, String text) {
        startVerifying(Map.of());
        signUp();

        post(path, body).fails(code, text);
    }

    // ---- confirming an address --------------------------------------------------------------------------------------

    @Test
    void aNewAddressGetsAMailWithALinkAndIsNotConfirmed() {
        startVerifying(Map.of());

        Answer ann = signUp();

        assertThat(verifyToken(ann)).matches("[A-Za-z0-9]{25}");
        assertThat(stored(ann).get("emailVerified")).isEqualTo(ParseValue.FALSE);
        assertThat(stored(ann).has("_email_verify_token_expires_at")).isFalse();
        assertThat(ann.json().has("sessionToken")).isTrue();
        assertThat(mails(1)).singleElement().satisfies(mail -> {
            assertThat(mail.to()).containsExactly("ann@x.org");
            assertThat(mail.text()).contains("http://localhost/parse/apps/A/verify_email?token=" + verifyToken(ann));
        });
    }

    @Test
    void withoutTheOptionNoMailIsSent() {
        start(_ -> {});

        Answer ann = signUp();

        assertThat(verifyToken(ann)).isNull();
        assertThat(stored(ann).has("emailVerified")).isFalse();
        assertThat(mails(0)).isEmpty();
    }

    @Test
    void aUserWithoutAnAddressGetsNoMail() {
        startVerifying(Map.of());

        post("/users", "{'username':'bob','password':'p'}").json();
        post("/users", "{'authData':{'anonymous':{'id':'1'}}}").json();

        assertThat(mails(0)).isEmpty();
    }

    @Test
    void theLinkConfirmsTheAddressOnce() {
        startVerifying(Map.of());
        Answer ann = signUp();
        String token = verifyToken(ann);

        assertThat(links.verifyEmail("other")).isFalse();
        assertThat(links.verifyEmail(token)).isTrue();

        assertThat(stored(ann).get("emailVerified")).isEqualTo(ParseValue.TRUE);
        assertThat(verifyToken(ann)).isNull();
        assertThat(links.verifyEmail(token)).isFalse();
    }

    @Test
    void aLinkEndsWhenTheOptionSaysSo() {
        startVerifying(Map.of("emailVerifyTokenValidityDuration", 60));
        Answer ann = signUp();
        assertThat(stored(ann).get("_email_verify_token_expires_at"))
                .isEqualTo(new Date(now.plusSeconds(60).toEpochMilli()));

        now = now.plusSeconds(61);

        assertThat(links.verifyEmail(verifyToken(ann))).isFalse();
        assertThat(stored(ann).get("emailVerified")).isEqualTo(ParseValue.FALSE);
    }

    @Test
    void aConfirmedUserIsSeenAsConfirmedAtOnceByHisSession() {
        startVerifying(Map.of());
        Answer ann = signUp();
        core.withToken(ann.json().text("sessionToken"));

        links.verifyEmail(verifyToken(ann));

        assertThat(core.accounts()
                        .sessions()
                        .resolve(ann.json().text("sessionToken"))
                        .user()
                        .get("emailVerified"))
                .isEqualTo(ParseValue.TRUE);
    }

    @Test
    void anotherAddressMustBeConfirmedAnew() {
        startVerifying(Map.of());
        Answer ann = signUp();
        links.verifyEmail(verifyToken(ann));

        core.withToken(ann.json().text("sessionToken"))
                .put("/users/" + ann.objectId(), "{'email':'new@x.org'}")
                .answers(200, "{'updatedAt':'@date'}");

        assertThat(stored(ann).get("emailVerified")).isEqualTo(ParseValue.FALSE);
        assertThat(mails(2)).anySatisfy(mail -> {
            assertThat(mail.to()).containsExactly("new@x.org");
            assertThat(mail.text()).contains("token=" + verifyToken(ann));
        });
    }

    @Test
    void otherChangesSendNoMail() {
        startVerifying(Map.of());
        Answer ann = signUp();

        core.withToken(ann.json().text("sessionToken"))
                .put("/users/" + ann.objectId(), "{'colour':'red'}")
                .json();

        mails(1);
    }

    @Test
    void nobodyConfirmsTheOwnAddress() {
        startVerifying(Map.of());

        post("/users", "{'username':'eve','password':'p','email':'e@x.org','emailVerified':true}")
                .fails(119, "Clients aren't allowed to manually update email verification.");
    }

    @Test
    void theMailCanBeKeptBack() {
        startVerifying(Map.of("sendUserEmailVerification", false));

        Answer ann = signUp();

        assertThat(verifyToken(ann)).isNotNull();
        assertThat(mails(0)).isEmpty();
    }

    @Test
    void functionsDecideWhoIsAskedAndWhoGetsAMail() {
        var asked = new ArrayList<Object>();
        Predicate<Object> verify = request -> {
            asked.add(request);
            return ((VerificationRequest) request).object().get("email") instanceof Str(String email)
                    && email.endsWith("@x.org");
        };
        Predicate<Object> send = request -> {
            asked.add(request);
            return false;
        };
        startVerifying(Map.of("verifyUserEmails", verify, "sendUserEmailVerification", send));

        Answer ann = signUp();
        Answer bob = post("/users", "{'username':'bob','password':'p','email':'b@other.org'}");

        assertThat(verifyToken(ann)).isNotNull();
        assertThat(verifyToken(bob)).isNull();
        assertThat(asked.getFirst()).isInstanceOfSatisfying(VerificationRequest.class, request -> {
            assertThat(request.original()).isNull();
            assertThat(request.master()).isFalse();
            assertThat(request.ip()).isEqualTo("127.0.0.1");
            assertThat(request.createdWith().action()).isEqualTo("signup");
            assertThat(request.object().fields()).doesNotContain("password", "_hashed_password");
        });
        assertThat(asked)
                .filteredOn(EmailVerification.SendRequest.class::isInstance)
                .hasSize(1);
        assertThat(mails(0)).isEmpty();
    }

    @Test
    void aFunctionSeesTheUserBeforeAndAfterAChange() {
        var asked = new ArrayList<VerificationRequest>();
        Predicate<Object> verify = request -> asked.add((VerificationRequest) request);
        startVerifying(Map.of("verifyUserEmails", verify));
        Answer ann = signUp();
        asked.clear();

        core.as(Auth.MASTER)
                .put("/users/" + ann.objectId(), "{'email':'new@x.org'}")
                .json();

        assertThat(asked.getFirst().original().get("email")).isEqualTo(new Str("ann@x.org"));
        assertThat(asked.getFirst().object().get("email")).isEqualTo(new Str("new@x.org"));
        assertThat(asked.getFirst().master()).isTrue();
    }

    // ---- the mail again ---------------------------------------------------------------------------------------------

    @Test
    void theMailCanBeHadAgainWithANewToken() {
        startVerifying(Map.of());
        Answer ann = signUp();
        String first = verifyToken(ann);

        post("/verificationEmailRequest", "{'email':'ann@x.org'}").answers(200, "{}");

        assertThat(verifyToken(ann)).isNotEqualTo(first);
        assertThat(links.verifyEmail(first)).isFalse();
        assertThat(mails(2)).anySatisfy(mail -> assertThat(mail.text()).contains(verifyToken(ann)));
        assertThat(links.verifyEmail(verifyToken(ann))).isTrue();
    }

    @Test
    void aTokenThatIsStillGoodIsSentAgainWhenTheOptionSaysSo() {
        startVerifying(Map.of("emailVerifyTokenValidityDuration", 60, "emailVerifyTokenReuseIfValid", true));
        Answer ann = signUp();
        String first = verifyToken(ann);

        now = now.plusSeconds(30);
        post("/verificationEmailRequest", "{'email':'ann@x.org'}").json();
        assertThat(verifyToken(ann)).isEqualTo(first);

        now = now.plusSeconds(31);
        post("/verificationEmailRequest", "{'email':'ann@x.org'}").json();
        assertThat(verifyToken(ann)).isNotEqualTo(first);
        mails(3);
    }

    /** GHSA-w54v-hf9p-8856 */
    @Test
    void theAnswerDoesNotTellWhoHasAnAccount() {
        startVerifying(Map.of());
        Answer ann = signUp();
        links.verifyEmail(verifyToken(ann));

        post("/verificationEmailRequest", "{'email':'ann@x.org'}").answers(200, "{}");
        post("/verificationEmailRequest", "{'email':'nobody@x.org'}").answers(200, "{}");
        mails(1);
    }

    @Test
    void theAnswerTellsItWhenTheOptionSaysSo() {
        startVerifying(Map.of("emailVerifySuccessOnInvalidEmail", false));
        Answer ann = signUp();
        links.verifyEmail(verifyToken(ann));

        post("/verificationEmailRequest", "{'email':'ann@x.org'}").fails(-1, "Email ann@x.org is already verified.");
        post("/verificationEmailRequest", "{'email':'nobody@x.org'}")
                .fails(205, "No user found with email nobody@x.org");
    }

    @Test
    void thePageSendsTheMailAgainByNameOrByAnEndedToken() {
        startVerifying(Map.of("emailVerifyTokenValidityDuration", 60));
        Answer ann = signUp();
        now = now.plusSeconds(61);

        assertThat(links.resendVerification(null, verifyToken(ann), RequestInfo.INTERNAL))
                .isTrue();
        assertThat(links.resendVerification("ann", null, RequestInfo.INTERNAL)).isTrue();
        assertThat(links.resendVerification("bob", null, RequestInfo.INTERNAL)).isFalse();
        assertThat(links.resendVerification(null, null, RequestInfo.INTERNAL)).isFalse();
        mails(3);

        links.verifyEmail(verifyToken(ann));
        assertThat(links.resendVerification("ann", null, RequestInfo.INTERNAL)).isFalse();
    }

    // ---- a new password ---------------------------------------------------------------------------------------------

    private Answer startAndAsk(Consumer<OptionsBuilder> change) {
        start(change);
        Answer ann = signUp();
        post("/requestPasswordReset", "{'email':'ann@x.org'}").answers(200, "{}");
        return ann;
    }

    private static Consumer<OptionsBuilder> policy(Map<String, Object> policy) {
        return options -> options.set("passwordPolicy", policy);
    }

    @Test
    void aMailLeadsToANewPassword() {
        Answer ann = startAndAsk(_ -> {});
        String token = resetToken(ann);
        assertThat(mails(1)).singleElement().satisfies(mail -> {
            assertThat(mail.to()).containsExactly("ann@x.org");
            assertThat(mail.text())
                    .contains("http://localhost/parse/apps/A/request_password_reset?token=" + token, "'ann'");
        });

        assertThat(links.checkResetToken(token)).isTrue();
        links.resetPassword(token, "fresh");

        assertThat(logIn("fresh")).isEqualTo(200);
        assertThat(logIn("secret")).isEqualTo(404);
        assertThat(links.checkResetToken(token)).isFalse();
        assertThatThrownBy(() -> links.resetPassword(token, "again")).hasMessage(INVALID);
    }

    @Test
    void aNewPasswordEndsAllSessions() {
        Answer ann = startAndAsk(_ -> {});
        String session = ann.json().text("sessionToken");
        core.withToken(session);

        links.resetPassword(resetToken(ann), "fresh");

        assertThatThrownBy(() -> core.withToken(session)).hasMessage("Invalid session token");
    }

    @Test
    void sessionsGoOnWhenTheOptionSaysSo() {
        Answer ann = startAndAsk(options -> options.set("revokeSessionOnPasswordReset", false));

        links.resetPassword(resetToken(ann), "fresh");

        core.withToken(ann.json().text("sessionToken")).get("/users/me").json();
    }

    /** GHSA-r3xq-68wh-gwvh */
    @Test
    @Timeout(60)
    void aTokenUsedTwiceAtOnceSetsOnePassword() throws Exception {
        Answer ann = startAndAsk(_ -> {});
        String token = resetToken(ann);
        int clients = 6;
        Callable<Boolean> reset = () -> {
            try {
                links.resetPassword(token, "new" + Thread.currentThread().threadId());
                return true;
            } catch (ParseException e) {
                assertThat(e).hasMessage(INVALID);
                return false;
            }
        };
        try (var threads = Executors.newFixedThreadPool(clients)) {
            int done = 0;
            for (Future<Boolean> one : threads.invokeAll(java.util.Collections.nCopies(clients, reset))) {
                done += one.get() ? 1 : 0;
            }
            assertThat(done).isEqualTo(1);
        }
    }

    @Test
    void thePolicyHoldsForNewPasswordsToo() {
        Answer ann = startAndAsk(policy(Map.of("validatorPattern", "^[a-z0-9]{6,}$", "doNotAllowUsername", true)));
        String token = resetToken(ann);

        assertThatThrownBy(() -> links.resetPassword(token, "short"))
                .hasMessage("Password does not meet the Password Policy requirements.");
        assertThatThrownBy(() -> links.resetPassword(token, "ann123"))
                .hasMessage("Password cannot contain your username.");
        links.resetPassword(token, "letters1");
    }

    @Test
    void aResetLinkEndsWhenTheOptionSaysSoAndMayBeAskedForAgainWithIt() {
        Answer ann = startAndAsk(policy(Map.of("resetTokenValidityDuration", 60)));
        String token = resetToken(ann);
        post("/requestPasswordReset", "{'token':'" + token + "'}").fails(125, "you must provide a valid email string");

        now = now.plusSeconds(61);
        assertThat(links.checkResetToken(token)).isFalse();
        assertThatThrownBy(() -> links.resetPassword(token, "fresh"))
                .isInstanceOfSatisfying(
                        ParseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OTHER_CAUSE))
                .hasMessage("The password reset link has expired");

        post("/requestPasswordReset", "{'token':'" + token + "'}").answers(200, "{}");
        assertThat(resetToken(ann)).isNotEqualTo(token);
        links.resetPassword(resetToken(ann), "fresh");
        mails(2);
    }

    @Test
    void aResetTokenThatIsStillGoodIsSentAgainWhenTheOptionSaysSo() {
        Answer ann = startAndAsk(policy(Map.of("resetTokenValidityDuration", 60, "resetTokenReuseIfValid", true)));
        String token = resetToken(ann);

        post("/requestPasswordReset", "{'email':'ann@x.org'}").json();
        assertThat(resetToken(ann)).isEqualTo(token);

        now = now.plusSeconds(61);
        post("/requestPasswordReset", "{'email':'ann@x.org'}").json();
        assertThat(resetToken(ann)).isNotEqualTo(token);
    }

    @Test
    void anUnknownAddressIsAnsweredLikeAKnownOne() {
        start(_ -> {});

        post("/requestPasswordReset", "{'email':'nobody@x.org'}").answers(200, "{}");
        mails(0);
    }

    @Test
    void anUnknownAddressIsToldWhenTheOptionSaysSo() {
        start(policy(Map.of("resetPasswordSuccessOnInvalidEmail", false)));

        post("/requestPasswordReset", "{'email':'nobody@x.org'}").fails(101, "A user with that email does not exist.");
    }

    @Test
    void aNameThatIsAnAddressGetsTheMailOnlyOfAUserWithoutAddress() {
        start(_ -> {});
        post("/users", "{'username':'bob@x.org','password':'p'}").json();
        post("/users", "{'username':'eve@x.org','password':'p','email':'other@x.org'}")
                .json();

        post("/requestPasswordReset", "{'email':'bob@x.org'}").json();
        post("/requestPasswordReset", "{'email':'eve@x.org'}").json();

        assertThat(mails(1)).singleElement().satisfies(mail -> assertThat(mail.to())
                .containsExactly("bob@x.org"));
    }

    @Test
    void aNewAddressOrPasswordEndsTheToken() {
        Answer ann = startAndAsk(_ -> {});
        core.as(Auth.MASTER)
                .put("/users/" + ann.objectId(), "{'email':'new@x.org'}")
                .json();
        assertThat(resetToken(ann)).isNull();

        post("/requestPasswordReset", "{'email':'new@x.org'}").json();
        core.as(Auth.MASTER)
                .put("/users/" + ann.objectId(), "{'password':'p2'}")
                .json();
        assertThat(resetToken(ann)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"true, 200", "false, 404"})
    void aNewPasswordOpensALockedAccountWhenTheOptionSaysSo(boolean unlocks, int status) {
        Answer ann = startAndAsk(options ->
                options.set("accountLockout", Map.of("threshold", 1, "duration", 5, "unlockOnPasswordReset", unlocks)));
        logIn("wrong");
        assertThat(logIn("secret")).isEqualTo(404);

        links.resetPassword(resetToken(ann), "fresh");

        assertThat(logIn("fresh")).isEqualTo(status);
    }

    @Test
    void aResetDoesNotConfirmTheAddress() {
        startVerifying(Map.of());
        Answer ann = signUp();
        post("/requestPasswordReset", "{'email':'ann@x.org'}").json();

        links.resetPassword(resetToken(ann), "fresh");

        assertThat(stored(ann).get("emailVerified")).isEqualTo(ParseValue.FALSE);
    }

    @Test
    void anEmptyTokenIsNobodys() {
        start(options -> options.set("verifyUserEmails", true));
        Answer ann = signUp();
        set(ann, "_perishable_token", new FieldOp.Delete());

        assertThat(links.checkResetToken("")).isFalse();
        assertThat(links.verifyEmail("")).isFalse();
        assertThatThrownBy(() -> links.resetPassword("", "p")).hasMessage(INVALID);
    }
}
