package dev.kami.parse.query;

import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.GeoPoint;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * A condition on an object, parsed and checked once, then compiled by a storage adapter or evaluated by the matcher.
 *
 * <p>A {@code path} is a field name, or {@code field.key.key} into an Object field ({@code field.0} into an array). On
 * Array fields every comparison means "some element", its negation "no element", as in MongoDB, whose semantics hold on
 * every store.
 */
public sealed interface Constraint {
    /** All of them; empty is always true. */
    record And(List<Constraint> parts) implements Constraint {
        public And {
            parts = List.copyOf(parts);
        }
    }

    /** At least one of them; empty is never true. */
    record Or(List<Constraint> parts) implements Constraint {
        public Or {
            parts = List.copyOf(parts);
        }
    }

    /** None of them. */
    record Nor(List<Constraint> parts) implements Constraint {
        public Nor {
            parts = List.copyOf(parts);
        }
    }

    /** {@link ParseValue#NULL} means missing or null. Objects and arrays are equal as a whole. */
    record EqualTo(String path, ParseValue value) implements Constraint {}

    /** Also true when the field is missing (unless the value is NULL: then the field must be present). */
    record NotEqual(String path, ParseValue value) implements Constraint {}

    enum Order {
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL
    }

    /** Number, Str or Date against a value of the same type; values of another type never match. */
    record Compare(String path, Order order, ParseValue value) implements Constraint {}

    /** Equal to one of the values; a NULL among them matches a missing field. */
    record In(String path, List<ParseValue> values) implements Constraint {
        public In {
            values = List.copyOf(values);
        }
    }

    /** The negation of {@link In}; true for a missing field unless NULL is among the values. */
    record NotIn(String path, List<ParseValue> values) implements Constraint {
        public NotIn {
            values = List.copyOf(values);
        }
    }

    /** An array with every one of the values; an empty list never matches. */
    record All(String path, List<ParseValue> values) implements Constraint {
        public All {
            values = List.copyOf(values);
        }
    }

    /** {@code $all} of regular expressions {@code ^\Qprefix\E}: for every prefix some element starts with it. */
    record AllStartWith(String path, List<String> prefixes) implements Constraint {
        public AllStartWith {
            prefixes = List.copyOf(prefixes);
        }
    }

    /** An array whose every element is among the values. */
    record ContainedBy(String path, List<ParseValue> values) implements Constraint {
        public ContainedBy {
            values = List.copyOf(values);
        }
    }

    record Exists(String path, boolean exists) implements Constraint {}

    /**
     * @param pattern Perl-compatible, with {@code \Q...\E}
     * @param options letters of {@code imxsu}
     */
    record Regex(String path, String pattern, String options) implements Constraint {}

    /** Full-text search of a text field. */
    record Text(String path, String term, String language, boolean caseSensitive, boolean diacriticSensitive)
            implements Constraint {}

    /**
     * Within a distance; also sorts by distance, nearest first, when it stands at the top of a query without count.
     *
     * @param maxRadians on the unit sphere, {@link Double#POSITIVE_INFINITY} for no limit
     */
    record Near(String path, GeoPoint center, double maxRadians) implements Constraint {}

    record WithinBox(String path, GeoPoint southwest, GeoPoint northeast) implements Constraint {}

    /** A GeoPoint field inside a ring of at least three points (closed or not). */
    record WithinPolygon(String path, List<GeoPoint> ring) implements Constraint {
        public WithinPolygon {
            ring = List.copyOf(ring);
        }
    }

    record WithinSphere(String path, GeoPoint center, double radians) implements Constraint {}

    /** A Polygon field that contains the point. */
    record Intersects(String path, GeoPoint point) implements Constraint {}

    /** {@code $inQuery} / {@code $notInQuery}: a pointer to one of the results. Never reaches a storage adapter. */
    record InQuery(String path, Query query, boolean negated) implements Constraint {}

    /** {@code $select} / {@code $dontSelect}: a value of {@code key} in the results. Never reaches a storage adapter. */
    record Select(String path, Query query, String key, boolean negated) implements Constraint {}

    /** Members of the relation {@code key} of an object. Never reaches a storage adapter. */
    record RelatedTo(ParseValue.Pointer object, String key) implements Constraint {}

    /** The two columns of a join class. */
    enum JoinSide {
        OWNING_ID,
        RELATED_ID
    }

    /**
     * {@code objectId} is (not) among the ids on side {@code select} of the join rows whose other side is one of
     * {@code others}. Made from relation constraints; adapters answer it with a sub-select.
     */
    record Joined(String joinClass, JoinSide select, Set<String> others, boolean negated) implements Constraint {
        public Joined {
            others = Set.copyOf(others);
        }
    }

    /** ACL: the readers (or writers) of the object are not limited, or contain one of the principals. */
    record Permitted(boolean write, Set<String> principals) implements Constraint {
        public Permitted {
            principals = Set.copyOf(principals);
        }
    }

    /** The path of a constraint that has one, {@code null} for the others. */
    static String path(Constraint where) {
        return switch (where) {
            case EqualTo(String path, var _) -> path;
            case NotEqual(String path, var _) -> path;
            case Compare(String path, var _, var _) -> path;
            case In(String path, var _) -> path;
            case NotIn(String path, var _) -> path;
            case All(String path, var _) -> path;
            case AllStartWith(String path, var _) -> path;
            case ContainedBy(String path, var _) -> path;
            case Exists(String path, var _) -> path;
            case Regex(String path, var _, var _) -> path;
            case Text text -> text.path();
            case Near(String path, var _, var _) -> path;
            case WithinBox(String path, var _, var _) -> path;
            case WithinPolygon(String path, var _) -> path;
            case WithinSphere(String path, var _, var _) -> path;
            case Intersects(String path, var _) -> path;
            case InQuery(String path, var _, var _) -> path;
            case Select(String path, var _, var _, var _) -> path;
            case And _, Or _, Nor _, RelatedTo _, Joined _, Permitted _ -> null;
        };
    }

    Constraint ALWAYS = new And(List.of());
    Constraint NEVER = new Or(List.of());

    /** The conjunction, without needless nesting. */
    static Constraint and(Collection<Constraint> parts) {
        var flat = new java.util.ArrayList<Constraint>();
        for (Constraint part : parts) {
            if (part instanceof And(var inner)) {
                flat.addAll(inner);
            } else {
                flat.add(part);
            }
        }
        return flat.size() == 1 ? flat.getFirst() : new And(flat);
    }

    static Constraint and(Constraint... parts) {
        return and(List.of(parts));
    }
}
