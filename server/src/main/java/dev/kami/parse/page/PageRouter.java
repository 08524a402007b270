package dev.kami.parse.page;

import dev.kami.parse.account.AccountActions;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.options.Options;
import dev.kami.parse.template.Locales;
import dev.kami.parse.template.Template;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * The pages router of parse-server 9: which page answers which request, in which language, as content or as a redirect.
 *
 * <p>A GET is answered with the page. A POST is answered with a redirect to it, so that loading the page again posts
 * nothing twice; the new password is the exception, because its page must not come with a token in its address. Every
 * placeholder is escaped. Parameters of a page are also headers of the answer, for programs.
 *
 * <p>Two things differ from parse-server on purpose. Files in sub folders are served, so that a redirect to a localized page
 * leads somewhere. A form that sends {@code confirm_new_password} has it compared here, because our pages do without
 * script.
 */
public final class PageRouter {
    private static final Set<String> CARRIED = Set.of("token", "username", "error");

    private record Rendered(String source, Template template) {}

    private final PageSettings settings;
    private final AccountActions accounts;
    private final PageFiles files;
    private final PageHeaders headers;
    private final String style;
    private final Map<String, Rendered> templates = new ConcurrentHashMap<>();

    private PageRouter(PageSettings settings, AccountActions accounts) {
        this.settings = settings;
        this.accounts = accounts;
        this.files = settings.folder() == null ? PageFiles.builtIn() : PageFiles.folder(settings.folder());
        this.style = style();
        this.headers = new PageHeaders(settings.encodeHeaders(), settings.frame(), style, formTargets(settings));
    }

    /** @throws dev.kami.parse.options.OptionsException when a folder, file or address of the options is not there */
    public static PageRouter of(Options options, AccountActions accounts) {
        return new PageRouter(PageSettings.of(options), accounts);
    }

    /** The style of our own pages; {@code {{> style.css}}} in any page. */
    static String style() {
        return PageFiles.builtIn()
                .read("style.css")
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElseThrow();
    }

    private static Set<String> formTargets(PageSettings settings) {
        var targets = new LinkedHashSet<String>();
        if (settings.publicServerUrl() != null) {
            targets.add(settings.publicServerUrl());
        }
        targets.addAll(settings.customUrls().values());
        return targets;
    }

    /** In order; a custom route that is a built-in one is left out. */
    public List<PageRoute> routes() {
        String root = "/" + settings.endpoint();
        var routes = new ArrayList<>(List.of(
                new PageRoute("GET", root + "/:appId/verify_email", this::verifyEmail),
                new PageRoute("POST", root + "/:appId/resend_verification_email", this::resendVerificationEmail),
                new PageRoute("GET", root + "/choose_password", this::choosePassword),
                new PageRoute("POST", root + "/:appId/request_password_reset", this::resetPassword),
                new PageRoute("GET", root + "/:appId/request_password_reset", this::requestPasswordReset)));
        for (PageSettings.CustomRoute custom : settings.customRoutes()) {
            String pattern = root + "/:appId/" + custom.path();
            if (routes.stream().noneMatch(route -> isSame(route, custom.method(), pattern))) {
                routes.add(new PageRoute(custom.method(), pattern, request -> custom(custom.handler(), request)));
            }
        }
        routes.add(new PageRoute("GET", root + "/*file", this::file));
        return routes;
    }

    private static boolean isSame(PageRoute route, String method, String pattern) {
        return route.method().equals(method) && route.pattern().equals(pattern.replaceAll("/{2,}", "/"));
    }

    // ---- what the routes do ----

    private PageAnswer verifyEmail(PageRequest request) {
        requireApp(request.variables().get("appId"));
        String token = PageRequest.given(request.query(), "token");
        boolean verified = token != null && succeeds(() -> accounts.verifyEmail(token));
        return page(request, verified ? Page.EMAIL_VERIFICATION_SUCCESS : Page.EMAIL_VERIFICATION_LINK_INVALID);
    }

    private PageAnswer resendVerificationEmail(PageRequest request) {
        requireApp(request.variables().get("appId"));
        String username = PageRequest.given(request.body(), "username");
        String token = PageRequest.given(request.body(), "token");
        if (username == null && token == null) {
            return page(request, Page.EMAIL_VERIFICATION_LINK_INVALID);
        }
        boolean sent = succeeds(() -> accounts.resendVerification(username, token, request.info()));
        return page(
                request,
                sent || settings.hideFailedResend()
                        ? Page.EMAIL_VERIFICATION_SEND_SUCCESS
                        : Page.EMAIL_VERIFICATION_SEND_FAIL);
    }

    private PageAnswer choosePassword(PageRequest request) {
        requireApp(request.query().get("appId"));
        var params = new LinkedHashMap<String, String>();
        params.put("appId", settings.appId());
        params.put("appName", settings.appName());
        params.put("token", request.query().get("token"));
        params.put("username", request.query().get("username"));
        return page(request, Page.PASSWORD_RESET, params, null);
    }

    private PageAnswer requestPasswordReset(PageRequest request) {
        requireApp(request.variables().get("appId"));
        String token = PageRequest.given(request.query(), "token");
        if (token == null || !succeeds(() -> accounts.checkResetToken(token))) {
            return page(request, Page.PASSWORD_RESET_LINK_INVALID);
        }
        var params = new LinkedHashMap<String, String>();
        params.put("token", token);
        return page(request, Page.PASSWORD_RESET, params, null);
    }

    private PageAnswer resetPassword(PageRequest request) {
        requireApp(request.variables().get("appId"));
        String token = PageRequest.given(request.body(), "token");
        String password = PageRequest.given(request.body(), "new_password");
        if (token == null || password == null) {
            if (!request.isXhr()) {
                return page(request, Page.PASSWORD_RESET_LINK_INVALID);
            }
            throw token == null
                    ? new ParseException(ErrorCode.OTHER_CAUSE, "Missing token")
                    : new ParseException(ErrorCode.PASSWORD_MISSING, "Missing password");
        }
        String failure = resetFailure(accounts, request, token, password);
        if (request.isXhr()) {
            if (failure != null) {
                throw new ParseException(ErrorCode.OTHER_CAUSE, failure);
            }
            return PageAnswer.json("Password successfully reset").with(headers.page(true));
        }
        if (failure == null) {
            return page(request, Page.PASSWORD_RESET_SUCCESS, new LinkedHashMap<>(), false);
        }
        var params = new LinkedHashMap<String, String>();
        params.put("token", token);
        params.put("appId", settings.appId());
        params.put("error", failure);
        params.put("appName", settings.appName());
        return page(request, Page.PASSWORD_RESET, params, false);
    }

    /** {@code null} when the password is set, else the text for the user. */
    static String resetFailure(AccountActions accounts, PageRequest request, String token, String password) {
        String confirmed = request.body().get("confirm_new_password");
        if (confirmed != null && !confirmed.equals(password)) {
            return KnownErrors.MISMATCH;
        }
        try {
            accounts.resetPassword(token, password);
            return null;
        } catch (ParseException e) {
            return textFor(e);
        }
    }

    /** What went wrong inside the server is not told to the public. */
    private static String textFor(ParseException e) {
        if (e.code() == ErrorCode.INTERNAL_SERVER_ERROR) {
            throw e;
        }
        return e.sanitizable() ? "Permission denied" : e.getMessage();
    }

    /** A refusal is the same as "no" to the visitor of a page; a fault of the server is not. */
    static boolean succeeds(BooleanSupplier action) {
        try {
            return action.getAsBoolean();
        } catch (ParseException e) {
            if (e.code() == ErrorCode.INTERNAL_SERVER_ERROR) {
                throw e;
            }
            return false;
        }
    }

    private PageAnswer custom(CustomPage.Handler handler, PageRequest request) {
        requireApp(request.variables().get("appId"));
        CustomPage page = handler.handle(request);
        return page == null || page.file() == null
                ? notFound()
                : page(request, Page.ofFile(page.file()), new LinkedHashMap<>(page.params()), false);
    }

    private void requireApp(String appId) {
        if (!settings.appId().equals(appId)) {
            throw ParseException.withStatus(403, "unauthorized");
        }
    }

    /** Any file of the folder. HTML is a page with the standard parameters, the rest is handed out as it is. */
    private PageAnswer file(PageRequest request) {
        String name = request.variables().get("file");
        if (!name.endsWith(".html")) {
            return files.read(name)
                    .map(bytes -> new PageAnswer(200, ContentTypes.of(name), headers.asset(), bytes))
                    .orElseGet(this::notFound);
        }
        var params = new LinkedHashMap<String, String>();
        if (settings.forceRedirect()) {
            CARRIED.forEach(carried -> params.put(carried, request.query().get(carried)));
        }
        params.put("appId", settings.appId());
        params.put("appName", settings.appName());
        params.put("publicServerUrl", settings.publicServerUrl());
        params.put("locale", locale(request));
        params.values().removeIf(Objects::isNull);
        return content(name, params);
    }

    // ---- how a page is answered ----

    private PageAnswer page(PageRequest request, Page page) {
        return page(request, page, new LinkedHashMap<>(), null);
    }

    /**
     * @param params of this page; the standard ones are added
     * @param redirect {@code null} to decide by the method of the request
     */
    private PageAnswer page(PageRequest request, Page page, LinkedHashMap<String, String> params, Boolean redirect) {
        if (settings.appName() == null || settings.publicServerUrl() == null) {
            return notFound();
        }
        params.put("appId", settings.appId());
        params.put("appName", settings.appName());
        params.put("publicServerUrl", settings.publicServerUrl());
        String locale = locale(request);
        params.put("locale", locale);
        params.values().removeIf(Objects::isNull);

        String elsewhere = settings.customUrls().get(page.id());
        if (elsewhere != null) {
            return redirect(elsewhere, params);
        }
        String file = localized(page.file(), locale);
        boolean away =
                settings.forceRedirect() || (redirect == null ? request.method().equals("POST") : redirect);
        return away
                ? redirect(settings.publicServerUrl() + "/" + settings.endpoint() + "/" + file, params)
                : content(file, params);
    }

    /** Also for follow-up pages: once a locale is asked for, it travels in the parameters. */
    private static String locale(PageRequest request) {
        String locale = PageRequest.given(request.query(), "locale");
        locale = locale == null ? PageRequest.given(request.body(), "locale") : locale;
        locale = locale == null ? PageRequest.given(request.variables(), "locale") : locale;
        locale = locale == null ? request.info().headers().get("x-parse-page-param-locale") : locale;
        return Locales.isLocale(locale) ? locale : null;
    }

    /** {@code de-AT/page.html}, {@code de/page.html} or {@code page.html}; for {@code a/page.html} the folders are in {@code a}. */
    private String localized(String file, String locale) {
        if (settings.localized() && locale != null) {
            int slash = file.lastIndexOf('/') + 1;
            for (String folder : Locales.candidates(locale)) {
                String candidate = file.substring(0, slash) + folder + "/" + file.substring(slash);
                if (files.read(candidate).isPresent()) {
                    return candidate;
                }
            }
        }
        return file;
    }

    private PageAnswer redirect(String address, Map<String, String> params) {
        return PageAnswer.redirect(303, Redirects.withParams(address, params))
                .with(headers.params(params))
                .with(headers.page(true));
    }

    private PageAnswer content(String file, Map<String, String> params) {
        Optional<byte[]> bytes = files.read(file);
        if (bytes.isEmpty()) {
            return notFound();
        }
        var values = new LinkedHashMap<String, Object>(params);
        values.putAll(settings.placeholders().of(Map.copyOf(params)));
        if (settings.translations() != null) {
            values.putAll(settings.translations().of(params.get("locale"), params));
        }
        // For our own pages, which need to know where they are and what to say in their language.
        values.putIfAbsent("pagesUrl", settings.publicServerUrl() + "/" + settings.endpoint());
        values.putIfAbsent("errorIs", KnownErrors.names(params.get("error")));

        String text =
                template(file, new String(bytes.get(), StandardCharsets.UTF_8)).render(values);
        return PageAnswer.html(200, text).with(headers.params(params)).with(headers.page(files.areOurs()));
    }

    /** Compiled once for as long as the file says the same. */
    private Template template(String file, String source) {
        Rendered known = templates.get(file);
        if (known == null || !known.source().equals(source)) {
            known = new Rendered(source, Template.html(source, name -> name.equals("style.css") ? style : ""));
            templates.put(file, known);
        }
        return known.template();
    }

    private PageAnswer notFound() {
        return PageAnswer.notFound().with(headers.page(files.areOurs()));
    }
}
