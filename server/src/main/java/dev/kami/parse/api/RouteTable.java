package dev.kami.parse.api;

import dev.kami.parse.error.ParseException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Method and path to handler. A tree of path segments: a literal segment goes before a variable one, so
 * {@code /users/me} is not the user {@code me}. The case of literal segments does not matter, as in Express. Filled while the server is built, then only read.
 *
 * <p>{@code *name} at the end of a pattern is one or more segments, and what anything more literal does not take.
 *
 * <p>Paths are matched as they were sent and only the values of variables are URL-decoded, so an encoded slash never
 * separates segments.
 */
public final class RouteTable {
    /**
     * A handler with the values of its path variables.
     *
     * @param route number of the route, from 0 in order of definition
     * @param access who is let through to it
     */
    public record Match(int route, Handler handler, String pattern, Access access, Map<String, String> variables) {}

    /** What a request must prove before its handler is asked. */
    enum Access {
        /** The application id, and keys where the server has some. */
        KEYS,
        /** Nothing. */
        OPEN,
        /** Nothing, but option {@code rateLimit} counts it. */
        OPEN_COUNTED
    }

    private record Route(
            int number, String method, Handler handler, String pattern, Access access, List<String> names) {}

    private static final class Node {
        private final Map<String, Node> literals = new HashMap<>();
        private Node variable;
        private final Map<String, Route> routes = new HashMap<>();
        private final Map<String, Route> rest = new HashMap<>();
    }

    private final Node root = new Node();
    private final List<Route> routes = new ArrayList<>();

    /** @throws IllegalStateException when the route is taken */
    public void add(String method, String pattern, Handler handler) {
        add(method, pattern, handler, Access.KEYS);
    }

    /** A route for everybody, such as a file behind its address: no application id, no keys, no session. */
    public void addOpen(String method, String pattern, Handler handler) {
        add(method, pattern, handler, Access.OPEN);
    }

    /** As {@link #addOpen}, for what could be misused by asking often: rate limits count it. */
    public void addOpenCounted(String method, String pattern, Handler handler) {
        add(method, pattern, handler, Access.OPEN_COUNTED);
    }

    private void add(String method, String pattern, Handler handler, Access access) {
        Node node = root;
        var names = new ArrayList<String>();
        boolean rest = false;
        for (String segment : segments(pattern)) {
            if (rest) {
                throw new IllegalArgumentException("route " + method + " " + pattern + " goes on behind its rest");
            }
            if (segment.startsWith("*")) {
                names.add(segment.substring(1));
                rest = true;
            } else if (segment.startsWith(":")) {
                names.add(segment.substring(1));
                if (node.variable == null) {
                    node.variable = new Node();
                }
                node = node.variable;
            } else {
                node = node.literals.computeIfAbsent(segment.toLowerCase(Locale.ROOT), _ -> new Node());
            }
        }
        var route = new Route(routes.size(), method, handler, pattern, access, List.copyOf(names));
        if ((rest ? node.rest : node.routes).putIfAbsent(method, route) != null) {
            throw new IllegalStateException("route " + method + " " + pattern + " is defined twice");
        }
        routes.add(route);
    }

    /** {@code GET /classes/:className} and so on, by the number of the route. */
    public List<String> routes() {
        return routes.stream().map(route -> route.method + " " + route.pattern).toList();
    }

    /**
     * @param path below the mount path, not decoded; a double slash and a slash at the end do not matter
     * @throws ParseException 400 without code when a variable cannot be decoded
     */
    public Optional<Match> match(String method, String path) {
        List<String> segments = segments(path);
        var values = new ArrayList<String>(2);
        Route route = find(root, segments, 0, method, values);
        if (route == null) {
            return Optional.empty();
        }
        return Optional.of(
                new Match(route.number, route.handler, route.pattern, route.access, variables(route.names, values)));
    }

    private static Map<String, String> variables(List<String> names, List<String> values) {
        return switch (names.size()) {
            case 0 -> Map.of();
            case 1 -> Map.of(names.getFirst(), decode(values.getFirst()));
            default -> {
                Map<String, String> variables = HashMap.newHashMap(values.size());
                for (int i = 0; i < values.size(); i++) {
                    variables.put(names.get(i), decode(values.get(i)));
                }
                yield Collections.unmodifiableMap(variables);
            }
        };
    }

    private static Route find(Node node, List<String> segments, int at, String method, List<String> values) {
        if (at == segments.size()) {
            return node.routes.get(method);
        }
        Node literal = literal(node, segments.get(at));
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
        Route rest = node.rest.get(method);
        if (rest != null) {
            values.add(String.join("/", segments.subList(at, segments.size())));
        }
        return rest;
    }

    private static Node literal(Node node, String segment) {
        Node literal = node.literals.get(segment);
        return literal == null && !node.literals.isEmpty()
                ? node.literals.get(segment.toLowerCase(Locale.ROOT))
                : literal;
    }

    static List<String> segments(String path) {
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

    /** As {@code decodeURIComponent}: UTF-8, strict. */
    static String decode(String segment) {
        int percent = segment.indexOf('%');
        if (percent < 0) {
            return segment;
        }
        byte[] bytes = segment.getBytes(StandardCharsets.UTF_8);
        int size = percent;
        for (int i = percent; i < bytes.length; i++) {
            if (bytes[i] == '%') {
                int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
                int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
                if (high < 0 || low < 0 || high + low == 0) {
                    throw undecodable(segment);
                }
                bytes[size++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                bytes[size++] = bytes[i];
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, size))
                    .toString();
        } catch (CharacterCodingException _) {
            throw undecodable(segment);
        }
    }

    private static ParseException undecodable(String segment) {
        return ParseException.withStatus(400, "Failed to decode param '" + segment + "'");
    }
}
