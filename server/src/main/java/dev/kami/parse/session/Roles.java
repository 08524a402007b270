package dev.kami.parse.session;

import dev.kami.parse.cache.CacheAdapter;
import dev.kami.parse.database.Rows;
import dev.kami.parse.query.Constraint.JoinSide;
import dev.kami.parse.query.Constraint.Joined;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Str;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The roles of a user: those he is a member of, and all roles that have one of them among their {@code roles}, at any
 * depth. One question to the database for each level, none once they are remembered. Any write of a role forgets the roles
 * of everybody, because nobody knows cheaply whom it concerns.
 */
public final class Roles {
    private static final String ROLE = "_Role";

    private final Rows rows;
    private final CacheAdapter cache;
    private final String prefix;
    private final Duration lifetime;
    /** Counts the writes of roles, so that what was read before a write is not remembered after it. */
    private final AtomicLong writes = new AtomicLong();

    public Roles(Rows rows, CacheAdapter cache, SessionSettings settings) {
        this.rows = rows;
        this.cache = cache;
        this.prefix = settings.appId() + ":role:";
        this.lifetime = settings.cacheLifetime();
    }

    /** Names without the prefix {@code role:}. */
    public Set<String> of(String userId) {
        String key = prefix + userId;
        ParseValue known = cache.get(key).orElse(null);
        if (known instanceof Array(var names)) {
            var roles = new LinkedHashSet<String>();
            names.forEach(name -> roles.add(((Str) name).value()));
            return roles;
        }
        long before = writes.get();
        Set<String> roles = read(userId);
        cache.put(key, new Array(roles.stream().<ParseValue>map(Str::new).toList()), lifetime);
        if (writes.get() != before) {
            cache.remove(key); // a role was written meanwhile
        }
        return roles;
    }

    private Set<String> read(String userId) {
        var names = new LinkedHashSet<String>();
        var seen = new HashSet<String>();
        Set<String> members = Set.of(userId);
        String relation = "_Join:users:_Role";
        while (!members.isEmpty()) {
            var found = rows.find(ROLE, new Joined(relation, JoinSide.OWNING_ID, members, false), -1);
            var next = new HashSet<String>();
            for (ParseObject role : found) {
                // A role that was seen leads to nothing new; so circles end.
                if (seen.add(role.objectId()) && role.get("name") instanceof Str(String name)) {
                    names.add(name);
                    next.add(role.objectId());
                }
            }
            members = next;
            relation = "_Join:roles:_Role";
        }
        return names;
    }

    /** After any write of a role. */
    public void forget() {
        writes.incrementAndGet();
        cache.clear(prefix);
    }
}
