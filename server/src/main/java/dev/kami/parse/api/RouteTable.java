package dev.kami.parse.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Method and path to handler. A tree of path segments: a literal segment goes before a variable one, so
 * {@code /users/me} is not the user {@code me}. Filled while the server is built, then only read.
 */
public final class RouteTable {
    /** A handler with the values of its path variables. */
    public record Match(Handler handler, String pattern, Map<String, String> variables) {}

    private record Route(Handler handler, String pattern, List<String> names) {}

    private static final class Node {
        private final Map<String, Node> literals = new HashMap<>();
        private Node variable;
        private final Map<String, Route> routes = new HashMap<>();
    }

    private final Node root = new Node();

    /** @throws IllegalStateException when the route is taken */
    public void add(String method, String pattern, Handler handler) {
        Node node = root;
        var names = new ArrayList<String>();
        for (String segment : segments(pattern)) {
            if (segment.startsWith(":")) {
                names.add(segment.substring(1));
                if (node.variable == null) {
                    node.variable = new Node();
                }
                node = node.variable;
            } else {
                node = node.literals.computeIfAbsent(segment, _ -> new Node());
            }
        }
        if (node.routes.putIfAbsent(method, new Route(handler, pattern, names)) != null) {
            throw new IllegalStateException("route " + method + " " + pattern + " is defined twice");
        }
    }

    /** @param path below the mount path; a double slash and a slash at the end do not matter */
    public Optional<Match> match(String method, String path) {
        List<String> segments = segments(path);
        var values = new ArrayList<String>(2);
        Route route = find(root, segments, 0, method, values);
        if (route == null) {
            return Optional.empty();
        }
        Map<String, String> variables = HashMap.newHashMap(values.size());
        for (int i = 0; i < values.size(); i++) {
            variables.put(route.names.get(i), values.get(i));
        }
        return Optional.of(new Match(route.handler, route.pattern, variables));
    }

    private static Route find(Node node, List<String> segments, int at, String method, List<String> values) {
        if (at == segments.size()) {
            return node.routes.get(method);
        }
        Node literal = node.literals.get(segments.get(at));
        if (literal != null) {
            Route route = find(literal, segments, at + 1, method, values);
            if (route != null) {
                return route;
            }
        }
        if (node.variable != null) {
            values.add(segments.get(at));
            Route route = find(node.variable, segments, at + 1, method, values);
            if (route != null) {
                return route;
            }
            values.removeLast();
        }
        return null;
    }

    private static List<String> segments(String path) {
        var segments = new ArrayList<String>(4);
        int start = 0;
        while (start < path.length()) {
            int end = path.indexOf('/', start);
            if (end < 0) {
                end = path.length();
            }
            if (end > start) {
                segments.add(path.substring(start, end));
            }
            start = end + 1;
        }
        return segments;
    }
}
