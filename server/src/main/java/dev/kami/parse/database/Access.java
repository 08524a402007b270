package dev.kami.parse.database;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.All;
import dev.kami.parse.query.Constraint.And;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.query.Constraint.Or;
import dev.kami.parse.schema.ClassPermissions;
import dev.kami.parse.schema.ClassPermissions.Rule;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.schema.Operation;
import dev.kami.parse.value.ParseValue.Pointer;
import java.util.ArrayList;
import java.util.List;

/**
 * Class level permissions of one operation for one caller: {@link #check} refuses, {@link #pointerPermission} narrows
 * down to the objects that point at the caller. Both are needed, in this order.
 */
final class Access {
    private Access() {}

    /**
     * @param updating whether a field is added by an update; creates cannot be allowed by pointer fields, because there
     *     is no object yet that could point at anybody
     * @throws ParseException 101 when the operation needs a logged-in user, 119 when it is refused
     */
    static void check(ClassRules rules, Operation operation, Principals principals, boolean updating) {
        ClassPermissions permissions = rules.permissions();
        Rule rule = permissions.rule(operation);
        if (rule.allows(principals.names())) {
            return;
        }
        if (rule.requiresAuthentication()) {
            if (principals.userId() == null) {
                throw ParseException.denied(
                        ErrorCode.OBJECT_NOT_FOUND, "Permission denied, user needs to be authenticated.");
            }
            return;
        }
        if (operation != Operation.CREATE) {
            if (!permissions.userFields(operation).isEmpty()) {
                return;
            }
            if (!rule.pointerFields().isEmpty() && (operation != Operation.ADD_FIELD || updating)) {
                return;
            }
        }
        throw ParseException.denied(
                ErrorCode.OPERATION_FORBIDDEN,
                "Permission denied for action " + operation.apiName() + " on class " + rules.className() + ".");
    }

    /** What an object must fulfil beside the ACL: {@link Constraint#ALWAYS} or {@link Constraint#NEVER} in the extremes. */
    static Constraint pointerPermission(ClassRules rules, Operation operation, Principals principals) {
        ClassPermissions permissions = rules.permissions();
        Rule rule = permissions.rule(operation);
        if (rule.allows(principals.names())) {
            return Constraint.ALWAYS;
        }
        var fields = new ArrayList<>(rule.pointerFields());
        for (String field : permissions.userFields(operation)) {
            if (!fields.contains(field)) {
                fields.add(field);
            }
        }
        if (fields.isEmpty()) {
            return Constraint.ALWAYS; // requiresAuthentication, which check has confirmed
        }
        if (principals.userId() == null) {
            return Constraint.NEVER;
        }
        var user = new Pointer("_User", principals.userId());
        var any = new ArrayList<Constraint>(fields.size());
        for (String field : fields) {
            any.add(pointsAt(rules, field, user));
        }
        return any.size() == 1 ? any.getFirst() : new Or(any);
    }

    private static Constraint pointsAt(ClassRules rules, String field, Pointer user) {
        FieldType type = rules.schema().field(field);
        if (type == null) {
            return Constraint.NEVER;
        }
        return switch (type.kind()) {
            case POINTER, OBJECT -> new EqualTo(field, user);
            case ARRAY -> new All(field, List.of(user));
            default -> Constraint.NEVER; // the schema API allows no other type here
        };
    }

    /** True when no object can fulfil it, so that asking the database is needless. */
    static boolean isNever(Constraint where) {
        return switch (where) {
            case Or(var parts) -> parts.isEmpty();
            case And(var parts) -> parts.stream().anyMatch(Access::isNever);
            default -> false;
        };
    }
}
