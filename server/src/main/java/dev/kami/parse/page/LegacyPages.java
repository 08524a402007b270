package dev.kami.parse.page;

import dev.kami.parse.account.AccountActions;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.options.CoreOptions;
import dev.kami.parse.options.EmailOptions;
import dev.kami.parse.options.Option;
import dev.kami.parse.options.Options;
import dev.kami.parse.options.PageOptions;
import dev.kami.parse.template.Template;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The public pages of parse-server before its pages router: every route redirects with 302 to a page, of ours or of option
 * {@code customPages}.
 *
 * <p>Links hold a token and no username, as in all versions since 8. A username that is sent, by a link of an older server
 * or by a page of one's own, is handed on to the next page and decides nothing.
 */
public final class LegacyPages {
    private final AccountActions accounts;
    private final String appId;
    private final String appName;
    private final String publicServerUrl;
    private final boolean hideFailedResend;
    private final Map<Target, String> targets = new HashMap<>();
    private final PageFiles files = PageFiles.legacy();
    private final String style = PageRouter.style();
    private final PageHeaders headers;

    /** A page to go to, of ours unless an option names another. */
    private enum Target {
        INVALID_LINK("invalid_link.html", PageOptions.CUSTOM_PAGES_INVALID_LINK),
        INVALID_VERIFICATION_LINK("invalid_verification_link.html", PageOptions.CUSTOM_PAGES_INVALID_VERIFICATION_LINK),
        LINK_SEND_SUCCESS("link_send_success.html", PageOptions.CUSTOM_PAGES_LINK_SEND_SUCCESS),
        LINK_SEND_FAIL("link_send_fail.html", PageOptions.CUSTOM_PAGES_LINK_SEND_FAIL),
        VERIFY_EMAIL_SUCCESS("verify_email_success.html", PageOptions.CUSTOM_PAGES_VERIFY_EMAIL_SUCCESS),
        CHOOSE_PASSWORD("choose_password", PageOptions.CUSTOM_PAGES_CHOOSE_PASSWORD),
        PASSWORD_RESET_SUCCESS("password_reset_success.html", PageOptions.CUSTOM_PAGES_PASSWORD_RESET_SUCCESS);

        private final String path;
        private final Option<String> option;

        Target(String path, Option<String> option) {
            this.path = path;
            this.option = option;
        }
    }

    private LegacyPages(Options options, AccountActions accounts) {
        this.accounts = accounts;
        this.appId = options.get(CoreOptions.APP_ID);
        this.appName = options.get(CoreOptions.APP_NAME);
        this.publicServerUrl = PageSettings.publicServerUrl(options);
        this.hideFailedResend = options.is(EmailOptions.EMAIL_VERIFY_SUCCESS_ON_INVALID_EMAIL);
        for (Target target : Target.values()) {
            String custom = options.get(target.option);
            targets.put(target, custom == null || custom.isEmpty() ? publicServerUrl + "/apps/" + target.path : custom);
        }
        this.headers = new PageHeaders(
                false,
                options.get(PageOptions.CUSTOM_PAGES_PARSE_FRAME_URL),
                style,
                publicServerUrl == null ? Set.of() : new LinkedHashSet<>(targets.values()));
    }

    public static LegacyPages of(Options options, AccountActions accounts) {
        return new LegacyPages(options, accounts);
    }

    public List<PageRoute> routes() {
        return List.of(
                route("GET", "/:appId/verify_email", this::verifyEmail),
                route("POST", "/:appId/resend_verification_email", this::resendVerificationEmail),
                route("GET", "/:appId/request_password_reset", this::requestPasswordReset),
                route("POST", "/:appId/request_password_reset", this::resetPassword),
                route("GET", "/choose_password", this::choosePassword),
                route("GET", "/*file", request -> file(request.variables().get("file"), request)));
    }

    private PageRoute route(String method, String pattern, Function<PageRequest, PageAnswer> handler) {
        return new PageRoute(method, "/apps" + pattern, request -> {
            String app = request.variables().get("appId");
            if (app != null && !app.equals(appId)) {
                throw ParseException.withStatus(403, "unauthorized");
            }
            PageAnswer answer = publicServerUrl == null ? PageAnswer.notFound() : handler.apply(request);
            return answer.headers().containsKey("Cache-Control") ? answer : answer.with(headers.page(true));
        });
    }

    private PageAnswer verifyEmail(PageRequest request) {
        String token = PageRequest.given(request.query(), "token");
        String username = PageRequest.given(request.query(), "username");
        if (token == null) {
            return to(Target.INVALID_LINK);
        }
        return PageRouter.succeeds(() -> accounts.verifyEmail(token))
                ? to(Target.VERIFY_EMAIL_SUCCESS, "username", username)
                : to(Target.INVALID_VERIFICATION_LINK, "username", username, "appId", appId);
    }

    private PageAnswer resendVerificationEmail(PageRequest request) {
        String username = PageRequest.given(request.body(), "username");
        String token = PageRequest.given(request.body(), "token");
        if (username == null && token == null) {
            return to(Target.INVALID_LINK);
        }
        boolean sent = PageRouter.succeeds(() -> accounts.resendVerification(username, token, request.info()));
        return to(sent || hideFailedResend ? Target.LINK_SEND_SUCCESS : Target.LINK_SEND_FAIL);
    }

    private PageAnswer requestPasswordReset(PageRequest request) {
        String token = PageRequest.given(request.query(), "token");
        if (token == null || !PageRouter.succeeds(() -> accounts.checkResetToken(token))) {
            return to(Target.INVALID_LINK);
        }
        String username = PageRequest.given(request.query(), "username");
        return to(Target.CHOOSE_PASSWORD, "token", token, "id", appId, "username", username, "app", appName);
    }

    private PageAnswer resetPassword(PageRequest request) {
        String username = PageRequest.given(request.body(), "username");
        String token = PageRequest.given(request.body(), "token");
        String password = PageRequest.given(request.body(), "new_password");
        if (token == null || password == null) {
            if (!request.isXhr()) {
                return to(Target.INVALID_LINK);
            }
            throw token == null
                    ? new ParseException(ErrorCode.OTHER_CAUSE, "Missing token")
                    : new ParseException(ErrorCode.PASSWORD_MISSING, "Missing password");
        }
        String failure = PageRouter.resetFailure(accounts, request, token, password);
        if (request.isXhr()) {
            if (failure != null) {
                throw new ParseException(ErrorCode.OTHER_CAUSE, failure);
            }
            return PageAnswer.json("Password successfully reset");
        }
        return failure == null
                ? to(Target.PASSWORD_RESET_SUCCESS, "username", username)
                : to(
                        Target.CHOOSE_PASSWORD,
                        "username",
                        username,
                        "token",
                        token,
                        "id",
                        appId,
                        "error",
                        failure,
                        "app",
                        appName);
    }

    /** The form, when {@code customPages.choosePassword} does not have its own. */
    private PageAnswer choosePassword(PageRequest request) {
        if (!appId.equals(request.query().get("id"))) {
            throw ParseException.withStatus(403, "unauthorized");
        }
        return file("choose_password.html", request);
    }

    private PageAnswer file(String name, PageRequest request) {
        return files.read(name)
                .map(bytes -> {
                    var values = new LinkedHashMap<String, Object>(request.query());
                    values.put("appId", appId);
                    values.put("appName", appName);
                    values.put("publicServerUrl", publicServerUrl);
                    values.put("errorIs", KnownErrors.names(request.query().get("error")));
                    Template page = Template.html(
                            new String(bytes, StandardCharsets.UTF_8), part -> part.equals("style.css") ? style : "");
                    return PageAnswer.html(200, page.render(values));
                })
                .orElseGet(PageAnswer::notFound);
    }

    private PageAnswer to(Target target, String... query) {
        return PageAnswer.redirect(302, Redirects.ascii(targets.get(target) + Redirects.query(query)));
    }
}
