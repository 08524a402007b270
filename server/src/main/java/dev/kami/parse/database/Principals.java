package dev.kami.parse.database;

import dev.kami.parse.auth.Auth;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The names under which a caller appears in ACLs and class level permissions: {@code *}, the user's objectId,
 * {@code role:<name>}. Callers for whom no permission counts have none; ask {@link Auth#seesEverything()} first.
 *
 * @param userId {@code null} when nobody is logged in
 */
record Principals(Set<String> names, String userId) {
    static final String EVERYBODY = "*";

    private static final Principals PUBLIC = new Principals(Set.of(EVERYBODY), null);

    static Principals of(Auth auth) {
        return switch (auth) {
            case Auth.Nobody() -> PUBLIC;
            case Auth.User(var user, var _, var roles) -> {
                var names = new LinkedHashSet<String>();
                names.add(EVERYBODY);
                for (String role : roles) {
                    names.add("role:" + role);
                }
                names.add(user.objectId());
                yield new Principals(Set.copyOf(names), user.objectId());
            }
            case Auth.Master(), Auth.ReadOnlyMaster(), Auth.Maintenance() ->
                throw new IllegalArgumentException("no permission is asked for " + auth);
        };
    }
}
