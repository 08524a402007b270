package dev.kami.parse.database;

import dev.kami.parse.auth.Auth;
import dev.kami.parse.storage.ObjectSink;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue.Null;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.LinkedHashMap;
import java.util.Set;

/**
 * Takes out of every object what its reader may not see: protected fields, internal fields, and the secrets of users.
 * Most reads need none of it and get no filter.
 */
final class ResultFilter implements ObjectSink {
    private static final String USER = "_User";

    private final ObjectSink next;
    private final Auth auth;
    private final ProtectedFields protectedFields;
    private final Set<String> hidden;
    /** Fields read only because {@link #protectedFields} needed them. */
    private final Set<String> unasked;

    private final boolean ofUsers;
    private final String exemptOwner;

    private ResultFilter(
            ObjectSink next,
            Auth auth,
            ProtectedFields protectedFields,
            Set<String> hidden,
            Set<String> unasked,
            boolean ofUsers,
            boolean ownerExempt) {
        this.next = next;
        this.auth = auth;
        this.protectedFields = protectedFields;
        this.hidden = hidden;
        this.unasked = unasked;
        this.ofUsers = ofUsers;
        this.exemptOwner = ofUsers && ownerExempt ? auth.userId() : null;
    }

    static ObjectSink before(ObjectSink next, Auth auth, ClassRules rules, Set<String> unasked, boolean ownerExempt) {
        Set<String> hidden = rules.hiddenFrom(auth);
        boolean system = rules.className().startsWith("_");
        boolean dependsOnObject =
                auth.userId() != null && rules.protectedFields().dependsOnObject();
        if (!system && hidden.isEmpty() && unasked.isEmpty() && !dependsOnObject) {
            return next;
        }
        return new ResultFilter(
                next,
                auth,
                dependsOnObject ? rules.protectedFields() : null,
                hidden,
                unasked,
                rules.className().equals(USER),
                ownerExempt);
    }

    @Override
    public void accept(ParseObject object) {
        next.accept(filtered(object));
    }

    private ParseObject filtered(ParseObject object) {
        boolean maintenance = auth.isMaintenance();
        boolean exempt = exemptOwner != null && exemptOwner.equals(object.objectId());
        Set<String> gone;
        if (exempt) {
            gone = Set.of();
        } else {
            gone = protectedFields == null ? hidden : protectedFields.hiddenIn(object, hidden, auth.userId());
        }
        boolean dropUnasked = !exempt && !unasked.isEmpty();
        boolean hidesAuthData = ofUsers && !auth.seesEverything() && !isOwn(object);
        ParseObject shown = object.retain(field -> {
            if (field.charAt(0) == '_') {
                return maintenance && !field.equals("_hashed_password");
            }
            if (ofUsers
                    && (field.equals("password")
                            || field.equals("sessionToken")
                            || hidesAuthData && field.equals("authData"))) {
                return false;
            }
            return !gone.contains(field) && !(dropUnasked && unasked.contains(field));
        });
        return ofUsers ? withoutEmptyProviders(shown) : shown;
    }

    private boolean isOwn(ParseObject object) {
        return auth.userId() != null && auth.userId().equals(object.objectId());
    }

    /** Providers that were unlinked are stored as null and shown to nobody. */
    private static ParseObject withoutEmptyProviders(ParseObject user) {
        if (!(user.get("authData") instanceof Obj(var providers))
                || providers.values().stream().noneMatch(Null.class::isInstance)) {
            return user;
        }
        var linked = new LinkedHashMap<>(providers);
        linked.values().removeIf(Null.class::isInstance);
        return linked.isEmpty() ? user.without("authData") : user.with("authData", new Obj(linked));
    }
}
