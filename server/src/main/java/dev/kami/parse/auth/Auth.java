package dev.kami.parse.auth;

import dev.kami.parse.value.ParseObject;
import java.util.Set;

/** Who asks. Decides what a request may see and change; "no user" never means "everything". */
public sealed interface Auth {
    /** Nobody known: group {@code *}. */
    record Nobody() implements Auth {}

    /**
     * A logged-in user.
     *
     * @param roles names without the prefix {@code role:}, inherited ones included
     */
    record User(ParseObject user, String sessionToken, Set<String> roles) implements Auth {
        public User {
            roles = Set.copyOf(roles);
        }
    }

    /** Everything except writing the internal fields. */
    record Master() implements Auth {}

    /** Reads as master, writes nothing. */
    record ReadOnlyMaster() implements Auth {}

    /** Object routes as master, internal fields included; not accepted where a route asks for the master key. */
    record Maintenance() implements Auth {}

    Auth NOBODY = new Nobody();
    Auth MASTER = new Master();
    Auth READ_ONLY_MASTER = new ReadOnlyMaster();
    Auth MAINTENANCE = new Maintenance();

    /** Master or read-only master: what the genuine server calls {@code isMaster}. */
    default boolean isMaster() {
        return this instanceof Master || this instanceof ReadOnlyMaster;
    }

    default boolean isReadOnly() {
        return this instanceof ReadOnlyMaster;
    }

    default boolean isMaintenance() {
        return this instanceof Maintenance;
    }

    /** No ACL, no class level permission, no protected field applies. */
    default boolean seesEverything() {
        return isMaster() || isMaintenance();
    }

    /** objectId of the user, or {@code null}. */
    default String userId() {
        return this instanceof User(ParseObject user, var _, var _) ? user.objectId() : null;
    }
}
