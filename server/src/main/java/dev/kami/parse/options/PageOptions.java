package dev.kami.parse.options;

import java.util.List;
import java.util.Map;

/** Definitions of the topic "Pages". */
public final class PageOptions {
    private static final Topic TOPIC = new Topic("Pages");

    public static final Option<Map<String, Object>> PAGES = TOPIC.object("pages")
            .env("PARSE_SERVER_PAGES")
            .standard(Map.of())
            .since("seed")
            .help("Settings of the pages router.")
            .add();

    public static final Option<List<Object>> PAGES_CUSTOM_ROUTES = TOPIC.list("pages.customRoutes")
            .env("PARSE_SERVER_PAGES_CUSTOM_ROUTES")
            .standard(List.of())
            .since("seed")
            .help("Additional routes with handlers returning a page file.")
            .add();

    public static final Option<Object> PAGES_CUSTOM_ROUTES_HANDLER = TOPIC.function("pages.customRoutes[].handler")
            .env("PARSE_SERVER_PAGES_ROUTE_HANDLER")
            .required()
            .since("seed")
            .help("Async function(request) -> {file, query}; nothing returned = 404.")
            .add();

    public static final Option<String> PAGES_CUSTOM_ROUTES_METHOD = TOPIC.text("pages.customRoutes[].method")
            .env("PARSE_SERVER_PAGES_ROUTE_METHOD")
            .required()
            .since("seed")
            .help("HTTP method.")
            .add();

    public static final Option<String> PAGES_CUSTOM_ROUTES_PATH = TOPIC.text("pages.customRoutes[].path")
            .env("PARSE_SERVER_PAGES_ROUTE_PATH")
            .required()
            .since("seed")
            .help("Path below /<pagesEndpoint>/<appId>/.")
            .add();

    public static final Option<Map<String, Object>> PAGES_CUSTOM_URLS = TOPIC.object("pages.customUrls")
            .env("PARSE_SERVER_PAGES_CUSTOM_URLS")
            .standard(Map.of())
            .since("seed")
            .help("External URLs replacing built-in pages (redirect 303, no localization).")
            .add();

    public static final Option<String> PAGES_CUSTOM_URLS_EMAIL_VERIFICATION_LINK_EXPIRED = TOPIC.text(
                    "pages.customUrls.emailVerificationLinkExpired")
            .env("PARSE_SERVER_PAGES_CUSTOM_URL_EMAIL_VERIFICATION_LINK_EXPIRED")
            .since("seed")
            .help("Page: verification link expired.")
            .add();

    public static final Option<String> PAGES_CUSTOM_URLS_EMAIL_VERIFICATION_LINK_INVALID = TOPIC.text(
                    "pages.customUrls.emailVerificationLinkInvalid")
            .env("PARSE_SERVER_PAGES_CUSTOM_URL_EMAIL_VERIFICATION_LINK_INVALID")
            .since("seed")
            .help("Page: verification link invalid.")
            .add();

    public static final Option<String> PAGES_CUSTOM_URLS_EMAIL_VERIFICATION_SEND_FAIL = TOPIC.text(
                    "pages.customUrls.emailVerificationSendFail")
            .env("PARSE_SERVER_PAGES_CUSTOM_URL_EMAIL_VERIFICATION_SEND_FAIL")
            .since("seed")
            .help("Page: re-send failed.")
            .add();

    public static final Option<String> PAGES_CUSTOM_URLS_EMAIL_VERIFICATION_SEND_SUCCESS = TOPIC.text(
                    "pages.customUrls.emailVerificationSendSuccess")
            .env("PARSE_SERVER_PAGES_CUSTOM_URL_EMAIL_VERIFICATION_SEND_SUCCESS")
            .since("seed")
            .help("Page: re-send done.")
            .add();

    public static final Option<String> PAGES_CUSTOM_URLS_EMAIL_VERIFICATION_SUCCESS = TOPIC.text(
                    "pages.customUrls.emailVerificationSuccess")
            .env("PARSE_SERVER_PAGES_CUSTOM_URL_EMAIL_VERIFICATION_SUCCESS")
            .since("seed")
            .help("Page: verified.")
            .add();

    public static final Option<String> PAGES_CUSTOM_URLS_PASSWORD_RESET = TOPIC.text("pages.customUrls.passwordReset")
            .env("PARSE_SERVER_PAGES_CUSTOM_URL_PASSWORD_RESET")
            .since("seed")
            .help("Page: enter new password.")
            .add();

    public static final Option<String> PAGES_CUSTOM_URLS_PASSWORD_RESET_LINK_INVALID = TOPIC.text(
                    "pages.customUrls.passwordResetLinkInvalid")
            .env("PARSE_SERVER_PAGES_CUSTOM_URL_PASSWORD_RESET_LINK_INVALID")
            .since("seed")
            .help("Page: reset link invalid.")
            .add();

    public static final Option<String> PAGES_CUSTOM_URLS_PASSWORD_RESET_SUCCESS = TOPIC.text(
                    "pages.customUrls.passwordResetSuccess")
            .env("PARSE_SERVER_PAGES_CUSTOM_URL_PASSWORD_RESET_SUCCESS")
            .since("seed")
            .help("Page: password changed.")
            .add();

    public static final Option<Boolean> PAGES_ENABLE_LOCALIZATION = TOPIC.bool("pages.enableLocalization")
            .env("PARSE_SERVER_PAGES_ENABLE_LOCALIZATION")
            .standard(false)
            .since("seed")
            .help("Pick pages/translations by the locale parameter.")
            .add();

    public static final Option<Boolean> PAGES_ENABLE_ROUTER = TOPIC.bool("pages.enableRouter")
            .env("PARSE_SERVER_PAGES_ENABLE_ROUTER")
            .standard(false)
            .since("seed")
            .removed("9.4")
            .help(
                    "false, when it is set: the public pages of the versions before 9 (customPages). Unset or true: the pages router.")
            .add();

    public static final Option<Boolean> PAGES_ENCODE_PAGE_PARAM_HEADERS = TOPIC.bool("pages.encodePageParamHeaders")
            .env("PARSE_SERVER_PAGES_ENCODE_PAGE_PARAM_HEADERS")
            .standard(false)
            .since("9.4")
            .announcedDefault("true")
            .help("URI-encode the x-parse-page-param-* response headers.")
            .add();

    public static final Option<Boolean> PAGES_FORCE_REDIRECT = TOPIC.bool("pages.forceRedirect")
            .env("PARSE_SERVER_PAGES_FORCE_REDIRECT")
            .standard(false)
            .since("seed")
            .help("Always answer with a redirect, never with page content.")
            .add();

    public static final Option<String> PAGES_LOCALIZATION_FALLBACK_LOCALE = TOPIC.text(
                    "pages.localizationFallbackLocale")
            .env("PARSE_SERVER_PAGES_LOCALIZATION_FALLBACK_LOCALE")
            .standard("en")
            .since("seed")
            .help("Locale used when the JSON resource has no match.")
            .add();

    public static final Option<String> PAGES_LOCALIZATION_JSON_PATH = TOPIC.text("pages.localizationJsonPath")
            .env("PARSE_SERVER_PAGES_LOCALIZATION_JSON_PATH")
            .since("seed")
            .help("JSON file with translations filled into placeholders.")
            .add();

    public static final Option<String> PAGES_PAGES_ENDPOINT = TOPIC.text("pages.pagesEndpoint")
            .env("PARSE_SERVER_PAGES_PAGES_ENDPOINT")
            .standard("apps")
            .since("seed")
            .help("URL segment of the pages.")
            .add();

    public static final Option<String> PAGES_PAGES_PATH = TOPIC.text("pages.pagesPath")
            .env("PARSE_SERVER_PAGES_PAGES_PATH")
            .since("seed")
            .help("Folder of the page files (default the built-in public folder).")
            .add();

    public static final Option<Object> PAGES_PLACEHOLDERS = TOPIC.json("pages.placeholders")
            .env("PARSE_SERVER_PAGES_PLACEHOLDERS")
            .standard(Map.of())
            .since("seed")
            .help("Extra placeholders: object or function(params).")
            .add();

    public static final Option<Map<String, Object>> CUSTOM_PAGES = TOPIC.object("customPages")
            .env("PARSE_SERVER_CUSTOM_PAGES")
            .standard(Map.of())
            .help(
                    "Redirect targets replacing the built-in public pages (legacy PublicAPIRouter; unused by PagesRouter except parseFrameURL in e-mail links).")
            .add();

    public static final Option<String> CUSTOM_PAGES_CHOOSE_PASSWORD = TOPIC.text("customPages.choosePassword")
            .env("PARSE_SERVER_CUSTOM_PAGES_CHOOSE_PASSWORD")
            .help("URL of the page where a new password is entered.")
            .add();

    public static final Option<String> CUSTOM_PAGES_EXPIRED_VERIFICATION_LINK = TOPIC.text(
                    "customPages.expiredVerificationLink")
            .env("PARSE_SERVER_CUSTOM_PAGES_EXPIRED_VERIFICATION_LINK")
            .since("seed")
            .help("URL shown for an expired verification link.")
            .add();

    public static final Option<String> CUSTOM_PAGES_INVALID_LINK = TOPIC.text("customPages.invalidLink")
            .env("PARSE_SERVER_CUSTOM_PAGES_INVALID_LINK")
            .help("URL shown for an invalid link.")
            .add();

    public static final Option<String> CUSTOM_PAGES_INVALID_PASSWORD_RESET_LINK = TOPIC.text(
                    "customPages.invalidPasswordResetLink")
            .env("PARSE_SERVER_CUSTOM_PAGES_INVALID_PASSWORD_RESET_LINK")
            .since("seed")
            .help("URL shown for an invalid reset link.")
            .add();

    public static final Option<String> CUSTOM_PAGES_INVALID_VERIFICATION_LINK = TOPIC.text(
                    "customPages.invalidVerificationLink")
            .env("PARSE_SERVER_CUSTOM_PAGES_INVALID_VERIFICATION_LINK")
            .help("URL shown for an invalid verification link.")
            .add();

    public static final Option<String> CUSTOM_PAGES_LINK_SEND_FAIL = TOPIC.text("customPages.linkSendFail")
            .env("PARSE_SERVER_CUSTOM_PAGES_LINK_SEND_FAIL")
            .help("URL shown when re-sending the link failed.")
            .add();

    public static final Option<String> CUSTOM_PAGES_LINK_SEND_SUCCESS = TOPIC.text("customPages.linkSendSuccess")
            .env("PARSE_SERVER_CUSTOM_PAGES_LINK_SEND_SUCCESS")
            .help("URL shown when a link was re-sent.")
            .add();

    public static final Option<String> CUSTOM_PAGES_PARSE_FRAME_URL = TOPIC.text("customPages.parseFrameURL")
            .env("PARSE_SERVER_CUSTOM_PAGES_PARSE_FRAME_URL")
            .help("Frame page that masks links: link becomes <parseFrameURL>?link=<encoded path>&token=…")
            .add();

    public static final Option<String> CUSTOM_PAGES_PASSWORD_RESET_SUCCESS = TOPIC.text(
                    "customPages.passwordResetSuccess")
            .env("PARSE_SERVER_CUSTOM_PAGES_PASSWORD_RESET_SUCCESS")
            .help("URL shown after a password reset.")
            .add();

    public static final Option<String> CUSTOM_PAGES_VERIFY_EMAIL_SUCCESS = TOPIC.text("customPages.verifyEmailSuccess")
            .env("PARSE_SERVER_CUSTOM_PAGES_VERIFY_EMAIL_SUCCESS")
            .help("URL shown after successful verification.")
            .add();

    static final List<Option<?>> ALL = TOPIC.list();

    private PageOptions() {}
}
