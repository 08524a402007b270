package dev.kami.parse.page;

import java.util.function.Function;

/**
 * A route for everybody, without application id in a header and without keys.
 *
 * @param pattern below the mount path, with {@code :name} for a segment and {@code *name} at the end for the rest
 */
public record PageRoute(String method, String pattern, Function<PageRequest, PageAnswer> handler) {}
