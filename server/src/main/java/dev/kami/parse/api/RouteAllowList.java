package dev.kami.parse.api;

import dev.kami.parse.auth.Auth;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.options.Options;
import dev.kami.parse.options.RequestOptions;
import java.util.List;
import java.util.regex.Pattern;

/** Option {@code routeAllowList}: the only paths that are open without master or maintenance key. */
final class RouteAllowList {
    private final List<Pattern> patterns;
    private final boolean on;

    private RouteAllowList(List<Pattern> patterns, boolean on) {
        this.patterns = patterns;
        this.on = on;
    }

    static RouteAllowList of(Options options) {
        List<String> texts = options.get(RequestOptions.ROUTE_ALLOW_LIST);
        return texts == null
                ? new RouteAllowList(List.of(), false)
                : new RouteAllowList(texts.stream().map(Pattern::compile).toList(), true);
    }

    /**
     * @param path as sent, below the mount path
     * @throws ParseException 119 when no pattern fits the whole path
     */
    void check(String method, String path, Auth auth) {
        if (!on || auth.seesEverything()) {
            return;
        }
        RoutedPath routed = RoutedPath.of(path);
        if (!fits(routed.sent()) || !fits(routed.decoded())) {
            throw ParseException.denied(
                    ErrorCode.OPERATION_FORBIDDEN,
                    "Route not allowed by routeAllowList: " + method + " "
                            + routed.sent().substring(1));
        }
    }

    private boolean fits(String path) {
        String bare = path.substring(1);
        return patterns.stream().anyMatch(pattern -> pattern.matcher(bare).matches());
    }
}
