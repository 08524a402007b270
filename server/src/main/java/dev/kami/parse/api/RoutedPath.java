package dev.kami.parse.api;

import dev.kami.parse.error.ParseException;

/**
 * A path in the two forms in which rules for paths see it: as sent, and decoded as the routes will decode it. Both begin
 * with one slash, end without one and have no double slash, so that no spelling of a path slips past a rule.
 */
record RoutedPath(String sent, String decoded) {
    static RoutedPath of(String path) {
        var sent = new StringBuilder(path.length() + 1);
        var decoded = new StringBuilder(path.length() + 1);
        for (String segment : RouteTable.segments(path)) {
            sent.append('/').append(segment);
            decoded.append('/').append(decode(segment));
        }
        return sent.isEmpty() ? new RoutedPath("/", "/") : new RoutedPath(sent.toString(), decoded.toString());
    }

    private static String decode(String segment) {
        try {
            return RouteTable.decode(segment);
        } catch (ParseException _) {
            return segment; // the routes will refuse it
        }
    }
}
