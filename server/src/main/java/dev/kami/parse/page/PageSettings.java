package dev.kami.parse.page;

import dev.kami.parse.options.CoreOptions;
import dev.kami.parse.options.EmailOptions;
import dev.kami.parse.options.Options;
import dev.kami.parse.options.OptionsException;
import dev.kami.parse.options.PageOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The options of the page router, read once.
 *
 * @param appName {@code null} when unset, as is publicServerUrl: then no page can be shown
 * @param folder {@code null} for the pages that come with the server
 * @param translations {@code null} without {@code enableLocalization} or {@code localizationJsonPath}
 * @param customUrls page id to absolute address
 * @param frame {@code customPages.parseFrameURL} or {@code null}
 * @param hideFailedResend the page after "send again" does not tell whether there is such a user
 */
record PageSettings(
        String appId,
        String appName,
        String publicServerUrl,
        String endpoint,
        Path folder,
        boolean localized,
        Translations translations,
        Placeholders placeholders,
        boolean forceRedirect,
        boolean encodeHeaders,
        Map<String, String> customUrls,
        List<CustomRoute> customRoutes,
        String frame,
        boolean hideFailedResend) {

    record CustomRoute(String method, String path, CustomPage.Handler handler) {}

    private static final Pattern PATH = Pattern.compile("\\.{0,2}/.*", Pattern.DOTALL);
    private static final Pattern ADDRESS = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:.+", Pattern.DOTALL);

    static PageSettings of(Options options) {
        Map<String, Object> pages = options.get(PageOptions.PAGES);
        boolean localized = options.is(PageOptions.PAGES_ENABLE_LOCALIZATION);
        String endpoint = text(options.get(PageOptions.PAGES_PAGES_ENDPOINT));
        return new PageSettings(
                options.get(CoreOptions.APP_ID),
                options.get(CoreOptions.APP_NAME),
                publicServerUrl(options),
                endpoint == null ? "apps" : endpoint,
                folder(text(options.get(PageOptions.PAGES_PAGES_PATH))),
                localized,
                translations(options, localized),
                placeholders(pages.get("placeholders")),
                options.is(PageOptions.PAGES_FORCE_REDIRECT),
                options.is(PageOptions.PAGES_ENCODE_PAGE_PARAM_HEADERS),
                customUrls(options.get(PageOptions.PAGES_CUSTOM_URLS)),
                customRoutes(pages.get("customRoutes")),
                text(options.get(PageOptions.CUSTOM_PAGES_PARSE_FRAME_URL)),
                options.is(EmailOptions.EMAIL_VERIFY_SUCCESS_ON_INVALID_EMAIL));
    }

    /** Without a slash at the end. */
    static String publicServerUrl(Options options) {
        String url = text(options.get(CoreOptions.PUBLIC_SERVER_URL));
        return url != null && url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private static String text(String value) {
        return value == null || value.isEmpty() ? null : value;
    }

    private static Path folder(String path) {
        if (path == null) {
            return null;
        }
        Path folder = Path.of(path);
        if (!Files.isDirectory(folder)) {
            throw new OptionsException("Option pages.pagesPath: there is no folder " + folder.toAbsolutePath() + ".");
        }
        return folder;
    }

    /** The file is read also when localization is off, so that a wrong path is noticed at the start. */
    private static Translations translations(Options options, boolean localized) {
        String file = options.get(PageOptions.PAGES_LOCALIZATION_JSON_PATH);
        if (file == null) {
            return null;
        }
        Translations translations =
                Translations.load(Path.of(file), options.get(PageOptions.PAGES_LOCALIZATION_FALLBACK_LOCALE));
        return localized ? translations : null;
    }

    private static Placeholders placeholders(Object value) {
        return switch (value) {
            case null -> _ -> Map.of();
            case Placeholders function -> function;
            case Map<?, ?> map -> {
                var fixed = new LinkedHashMap<String, Object>();
                map.forEach((name, item) -> fixed.put(String.valueOf(name), item));
                yield _ -> fixed;
            }
            default ->
                throw new OptionsException("Option pages.placeholders given in code must be a map or a "
                        + Placeholders.class.getName() + ".");
        };
    }

    private static Map<String, String> customUrls(Map<String, Object> urls) {
        var addresses = new LinkedHashMap<String, String>();
        urls.forEach((page, value) -> {
            if (!(value instanceof String url)) {
                throw new OptionsException("Option pages.customUrls." + page + " must be a text.");
            }
            if (url.isEmpty() || PATH.matcher(url).matches()) {
                return; // as in parse-server: a path is no other page
            }
            if (!ADDRESS.matcher(url).matches()) {
                throw new OptionsException("Option pages.customUrls." + page
                        + " must be an absolute URL such as https://example.com/page, got \"" + url + "\".");
            }
            addresses.put(page, url);
        });
        return addresses;
    }

    private static List<CustomRoute> customRoutes(Object value) {
        var routes = new ArrayList<CustomRoute>();
        if (value instanceof List<?> list) {
            for (Object entry : list) {
                routes.add(customRoute(entry, "Option pages.customRoutes[" + routes.size() + "]"));
            }
        }
        return routes;
    }

    private static CustomRoute customRoute(Object entry, String name) {
        if (entry instanceof Map<?, ?> route
                && route.get("method") instanceof String method
                && route.get("path") instanceof String path) {
            if (route.get("handler") instanceof CustomPage.Handler handler) {
                return new CustomRoute(method.toUpperCase(Locale.ROOT), path, handler);
            }
            throw new OptionsException(name + ".handler must be a function: it can be given in code only.");
        }
        throw new OptionsException(name + " must be an object with method, path and handler.");
    }
}
