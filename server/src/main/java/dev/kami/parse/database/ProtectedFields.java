package dev.kami.parse.database;

import dev.kami.parse.auth.Auth;
import dev.kami.parse.schema.ClassPermissions;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Pointer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fields of a class that are hidden from some callers. Every group that a caller belongs to names a set; what all of
 * these sets name is hidden, so belonging to one more group can only reveal fields.
 */
final class ProtectedFields {
    private static final String USER_FIELD = "userField:";
    private static final String AUTHENTICATED = "authenticated";

    /** Group to hidden fields, without the {@code userField:} groups. */
    private final Map<String, Set<String>> groups;

    private final List<UserField> userFields;

    /** Of what is hidden in an object, a caller whom its {@code field} points at is only denied {@code hidden}. */
    private record UserField(String field, Set<String> hidden) {}

    private ProtectedFields(Map<String, Set<String>> groups, List<UserField> userFields) {
        this.groups = groups;
        this.userFields = List.copyOf(userFields);
    }

    /** @param more groups of the same class from the option {@code protectedFields}, added to those of the class */
    static ProtectedFields of(ClassPermissions permissions, Map<String, List<String>> more) {
        var all = new LinkedHashMap<String, Set<String>>();
        permissions.protectedFields().forEach((group, fields) -> all.computeIfAbsent(group, _ -> new LinkedHashSet<>())
                .addAll(fields));
        more.forEach((group, fields) ->
                all.computeIfAbsent(group, _ -> new LinkedHashSet<>()).addAll(fields));
        var groups = new LinkedHashMap<String, Set<String>>();
        var userFields = new ArrayList<UserField>();
        all.forEach((group, fields) -> {
            if (group.startsWith(USER_FIELD)) {
                userFields.add(new UserField(group.substring(USER_FIELD.length()), Set.copyOf(fields)));
            } else {
                groups.put(group, Set.copyOf(fields));
            }
        });
        return new ProtectedFields(groups, userFields);
    }

    /** Fields hidden from the caller in every object of the class; empty for those who see everything. */
    Set<String> hiddenFrom(Auth auth) {
        if (groups.isEmpty() || auth.seesEverything()) {
            return Set.of();
        }
        Set<String> hidden = groups.get(Principals.EVERYBODY);
        if (auth instanceof Auth.User(var user, var _, var roles)) {
            hidden = intersection(hidden, groups.get(AUTHENTICATED));
            for (String role : roles) {
                hidden = intersection(hidden, groups.get("role:" + role));
            }
            hidden = intersection(hidden, groups.get(user.objectId()));
        }
        return hidden == null ? Set.of() : hidden;
    }

    /** Whether what is hidden depends on the object. */
    boolean dependsOnObject() {
        return !userFields.isEmpty();
    }

    /** Fields that must be read to know what is hidden. */
    List<String> neededFields() {
        return userFields.stream().map(UserField::field).toList();
    }

    /** Fields hidden in this object from the user; {@code hidden} is what is hidden from him in every object. */
    Set<String> hiddenIn(ParseObject object, Set<String> hidden, String userId) {
        Set<String> still = hidden;
        for (UserField group : userFields) {
            if (!still.isEmpty() && pointsAt(object.get(group.field()), userId)) {
                still = intersection(still, group.hidden());
            }
        }
        return still;
    }

    private static boolean pointsAt(ParseValue value, String userId) {
        return switch (value) {
            case Pointer(var _, String objectId) -> objectId.equals(userId);
            case Obj object -> userId.equals(object.text("objectId"));
            case Array(var items) -> items.stream().anyMatch(item -> pointsAt(item, userId));
            case null, default -> false;
        };
    }

    /** {@code null} stands for "no group spoke yet". */
    private static Set<String> intersection(Set<String> some, Set<String> others) {
        if (some == null || others == null) {
            return some == null ? others : some;
        }
        var both = new LinkedHashSet<>(some);
        both.retainAll(others);
        return both;
    }
}
