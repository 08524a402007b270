package dev.kami.parse.api;

/** The routes of one feature. */
@FunctionalInterface
public interface Routes {
    /** Adds {@code method, pattern, handler} for each route; patterns are like {@code /classes/:className/:objectId}. */
    void addTo(RouteTable table);
}
