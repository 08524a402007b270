package dev.kami.parse.session;

import dev.kami.parse.auth.Auth;
import dev.kami.parse.cache.CacheAdapter;
import dev.kami.parse.database.Rows;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.log.Log;
import dev.kami.parse.op.FieldOp;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.query.Constraint.In;
import dev.kami.parse.query.Constraint.NotEqual;
import dev.kami.parse.value.ObjectIds;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Pointer;
import dev.kami.parse.value.ParseValue.Str;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.random.RandomGenerator;

/**
 * Sessions: from a token to the user, and how sessions begin and end.
 *
 * <p>A user is remembered under the token for option {@code cacheTTL}, so that a request of a logged-in user costs no
 * question to the database. Whoever changes or deletes a user or a session says so here ({@link #forgetUser},
 * {@link #forget}); what was read before such a word is never remembered after it. The end of a session is checked every
 * time, remembered or not.
 */
public final class Sessions {
    private static final String SESSION = "_Session";
    private static final String USER = "_User";
    private static final int STRIPES = 256;
    /** How often the life of one session may be extended. */
    private static final Duration RENEWAL_PAUSE = Duration.ofMillis(500);

    private final Rows rows;
    private final Roles roles;
    private final CacheAdapter cache;
    private final SessionSettings settings;
    private final InstantSource clock;
    private final ObjectIds ids;
    private final RandomGenerator random;
    private final Log log;
    /** Counts what was forgotten, by the hash of the token. */
    private final AtomicLongArray forgotten = new AtomicLongArray(STRIPES);

    /** @param random cryptographically strong: session tokens are made of it */
    public Sessions(
            Rows rows,
            Roles roles,
            CacheAdapter cache,
            SessionSettings settings,
            InstantSource clock,
            ObjectIds ids,
            RandomGenerator random,
            Log log) {
        this.rows = rows;
        this.roles = roles;
        this.cache = cache;
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
        this.random = random;
        this.log = log;
    }

    // ---- from token to user -----------------------------------------------------------------------------------------

    /**
     * The user with all his roles.
     *
     * @throws ParseException 209 {@code Invalid session token} when nobody has that token, {@code Session token is
     *     expired.} when the session has ended
     */
    public Auth.User resolve(String token) {
        String key = userKey(token);
        Obj entry = cache.get(key).orElse(null) instanceof Obj known ? known : load(token, key);
        if (entry.get("expiresAt") instanceof Date(long end) && end < clock.millis()) {
            cache.remove(key);
            throw new ParseException(ErrorCode.INVALID_SESSION_TOKEN, "Session token is expired.");
        }
        if (settings.extendOnUse()) {
            renew(token, entry);
        }
        ParseObject user = ParseObject.of(USER, (Obj) entry.get("user"));
        return new Auth.User(user, token, roles.of(user.objectId()));
    }

    /** {@code {user, expiresAt, updatedAt}} of a session; the last two belong to the session. */
    private Obj load(String token, String key) {
        int stripe = stripe(token);
        long before = forgotten.get(stripe);
        ParseObject session = rows.first(SESSION, byToken(token)).orElseThrow(Sessions::invalid);
        if (!(session.get("user") instanceof Pointer(var _, String userId))) {
            throw invalid();
        }
        ParseObject user = user(userId);
        var fields = new LinkedHashMap<String, ParseValue>();
        fields.put("user", user.toObj());
        if (session.get("expiresAt") instanceof Date end) {
            fields.put("expiresAt", end);
        }
        if (session.get("updatedAt") instanceof Date updated) {
            fields.put("updatedAt", updated);
        }
        var entry = new Obj(fields);
        cache.put(key, entry, settings.cacheLifetime());
        if (forgotten.get(stripe) != before) {
            cache.remove(key); // the session or its user was written meanwhile
        }
        return entry;
    }

    private ParseObject user(String userId) {
        if (userId.startsWith("role:")) {
            // Such a user would have the rights of the role; no server creates one any more.
            throw new ParseException(ErrorCode.INTERNAL_SERVER_ERROR, "Invalid object ID.");
        }
        return rows.first(USER, new EqualTo("objectId", new Str(userId)))
                .orElseThrow(Sessions::invalid)
                .retain(field -> field.charAt(0) != '_' && !field.equals("password"));
    }

    private static ParseException invalid() {
        return new ParseException(ErrorCode.INVALID_SESSION_TOKEN, "Invalid session token");
    }

    /** Begins the life of a session anew once half of it is over. */
    private void renew(String token, Obj entry) {
        long now = clock.millis();
        long updated = entry.get("updatedAt") instanceof Date(long millis) ? millis : now;
        if (now - updated < settings.length().toMillis() / 2) {
            return;
        }
        String key = settings.appId() + ":renewed:" + token;
        if (cache.get(key).isPresent()) {
            return;
        }
        cache.put(key, ParseValue.TRUE, RENEWAL_PAUSE);
        var ops = new LinkedHashMap<String, FieldOp>();
        ops.put("updatedAt", new FieldOp.Set(new Date(now)));
        if (settings.expire()) {
            ops.put("expiresAt", new FieldOp.Set(end(now)));
        }
        try {
            rows.update(SESSION, byToken(token), ops);
            forget(token);
        } catch (ParseException e) {
            // The session is good; that it could not be extended must not end the request.
            log.error("Could not update session expiry: " + e.getMessage());
        }
    }

    private Date end(long now) {
        return new Date(now + settings.length().toMillis());
    }

    // ---- beginning and end ------------------------------------------------------------------------------------------

    /** What a new session of the user holds beside objectId and dates; its token is new. */
    public Obj fields(String userId, CreatedWith createdWith) {
        var fields = new LinkedHashMap<String, ParseValue>();
        fields.put("sessionToken", new Str(newToken()));
        fields.put("user", new Pointer(USER, userId));
        if (createdWith != null) {
            fields.put("createdWith", createdWith.toObj());
        }
        if (settings.expire()) {
            fields.put("expiresAt", end(clock.millis()));
        }
        return new Obj(fields);
    }

    private String newToken() {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return "r:" + HexFormat.of().formatHex(bytes);
    }

    /**
     * Begins a session. Other sessions of the user in the same installation end.
     *
     * @param createdWith {@code null} when it is not known
     * @param installationId {@code null} when it is not known
     * @return the token
     */
    public String create(String userId, CreatedWith createdWith, String installationId) {
        Obj fields = fields(userId, createdWith);
        String token = fields.text("sessionToken");
        var now = new Date(clock.millis());
        var session = new LinkedHashMap<String, ParseValue>();
        session.put("objectId", new Str(ids.next(settings.objectIdSize())));
        session.put("createdAt", now);
        session.put("updatedAt", now);
        session.putAll(fields.fields());
        if (installationId != null && !installationId.isEmpty()) {
            session.put("installationId", new Str(installationId));
            endOthers(userId, installationId, token);
        }
        rows.insert(ParseObject.of(SESSION, new Obj(session)));
        return token;
    }

    /** The session with a token, as stored. */
    public Optional<ParseObject> find(String token) {
        return rows.first(SESSION, byToken(token));
    }

    /** Ends the other sessions of the user in an installation. */
    public void endOthers(String userId, String installationId, String keptToken) {
        end(Constraint.and(
                ofUser(userId),
                new EqualTo("installationId", new Str(installationId)),
                new NotEqual("sessionToken", new Str(keptToken))));
    }

    /** Ends every session of the user. */
    public void endAll(String userId) {
        end(ofUser(userId));
    }

    /** Ends one session and returns it, or nothing when there is none with that token. */
    public Optional<ParseObject> end(String token) {
        List<ParseObject> ended = end(byToken(token));
        return ended.stream().findFirst();
    }

    private List<ParseObject> end(Constraint where) {
        List<ParseObject> sessions = rows.find(SESSION, where, -1);
        if (!sessions.isEmpty()) {
            // By id: a session that begins right now is not among them, and must not end without being forgotten.
            rows.delete(
                    SESSION,
                    new In(
                            "objectId",
                            sessions.stream()
                                    .map(session -> session.get("objectId"))
                                    .toList()));
            forgetAll(sessions);
        }
        return sessions;
    }

    // ---- forgetting -------------------------------------------------------------------------------------------------

    /** After a session was written or deleted. */
    public void forget(String token) {
        forgotten.incrementAndGet(stripe(token));
        cache.remove(userKey(token));
    }

    /** After a user was written or deleted. */
    public void forgetUser(String userId) {
        forgetAll(rows.find(SESSION, ofUser(userId), -1));
    }

    /** After many sessions or users were deleted. */
    public void forgetEverybody() {
        for (int stripe = 0; stripe < STRIPES; stripe++) {
            forgotten.incrementAndGet(stripe);
        }
        cache.clear(userKey(""));
    }

    private void forgetAll(List<ParseObject> sessions) {
        for (ParseObject session : sessions) {
            if (session.get("sessionToken") instanceof Str(String token)) {
                forget(token);
            }
        }
    }

    private static Constraint ofUser(String userId) {
        return new EqualTo("user", new Pointer(USER, userId));
    }

    private static Constraint byToken(String token) {
        return new EqualTo("sessionToken", new Str(token));
    }

    private String userKey(String token) {
        return settings.appId() + ":user:" + token;
    }

    private static int stripe(String token) {
        return (token.hashCode() & Integer.MAX_VALUE) % STRIPES;
    }
}
