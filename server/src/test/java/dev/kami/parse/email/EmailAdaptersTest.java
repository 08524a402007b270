package dev.kami.parse.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kami.parse.email.SmtpSettings.Security;
import dev.kami.parse.log.Log;
import dev.kami.parse.log.LogLevel;
import dev.kami.parse.options.OptionsException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAdaptersTest {
    private static final Map<String, Object> PLAIN = Map.of("host", "mail.example.com", "from", "a@example.com");

    private static EmailAdapter open(Object choice) {
        return EmailAdapters.open(choice, Log.off()).adapter();
    }

    private static SmtpSettings settings(Map<String, Object> options) {
        return SmtpSettings.of("smtp", options, Log.off());
    }

    @Test
    void anObjectGivenInCodeIsTakenAsItIs() {
        EmailAdapter own = mail -> {};
        assertThat(open(own)).isSameAs(own);
        assertThat(open(Map.of("module", own))).isSameAs(own);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "smtp",
                "nodemailer",
                "parse-smtp-template",
                "simple-parse-smtp-adapter",
                "parse-smtp-adapter",
                "@openinc/parse-server-smtp-adapter",
                "parse-mail-adapter-smtp-ejs"
            })
    void npmModulesForSmtpMapToSmtp(String module) {
        assertThat(open(Map.of("module", module, "options", PLAIN))).isInstanceOf(SmtpAdapter.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"parse-server-sendgrid-adapter", "parse-server-postmark-adapter", "parse-server-mandrill-adapter"
            })
    void servicesWithAnApiKeyAreReachedBySmtp(String module) {
        assertThat(open(Map.of("module", module, "options", Map.of("apiKey", "k", "fromAddress", "a@example.com"))))
                .isInstanceOf(SmtpAdapter.class);
        assertThatThrownBy(() -> open(Map.of("module", module, "options", Map.of("fromAddress", "a@example.com"))))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("apiKey");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@parse/simple-mailgun-adapter",
                "parse-server-amazon-ses-adapter",
                "parse-server-mailjet-adapter",
                "parse-server-api-mail-adapter"
            })
    void modulesWithoutCounterpartSayWhatToDo(String module) {
        assertThatThrownBy(() -> open(module))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("\"" + module + "\" has no counterpart here")
                .hasMessageContaining("\"smtp\"");
    }

    @Test
    void anUnknownNameListsTheKnownOnes() {
        assertThatThrownBy(() -> open("pigeon"))
                .isInstanceOf(OptionsException.class)
                .hasMessage("Option emailAdapter: there is no adapter \"pigeon\". Known names: "
                        + "@openinc/parse-server-smtp-adapter, @saintborn/parse-smtp-adapter, log, nodemailer, "
                        + "parse-mail-adapter-smtp-ejs, parse-server-mandrill-adapter, parse-server-postmark-adapter, "
                        + "parse-server-sendgrid-adapter, parse-smtp-adapter, parse-smtp-template, "
                        + "simple-parse-smtp-adapter, smtp.");
        assertThatThrownBy(() -> open(Map.of("host", "x")))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("Known names");
        assertThatThrownBy(() -> open(3L)).isInstanceOf(OptionsException.class);
    }

    @Test
    void serverAccountAndSenderAreUnderstoodInTheWordsOfEachModule() {
        List<Map<String, Object>> spellings = List.of(
                Map.of("host", "h", "port", 2525L, "user", "u", "password", "p", "from", "a@b.c", "starttls", true),
                Map.of(
                        "host",
                        "h",
                        "port",
                        "2525",
                        "user",
                        "u",
                        "pass",
                        "p",
                        "fromAddress",
                        "a@b.c",
                        "requireTLS",
                        true),
                Map.of(
                        "host",
                        "h",
                        "port",
                        2525L,
                        "auth",
                        Map.of("user", "u", "pass", "p"),
                        "defaults",
                        Map.of("from", "a@b.c")),
                Map.of(
                        "nodeMailerOptions",
                        Map.of("host", "h", "port", 2525L, "auth", Map.of("user", "u", "pass", "p")),
                        "defaultFrom",
                        "a@b.c"));
        assertThat(spellings).allSatisfy(options -> {
            SmtpSettings settings = settings(options);
            assertThat(settings.host()).isEqualTo("h");
            assertThat(settings.port()).isEqualTo(2525);
            assertThat(settings.user()).isEqualTo("u");
            assertThat(settings.password()).isEqualTo("p");
            assertThat(settings.from()).isEqualTo("a@b.c");
            assertThat(settings.security()).isEqualTo(Security.STARTTLS);
        });
    }

    @Test
    void encryptionIsChosenSafely() {
        assertThat(settings(PLAIN).security()).isEqualTo(Security.STARTTLS_IF_OFFERED);
        assertThat(settings(PLAIN).port()).isEqualTo(587);
        assertThat(settings(Map.of("host", "h", "from", "a@b.c", "isSSL", true)).security())
                .isEqualTo(Security.TLS);
        assertThat(settings(Map.of("host", "h", "from", "a@b.c", "tls", true)).port())
                .isEqualTo(465);
        assertThat(settings(Map.of("host", "h", "from", "a@b.c", "user", "u")).security())
                .isEqualTo(Security.STARTTLS);
        assertThat(settings(Map.of("host", "localhost", "from", "a@b.c", "user", "u"))
                        .security())
                .isEqualTo(Security.STARTTLS_IF_OFFERED);
        assertThat(settings(Map.of("host", "h", "from", "a@b.c", "user", "u", "ignoreTLS", true))
                        .security())
                .isEqualTo(Security.NONE);
    }

    @Test
    void settingsThatMakeNoServerAreRefusedWithTheNameOfTheSetting() {
        assertRefused(Map.of("from", "a@b.c"), "\"host\"");
        assertRefused(Map.of("host", "h"), "\"from\"");
        assertRefused(Map.of("host", 5L, "from", "a@b.c"), "\"host\"");
        assertRefused(Map.of("host", "h", "from", "a@b.c", "port", 70_000L), "\"port\"");
        assertRefused(Map.of("host", "h", "from", "a@b.c", "port", 1.5), "\"port\"");
        assertRefused(Map.of("host", "h", "from", "a@b.c", "secure", "yes"), "\"secure\"");
        assertRefused(Map.of("host", "h", "from", "a@b.c", "socketTimeout", 0L), "\"socketTimeout\"");
        assertRefused(Map.of("host", "h", "from", "not an address"), "\"from\"");
    }

    private static void assertRefused(Map<String, Object> options, String setting) {
        assertThatThrownBy(() -> open(Map.of("module", "smtp", "options", options)))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining(setting);
    }

    @Test
    void thePasswordIsNeverShown() {
        SmtpSettings settings = settings(Map.of("host", "h", "from", "a@b.c", "user", "u", "password", "geheim"));
        assertThat(settings.toString()).doesNotContain("geheim");
    }

    @Test
    void templatesOfOtherEnginesAreNamedInAWarning() {
        var lines = new LogLines();
        EmailAdapters.open(
                Map.of(
                        "module",
                        "parse-smtp-template",
                        "options",
                        Map.of("host", "h", "from", "a@b.c", "template", true, "templatePath", "mail.html")),
                lines.at(LogLevel.INFO));
        assertThat(lines.all()).hasSize(2).allMatch(line -> line.startsWith("warn: Option emailAdapter: \"template"));
    }

    @Test
    void theLogAdapterWarnsAndHidesTokens() throws Exception {
        var lines = new LogLines();
        EmailAdapter adapter =
                EmailAdapters.open("log", lines.at(LogLevel.INFO)).adapter();
        assertThat(lines.all().getFirst())
                .startsWith("warn: Mails are not sent")
                .contains("development");

        adapter.sendMail(
                Mail.of("ann@example.com", "Subject", "Click\nhttp://a/apps/A/verify_email?token=SECRET and more"));

        assertThat(lines.all().get(1))
                .contains("ann@example.com", "Subject", "http://a/apps/A/verify_email?token=******** and more")
                .doesNotContain("SECRET");
    }

    @Test
    void aVerboseLogShowsTheWholeMail() throws Exception {
        var lines = new LogLines();
        EmailAdapter adapter =
                EmailAdapters.open("log", lines.at(LogLevel.VERBOSE)).adapter();

        adapter.sendMail(Mail.of("ann@example.com", "Subject", "http://a/apps/A/verify_email?token=SECRET"));

        assertThat(lines.all().get(1)).startsWith("verbose:").contains("token=SECRET");
    }
}
