package dev.kami.parse.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.kami.parse.email.EmailAdapters.Configured;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.log.Log;
import dev.kami.parse.log.LogLevel;
import dev.kami.parse.options.Options;
import dev.kami.parse.options.OptionsBuilder;
import dev.kami.parse.options.OptionsException;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserMailsTest {
    private static final ParseObject ANN = user("ann", "ann@example.com");
    private static final String SERVER = "https://example.com/parse";

    private final List<Mail> sent = new CopyOnWriteArrayList<>();
    private final EmailAdapter adapter = sent::add;

    private static ParseObject user(String name, String email, Object... more) {
        Obj fields = Obj.of("objectId", ParseValue.of("u1"), "username", ParseValue.of(name));
        if (email != null) {
            fields = fields.with("email", ParseValue.of(email));
        }
        for (int i = 0; i < more.length; i += 2) {
            fields = fields.with((String) more[i], (ParseValue) more[i + 1]);
        }
        return ParseObject.of("_User", fields);
    }

    private static OptionsBuilder options() {
        return Options.builder()
                .set("appId", "my app")
                .set("masterKey", "M")
                .set("appName", "Tom & Jerry's")
                .set("publicServerURL", SERVER);
    }

    private UserMails mails(OptionsBuilder options) {
        return UserMails.of(options.set("emailAdapter", adapter).build(), Log.off());
    }

    private UserMails mails(EmailAdapter other, Log log, MailQueue.Limits limits) {
        return UserMails.of(
                new Configured(other, MailTemplates.STANDARD), options().build(), log, limits);
    }

    private static void wait(CompletionStage<Void> stage) throws Exception {
        stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void theVerificationMailHasTheWordsOfParseServer() throws Exception {
        try (UserMails mails = mails(options())) {
            wait(mails.sendVerification(ANN, "tok"));
        }
        assertThat(sent)
                .containsExactly(
                        Mail.of(
                                "ann@example.com",
                                "Please verify your e-mail for Tom & Jerry's",
                                "Hi,\n\nYou are being asked to confirm the e-mail address ann@example.com with Tom & Jerry's\n\n"
                                        + "Click here to confirm it:\nhttps://example.com/parse/apps/my app/verify_email?token=tok"));
    }

    @Test
    void theResetMailHasTheWordsOfParseServer() throws Exception {
        try (UserMails mails = mails(options())) {
            wait(mails.sendPasswordReset(ANN, "tok"));
        }
        assertThat(sent)
                .containsExactly(
                        Mail.of(
                                "ann@example.com",
                                "Password Reset for Tom & Jerry's",
                                "Hi,\n\nYou requested to reset your password for Tom & Jerry's (your username is 'ann').\n\n"
                                        + "Click here to reset it:\nhttps://example.com/parse/apps/my app/request_password_reset?token=tok"));
    }

    @Test
    void aUserWithoutEmailGetsTheResetMailAtTheUsername() throws Exception {
        try (UserMails mails = mails(options())) {
            wait(mails.sendPasswordReset(user("bob@example.com", null), "tok"));
        }
        assertThat(sent).extracting(Mail::to).containsExactly(List.of("bob@example.com"));
    }

    @Test
    void aUsernameIsPlainTextEvenIfItLooksLikeATemplate() throws Exception {
        try (UserMails mails = mails(options())) {
            wait(mails.sendPasswordReset(user("{{link}}<b>", "a@example.com"), "tok"));
        }
        assertThat(sent.getFirst().text()).contains("(your username is '{{link}}<b>')");
    }

    @Test
    void tokensAreEncodedInLinks() {
        MailLinks links = MailLinks.of(options().set("appId", "A").build());
        assertThat(links.verification("a+b&c/d")).isEqualTo(SERVER + "/apps/A/verify_email?token=a%2Bb%26c%2Fd");
    }

    @Test
    void linksFollowThePagesEndpoint() {
        MailLinks links = MailLinks.of(
                options().set("appId", "A").set("pages.pagesEndpoint", "seiten").build());
        assertThat(links.passwordReset("t")).isEqualTo(SERVER + "/seiten/A/request_password_reset?token=t");
    }

    @Test
    void aFramePageHidesTheAddressOfTheServer() {
        MailLinks links = MailLinks.of(options()
                .set("appId", "A")
                .set("customPages.parseFrameURL", "https://app.example/frame")
                .build());
        assertThat(links.verification("t"))
                .isEqualTo("https://app.example/frame?link=%2Fapps%2FA%2Fverify_email&token=t");
        assertThat(links.passwordReset("t"))
                .isEqualTo("https://app.example/frame?link=%2Fapps%2FA%2Frequest_password_reset&token=t");
    }

    @Test
    void anAdapterWithItsOwnTextsIsAskedForThem() throws Exception {
        var links = new CopyOnWriteArrayList<String>();
        var own = new EmailAdapter() {
            @Override
            public void sendMail(Mail mail) {
                sent.add(mail);
            }

            @Override
            public boolean sendVerificationEmail(UserMail mail) {
                links.add(mail.appName() + " " + mail.link() + " " + mail.user().objectId());
                return true;
            }
        };
        try (UserMails mails = mails(own, Log.off(), MailQueue.Limits.STANDARD)) {
            wait(mails.sendVerification(ANN, "t1"));
            wait(mails.sendPasswordReset(ANN, "t2"));
        }
        assertThat(links)
                .containsExactly("Tom & Jerry's https://example.com/parse/apps/my app/verify_email?token=t1 u1");
        assertThat(sent).extracting(Mail::subject).containsExactly("Password Reset for Tom & Jerry's");
    }

    @Test
    void withoutAdapterNameOrAddressTheClientIsTold() {
        String text = "An appName, publicServerURL, and emailAdapter are required for password reset and email"
                + " verification functionality.";
        var bare = Options.builder().set("appId", "A").set("masterKey", "M");
        try (UserMails none = UserMails.of(bare.build(), Log.off());
                UserMails nameless =
                        UserMails.of(bare.set("emailAdapter", adapter).build(), Log.off())) {
            assertThatThrownBy(none::requireConfigured)
                    .isInstanceOf(ParseException.class)
                    .hasMessage(text);
            assertThatThrownBy(nameless::requireConfigured).hasMessage(text);
            assertThat(none.isConfigured()).isFalse();
        }
    }

    @Test
    void aMailThatFailsIsTriedOnceAndLoggedWithoutItsLink() throws Exception {
        var tries = new AtomicInteger();
        var lines = new LogLines();
        EmailAdapter broken = mail -> {
            tries.incrementAndGet();
            throw new IOException("550 no such mailbox");
        };
        try (UserMails mails = mails(broken, lines.at(LogLevel.SILLY), MailQueue.Limits.STANDARD)) {
            assertThatThrownBy(() -> wait(mails.sendVerification(ANN, "SECRET")))
                    .isInstanceOf(ExecutionException.class);
        }
        assertThat(tries).hasValue(1);
        assertThat(lines.all())
                .containsExactly(
                        "error: A mail could not be sent. {mail=verification, user=u1, error=550 no such mailbox}");
    }

    @Test
    void aUserWithoutAnyAddressIsLogged() {
        var lines = new LogLines();
        try (UserMails mails = mails(adapter, lines.at(LogLevel.INFO), MailQueue.Limits.STANDARD)) {
            assertThatThrownBy(() -> wait(mails.sendVerification(user("bob", null), "t")))
                    .isInstanceOf(ExecutionException.class);
        }
        assertThat(lines.all()).singleElement().asString().contains("the user has no e-mail address");
        assertThat(sent).isEmpty();
    }

    @Test
    void aStuckMailServerHoldsUpNoRequestAndFillsNoMemory() throws Exception {
        var stuck = new CountDownLatch(1);
        var started = new AtomicInteger();
        var lines = new LogLines();
        EmailAdapter slow = mail -> {
            started.incrementAndGet();
            try {
                stuck.await();
            } catch (InterruptedException _) {
                throw new IOException("interrupted");
            }
        };
        var limits = new MailQueue.Limits(2, 5, Duration.ofMillis(300), Duration.ofSeconds(5));
        try (UserMails mails = mails(slow, lines.at(LogLevel.INFO), limits)) {
            for (int i = 0; i < 6; i++) {
                mails.sendVerification(ANN, "t");
            }
            assertThat(lines.all()).singleElement().asString().contains("5 mails are waiting already");
            await().atMost(Duration.ofSeconds(10)).until(() -> lines.all().size() == 6);
            assertThat(started).hasValue(5);
            assertThat(lines.all().subList(1, 6)).allMatch(line -> line.contains("not done after 300 ms"));

            stuck.countDown();
            wait(mails.sendVerification(ANN, "t"));
        }
    }

    @Test
    void mailsUnderWayAreFinishedWhenTheServerEnds() {
        EmailAdapter slow = mail -> {
            Thread.yield();
            sent.add(mail);
        };
        try (UserMails mails = mails(slow, Log.off(), MailQueue.Limits.STANDARD)) {
            for (int i = 0; i < 50; i++) {
                mails.sendVerification(ANN, "t" + i);
            }
        }
        assertThat(sent).hasSize(50);
    }

    @Test
    void aDefectInAnAdapterIsLoggedWithItsStack() {
        var lines = new LogLines();
        EmailAdapter defect = mail -> {
            throw new IllegalStateException("bug");
        };
        try (UserMails mails = mails(defect, lines.at(LogLevel.INFO), MailQueue.Limits.STANDARD)) {
            assertThatThrownBy(() -> wait(mails.sendVerification(ANN, "t"))).isInstanceOf(ExecutionException.class);
        }
        assertThat(lines.all())
                .singleElement()
                .asString()
                .contains("The e-mail adapter failed.", "IllegalStateException: bug");
    }

    @Test
    void theWholeWayFromOptionsToAMailbox() throws Exception {
        var server = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
        server.start();
        try {
            Map<String, Object> smtp = Map.of(
                    "host", "127.0.0.1", "port", server.getSmtp().getPort(), "from", "Kami <no-reply@example.com>");
            Options configured = options()
                    .set("verifyUserEmails", true)
                    .set("emailAdapter", Map.of("module", "parse-smtp-template", "options", smtp))
                    .build();
            try (UserMails mails = UserMails.of(configured, Log.off())) {
                mails.sendVerification(ANN, "tok");
                mails.sendPasswordReset(ANN, "tok");
            }
            assertThat(server.getReceivedMessages())
                    .extracting(MimeMessage::getSubject)
                    .containsExactlyInAnyOrder(
                            "Please verify your e-mail for Tom & Jerry's", "Password Reset for Tom & Jerry's");
        } finally {
            server.stop();
        }
    }

    // ---- templates ----

    private static MailTemplates templates(Map<String, Object> verification) {
        return MailTemplates.of(
                Map.of("localeField", "language", "templates", Map.of("verificationEmail", verification)));
    }

    private static Mail verification(MailTemplates templates, ParseObject user) {
        return templates.verification(new UserMail("http://l?a=1&token=t", "Tom & Jerry's", user), "ann@example.com");
    }

    @Test
    void htmlEscapesWhatUsersWrote() {
        MailTemplates templates = templates(Map.of(
                "subject",
                "Hello {{username}}",
                "text",
                "{{user.nick}} {{link}}",
                "html",
                "<i>{{user.nick}}</i> {{link}}"));
        Mail mail = verification(
                templates, user("<ann>", "ann@example.com", "nick", ParseValue.of("<script>alert('x')</script>")));

        assertThat(mail.subject()).isEqualTo("Hello <ann>");
        assertThat(mail.text()).isEqualTo("<script>alert('x')</script> http://l?a=1&token=t");
        assertThat(mail.html())
                .isEqualTo("<i>&lt;script&gt;alert(&#39;x&#39;)&lt;&#x2F;script&gt;</i> "
                        + "http:&#x2F;&#x2F;l?a&#x3D;1&amp;token&#x3D;t");
    }

    @Test
    void internalFieldsAreNotShownToTemplates() {
        MailTemplates templates = templates(
                Map.of("text", "[{{user._hashed_password}}{{user.sessionToken}}{{user.authData}}{{user.age}}]"));
        Mail mail = verification(
                templates,
                user(
                        "a",
                        "a@example.com",
                        "_hashed_password",
                        ParseValue.of("h"),
                        "sessionToken",
                        ParseValue.of("s"),
                        "age",
                        ParseValue.of(7)));
        assertThat(mail.text()).isEqualTo("[7]");
    }

    @Test
    void theUsersLocalePicksTheText() {
        MailTemplates templates = templates(Map.of(
                "subject", Map.of("default", "Confirm", "de", "Bestätigen", "de-AT", "Bitte bestätigen"), "text", "x"));
        assertThat(subjectFor(templates, "de-AT")).isEqualTo("Bitte bestätigen");
        assertThat(subjectFor(templates, "de-CH")).isEqualTo("Bestätigen");
        assertThat(subjectFor(templates, "fr")).isEqualTo("Confirm");
        assertThat(subjectFor(templates, "../../x")).isEqualTo("Confirm");
        assertThat(verification(templates, ANN).subject()).isEqualTo("Confirm");
    }

    private static String subjectFor(MailTemplates templates, String locale) {
        return verification(templates, user("a", "a@example.com", "language", ParseValue.of(locale)))
                .subject();
    }

    @Test
    void filesInFoldersNamedForALocaleAreItsTexts(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("de"));
        Files.createDirectories(folder.resolve("not a locale"));
        Files.writeString(folder.resolve("verify.txt"), "Hello {{username}}");
        Files.writeString(folder.resolve("de/verify.txt"), "Hallo {{username}}");
        MailTemplates templates =
                templates(Map.of("textPath", folder.resolve("verify.txt").toString()));

        assertThat(verification(templates, ANN).text()).isEqualTo("Hello ann");
        assertThat(verification(templates, user("ann", "a@example.com", "language", ParseValue.of("de-DE")))
                        .text())
                .isEqualTo("Hallo ann");
        assertThat(verification(templates, ANN).subject()).isEqualTo("Please verify your e-mail for Tom & Jerry's");
    }

    @Test
    void aTemplateThatCannotBeReadStopsTheStart(@TempDir Path folder) {
        assertThatThrownBy(() ->
                        templates(Map.of("textPath", folder.resolve("none.txt").toString())))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("templates.verificationEmail.textPath")
                .hasMessageContaining("none.txt");
        assertThatThrownBy(() -> templates(Map.of("text", "{{#open}}"))).isInstanceOf(OptionsException.class);
        assertThatThrownBy(() -> templates(Map.of("text", "a", "textPath", "b")))
                .isInstanceOf(OptionsException.class);
        assertThatThrownBy(() -> templates(Map.of("text", Map.of("de", "no default"))))
                .isInstanceOf(OptionsException.class);
        assertThatThrownBy(() -> MailTemplates.of(Map.of("templates", "text"))).isInstanceOf(OptionsException.class);
    }
}
