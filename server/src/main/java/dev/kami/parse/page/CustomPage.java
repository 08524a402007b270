package dev.kami.parse.page;

import java.util.Map;

/**
 * What the handler of {@code pages.customRoutes} answers with.
 *
 * @param file below the folder of the pages; localized like any other
 * @param params placeholders for the page, and headers of the answer
 */
record CustomPage(String file, Map<String, String> params) {
    /** Code behind a custom route. */
    @FunctionalInterface
    public interface Handler {
        /** @return {@code null} for "not found" */
        CustomPage handle(PageRequest request);
    }
}
