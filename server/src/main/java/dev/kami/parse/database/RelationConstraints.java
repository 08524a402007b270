package dev.kami.parse.database;

import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.And;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.query.Constraint.In;
import dev.kami.parse.query.Constraint.JoinSide;
import dev.kami.parse.query.Constraint.Joined;
import dev.kami.parse.query.Constraint.Nor;
import dev.kami.parse.query.Constraint.NotEqual;
import dev.kami.parse.query.Constraint.NotIn;
import dev.kami.parse.query.Constraint.Or;
import dev.kami.parse.query.Constraint.RelatedTo;
import dev.kami.parse.schema.FieldType.Kind;
import dev.kami.parse.schema.Names;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Embedded;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Pointer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Turns what a query says about relations into {@link Joined}: a relation field holds nothing itself, its members stand
 * in a join class. Constraints that a relation field cannot have match nothing.
 */
final class RelationConstraints {
    private RelationConstraints() {}

    /** @param owning what a {@code $relatedTo} becomes, after its owner has been looked at */
    static Constraint resolve(Constraint where, ClassRules rules, Function<RelatedTo, Constraint> owning) {
        return switch (where) {
            case And(var parts) -> parts.isEmpty() ? where : Constraint.and(resolve(parts, rules, owning));
            case Or(var parts) -> new Or(resolve(parts, rules, owning));
            case Nor(var parts) -> new Nor(resolve(parts, rules, owning));
            case RelatedTo related -> owning.apply(related);
            case EqualTo(String path, var value)
            when isRelation(rules, path) -> joined(rules, path, List.of(value), false);
            case NotEqual(String path, var value)
            when isRelation(rules, path) -> joined(rules, path, List.of(value), true);
            case In(String path, var values) when isRelation(rules, path) -> joined(rules, path, values, false);
            case NotIn(String path, var values) when isRelation(rules, path) -> joined(rules, path, values, true);
            default -> {
                String path = Paths.of(where);
                yield path != null && isRelation(rules, path) ? Constraint.NEVER : where;
            }
        };
    }

    private static List<Constraint> resolve(
            List<Constraint> parts, ClassRules rules, Function<RelatedTo, Constraint> owning) {
        var resolved = new ArrayList<Constraint>(parts.size());
        for (Constraint part : parts) {
            resolved.add(resolve(part, rules, owning));
        }
        return resolved;
    }

    /** Whether {@link #resolve} would change anything; false for nearly every query. */
    static boolean isNeeded(Constraint where, ClassRules rules) {
        if (rules.relationFields().isEmpty()) {
            return anyLeaf(where, leaf -> leaf instanceof RelatedTo);
        }
        return anyLeaf(where, leaf -> {
            String path = Paths.of(leaf);
            return path == null ? leaf instanceof RelatedTo : isRelation(rules, path);
        });
    }

    private static boolean anyLeaf(Constraint where, Predicate<Constraint> test) {
        List<Constraint> parts =
                switch (where) {
                    case And(var inner) -> inner;
                    case Or(var inner) -> inner;
                    case Nor(var inner) -> inner;
                    default -> null;
                };
        if (parts == null) {
            return test.test(where);
        }
        for (Constraint part : parts) {
            if (anyLeaf(part, test)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isRelation(ClassRules rules, String path) {
        return rules.relationFields().contains(path);
    }

    private static Constraint joined(ClassRules rules, String field, List<ParseValue> members, boolean negated) {
        Set<String> ids = new LinkedHashSet<>();
        for (ParseValue member : members) {
            switch (member) {
                case Pointer(var _, String objectId) -> ids.add(objectId);
                case Embedded(var object) -> ids.add(object.objectId());
                case Obj object when object.text("objectId") != null -> ids.add(object.text("objectId"));
                default -> {} // no object can be meant by it
            }
        }
        if (ids.isEmpty()) {
            return negated ? Constraint.ALWAYS : Constraint.NEVER;
        }
        return new Joined(Names.joinClass(field, rules.className()), JoinSide.OWNING_ID, ids, negated);
    }

    /** The members of a relation of one object; nothing when its class has no such relation. */
    static Constraint membersOf(RelatedTo related, ClassRules owner) {
        if (owner == null
                || owner.schema().field(related.key()) == null
                || owner.schema().field(related.key()).kind() != Kind.RELATION) {
            return Constraint.NEVER;
        }
        return new Joined(
                Names.joinClass(related.key(), owner.className()),
                JoinSide.RELATED_ID,
                Set.of(related.object().objectId()),
                false);
    }
}
