package dev.kami.parse.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.kami.parse.email.StartTlsServer.Kind;
import dev.kami.parse.log.Log;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpAdapterTest {
    private final GreenMail server = new GreenMail(
            new ServerSetup[] {new ServerSetup(0, "127.0.0.1", "smtp"), new ServerSetup(0, "127.0.0.1", "smtps")});

    @BeforeEach
    void start() {
        server.setUser("app@example.com", "app", "right password");
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private static SmtpAdapter adapter(int port, Object... more) {
        var options = new LinkedHashMap<String, Object>();
        options.put("host", "127.0.0.1");
        options.put("port", (long) port);
        options.put("from", "Kämi App <no-reply@example.com>");
        for (int i = 0; i < more.length; i += 2) {
            options.put((String) more[i], more[i + 1]);
        }
        return new SmtpAdapter(SmtpSettings.of("smtp", options, Log.off()));
    }

    private int port() {
        return server.getSmtp().getPort();
    }

    private MimeMessage received() {
        return server.getReceivedMessages()[0];
    }

    @Test
    void aMailWithUmlautsArrivesAsWritten() throws Exception {
        adapter(port())
                .sendMail(Mail.of("ann@example.com", "Bestätigung für Ünï 🎉", "Grüße\n\n日本\nhttp://a/b?token=x"));

        MimeMessage mail = received();
        assertThat(mail.getSubject()).isEqualTo("Bestätigung für Ünï 🎉");
        assertThat(mail.getContent().toString().strip()).isEqualTo("Grüße\r\n\r\n日本\r\nhttp://a/b?token=x");
        assertThat(mail.getFrom()[0].toString()).contains("no-reply@example.com");
        assertThat(((jakarta.mail.internet.InternetAddress) mail.getFrom()[0]).getPersonal())
                .isEqualTo("Kämi App");
        assertThat(mail.getRecipients(RecipientType.TO))
                .extracting(Object::toString)
                .containsExactly("ann@example.com");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(GreenMailUtil.getWholeMessage(mail)).isASCII();
    }

    @Test
    void htmlComesAsTheBetterAlternative() throws Exception {
        adapter(port()).sendMail(new Mail(List.of("ann@example.com"), null, "s", "plain ü", "<b>ü</b>"));

        var parts = (MimeMultipart) received().getContent();
        assertThat(parts.getContentType()).startsWith("multipart/alternative");
        assertThat(parts.getBodyPart(0).getContentType()).startsWith("text/plain");
        assertThat(parts.getBodyPart(0).getContent()).isEqualTo("plain ü");
        assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
        assertThat(parts.getBodyPart(1).getContent()).isEqualTo("<b>ü</b>");
    }

    @Test
    void theMessageIdDoesNotTellWhereTheServerRuns() throws Exception {
        adapter(port()).sendMail(Mail.of("ann@example.com", "s", "t"));

        assertThat(received().getMessageID())
                .matches("<[0-9a-f-]{36}@example\\.com>")
                .doesNotContain(InetAddress.getLocalHost().getHostName());
    }

    @Test
    void aLineBreakInTheSubjectAddsNoHeader() throws Exception {
        adapter(port()).sendMail(Mail.of("ann@example.com", "Hello\r\nBcc: eve@example.com\r\n\r\nbody", "t"));

        assertThat(received().getSubject()).isEqualTo("Hello Bcc: eve@example.com body");
        assertThat(received().getHeader("Bcc")).isNull();
        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ann@example.com,eve@example.com",
                "ann@example.com>, <eve@example.com",
                "ann@example.com;eve@example.com",
                "ann@example.com\r\nRCPT TO:<eve@example.com>",
                "friends: ann@example.com, eve@example.com;",
                "no address",
                "@",
                ""
            })
    void anAddressThatIsNotExactlyOneIsRefused(String to) {
        assertThatThrownBy(() -> adapter(port()).sendMail(Mail.of(to, "s", "t")))
                .isInstanceOf(IOException.class);
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void logsInWithUserAndPassword() throws Exception {
        server.getUserManager().setAuthRequired(true);

        adapter(port(), "user", "app", "password", "right password").sendMail(Mail.of("ann@example.com", "s", "t"));

        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @Test
    void aRefusedLogInIsSaidWithoutThePassword() {
        server.getUserManager().setAuthRequired(true);

        Throwable failure = catchThrowable(() -> adapter(port(), "user", "app", "password", "wrong-password")
                .sendMail(Mail.of("ann@example.com", "s", "t")));

        assertThat(failure).isInstanceOf(IOException.class).hasMessageContaining("535");
        assertThat(failure.toString()).doesNotContain("wrong-password");
        assertThat(failure.getCause()).isNull();
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void speaksTlsFromTheFirstByte() throws Exception {
        adapter(server.getSmtps().getPort(), "secure", true, "tls", Map.of("rejectUnauthorized", false))
                .sendMail(Mail.of("ann@example.com", "s", "t"));

        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @Test
    void aCertificateThatNobodyKnowsIsRefused() throws Exception {
        try (var other = new StartTlsServer(Kind.OFFERS_STARTTLS)) {
            assertThatThrownBy(() -> adapter(other.port(), "user", "app", "password", "p", "starttls", true)
                            .sendMail(Mail.of("ann@example.com", "s", "t")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("PKIX");
            assertThat(other.lines()).noneMatch(line -> line.contains("AUTH"));
        }
    }

    @Test
    void asksForTlsBeforeItNamesThePassword() throws Exception {
        try (var other = new StartTlsServer(Kind.OFFERS_STARTTLS)) {
            adapter(other.port(), "user", "app", "password", "p", "tls", Map.of("rejectUnauthorized", false))
                    .sendMail(Mail.of("ann@example.com", "s", "t"));

            assertThat(other.lines()).anyMatch(line -> line.startsWith(StartTlsServer.UNDER_TLS + "AUTH"));
            assertThat(other.lines())
                    .filteredOn(line -> !line.startsWith(StartTlsServer.UNDER_TLS))
                    .noneMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL"));
        }
    }

    @Test
    void sendsNothingWhenTlsIsDemandedAndNotOffered() throws Exception {
        try (var other = new StartTlsServer(Kind.PLAIN)) {
            assertThatThrownBy(() -> adapter(other.port(), "requireTLS", true, "user", "app", "password", "p")
                            .sendMail(Mail.of("ann@example.com", "s", "t")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("STARTTLS");
            assertThat(other.lines()).noneMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL"));
        }
    }

    @Test
    void aServerThatSaysNothingEndsInAFailureInTime() throws Exception {
        try (var silent = new StartTlsServer(Kind.SILENT)) {
            Instant start = Instant.now();

            assertThatThrownBy(() -> adapter(silent.port(), "socketTimeout", 200L)
                            .sendMail(Mail.of("ann@example.com", "s", "t")))
                    .isInstanceOf(IOException.class);

            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void aServerThatIsDownIsNamedInTheFailure() throws Exception {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        assertThatThrownBy(() -> adapter(free).sendMail(Mail.of("ann@example.com", "s", "t")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("127.0.0.1:" + free);
    }
}
