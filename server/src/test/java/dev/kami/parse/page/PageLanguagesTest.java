package dev.kami.parse.page;

import static dev.kami.parse.page.PageServer.heading;
import static dev.kami.parse.page.PageServer.location;
import static dev.kami.parse.page.PageServer.param;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.options.OptionsBuilder;
import dev.kami.parse.page.PageServer.Accounts;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageLanguagesTest {
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

    @ParameterizedTest(name = "{0} {1} gives {2}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "?locale=de | - | Ihre E-Mail-Adresse ist bestätigt",
                "?locale=de-AT | - | Ihre E-Mail-Adresse ist bestätigt",
                "?locale=fr-CH | - | Votre adresse e-mail est confirmée",
                "?locale=es | - | Your e-mail address is confirmed",
                "? | - | Your e-mail address is confirmed",
                "? | de | Ihre E-Mail-Adresse ist bestätigt",
                "?locale=fr | de | Votre adresse e-mail est confirmée",
                "?locale=..%2Fde | - | Your e-mail address is confirmed",
                "?locale=de&locale=fr | - | Your e-mail address is confirmed",
            })
    void theLocalePicksTheFolder(String query, String header, String heading) {
        start(options -> options.set("pages.enableLocalization", true));
        String path = "/apps/A/verify_email" + query + "&token=" + GOOD;
        HttpResponse<String> response =
                header == null ? server.get(path) : server.get(path, "x-parse-page-param-locale", header);
        assertThat(heading(response)).isEqualTo(heading);
    }

    @Test
    void theLocaleTravelsFromPageToPage() {
        start(options -> options.set("pages.enableLocalization", true));
        HttpResponse<String> form = server.get("/apps/A/request_password_reset?token=" + GOOD + "&locale=de-AT");
        assertThat(param(form, "locale")).isEqualTo("de-AT");
        assertThat(form.body()).contains("lang=\"de\"", "name=\"locale\" value=\"de-AT\"", "Passwort speichern");

        HttpResponse<String> refused = server.post(
                "/apps/A/request_password_reset",
                "token=" + GOOD + "&new_password=a&confirm_new_password=b&locale=de-AT");
        assertThat(refused.body()).contains("Die beiden Passwörter sind nicht gleich.", "value=\"de-AT\"");

        HttpResponse<String> invalid = server.post("/apps/A/request_password_reset", "locale=de-AT");
        assertThat(location(invalid))
                .startsWith(PageServer.PUBLIC + "/apps/de/password_reset_link_invalid.html?")
                .endsWith("&locale=de-AT");
        String path = location(invalid).substring(PageServer.PUBLIC.length());
        assertThat(heading(server.get(path))).isEqualTo("Dieser Link gilt nicht mehr");
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource({
        "fr, token=x&new_password=a, Le lien n’est plus valable.",
        "de, token=" + Accounts.EXPIRED + "&new_password=a, Der Link ist inzwischen abgelaufen.",
        "de, token=" + GOOD + "&new_password=short, Dieses Passwort erfüllt die Passwortregeln nicht.",
        "de, token=trigger&new_password=a, Not today",
        "en, token=" + GOOD + "&new_password=short, Password does not meet the Password Policy requirements.</p>",
        "en, token=" + GOOD + "&new_password=a&confirm_new_password=b, The two passwords are not the same.",
    })
    void errorsAreSaidInTheLanguageOfThePage(String locale, String form, String text) {
        start(options -> options.set("pages.enableLocalization", true));
        HttpResponse<String> response = server.post("/apps/A/request_password_reset", form + "&locale=" + locale);
        assertThat(response.body()).contains("role=\"alert\">" + text);
    }

    @Test
    void withoutTheOptionTheLocaleIsOnlyHandedOn() {
        HttpResponse<String> response = start().get("/apps/A/verify_email?token=" + GOOD + "&locale=de");
        assertThat(heading(response)).isEqualTo("Your e-mail address is confirmed");
        assertThat(param(response, "locale")).isEqualTo("de");
    }

    @ParameterizedTest(name = "locale {0} gives {1}")
    @CsvSource({
        "de, Hallo Kami",
        "de-AT, Servus Kami",
        "de-CH, Hallo Kami",
        "fr, Hello Kami",
        "'', Hello Kami",
    })
    void translationsComeFromTheJsonFile(String locale, String text) throws IOException {
        file("email_verification_success.html", "{{greeting}}");
        file("texts.json", """
                {"en":{"translation":{"greeting":"Hello {{appName}}"}},
                 "de":{"translation":{"greeting":"Hallo {{appName}}"}},
                 "de-AT":{"translation":{"greeting":"Servus {{appName}}"}},
                 "it":{}}""");
        start(options -> options.set("appName", "Kami")
                .set("pages.pagesPath", folder.toString())
                .set("pages.enableLocalization", true)
                .set("pages.localizationJsonPath", folder.resolve("texts.json").toString()));
        assertThat(server.get("/apps/A/verify_email?token=" + GOOD + "&locale=" + locale)
                        .body())
                .isEqualTo(text);
    }

    @Test
    void theFallbackLocaleIsAnOption() throws IOException {
        file("email_verification_success.html", "{{greeting}}");
        file("texts.json", "{\"de\":{\"translation\":{\"greeting\":\"Hallo\"}}}");
        start(options -> options.set("pages.pagesPath", folder.toString())
                .set("pages.enableLocalization", true)
                .set("pages.localizationFallbackLocale", "de")
                .set("pages.localizationJsonPath", folder.resolve("texts.json").toString()));
        assertThat(server.get("/apps/A/verify_email?token=" + GOOD).body()).isEqualTo("Hallo");
    }

    @Test
    void whatATranslationTakesInIsEscapedEvenInABraceTriple() throws IOException {
        file("email_verification_success.html", "{{{markup}}}");
        file("texts.json", "{\"en\":{\"translation\":{\"markup\":\"<b>{{appName}}</b>\"}}}");
        start(options -> options.set("appName", "<script>")
                .set("pages.pagesPath", folder.toString())
                .set("pages.enableLocalization", true)
                .set("pages.localizationJsonPath", folder.resolve("texts.json").toString()));
        assertThat(server.get("/apps/A/verify_email?token=" + GOOD).body()).isEqualTo("<b>&lt;script&gt;</b>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "de/", "fr/"})
    void everyLanguageHasEveryPageWithTheSameFields(String language) {
        start();
        for (String page : List.of(
                "password_reset",
                "password_reset_success",
                "password_reset_link_invalid",
                "email_verification_success",
                "email_verification_send_fail",
                "email_verification_send_success",
                "email_verification_link_invalid",
                "email_verification_link_expired")) {
            String body = server.get("/apps/" + language + page + ".html").body();
            String english = server.get("/apps/" + page + ".html").body();
            assertThat(body).contains("<html lang=\"" + (language.isEmpty() ? "en" : language.substring(0, 2)) + "\">");
            assertThat(references(body)).as(language + page).isEqualTo(references(english));
            assertThat(references(body))
                    .filteredOn(name -> name.startsWith("for="))
                    .allSatisfy(label -> assertThat(references(body)).contains(label.replace("for=", "id=")));
        }
    }

    /** What forms and labels of a page refer to. */
    private static List<String> references(String body) {
        return Pattern.compile("(action|name|id|for|autocomplete)=\"[^\"]*\"")
                .matcher(body)
                .results()
                .map(MatchResult::group)
                .toList();
    }

    @Test
    void theSampleOfAJsonFileSpeaksItsLanguages() {
        start(options -> options.set("appName", "Kami")
                .set("pages.enableLocalization", true)
                .set("pages.localizationJsonPath", "src/main/resources/pages/custom_json.json"));
        assertThat(heading(server.get("/apps/custom_json.html?locale=de-AT"))).isEqualTo("Servus bei Kami");
        assertThat(heading(server.get("/apps/custom_json.html"))).isEqualTo("Welcome to Kami");
    }
}
