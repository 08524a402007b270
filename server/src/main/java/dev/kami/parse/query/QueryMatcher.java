package dev.kami.parse.query;

import dev.kami.parse.query.Constraint.All;
import dev.kami.parse.query.Constraint.AllStartWith;
import dev.kami.parse.query.Constraint.And;
import dev.kami.parse.query.Constraint.Compare;
import dev.kami.parse.query.Constraint.ContainedBy;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.query.Constraint.Exists;
import dev.kami.parse.query.Constraint.In;
import dev.kami.parse.query.Constraint.InQuery;
import dev.kami.parse.query.Constraint.Intersects;
import dev.kami.parse.query.Constraint.Joined;
import dev.kami.parse.query.Constraint.Near;
import dev.kami.parse.query.Constraint.Nor;
import dev.kami.parse.query.Constraint.NotEqual;
import dev.kami.parse.query.Constraint.NotIn;
import dev.kami.parse.query.Constraint.Or;
import dev.kami.parse.query.Constraint.Permitted;
import dev.kami.parse.query.Constraint.Regex;
import dev.kami.parse.query.Constraint.RelatedTo;
import dev.kami.parse.query.Constraint.Select;
import dev.kami.parse.query.Constraint.Text;
import dev.kami.parse.query.Constraint.WithinBox;
import dev.kami.parse.query.Constraint.WithinPolygon;
import dev.kami.parse.query.Constraint.WithinSphere;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Bool;
import dev.kami.parse.value.ParseValue.GeoPoint;
import dev.kami.parse.value.ParseValue.Null;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Polygon;
import dev.kami.parse.value.ParseValue.Str;
import java.util.List;
import java.util.function.Predicate;

/**
 * Answers in memory what storage adapters answer from disk: a plain switch over the constraints (1,000 subscriptions
 * against one object cost about 25 us, trees of closures save little of that).
 */
public final class QueryMatcher {
    private QueryMatcher() {}

    /**
     * @param where without InQuery, Select, RelatedTo and Joined, which need a database
     * @throws dev.kami.parse.error.ParseException for a regular expression that is none or too expensive
     */
    public static boolean matches(Constraint where, ParseObject object) {
        return switch (where) {
            case And(var parts) -> all(parts, object);
            case Or(var parts) -> any(parts, object);
            case Nor(var parts) -> !any(parts, object);
            case Permitted(boolean write, var principals) -> isPermitted(object, write ? "write" : "read", principals);
            case EqualTo(String path, var _) -> at(path, where, object);
            case NotEqual(String path, var _) -> at(path, where, object);
            case Compare(String path, var _, var _) -> at(path, where, object);
            case In(String path, var _) -> at(path, where, object);
            case NotIn(String path, var _) -> at(path, where, object);
            case All(String path, var _) -> at(path, where, object);
            case AllStartWith(String path, var _) -> at(path, where, object);
            case ContainedBy(String path, var _) -> at(path, where, object);
            case Exists(String path, var _) -> at(path, where, object);
            case Regex(String path, var _, var _) -> at(path, where, object);
            case Text text -> at(text.path(), where, object);
            case Near(String path, var _, var _) -> at(path, where, object);
            case WithinBox(String path, var _, var _) -> at(path, where, object);
            case WithinPolygon(String path, var _) -> at(path, where, object);
            case WithinSphere(String path, var _, var _) -> at(path, where, object);
            case Intersects(String path, var _) -> at(path, where, object);
            case InQuery _, Select _, RelatedTo _, Joined _ ->
                throw new IllegalStateException(
                        "needs a database: " + where.getClass().getSimpleName());
        };
    }

    private static boolean all(List<Constraint> parts, ParseObject object) {
        for (Constraint part : parts) {
            if (!matches(part, object)) {
                return false;
            }
        }
        return true;
    }

    private static boolean any(List<Constraint> parts, ParseObject object) {
        for (Constraint part : parts) {
            if (matches(part, object)) {
                return true;
            }
        }
        return false;
    }

    private static boolean at(String path, Constraint where, ParseObject object) {
        return matchesValue(where, Values.root(object, path), Values.below(path));
    }

    /**
     * Whether a constraint on one path holds for the value of its field.
     *
     * @param where one with a path, which is not looked at
     * @param field value of the field the path begins with, {@code null} when missing
     * @param below rest of the path, {@code ""} for the field itself
     */
    public static boolean matchesValue(Constraint where, ParseValue field, String below) {
        return switch (where) {
            case EqualTo(var _, var wanted) -> Values.anyAt(field, below, value -> Values.equal(value, wanted));
            case NotEqual(var _, var wanted) -> !Values.anyAt(field, below, value -> Values.equal(value, wanted));
            case Compare(var _, var order, var wanted) ->
                Values.anyAt(field, below, value -> Values.inOrder(value, order, wanted));
            case In(var _, var list) -> Values.anyAt(field, below, value -> Values.contains(list, value));
            case NotIn(var _, var list) -> !Values.anyAt(field, below, value -> Values.contains(list, value));
            case All(var _, var list) ->
                !list.isEmpty()
                        && list.stream()
                                .allMatch(wanted -> Values.anyAt(field, below, value -> Values.equal(value, wanted)));
            case AllStartWith(var _, var prefixes) ->
                !prefixes.isEmpty()
                        && prefixes.stream()
                                .allMatch(prefix -> Values.anyAt(
                                        field,
                                        below,
                                        value -> value instanceof Str(String text) && text.startsWith(prefix)));
            case ContainedBy(var _, var list) ->
                Values.anyLeaf(
                        field,
                        below,
                        value -> value instanceof Array(var items)
                                && items.stream().allMatch(item -> Values.contains(list, item)));
            case Exists(var _, boolean exists) -> Values.anyLeaf(field, below, value -> value != null) == exists;
            case Regex(var _, String pattern, String options) -> {
                Predicate<CharSequence> regex = RegexEngine.compile(pattern, options);
                yield Values.anyAt(field, below, value -> value instanceof Str(String text) && regex.test(text));
            }
            case Text text -> {
                TextSearch search = TextSearch.of(text);
                yield Values.anyAt(field, below, value -> value instanceof Str(String words) && search.matches(words));
            }
            case Near(var _, var center, double radians) ->
                Values.anyAt(
                        field, below, value -> value instanceof GeoPoint point && Geo.inSphere(point, center, radians));
            case WithinSphere(var _, var center, double radians) ->
                Values.anyAt(
                        field, below, value -> value instanceof GeoPoint point && Geo.inSphere(point, center, radians));
            case WithinBox(var _, var southwest, var northeast) ->
                Values.anyAt(
                        field,
                        below,
                        value -> value instanceof GeoPoint point && Geo.inBox(point, southwest, northeast));
            case WithinPolygon(var _, var ring) ->
                Values.anyAt(field, below, value -> value instanceof GeoPoint point && Geo.inPolygon(point, ring));
            case Intersects(var _, var point) ->
                Values.anyAt(field, below, value -> value instanceof Polygon(var ring) && Geo.inPolygon(point, ring));
            case And _, Or _, Nor _, Permitted _, InQuery _, Select _, RelatedTo _, Joined _ ->
                throw new IllegalArgumentException(
                        "no path: " + where.getClass().getSimpleName());
        };
    }

    /** An absent ACL limits nobody; an empty one lets nobody in. */
    private static boolean isPermitted(ParseObject object, String right, java.util.Set<String> principals) {
        return switch (object.get("ACL")) {
            case null -> true;
            case Null() -> true;
            case Obj(var entries) ->
                entries.entrySet().stream()
                        .anyMatch(entry -> principals.contains(entry.getKey())
                                && entry.getValue() instanceof Obj rights
                                && rights.get(right) instanceof Bool(boolean granted)
                                && granted);
            default -> false;
        };
    }
}
