package dev.kami.parse.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the request of an app over a real mail to the page behind its link and back to the app. */
@Timeout(60)
class MailedLinksTest {
    private static final Pattern LINK = Pattern.compile("http://127\\.0\\.0\\.1/parse(/\\S+)");

    private final GreenMail mailbox = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
    private ParseServer server;

    @BeforeEach
    void startMailServer() {
        mailbox.start();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
        mailbox.stop();
    }

    private void start(boolean pageRouter) {
        Map<String, Object> smtp =
                Map.of("host", "127.0.0.1", "port", mailbox.getSmtp().getPort(), "from", "App <no-reply@example.org>");
        server = Servers.start(options -> options.set("appName", "App")
                .set("publicServerURL", "http://127.0.0.1/parse")
                .set("verifyUserEmails", true)
                .set("preventLoginWithUnverifiedEmail", true)
                .set("pages", Map.of("enableRouter", pageRouter))
                .set("emailAdapter", Map.of("module", "smtp", "options", smtp)));
    }

    private String linkOfMail(int number) throws Exception {
        assertThat(mailbox.waitForIncomingEmail(20_000, number)).isTrue();
        MimeMessage mail = mailbox.getReceivedMessages()[number - 1];
        Matcher link = LINK.matcher((String) mail.getContent());
        assertThat(link.find()).isTrue();
        return link.group(1);
    }

    private HttpResponse<String> logIn(String password) {
        return Servers.post(server, "/login", "{\"username\":\"ann\",\"password\":\"" + password + "\"}");
    }

    /** As a browser or a mail program does: without the headers of an SDK. */
    private HttpResponse<String> open(String path) {
        return Servers.send(HttpRequest.newBuilder(uri(path)));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + "/parse" + path);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAddressIsConfirmedByTheLinkInAMail(boolean pageRouter) throws Exception {
        start(pageRouter);
        var signUp = (Obj) Servers.json(Servers.post(
                server, "/users", "{\"username\":\"ann\",\"password\":\"secret\",\"email\":\"ann@example.org\"}"));
        assertThat(signUp.has("sessionToken")).isFalse();
        assertThat(logIn("secret").body()).contains("\"code\":205");

        String link = linkOfMail(1);
        assertThat(open(link + "x").body()).doesNotContain("success");
        assertThat(logIn("secret").body()).contains("\"code\":205");
        assertThat(open(link).statusCode()).isIn(200, 302);

        HttpResponse<String> in = logIn("secret");
        assertThat(in.statusCode()).isEqualTo(200);
        assertThat(((Obj) Servers.json(in)).get("emailVerified")).isEqualTo(ParseValue.TRUE);
    }

    @Test
    void aForgottenPasswordIsReplacedThroughTheFormBehindTheLink() throws Exception {
        start(true);
        Servers.post(server, "/users", "{\"username\":\"ann\",\"password\":\"secret\",\"email\":\"ann@example.org\"}");
        open(linkOfMail(1));
        String session = ((Obj) Servers.json(logIn("secret"))).text("sessionToken");

        assertThat(Servers.post(server, "/requestPasswordReset", "{\"email\":\"ann@example.org\"}")
                        .body())
                .isEqualTo("{}");
        String link = linkOfMail(2);
        assertThat(open(link).body()).contains("new_password");
        String token = link.substring(link.indexOf("token=") + 6);
        HttpResponse<String> submitted = Servers.send(HttpRequest.newBuilder(uri("/apps/A/request_password_reset"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("token=" + token + "&new_password=fresh%20one&utf-8=%E2%9C%93")));
        assertThat(submitted.statusCode()).isEqualTo(200);
        assertThat(submitted.body()).doesNotContain("new_password");

        assertThat(logIn("fresh one").statusCode()).isEqualTo(200);
        assertThat(logIn("secret").statusCode()).isEqualTo(404);
        assertThat(Servers.send(Servers.request(server, "/users/me").header("X-Parse-Session-Token", session))
                        .body())
                .contains("\"code\":209");
    }
}
