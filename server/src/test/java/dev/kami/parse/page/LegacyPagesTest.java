package dev.kami.parse.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.options.OptionsBuilder;
import dev.kami.parse.page.PageServer.Accounts;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyPagesTest {
    private static final String GOOD = Accounts.GOOD;
    private static final String APPS = PageServer.PUBLIC + "/apps/";

    private PageServer server;

    private PageServer start(Consumer<OptionsBuilder> more) {
        server = new PageServer(options -> more.accept(options.set("pages.enableRouter", false)));
        return server;
    }

    private PageServer start() {
        return start(_ -> {});
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private void assertRedirect(HttpResponse<String> response, String address) {
        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.headers().firstValue("location")).contains(address);
        assertThat(response.body()).isEqualTo("Found. Redirecting to " + address);
        assertThat(response.headers().firstValue("cache-control")).contains("no-store");
        assertThat(response.headers().firstValue("referrer-policy")).contains("no-referrer");
    }

    @ParameterizedTest(name = "GET {0} leads to {1}")
    @CsvSource({
        "A/verify_email?token=" + GOOD + ", verify_email_success.html",
        "A/verify_email?token=" + GOOD + "&username=a%20b, verify_email_success.html?username=a%20b",
        "A/verify_email?token=wrong, invalid_verification_link.html?appId=A",
        "A/verify_email?token=wrong&username=ann, invalid_verification_link.html?username=ann&appId=A",
        "A/verify_email?username=ann, invalid_link.html",
        "A/verify_email, invalid_link.html",
        "A/request_password_reset, invalid_link.html",
        "A/request_password_reset?token=wrong, invalid_link.html",
        "A/request_password_reset?token=" + GOOD + ", choose_password?token=" + GOOD
                + "&id=A&app=Kami%20%26%20%3Cb%3EApp%3C%2Fb%3E",
        "A/request_password_reset?username=ann&token=" + GOOD + ", choose_password?token=" + GOOD
                + "&id=A&username=ann&app=Kami%20%26%20%3Cb%3EApp%3C%2Fb%3E",
    })
    void linksRedirectToPages(String path, String target) {
        assertRedirect(start().get("/apps/" + path), APPS + target);
    }

    @ParameterizedTest(name = "POST {0} {1} leads to {2}")
    @CsvSource({
        "resend_verification_email, username=ann, link_send_success.html",
        "resend_verification_email, username=nobody, link_send_success.html",
        "resend_verification_email, a=b, invalid_link.html",
        "request_password_reset, token=" + GOOD + "&new_password=x, password_reset_success.html",
        "request_password_reset, token=" + GOOD
                + "&new_password=x&username=ann, password_reset_success.html?username=ann",
        "request_password_reset, token=" + GOOD + ", invalid_link.html",
        "request_password_reset, new_password=x, invalid_link.html",
        "request_password_reset, username=ann&token=" + GOOD
                + "&new_password=short, choose_password?username=ann&token="
                + GOOD
                + "&id=A&error=Password%20does%20not%20meet%20the%20Password%20Policy%20requirements."
                + "&app=Kami%20%26%20%3Cb%3EApp%3C%2Fb%3E",
    })
    void formsRedirectToPages(String path, String form, String target) {
        assertRedirect(start().post("/apps/A/" + path, form), APPS + target);
    }

    @Test
    void anOptionLetsTheFailureOfAResendBeSeen() {
        start(options -> options.set("emailVerifySuccessOnInvalidEmail", false));
        assertRedirect(
                server.post("/apps/A/resend_verification_email", "username=nobody"), APPS + "link_send_fail.html");
    }

    @Test
    void customPagesAreRedirectedTo() {
        start(options -> options.set(
                "customPages",
                Map.of(
                        "invalidLink", "https://x.example/il",
                        "invalidVerificationLink", "https://x.example/ivl",
                        "linkSendSuccess", "https://x.example/lss",
                        "verifyEmailSuccess", "https://x.example/ves",
                        "choosePassword", "https://x.example/cp",
                        "passwordResetSuccess", "https://x.example/prs")));
        assertRedirect(server.get("/apps/A/verify_email"), "https://x.example/il");
        assertRedirect(server.get("/apps/A/verify_email?token=wrong"), "https://x.example/ivl?appId=A");
        assertRedirect(server.post("/apps/A/resend_verification_email", "username=ann"), "https://x.example/lss");
        assertRedirect(server.get("/apps/A/verify_email?token=" + GOOD), "https://x.example/ves");
        assertRedirect(
                server.post("/apps/A/request_password_reset", "token=" + GOOD + "&new_password=x"),
                "https://x.example/prs");
        assertThat(server.get("/apps/A/request_password_reset?token=" + GOOD)
                        .headers()
                        .firstValue("location"))
                .get()
                .asString()
                .startsWith("https://x.example/cp?token=");
    }

    @Test
    void scriptsGetJson() {
        start();
        assertThat(server.post(
                                "/apps/A/request_password_reset",
                                "token=" + GOOD + "&new_password=x",
                                "X-Requested-With",
                                "XMLHttpRequest")
                        .body())
                .isEqualTo("\"Password successfully reset\"");
        HttpResponse<String> refused = server.post(
                "/apps/A/request_password_reset", "token=wrong&new_password=x", "X-Requested-With", "XMLHttpRequest");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .isEqualTo("{\"code\":-1,\"error\":\"Failed to reset password: username / email / token is invalid\"}");
    }

    @Test
    void theFormTakesItsValuesFromTheAddressAndEscapesThem() {
        HttpResponse<String> response = start().get("/apps/choose_password?id=A&token=" + GOOD
                + "&username=%3Cscript%3E&error=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&app=x");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .contains("name=\"token\" value=\"" + GOOD + "\"", "name=\"username\" value=\"&lt;script&gt;\"")
                .contains("action=\"https:&#x2F;&#x2F;app.example&#x2F;parse/apps/A/request_password_reset\"")
                .contains("role=\"alert\"")
                .doesNotContain("<script");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "invalid_link",
                "invalid_verification_link",
                "link_send_success",
                "link_send_fail",
                "password_reset_success",
                "verify_email_success"
            })
    void thePagesAreThere(String page) {
        HttpResponse<String> response = start().get("/apps/" + page + ".html?username=%22%3E%3Cscript%3E&appId=Z");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("<h1>").doesNotContain("<script");
        assertThat(response.headers().firstValue("content-security-policy")).isPresent();
    }

    @Test
    void anUnknownAppIsRefusedAndAnUnknownFileIsMissing() {
        start();
        assertThat(server.get("/apps/B/verify_email?token=" + GOOD).statusCode())
                .isEqualTo(403);
        assertThat(server.get("/apps/choose_password?id=B").statusCode()).isEqualTo(403);
        assertThat(server.get("/apps/other.html").statusCode()).isEqualTo(404);
        assertThat(server.rawGet("/apps/..%2fpassword_reset.html")).startsWith("HTTP/1.1 404");
        assertThat(server.accounts.calls).isEmpty();
    }

    @Test
    void withoutAPublicAddressThereAreNoPages() {
        start(options -> options.set("publicServerURL", null));
        HttpResponse<String> response = server.get("/apps/A/verify_email?token=" + GOOD);
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).isEqualTo("Not found.");
        assertThat(server.accounts.calls).isEmpty();
    }
}
