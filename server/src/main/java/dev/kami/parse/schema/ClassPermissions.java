package dev.kami.parse.schema;

import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Bool;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * The class level permissions of a class, read once from their stored form so that no request has to.
 *
 * <p>No stored permissions mean that everything is public. Stored permissions that do not name an operation close it.
 */
public final class ClassPermissions {
    private static final String POINTER_FIELDS = "pointerFields";
    private static final String REQUIRES_AUTHENTICATION = "requiresAuthentication";
    private static final Rule OPEN = new Rule(true, false, Set.of(), List.of());
    private static final Rule CLOSED = new Rule(false, false, Set.of(), List.of());

    /** A class without stored permissions. */
    public static final ClassPermissions PUBLIC = new ClassPermissions(null);

    /**
     * Who may run one operation.
     *
     * @param entities user ids and {@code role:<name>}
     * @param pointerFields fields that make the user they point at allowed
     */
    public record Rule(
            boolean everybody, boolean requiresAuthentication, Set<String> entities, List<String> pointerFields) {
        public boolean allows(Set<String> principals) {
            if (everybody) {
                return true;
            }
            for (String entity : entities) {
                if (principals.contains(entity)) {
                    return true;
                }
            }
            return false;
        }
    }

    private final EnumMap<Operation, Rule> rules = new EnumMap<>(Operation.class);
    private final List<String> readUserFields;
    private final List<String> writeUserFields;
    private final SequencedMap<String, List<String>> protectedFields = new LinkedHashMap<>();
    private final Obj defaultAcl;

    private ClassPermissions(Obj stored) {
        for (Operation operation : Operation.values()) {
            rules.put(operation, stored == null ? OPEN : rule(stored.get(operation.apiName())));
        }
        readUserFields = stored == null ? List.of() : texts(stored.get("readUserFields"));
        writeUserFields = stored == null ? List.of() : texts(stored.get("writeUserFields"));
        if (stored != null && stored.get("protectedFields") instanceof Obj(var groups)) {
            groups.forEach((group, fields) -> protectedFields.put(group, texts(fields)));
        }
        defaultAcl = stored != null && stored.get("ACL") instanceof Obj acl && !isPublic(acl) ? acl : null;
    }

    /** @param stored as in {@link ClassSchema#permissions()}, may be {@code null} */
    public static ClassPermissions of(Obj stored) {
        return stored == null ? PUBLIC : new ClassPermissions(stored);
    }

    private static Rule rule(ParseValue stored) {
        if (!(stored instanceof Obj(var entries)) || entries.isEmpty()) {
            return CLOSED;
        }
        var entities = new LinkedHashSet<String>();
        entries.forEach((entity, allowed) -> {
            if (isTrue(allowed)
                    && !entity.equals("*")
                    && !entity.equals(REQUIRES_AUTHENTICATION)
                    && !entity.equals(POINTER_FIELDS)) {
                entities.add(entity);
            }
        });
        return new Rule(
                isTrue(entries.get("*")),
                isTrue(entries.get(REQUIRES_AUTHENTICATION)),
                Set.copyOf(entities),
                texts(entries.get(POINTER_FIELDS)));
    }

    private static boolean isTrue(ParseValue value) {
        return value instanceof Bool(boolean yes) && yes;
    }

    private static List<String> texts(ParseValue value) {
        if (!(value instanceof Array(var items))) {
            return List.of();
        }
        var texts = new ArrayList<String>(items.size());
        for (ParseValue item : items) {
            if (item instanceof Str(String text)) {
                texts.add(text);
            }
        }
        return List.copyOf(texts);
    }

    /** {@code {"*":{"read":true,"write":true}}} says what an object without ACL says anyway. */
    private static boolean isPublic(Obj acl) {
        return acl.fields().size() == 1
                && acl.get("*") instanceof Obj everybody
                && everybody.fields().size() == 2
                && isTrue(everybody.get("read"))
                && isTrue(everybody.get("write"));
    }

    public Rule rule(Operation operation) {
        return rules.get(operation);
    }

    /** Fields whose user may do what is otherwise closed: {@code readUserFields} or {@code writeUserFields}. */
    public List<String> userFields(Operation operation) {
        return operation.isWrite() ? writeUserFields : readUserFields;
    }

    /** Group ({@code *}, {@code authenticated}, user id, {@code role:<name>}, {@code userField:<field>}) to hidden fields. */
    public Map<String, List<String>> protectedFields() {
        return protectedFields;
    }

    /**
     * ACL of a created object that brings none, with {@code currentUser} standing for the creator; {@code null} when
     * objects are public.
     */
    public Obj defaultAcl() {
        return defaultAcl;
    }
}
