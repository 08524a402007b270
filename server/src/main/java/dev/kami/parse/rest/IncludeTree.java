package dev.kami.parse.rest;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which pointers are replaced by the objects they lead to: {@code owner,owner.team,tags} as a tree of field names. A
 * path includes what lies on it, so {@code owner.team} alone means the owner too.
 */
final class IncludeTree {
    /** Bounds what a path through objects that point at each other can cost, also for the master key. */
    static final int MAX_DEPTH = 100;

    private final String path;
    private final Map<String, IncludeTree> children = new LinkedHashMap<>();

    private IncludeTree(String path) {
        this.path = path;
    }

    /** Nothing is included; the tree of most reads. */
    static final IncludeTree NONE = new IncludeTree("");

    static IncludeTree empty() {
        return new IncludeTree("");
    }

    /** @throws ParseException 102 when the path is deeper than {@link #MAX_DEPTH} */
    void add(String dottedPath) {
        String[] names = dottedPath.split("\\.");
        if (names.length > MAX_DEPTH) {
            throw new ParseException(
                    ErrorCode.INVALID_QUERY,
                    "Include depth of " + names.length + " exceeds maximum allowed depth of " + MAX_DEPTH);
        }
        IncludeTree node = this;
        for (String name : names) {
            if (name.isEmpty()) {
                return;
            }
            String below = node.path.isEmpty() ? name : node.path + "." + name;
            node = node.children.computeIfAbsent(name, _ -> new IncludeTree(below));
        }
    }

    boolean isEmpty() {
        return children.isEmpty();
    }

    Map<String, IncludeTree> children() {
        return children;
    }

    /** The keys of the objects that are put here, {@code null} for all: from {@code a.b.c} the node a.b takes c. */
    Set<String> keys(Collection<String> keys) {
        if (keys == null) {
            return null;
        }
        var mine = new LinkedHashSet<String>();
        for (String key : keys) {
            if (isBelow(key)) {
                String rest = key.substring(path.length() + 1);
                int dot = rest.indexOf('.');
                mine.add(dot < 0 ? rest : rest.substring(0, dot));
            }
        }
        return mine.isEmpty() ? null : mine;
    }

    /** The keys to leave out of the objects that are put here: from {@code a.b.c} the node a.b takes c, the node a none. */
    Set<String> excludeKeys(Collection<String> excluded) {
        var mine = new LinkedHashSet<String>();
        for (String key : excluded) {
            if (isBelow(key) && key.indexOf('.', path.length() + 1) < 0) {
                mine.add(key.substring(path.length() + 1));
            }
        }
        return mine;
    }

    private boolean isBelow(String key) {
        return key.length() > path.length() + 1 && key.startsWith(path) && key.charAt(path.length()) == '.';
    }
}
