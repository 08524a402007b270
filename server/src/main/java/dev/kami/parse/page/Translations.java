package dev.kami.parse.page;

import dev.kami.parse.options.OptionsException;
import dev.kami.parse.template.Locales;
import dev.kami.parse.template.Template;
import dev.kami.parse.template.TemplateException;
import dev.kami.parse.value.PlainJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The file of {@code pages.localizationJsonPath}: {@code {"de": {"translation": {"title": "Hallo {{appName}}"}}}}.
 * Placeholders inside translations are filled, and escaped, before the page is.
 */
final class Translations {
    private final Map<String, Object> byLocale;
    private final String fallback;

    private Translations(Map<String, Object> byLocale, String fallback) {
        this.byLocale = byLocale;
        this.fallback = fallback;
    }

    /** @throws OptionsException with the text of parse-server when the file cannot be read or is no JSON object */
    static Translations load(Path file, String fallback) {
        try {
            if (PlainJson.readOrNull(Files.readString(file)) instanceof Map<?, ?> json) {
                var byLocale = new LinkedHashMap<String, Object>();
                json.forEach((locale, resource) -> {
                    if (resource instanceof Map<?, ?> map && map.get("translation") != null) {
                        byLocale.put(String.valueOf(locale), compiled(map.get("translation")));
                    }
                });
                return new Translations(byLocale, fallback);
            }
        } catch (IOException | TemplateException e) {
            throw failure(file, ": " + e.getMessage());
        }
        throw failure(file, "");
    }

    private static OptionsException failure(Path file, String reason) {
        return new OptionsException("failed to load JSON file (pages.localizationJsonPath " + file + reason + ")");
    }

    /** The same value with a template for each text. */
    private static Object compiled(Object value) {
        return switch (value) {
            case String text -> Template.html(text);
            case Map<?, ?> map -> {
                var all = new LinkedHashMap<String, Object>();
                map.forEach((key, item) -> all.put(String.valueOf(key), item == null ? "" : compiled(item)));
                yield all;
            }
            case List<?> list ->
                list.stream().map(item -> item == null ? "" : compiled(item)).toList();
            default -> value;
        };
    }

    /**
     * The placeholders for a locale, its language or the fallback locale.
     *
     * @param locale {@code null} when none was asked for
     */
    Map<String, Object> of(String locale, Map<String, String> params) {
        var found = new LinkedHashMap<String, Object>();
        if (filled(resource(locale), params) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> found.put(String.valueOf(key), value));
        }
        return found;
    }

    private Object resource(String locale) {
        if (locale != null) {
            for (String candidate : Locales.candidates(locale)) {
                if (byLocale.containsKey(candidate)) {
                    return byLocale.get(candidate);
                }
            }
        }
        return byLocale.getOrDefault(fallback, Map.of());
    }

    private static Object filled(Object value, Map<String, String> params) {
        return switch (value) {
            case Template template -> template.render(params);
            case Map<?, ?> map -> {
                var all = new LinkedHashMap<String, Object>();
                map.forEach((key, item) -> all.put(String.valueOf(key), filled(item, params)));
                yield all;
            }
            case List<?> list -> list.stream().map(item -> filled(item, params)).toList();
            default -> value;
        };
    }
}
