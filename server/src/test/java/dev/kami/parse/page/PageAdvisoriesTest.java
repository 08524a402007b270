package dev.kami.parse.page;

import static dev.kami.parse.page.PageServer.heading;
import static dev.kami.parse.page.PageServer.location;
import static dev.kami.parse.page.PageServer.param;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.options.OptionsBuilder;
import dev.kami.parse.page.PageServer.Accounts;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the published advisories about pages were about, each as the behaviour that protects. */
class PageAdvisoriesTest {
    private static final String GOOD = Accounts.GOOD;

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

    @ParameterizedTest
    @ValueSource(strings = {"token", "username", "locale"})
    void noParameterOfALinkBecomesMarkup(String name) {
        String attack = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E'%60%3D";
        String body = start().get("/apps/choose_password?appId=A&" + name + "=" + attack)
                .body();
        assertThat(body).doesNotContain("<script").doesNotContain("\">'").doesNotContain("alert(1)</");
    }

    @Test
    void noErrorTextBecomesMarkup() {
        String body = start().post("/apps/A/request_password_reset", "token=%3Cscript%3E&new_password=x")
                .body();
        assertThat(body).doesNotContain("<script>").contains("value=\"&lt;script&gt;\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/apps/../server/pom.xml",
                "/apps/..%2fsecret.txt",
                "/apps/%2e%2e/secret.txt",
                "/apps/%2e%2e%2fsecret.txt",
                "/apps/..%5csecret.txt",
                "/apps/....//secret.txt",
                "/apps/de/..%2f..%2fsecret.txt",
                "/apps//etc/passwd",
                "/apps/%2fetc%2fpasswd",
                "/apps/pages%2f..%2f..%2fsecret.txt",
                "/apps/.hidden",
                "/apps/de/.hidden.html",
                "/apps/link.txt",
                "/apps/linked/secret.txt",
                "/apps/de",
                "/apps/..%2fpages-evil/secret.txt",
                "/apps/x%00.html",
            })
    void noPathLeadsOutOfThePagesFolder(String path) throws IOException {
        file("secret.txt", "SECRET");
        file("pages-evil/secret.txt", "SECRET");
        file("pages/.hidden", "SECRET");
        file("pages/de/.hidden.html", "SECRET");
        file("pages/de/page.html", "fine");
        Files.createSymbolicLink(folder.resolve("pages/link.txt"), folder.resolve("secret.txt"));
        Files.createSymbolicLink(folder.resolve("pages/linked"), folder);
        start(options -> options.set("pages.pagesPath", folder.resolve("pages").toString()));

        assertThat(server.get("/apps/de/page.html").body()).isEqualTo("fine");
        String answer = server.rawGet(path);
        assertThat(answer).doesNotContain("SECRET", "root:", "<project");
        assertThat(answer.substring(0, 12)).isIn("HTTP/1.1 404", "HTTP/1.1 400", "HTTP/1.1 403");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/apps/../email/package-info.class",
                "/apps/..%2f..%2fdev/kami/parse/page/Page.class",
                "/apps/de/..%2fpassword_reset.html",
                "/apps/legacy%2f..%2fpassword_reset.html",
                "/apps/META-INF/MANIFEST.MF",
                "/apps/nothing.html",
            })
    void theBuiltInPagesAreAllThatIsServedFromTheProgram(String path) {
        assertThat(start().rawGet(path)).startsWith("HTTP/1.1 404");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc", "..", "de/../..", "de%00", "de%0d%0aX-Evil:%201", "C:", "a"})
    void aLocaleIsNoPath(String locale) throws IOException {
        file("secret/email_verification_success.html", "SECRET");
        file("pages/email_verification_success.html", "fine");
        start(options -> options.set("pages.enableLocalization", true)
                .set("pages.pagesPath", folder.resolve("pages").toString()));
        HttpResponse<String> response = server.get("/apps/A/verify_email?token=" + GOOD + "&locale=" + locale);
        assertThat(response.body()).isEqualTo("fine");
        assertThat(param(response, "locale")).isNull();
    }

    @Test
    void noValueBeginsAnotherHeader() {
        String answer = start().rawGet(
                        "/apps/choose_password?appId=A&username=a%0d%0aX-Evil:%20yes%0d%0a%0d%0abody&token=t%0aX-Evil2:%20yes%7f%00%1b");
        assertThat(answer.lines().takeWhile(line -> !line.isEmpty()))
                .noneMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("x-evil"))
                .contains("x-parse-page-param-username: aX-Evil: yesbody", "x-parse-page-param-token: tX-Evil2: yes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"token\":{\"$ne\":null},\"new_password\":\"x\"}",
                "{\"token\":[\"" + GOOD + "\"],\"new_password\":\"x\"}",
                "{\"token\":{\"$regex\":\"^a\"},\"username\":{\"$ne\":\"\"}}",
                "{\"token\":null,\"new_password\":\"x\"}",
                "{\"token\":{\"__type\":\"Pointer\",\"className\":\"_User\",\"objectId\":\"a\"},\"new_password\":\"x\"}",
            })
    void anOperatorInPlaceOfATokenCountsAsNoToken(String json) {
        start();
        assertThat(location(server.postJson("/apps/A/request_password_reset", json)))
                .contains("password_reset_link_invalid");
        assertThat(location(server.postJson("/apps/A/resend_verification_email", json)))
                .contains("email_verification_link_invalid");
        assertThat(server.accounts.calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"token=a&token=b", "token=%7B%22%24ne%22%3A1%7D", "token=%5B%22a%22%5D", "token%5B%24ne%5D=1"})
    void anOperatorInALinkCountsAsNoToken(String query) {
        start();
        assertThat(heading(server.get("/apps/A/verify_email?" + query))).isEqualTo("This link no longer works");
        assertThat(heading(server.get("/apps/A/request_password_reset?" + query)))
                .isEqualTo("This link no longer works");
        assertThat(server.accounts.calls).isEmpty();
    }

    @Test
    void noTokenAndNoPasswordReachesTheLog() {
        start(options -> options.set("pages.forceRedirect", true));
        server.get("/apps/A/verify_email?token=" + GOOD);
        server.get("/apps/A/request_password_reset?token=" + GOOD);
        server.post("/apps/A/resend_verification_email", "token=" + GOOD);
        server.post(
                "/apps/A/request_password_reset",
                "token=" + GOOD + "&new_password=geheim1&confirm_new_password=geheim2");
        server.postJson("/apps/A/request_password_reset", "{\"token\":\"" + GOOD + "\",\"new_password\":\"short\"}");
        assertThat(server.lines)
                .hasSize(10)
                .noneMatch(line -> line.contains(GOOD) || line.contains("geheim") || line.contains("short"));
    }

    @Test
    void pagesWithTokensAreNotStoredNotFramedAndNotToldToOthers() {
        start();
        for (HttpResponse<String> response : List.of(
                server.get("/apps/A/request_password_reset?token=" + GOOD),
                server.get("/apps/A/verify_email?token=" + GOOD),
                server.post("/apps/A/resend_verification_email", "username=ann"),
                server.get("/apps/nothing.html"),
                server.get("/apps/password_reset.html"))) {
            assertThat(response.headers().firstValue("cache-control")).contains("no-store");
            assertThat(response.headers().firstValue("referrer-policy")).contains("no-referrer");
            assertThat(response.headers().firstValue("x-content-type-options")).contains("nosniff");
            assertThat(response.headers().firstValue("x-frame-options")).contains("DENY");
            assertThat(response.headers().firstValue("content-security-policy").orElseThrow())
                    .contains("frame-ancestors 'none'", "default-src 'none'")
                    .doesNotContain("unsafe");
        }
    }

    @Test
    void ourOwnPagesHoldExactlyTheStyleTheirPolicyAllows() throws Exception {
        HttpResponse<String> response = start().get("/apps/password_reset.html");
        String body = response.body();
        String style = body.substring(body.indexOf("<style>") + 7, body.indexOf("</style>"));
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
        assertThat(response.headers().firstValue("content-security-policy").orElseThrow())
                .contains("style-src 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'")
                .contains("form-action 'self' https://app.example");
        assertThat(body).doesNotContain("<script", "style=\"", "onclick", "http://", "//fonts");
    }

    @Test
    void pagesOfOnesOwnMayHoldScriptsButAreNotFramed() throws IOException {
        file("email_verification_success.html", "<script>1</script>");
        start(options -> options.set("pages.pagesPath", folder.toString()));
        assertThat(server.get("/apps/A/verify_email?token=" + GOOD).headers().firstValue("content-security-policy"))
                .contains("frame-ancestors 'none'");
    }

    @Test
    void theFramePageOfTheAppMayFrameThem() {
        start(options -> options.set("customPages.parseFrameURL", "https://frame.example:8443/frame?x=1"));
        HttpResponse<String> response = server.get("/apps/A/verify_email?token=" + GOOD);
        assertThat(response.headers().firstValue("content-security-policy").orElseThrow())
                .contains("frame-ancestors https://frame.example:8443");
        assertThat(response.headers().firstValue("x-frame-options")).isEmpty();
    }
}
