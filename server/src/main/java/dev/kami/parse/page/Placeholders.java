package dev.kami.parse.page;

import java.util.Map;

/** Option {@code pages.placeholders}: the same for every page, or worked out for each in code. */
@FunctionalInterface
interface Placeholders {
    /**
     * @param params of the page: appId, appName, publicServerUrl, locale, token ...
     * @return plain values by name; they win over the parameters
     */
    Map<String, ?> of(Map<String, String> params);
}
