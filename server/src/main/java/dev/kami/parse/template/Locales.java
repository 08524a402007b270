package dev.kami.parse.template;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Names of locales as clients send them: {@code de}, {@code de-AT}, {@code zh-Hans-CN}. They become part of file names, so
 * anything else counts as not sent.
 */
public final class Locales {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*");

    private Locales() {}

    /** @param name may be {@code null} */
    public static boolean isLocale(String name) {
        return name != null && NAME.matcher(name).matches();
    }

    /** Where to look for a translation, best first: {@code de-AT}, {@code de}. */
    public static List<String> candidates(String locale) {
        String language = language(locale);
        return language.equals(locale) ? List.of(locale) : List.of(locale, language);
    }

    /** The part before the first hyphen. */
    public static String language(String locale) {
        int hyphen = locale.indexOf('-');
        return hyphen < 0 ? locale : locale.substring(0, hyphen);
    }
}
