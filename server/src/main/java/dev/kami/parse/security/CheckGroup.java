package dev.kami.parse.security;

import java.util.List;

/** Checks of one subject. A program that embeds the server may put its own into option {@code security.checkGroups}. */
public record CheckGroup(String name, List<SecurityCheck> checks) {
    public CheckGroup {
        checks = List.copyOf(checks);
    }
}
