package dev.kami.parse.page;

import static dev.kami.parse.page.PageServer.heading;
import static dev.kami.parse.page.PageServer.location;
import static dev.kami.parse.page.PageServer.param;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kami.parse.options.Options;
import dev.kami.parse.options.OptionsBuilder;
import dev.kami.parse.options.OptionsException;
import dev.kami.parse.page.PageServer.Accounts;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageRouterTest {
    private static final String GOOD = Accounts.GOOD;
    private static final String STANDARD_QUERY =
            "?appId=A&appName=Kami+%26+%3Cb%3EApp%3C%2Fb%3E&publicServerUrl=https%3A%2F%2Fapp.example%2Fparse";

    @TempDir
    private Path folder;

    private PageServer server;

    private PageServer start(Consumer<OptionsBuilder> options) {
        server = new PageServer(options);
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

    private void file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    // ---- GET routes are answered with the page ----

    @ParameterizedTest(name = "GET {0} shows \"{1}\"")
    @CsvSource(
            delimiter = '|',
            value = {
                "/apps/A/verify_email?token=" + GOOD + " | Your e-mail address is confirmed",
                "/apps/A/verify_email/?token=" + GOOD + " | Your e-mail address is confirmed",
                "/apps/A/verify_email?token=" + GOOD + "&username=ann | Your e-mail address is confirmed",
                "/apps/A/verify_email?token=wrong | This link no longer works",
                "/apps/A/verify_email?token= | This link no longer works",
                "/apps/A/verify_email | This link no longer works",
                "/apps/A/verify_email?token=trigger | This link no longer works",
                "/apps/A/request_password_reset?token=" + GOOD + " | Choose a new password",
                "/apps/A/request_password_reset?token=wrong | This link no longer works",
                "/apps/A/request_password_reset | This link no longer works",
                "/apps/choose_password?appId=A | Choose a new password",
                "/apps/password_reset.html | Choose a new password",
                "/apps/email_verification_link_expired.html | This link has expired",
                "/apps/de/email_verification_link_expired.html | Dieser Link ist abgelaufen",
                "/apps/fr/email_verification_link_expired.html | Ce lien a expiré",
            })
    void aGetIsAnsweredWithThePage(String path, String heading) {
        HttpResponse<String> response = start().get(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(heading(response)).isEqualTo(heading);
        assertThat(param(response, "appid")).isEqualTo("A");
        assertThat(param(response, "appname")).isEqualTo("Kami & <b>App</b>");
        assertThat(param(response, "publicserverurl")).isEqualTo(PageServer.PUBLIC);
        assertThat(param(response, "locale")).isNull();
    }

    @Test
    void theResetPageCarriesItsToken() {
        HttpResponse<String> response = start().get("/apps/A/request_password_reset?token=" + GOOD);

        assertThat(param(response, "token")).isEqualTo(GOOD);
        assertThat(response.body())
                .contains("name=\"token\" value=\"" + GOOD + "\"")
                .contains("action=\"https:&#x2F;&#x2F;app.example&#x2F;parse&#x2F;apps/A/request_password_reset\"")
                .contains("Kami &amp; &lt;b&gt;App&lt;&#x2F;b&gt;");
        assertThat(server.accounts.calls).containsExactly("checkResetToken " + GOOD);
    }

    @Test
    void aHeadHasTheHeadersOfTheGet() {
        HttpResponse<String> response =
                start().send(server.request("/apps/password_reset.html").method("HEAD", BodyPublishers.noBody()));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
        assertThat(response.body()).isEmpty();
    }

    // ---- POST routes ----

    @ParameterizedTest(name = "resend with {0} leads to {1}")
    @CsvSource({
        "username=ann, email_verification_send_success.html",
        "token=" + GOOD + ", email_verification_send_success.html",
        "username=nobody, email_verification_send_success.html",
        "username=trigger, email_verification_send_success.html",
        "token=wrong, email_verification_send_success.html",
        "username=, email_verification_link_invalid.html",
        "other=1, email_verification_link_invalid.html",
    })
    void aPostIsAnsweredWithARedirectToThePage(String form, String file) {
        HttpResponse<String> response = start().post("/apps/A/resend_verification_email", form);

        String address = PageServer.PUBLIC + "/apps/" + file + STANDARD_QUERY;
        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(location(response)).isEqualTo(address);
        assertThat(response.body()).isEqualTo("Found. Redirecting to " + address);
        assertThat(param(response, "appid")).isEqualTo("A");
    }

    @Test
    void theSamePageAnswersForKnownAndUnknownUsersWhoAskAgain() {
        start();
        HttpResponse<String> known = server.post("/apps/A/resend_verification_email", "username=ann");
        HttpResponse<String> unknown = server.post("/apps/A/resend_verification_email", "username=nobody");
        assertThat(unknown.body()).isEqualTo(known.body());
        assertThat(unknown.headers().map().keySet())
                .isEqualTo(known.headers().map().keySet());
    }

    @Test
    void anOptionLetsTheFailureOfAResendBeSeen() {
        start(options -> options.set("emailVerifySuccessOnInvalidEmail", false));
        assertThat(location(server.post("/apps/A/resend_verification_email", "username=nobody")))
                .contains("/apps/email_verification_send_fail.html");
        assertThat(location(server.post("/apps/A/resend_verification_email", "username=ann")))
                .contains("/apps/email_verification_send_success.html");
    }

    @Test
    void aNewPasswordIsAnsweredWithThePageItself() {
        HttpResponse<String> response =
                start().post("/apps/A/request_password_reset", "token=" + GOOD + "&new_password=n%C3%A4w+1");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(heading(response)).isEqualTo("Your password has been changed");
        assertThat(server.accounts.calls).containsExactly("resetPassword " + GOOD + " näw 1");
        assertThat(param(response, "token")).isNull();
    }

    @ParameterizedTest(name = "{0} shows \"{1}\"")
    @CsvSource(
            delimiter = '|',
            value = {
                "token=wrong&new_password=x | Failed to reset password: username / email / token is invalid",
                "token=" + Accounts.EXPIRED + "&new_password=x | The password reset link has expired",
                "token=" + GOOD + "&new_password=short | Password does not meet the Password Policy requirements.",
                "token=trigger&new_password=x | Not today, says <b>the trigger</b>.",
                "token=denied&new_password=x | Permission denied",
                "token=" + GOOD + "&new_password=x&confirm_new_password=y | The two passwords are not the same.",
            })
    void aPasswordThatIsRefusedLeadsBackToTheForm(String form, String error) {
        HttpResponse<String> response = start().post("/apps/A/request_password_reset", form);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(heading(response)).isEqualTo("Choose a new password");
        assertThat(param(response, "error")).isEqualTo(error);
        assertThat(param(response, "token")).isNotNull();
        assertThat(response.body()).contains("role=\"alert\"").doesNotContain("<b>the trigger</b>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token=" + GOOD,
                "new_password=x",
                "token=&new_password=x",
                "token=" + GOOD + "&new_password=",
                ""
            })
    void aResetWithSomethingMissingLeadsToTheInvalidPage(String form) {
        HttpResponse<String> response = start().post("/apps/A/request_password_reset", form);
        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(location(response)).startsWith(PageServer.PUBLIC + "/apps/password_reset_link_invalid.html?");
        assertThat(server.accounts.calls).isEmpty();
    }

    @Test
    void jsonWorksLikeAForm() {
        start();
        assertThat(server.postJson(
                                "/apps/A/request_password_reset", "{\"token\":\"" + GOOD + "\",\"new_password\":\"x\"}")
                        .body())
                .contains("Your password has been changed");
        assertThat(location(server.postJson("/apps/A/resend_verification_email", "{\"username\":\"ann\"}")))
                .contains("send_success");
    }

    // ---- scripts ----

    @ParameterizedTest(name = "{0} is answered with {1} {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "token=" + GOOD + "&new_password=x | 200 | \"Password successfully reset\"",
                "new_password=x | 400 | {\"code\":-1,\"error\":\"Missing token\"}",
                "a=b | 400 | {\"code\":-1,\"error\":\"Missing token\"}",
                "token=" + GOOD + " | 400 | {\"code\":201,\"error\":\"Missing password\"}",
                "token=" + GOOD + "&new_password=short | 400"
                        + " | {\"code\":-1,\"error\":\"Password does not meet the Password Policy requirements.\"}",
                "token=wrong&new_password=x | 400"
                        + " | {\"code\":-1,\"error\":\"Failed to reset password: username / email / token is invalid\"}",
            })
    void scriptsGetJson(String form, int status, String body) {
        HttpResponse<String> response =
                start().post("/apps/A/request_password_reset", form, "X-Requested-With", "xmlHttpRequest");
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEqualTo(body);
        assertThat(response.headers().firstValue("content-type")).contains("application/json; charset=utf-8");
    }

    // ---- who may ask ----

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "GET, /apps/B/verify_email?token=" + GOOD,
        "GET, /apps/B/request_password_reset?token=" + GOOD,
        "GET, /apps/choose_password",
        "GET, /apps/choose_password?appId=B",
        "POST, /apps/B/resend_verification_email",
        "POST, /apps/B/request_password_reset",
    })
    void anUnknownAppIsRefused(String method, String path) {
        start();
        HttpResponse<String> response = method.equals("GET")
                ? server.get(path)
                : server.post(path, "token=" + GOOD + "&username=ann&new_password=x");
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).isEqualTo("{\"error\":\"unauthorized\"}");
        assertThat(server.accounts.calls).isEmpty();
    }

    @Test
    void pagesNeedNoKeysButOtherMethodsOnTheirPathsDo() {
        start();
        assertThat(server.get("/apps/A/verify_email").statusCode()).isEqualTo(200);
        assertThat(server.send(server.request("/apps/A/verify_email").PUT(BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(403);
        assertThat(server.get("/apps").statusCode()).isEqualTo(403);
    }

    @Test
    void withoutAppNameOrPublicAddressThereIsNoPage() {
        start(options -> options.set("appName", null));
        HttpResponse<String> response = server.get("/apps/A/verify_email?token=" + GOOD);
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).isEqualTo("Not found.");
    }

    @Test
    void aFaultOfTheServerIsNoInvalidLinkAndTellsNothing() {
        HttpResponse<String> response = start().get("/apps/A/verify_email?token=broken");
        assertThat(response.statusCode()).isEqualTo(500);
    }

    @Test
    void rateLimitsCountPages() {
        start(options -> options.set(
                "rateLimit",
                List.of(Map.of(
                        "requestPath",
                        "/apps/*path",
                        "requestTimeWindow",
                        60_000L,
                        "requestCount",
                        2L,
                        "includeInternalRequests",
                        true))));
        String path = "/apps/A/request_password_reset";
        assertThat(server.post(path, "token=wrong&new_password=x").statusCode()).isEqualTo(200);
        assertThat(server.post(path, "token=wrong&new_password=x").statusCode()).isEqualTo(200);
        HttpResponse<String> third = server.post(path, "token=wrong&new_password=x");
        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(third.body()).isEqualTo("{\"code\":100,\"error\":\"Too many requests.\"}");
    }

    // ---- options ----

    @Test
    void forceRedirectAnswersEverythingWithARedirect() {
        start(options -> options.set("pages.forceRedirect", true));
        HttpResponse<String> verified = server.get("/apps/A/verify_email?token=" + GOOD);
        assertThat(verified.statusCode()).isEqualTo(303);
        assertThat(location(verified))
                .isEqualTo(PageServer.PUBLIC + "/apps/email_verification_success.html" + STANDARD_QUERY);

        HttpResponse<String> refused =
                server.post("/apps/A/request_password_reset", "token=" + GOOD + "&new_password=short&locale=de");
        assertThat(location(refused))
                .isEqualTo(
                        PageServer.PUBLIC + "/apps/password_reset.html?token=" + GOOD + "&appId=A"
                                + "&error=Password+does+not+meet+the+Password+Policy+requirements."
                                + "&appName=Kami+%26+%3Cb%3EApp%3C%2Fb%3E&publicServerUrl=https%3A%2F%2Fapp.example%2Fparse&locale=de");
    }

    @Test
    void thePageBehindAForcedRedirectKnowsItsToken() {
        start(options -> options.set("pages.forceRedirect", true));
        String body = server.get("/apps/password_reset.html?appId=A&token=" + GOOD + "&error=%3Ci%3E")
                .body();
        assertThat(body).contains("name=\"token\" value=\"" + GOOD + "\"").contains("&lt;i&gt;");
        server.close();

        start();
        assertThat(server.get("/apps/password_reset.html?appId=A&token=" + GOOD + "&error=%3Ci%3E")
                        .body())
                .doesNotContain(GOOD)
                .doesNotContain("role=\"alert\"");
    }

    @Test
    void customUrlsAreRedirectedToWithAllParameters() {
        start(options -> options.set(
                "pages.customUrls",
                Map.of(
                        "emailVerificationSuccess", "https://site.example/ok?lang=en&appId=Z#top",
                        "passwordReset", "myapp://zurück setzen",
                        "passwordResetLinkInvalid", "/ignored/path.html",
                        "emailVerificationLinkInvalid", "../ignored.html")));
        HttpResponse<String> verified = server.get("/apps/A/verify_email?token=" + GOOD + "&locale=de");
        assertThat(verified.statusCode()).isEqualTo(303);
        assertThat(location(verified))
                .isEqualTo("https://site.example/ok?lang=en&appId=A&appName=Kami+%26+%3Cb%3EApp%3C%2Fb%3E"
                        + "&publicServerUrl=https%3A%2F%2Fapp.example%2Fparse&locale=de#top");
        assertThat(location(server.get("/apps/A/request_password_reset?token=" + GOOD)))
                .startsWith("myapp://zur%C3%BCck%20setzen?token=" + GOOD + "&appId=A");
        assertThat(server.get("/apps/A/request_password_reset?token=wrong").statusCode())
                .isEqualTo(200);
        assertThat(server.get("/apps/A/verify_email").statusCode()).isEqualTo(200);
    }

    @Test
    void pagesEndpointMovesEverything() {
        start(options -> options.set("pages.pagesEndpoint", "seiten"));
        assertThat(server.get("/seiten/A/verify_email?token=" + GOOD).statusCode())
                .isEqualTo(200);
        assertThat(server.get("/seiten/A/request_password_reset?token=" + GOOD).body())
                .contains("&#x2F;parse&#x2F;seiten/A/request_password_reset\"");
        assertThat(location(server.post("/seiten/A/resend_verification_email", "username=ann")))
                .startsWith(PageServer.PUBLIC + "/seiten/email_verification_send_success.html?");
        assertThat(server.get("/apps/A/verify_email").statusCode()).isEqualTo(403);
    }

    @Test
    void headerValuesAreEncodedWhenTheOptionSaysSo() {
        start(options -> options.set("pages.encodePageParamHeaders", true));
        HttpResponse<String> response = server.get("/apps/choose_password?appId=A&username=%0Aann+%C3%BC");
        assertThat(param(response, "username")).isEqualTo("%0Aann%20%C3%BC");
        assertThat(param(response, "appname")).isEqualTo("Kami%20%26%20%3Cb%3EApp%3C%2Fb%3E");
    }

    @Test
    void aValueThatNoHeaderCanHoldIsEncodedAnyway() {
        HttpResponse<String> response = start().get("/apps/choose_password?appId=A&username=%E6%97%A5%F0%9F%8E%89");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(param(response, "username")).isEqualTo("%E6%97%A5%F0%9F%8E%89");
        assertThat(response.body()).contains("<strong>日🎉</strong>");
    }

    @Test
    void ownPagesReplaceTheBuiltInOnes() throws IOException {
        file("email_verification_success.html", "{{appName}}|{{{appName}}}|{{appId}}|{{missing}}|{{locale}}");
        file("picture.png", "not really");
        file("site.css", "a{b:c}");
        start(options -> options.set("pages.pagesPath", folder.toString()));

        assertThat(server.get("/apps/A/verify_email?token=" + GOOD).body())
                .isEqualTo("Kami &amp; &lt;b&gt;App&lt;&#x2F;b&gt;|Kami & <b>App</b>|A||");
        assertThat(server.get("/apps/A/verify_email").statusCode()).isEqualTo(404);
        assertThat(server.get("/apps/picture.png").headers().firstValue("content-type"))
                .contains("image/png");
        assertThat(server.get("/apps/site.css").headers().firstValue("content-type"))
                .contains("text/css; charset=utf-8");

        file("email_verification_success.html", "changed");
        assertThat(server.get("/apps/A/verify_email?token=" + GOOD).body()).isEqualTo("changed");
    }

    @Test
    void placeholdersWinOverParameters() throws IOException {
        file("email_verification_success.html", "{{appName}} {{support}} {{list.0}}{{#rows}}<{{.}}>{{/rows}} {{n}}");
        start(options -> options.set("pages.pagesPath", folder.toString())
                .set(
                        "pages.placeholders",
                        Map.of("appName", "<Other>", "support", "&", "rows", List.of("a", "b"), "n", 3.0)));
        HttpResponse<String> response = server.get("/apps/A/verify_email?token=" + GOOD);
        assertThat(response.body()).isEqualTo("&lt;Other&gt; &amp; <a><b> 3");
        assertThat(param(response, "appname")).isEqualTo("Kami & <b>App</b>");
        assertThat(param(response, "support")).isNull();
    }

    @Test
    void placeholdersMayBeWorkedOutPerPage() throws IOException {
        file("email_verification_success.html", "{{greeting}}");
        Placeholders function =
                params -> Map.of("greeting", "hello " + params.get("appId") + " " + params.get("locale"));
        start(options -> options.set("pages.pagesPath", folder.toString()).set("pages.placeholders", function));
        assertThat(server.get("/apps/A/verify_email?token=" + GOOD + "&locale=fr")
                        .body())
                .isEqualTo("hello A fr");
    }

    // ---- custom routes ----

    private static Map<String, Object> route(String method, String path, CustomPage.Handler handler) {
        return Map.of("method", method, "path", path, "handler", handler);
    }

    @Test
    void customRoutesShowAPage() {
        var seen = new ArrayList<PageRequest>();
        start(options -> options.set("pages.enableLocalization", true)
                .set(
                        "pages.customRoutes",
                        List.of(
                                route("GET", "welcome", request -> {
                                    seen.add(request);
                                    return new CustomPage("email_verification_success.html", Map.of("extra", "<x>"));
                                }),
                                route(
                                        "POST",
                                        "deep/:id/path",
                                        request -> new CustomPage(
                                                "custom_page.html",
                                                Map.of("id", request.variables().get("id")))),
                                route("GET", "nothing", _ -> null))));

        HttpResponse<String> response = server.get("/apps/A/welcome?a=b&locale=de");
        assertThat(heading(response)).isEqualTo("Ihre E-Mail-Adresse ist bestätigt");
        assertThat(param(response, "extra")).isEqualTo("<x>");
        assertThat(seen.getFirst().query()).containsEntry("a", "b");
        HttpResponse<String> posted = server.post("/apps/A/deep/7/path", "x=y");
        assertThat(posted.statusCode()).isEqualTo(200);
        assertThat(param(posted, "id")).isEqualTo("7");
        assertThat(server.get("/apps/A/nothing").statusCode()).isEqualTo(404);
        assertThat(server.get("/apps/A/nothing").body()).isEqualTo("Not found.");
        assertThat(server.get("/apps/B/welcome").statusCode()).isEqualTo(403);
    }

    @Test
    void aCustomRouteCannotReplaceABuiltInOne() {
        start(options -> options.set(
                "pages.customRoutes",
                List.of(route("GET", "/verify_email", _ -> null), route("POST", "request_password_reset", _ -> null))));
        assertThat(server.get("/apps/A/verify_email?token=" + GOOD).statusCode())
                .isEqualTo(200);
        assertThat(server.post("/apps/A/request_password_reset", "token=" + GOOD + "&new_password=x")
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.accounts.calls).hasSize(2);
    }

    @Test
    void aCustomRouteCannotNameAFileOutsideOfTheFolder() {
        start(options -> options.set(
                "pages.customRoutes", List.of(route("GET", "out", _ -> new CustomPage("../../pom.xml", Map.of())))));
        assertThat(server.get("/apps/A/out").statusCode()).isEqualTo(404);
    }

    // ---- options that cannot be ----

    private void assertRefused(String option, Object value, String text) {
        assertThatThrownBy(() -> start(options -> options.set(option, value)))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining(text);
    }

    @Test
    void optionsThatLeadNowhereStopTheStart() throws IOException {
        file("broken.json", "{");
        assertRefused("pages.pagesPath", folder.resolve("none").toString(), "pages.pagesPath");
        assertRefused("pages.localizationJsonPath", folder.resolve("none.json").toString(), "failed to load JSON file");
        assertRefused(
                "pages.localizationJsonPath", folder.resolve("broken.json").toString(), "failed to load JSON file");
        assertRefused("pages.customUrls", Map.of("passwordReset", "page.html"), "pages.customUrls.passwordReset");
        assertRefused("pages.customUrls", Map.of("passwordReset", "a b://c"), "pages.customUrls.passwordReset");
        assertRefused("pages.customUrls", Map.of("passwordReset", 5L), "pages.customUrls.passwordReset");
        assertRefused(
                "pages.customRoutes", List.of(Map.of("method", "GET", "path", "x")), "pages.customRoutes[0].handler");
        assertRefused("pages.customRoutes", List.of("text"), "pages.customRoutes[0]");
    }

    @Test
    void optionsOfTheOldPagesAreNamedInAWarning() {
        var lines = new ArrayList<String>();
        var options = Options.builder()
                .set("appId", "A")
                .set("masterKey", "M")
                .set("customPages", Map.of("linkSendFail", "https://x.example", "parseFrameURL", "https://f.example"))
                .build();
        PublicPages.routes(options, new Accounts(), PageServer.log(lines));
        assertThat(lines).singleElement().asString().startsWith("WARN Option customPages.linkSendFail has no effect");
    }
}
