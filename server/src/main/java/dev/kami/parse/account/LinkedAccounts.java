package dev.kami.parse.account;

import dev.kami.parse.auth.AuthAdapters;
import dev.kami.parse.auth.AuthAttempt;
import dev.kami.parse.auth.Caller;
import dev.kami.parse.auth.Claim;
import dev.kami.parse.auth.Outcome;
import dev.kami.parse.database.Rows;
import dev.kami.parse.database.SchemaCatalog;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.log.Log;
import dev.kami.parse.op.FieldOp;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Bool;
import dev.kami.parse.value.ParseValue.Null;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * Users and their accounts at log-in providers, field {@code authData}: who has which, whether a client's data is genuine,
 * and storing what a provider wants remembered.
 *
 * <p>The order for one request is {@link #claims} (who does the client claim to be), {@link #find} (which user is that),
 * {@link #prove} (is it true). Nothing may be told to the client about the user who was found before the proof.
 */
public final class LinkedAccounts {
    private static final String USER = "_User";

    private final AuthAdapters adapters;
    private final Rows rows;

    public LinkedAccounts(AuthAdapters adapters, Rows rows) {
        this.adapters = adapters;
        this.rows = rows;
    }

    /**
     * What was proven.
     *
     * @param save by provider, what is to be stored; empty when all stays as it is
     * @param response {@code authDataResponse} for the client
     */
    public record Proof(SequencedMap<String, Obj> save, Obj response) {
        /** Data of log-ins is not for log lines. */
        @Override
        public String toString() {
            return "Proof" + save.keySet();
        }
    }

    public AuthAdapters adapters() {
        return adapters;
    }

    /** Makes the users of each configured provider findable, when the server starts. */
    public void index(SchemaCatalog schemas, Log log) {
        for (String provider : adapters.names()) {
            try {
                schemas.indexAuthData(provider);
            } catch (ParseException e) {
                if (e.code() != ErrorCode.DUPLICATE_VALUE) {
                    throw e;
                }
                log.warn("Some users have the same id at auth provider " + provider
                        + ": they cannot log in with it, and it is not kept unique.");
            }
        }
    }

    /**
     * In the order of the names of the providers, so that one of several errors is always the same.
     *
     * @param given authData as the client sent it; providers with null are passed over
     * @throws ParseException 252 for a provider that is unknown, off, or comes with something else than an object; 121 for
     *     a name that is a path
     */
    public List<Claim> claims(Obj given) {
        checkNames(given);
        var claims = new ArrayList<Claim>();
        new TreeMap<>(given.fields()).forEach((provider, data) -> {
            switch (data) {
                case Null() -> {}
                case Obj authData -> claims.add(adapters.identify(provider, authData));
                default -> throw AuthAdapters.unsupported();
            }
        });
        return claims;
    }

    /**
     * The name of a provider becomes part of a path: {@code mfa.secret} would reach into the data of another one.
     *
     * @throws ParseException 121
     */
    public static void checkNames(Obj given) {
        for (String provider : given.fields().keySet()) {
            if (provider.indexOf('.') >= 0 || provider.indexOf('$') >= 0) {
                throw new ParseException(
                        ErrorCode.INVALID_NESTED_KEY, "Nested keys should not contain the '$' or '.' characters");
            }
        }
    }

    /**
     * The users who have one of the claimed ids, each found by an index. Providers that are not configured have no users:
     * they are not searched, and refuse when they are asked for a proof.
     *
     * @param locked whether users whose ACL is empty count as well
     */
    public List<ParseObject> find(List<Claim> claims, boolean locked) {
        var found = new LinkedHashMap<String, ParseObject>();
        List<String> searchable = adapters.names();
        for (Claim claim : claims) {
            if (claim.id() != null && searchable.contains(claim.provider())) {
                var byId = new EqualTo("authData." + claim.provider() + ".id", new Str(claim.id()));
                for (ParseObject user : rows.find(USER, byId, 2)) {
                    if (locked || !isLocked(user)) {
                        found.put(user.objectId(), user);
                    }
                }
            }
        }
        return List.copyOf(found.values());
    }

    /** The master key has taken the own record away from the user. */
    public static boolean isLocked(ParseObject user) {
        return user.get("ACL") instanceof Obj acl && acl.isEmpty();
    }

    /** 208 */
    public static ParseException alreadyUsed() {
        return new ParseException(ErrorCode.ACCOUNT_ALREADY_LINKED, "this auth is already used");
    }

    /** @throws ParseException -1 when the user has a second factor and none is given */
    public void requireAdditional(Obj given, ParseObject user) {
        adapters.requireAdditional(given, authData(user));
    }

    /**
     * Asks the providers, one after the other.
     *
     * @param user who was found, or who is being changed; {@code null} at sign-up
     * @throws ParseException as the first of them refuses
     */
    public Proof prove(List<Claim> claims, ParseObject user, Caller caller) {
        var save = new LinkedHashMap<String, Obj>();
        var response = new LinkedHashMap<String, ParseValue>();
        for (Claim claim : claims) {
            Outcome outcome = claim.validate(AuthAttempt.of(claim.provider(), user, caller));
            if (outcome.save() != null) {
                save.put(claim.provider(), outcome.save());
            }
            if (outcome.response() != null) {
                response.put(claim.provider(), outcome.response());
            }
            if (outcome.refusal() != null) {
                if (user != null && outcome.save() != null) {
                    store(user, Map.of(claim.provider(), outcome.save()), List.of());
                }
                throw outcome.refusal();
            }
        }
        return new Proof(save, new Obj(response));
    }

    /**
     * The user as nobody has changed him since he was read, as far as these data replace what was there. Of two requests
     * with the same recovery code only one finds him so.
     */
    public static Constraint unchanged(ParseObject user, Map<String, Obj> save) {
        var conditions = new ArrayList<Constraint>();
        save.forEach((provider, data) -> {
            if (stored(user, provider) instanceof Obj before) {
                before.fields().forEach((field, value) -> {
                    boolean comparable = value instanceof Str
                            || value instanceof Num
                            || value instanceof Bool
                            || value instanceof Array;
                    if (comparable && field.indexOf('.') < 0 && !value.equals(data.get(field))) {
                        conditions.add(new EqualTo("authData." + provider + "." + field, value));
                    }
                });
            }
        });
        return Constraint.and(conditions.toArray(Constraint[]::new));
    }

    private static ParseValue stored(ParseObject user, String provider) {
        return user.get("authData") instanceof Obj all ? all.get(provider) : null;
    }

    /** As operations on the user: each provider by itself, so that others are not touched. */
    public static SequencedMap<String, FieldOp> changes(Map<String, Obj> save, List<String> unlinked) {
        var ops = new LinkedHashMap<String, FieldOp>();
        save.forEach((provider, data) -> ops.put("authData." + provider, new FieldOp.Set(data)));
        unlinked.forEach(provider -> ops.put("authData." + provider, new FieldOp.Delete()));
        return ops;
    }

    /**
     * Stores what a log-in changes, with all rights. Nothing is written when nothing changes.
     *
     * @throws ParseException 141 {@code Invalid auth data} when another request was faster with the same single-use data,
     *     208 when another user has the id
     */
    public void store(ParseObject user, Map<String, Obj> save, List<String> unlinked) {
        var changed = new LinkedHashMap<>(save);
        changed.entrySet().removeIf(entry -> entry.getValue().equals(stored(user, entry.getKey())));
        List<String> gone = unlinked.stream()
                .filter(provider -> stored(user, provider) != null)
                .toList();
        if (changed.isEmpty() && gone.isEmpty()) {
            return;
        }
        Constraint where = Constraint.and(new EqualTo("objectId", new Str(user.objectId())), unchanged(user, changed));
        try {
            if (rows.update(USER, where, changes(changed, gone)).isEmpty()) {
                throw new ParseException(ErrorCode.SCRIPT_FAILED, "Invalid auth data");
            }
        } catch (ParseException e) {
            throw e.code() == ErrorCode.DUPLICATE_VALUE ? alreadyUsed() : e;
        }
    }

    /** Providers that the client wants to have unlinked. */
    public static List<String> unlinked(Obj given) {
        return given.fields().entrySet().stream()
                .filter(provider -> provider.getValue() instanceof Null)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** authData of a user, empty when he has none. */
    public static Obj authData(ParseObject user) {
        return user.get("authData") instanceof Obj authData ? authData : Obj.EMPTY;
    }
}
