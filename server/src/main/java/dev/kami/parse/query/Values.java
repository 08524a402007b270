package dev.kami.parse.query;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Bool;
import dev.kami.parse.value.ParseValue.Bytes;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.Embedded;
import dev.kami.parse.value.ParseValue.File;
import dev.kami.parse.value.ParseValue.GeoPoint;
import dev.kami.parse.value.ParseValue.Null;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Pointer;
import dev.kami.parse.value.ParseValue.Polygon;
import dev.kami.parse.value.ParseValue.Relation;
import dev.kami.parse.value.ParseValue.Str;
import java.util.Base64;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How values are compared, ordered and reached by a path: MongoDB's rules, shared by the matcher, the functions of storage
 * adapters and aggregation. A missing value is {@code null} everywhere here.
 *
 * <p>Paths ({@code a.b.0.c}) walk as in MongoDB: on an array a number picks the element of that index, and besides that
 * every object in the array is searched for the rest of the path. An array at the end of a path stands for itself and for
 * each of its elements. A path through an empty array, or one without objects, leads nowhere: not even to "missing".
 *
 * <p>Differs from MongoDB on purpose: the order of keys does not count when objects are tested for equality.
 */
public final class Values {
    private static final int MAX_STEPS = 1_000_000;

    private Values() {}

    /** Equal as a whole; a missing value equals NULL. */
    public static boolean equal(ParseValue a, ParseValue b) {
        if (a == b) {
            return true;
        }
        return switch (a) {
            case null -> b instanceof Null;
            case Null() -> b == null || b instanceof Null;
            case Num(double x) -> b instanceof Num(double y) && (x == y || Double.isNaN(x) && Double.isNaN(y));
            case Str(String x) -> b instanceof Str(String y) && x.equals(y);
            case File(String name, var _) -> b instanceof File(String other, var _) && name.equals(other);
            case GeoPoint(double lat, double lon) ->
                b instanceof GeoPoint(double otherLat, double otherLon) && lat == otherLat && lon == otherLon;
            case Polygon(List<GeoPoint> ring) -> b instanceof Polygon(List<GeoPoint> other) && sameRing(ring, other);
            case Array(List<ParseValue> items) ->
                b instanceof Array(List<ParseValue> others) && equalLists(items, others);
            case Obj(var fields) -> b instanceof Obj(var others) && equalFields(fields, others);
            case Embedded(ParseObject object) -> b != null && pointer(object).equals(asPointer(b));
            case Pointer pointer -> b != null && pointer.equals(asPointer(b));
            case Bool _, Date _, Bytes _, Relation _ -> a.equals(b);
        };
    }

    private static Pointer pointer(ParseObject object) {
        return new Pointer(object.className(), object.objectId());
    }

    private static ParseValue asPointer(ParseValue value) {
        return value instanceof Embedded(ParseObject object) ? pointer(object) : value;
    }

    private static boolean equalLists(List<ParseValue> a, List<ParseValue> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!equal(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalFields(Map<String, ParseValue> a, Map<String, ParseValue> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (var field : a.entrySet()) {
            ParseValue other = b.get(field.getKey());
            if (other == null || !equal(field.getValue(), other)) {
                return false;
            }
        }
        return true;
    }

    /** Rings are equal whether or not they repeat their first point at the end. */
    private static boolean sameRing(List<GeoPoint> a, List<GeoPoint> b) {
        List<GeoPoint> x = Geo.open(a);
        List<GeoPoint> y = Geo.open(b);
        if (x.size() != y.size()) {
            return false;
        }
        for (int i = 0; i < x.size(); i++) {
            if (!equal(x.get(i), y.get(i))) {
                return false;
            }
        }
        return true;
    }

    /**
     * The total order of all values, for sorting: missing and NULL, numbers, texts (also pointers, as
     * {@code Class$objectId}, and files, by name), objects, arrays, bytes, booleans, dates.
     */
    public static int compare(ParseValue a, ParseValue b) {
        int rankA = rank(a);
        int rankB = rank(b);
        if (rankA != rankB) {
            return Integer.compare(rankA, rankB);
        }
        return switch (a) {
            case Num(double x) when b instanceof Num(double y) -> compareNumbers(x, y);
            case Date(long x) when b instanceof Date(long y) -> Long.compare(x, y);
            case Bool(boolean x) when b instanceof Bool(boolean y) -> Boolean.compare(x, y);
            case Array(List<ParseValue> x) when b instanceof Array(List<ParseValue> y) -> compareLists(x, y);
            case Bytes(String x) when b instanceof Bytes(String y) -> compareBytes(x, y);
            case null -> 0;
            default -> rankA == TEXT ? compareTexts(text(a), text(b)) : rankA == OBJECT ? compareObjects(a, b) : 0;
        };
    }

    private static final int TEXT = 2;
    private static final int OBJECT = 3;

    private static int rank(ParseValue value) {
        return switch (value) {
            case null -> 0;
            case Null() -> 0;
            case Num _ -> 1;
            case Str _, Pointer _, File _ -> TEXT;
            case Obj _, GeoPoint _, Polygon _, Relation _, Embedded _ -> OBJECT;
            case Array _ -> 4;
            case Bytes _ -> 5;
            case Bool _ -> 6;
            case Date _ -> 7;
        };
    }

    private static String text(ParseValue value) {
        return switch (value) {
            case Str(String text) -> text;
            case Pointer(String className, String objectId) -> className + "$" + objectId;
            case File(String name, var _) -> name;
            default -> throw new IllegalArgumentException("not a text: " + value);
        };
    }

    /** NaN is smaller than every number; 0 and -0 are equal. */
    private static int compareNumbers(double x, double y) {
        if (x < y) {
            return -1;
        }
        if (x > y) {
            return 1;
        }
        return x == y ? 0 : Boolean.compare(!Double.isNaN(x), !Double.isNaN(y));
    }

    /** By code point, as UTF-8 bytes compare; {@code String.compareTo} differs beyond U+FFFF. */
    static int compareTexts(String x, String y) {
        int end = Math.min(x.length(), y.length());
        for (int i = 0; i < end; i++) {
            char a = x.charAt(i);
            char b = y.charAt(i);
            if (a != b) {
                boolean highA = Character.isSurrogate(a);
                boolean highB = Character.isSurrogate(b);
                return highA == highB ? Character.compare(a, b) : Boolean.compare(highA, highB);
            }
        }
        return Integer.compare(x.length(), y.length());
    }

    private static int compareLists(List<ParseValue> x, List<ParseValue> y) {
        int end = Math.min(x.size(), y.size());
        for (int i = 0; i < end; i++) {
            int order = compare(x.get(i), y.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(x.size(), y.size());
    }

    private static int compareBytes(String x, String y) {
        try {
            byte[] a = Base64.getDecoder().decode(x);
            byte[] b = Base64.getDecoder().decode(y);
            return a.length != b.length ? Integer.compare(a.length, b.length) : java.util.Arrays.compareUnsigned(a, b);
        } catch (IllegalArgumentException notBase64) {
            return compareTexts(x, y); // stored as it came; any stable order will do
        }
    }

    /** Field by field: type, name, value; the one with fewer fields first. */
    private static int compareObjects(ParseValue x, ParseValue y) {
        Iterator<Map.Entry<String, ParseValue>> a = fieldsOf(x).entrySet().iterator();
        Iterator<Map.Entry<String, ParseValue>> b = fieldsOf(y).entrySet().iterator();
        while (a.hasNext() && b.hasNext()) {
            var fieldA = a.next();
            var fieldB = b.next();
            int order = Integer.compare(rank(fieldA.getValue()), rank(fieldB.getValue()));
            if (order == 0) {
                order = compareTexts(fieldA.getKey(), fieldB.getKey());
            }
            if (order == 0) {
                order = compare(fieldA.getValue(), fieldB.getValue());
            }
            if (order != 0) {
                return order;
            }
        }
        return Boolean.compare(a.hasNext(), b.hasNext());
    }

    private static Map<String, ParseValue> fieldsOf(ParseValue value) {
        return switch (value) {
            case Obj(var fields) -> fields;
            case Embedded(ParseObject object) -> object.toObj().fields();
            case GeoPoint(double lat, double lon) ->
                Obj.of("latitude", new Num(lat), "longitude", new Num(lon)).fields();
            case Polygon(List<GeoPoint> ring) ->
                Obj.of("coordinates", new Array(List.copyOf(ring))).fields();
            case Relation(String className) ->
                Obj.of("className", new Str(className)).fields();
            default -> Map.of();
        };
    }

    /** True when {@code $lt} and its kin apply: both numbers, both texts, both dates or both booleans. */
    public static boolean comparable(ParseValue stored, ParseValue wanted) {
        return switch (wanted) {
            case Num _ -> stored instanceof Num;
            case Str _ -> stored instanceof Str;
            case Date _ -> stored instanceof Date;
            case Bool _ -> stored instanceof Bool;
            default -> false;
        };
    }

    /** {@code stored < wanted} and the like; false when they are not {@link #comparable}. */
    public static boolean inOrder(ParseValue stored, Constraint.Order order, ParseValue wanted) {
        if (!comparable(stored, wanted)) {
            return false;
        }
        if (stored instanceof Num(double x)
                && wanted instanceof Num(double y)
                && (Double.isNaN(x) || Double.isNaN(y))) {
            return false;
        }
        int difference = compare(stored, wanted);
        return switch (order) {
            case LESS -> difference < 0;
            case LESS_OR_EQUAL -> difference <= 0;
            case GREATER -> difference > 0;
            case GREATER_OR_EQUAL -> difference >= 0;
        };
    }

    public static boolean contains(List<ParseValue> values, ParseValue wanted) {
        for (ParseValue value : values) {
            if (equal(value, wanted)) {
                return true;
            }
        }
        return false;
    }

    /** The value itself passes or, if it is an array, one of its elements; missing is handed on as {@code null}. */
    public static boolean any(ParseValue value, Predicate<ParseValue> test) {
        if (value instanceof Array(List<ParseValue> items)) {
            for (ParseValue item : items) {
                if (test.test(item)) {
                    return true;
                }
            }
        }
        return test.test(value);
    }

    /** As {@link #any}, for every value that {@code path} leads to below {@code root}; {@code ""} is the root itself. */
    public static boolean anyAt(ParseValue root, String path, Predicate<ParseValue> test) {
        return anyLeaf(root, path, leaf -> any(leaf, test));
    }

    /** True when a value at the end of {@code path} passes; arrays are handed on as a whole, missing as {@code null}. */
    public static boolean anyLeaf(ParseValue root, String path, Predicate<ParseValue> test) {
        return path.isEmpty() ? test.test(root) : walk(root, path, 0, test, new int[] {MAX_STEPS});
    }

    private static boolean walk(ParseValue value, String path, int from, Predicate<ParseValue> test, int[] stepsLeft) {
        if (from > path.length()) {
            return test.test(value);
        }
        // A path of many numbers through nested arrays has exponentially many readings.
        if (--stepsLeft[0] < 0) {
            throw new ParseException(ErrorCode.INVALID_QUERY, "Path takes too many steps: " + path);
        }
        if (!(value instanceof Array(List<ParseValue> items))) {
            if (!hasFields(value)) {
                return test.test(null);
            }
            int dot = end(path, from);
            ParseValue child = child(value, path.substring(from, dot));
            return child == null ? test.test(null) : walk(child, path, dot + 1, test, stepsLeft);
        }
        int dot = end(path, from);
        int index = index(path, from, dot);
        if (index >= 0 && index < items.size() && walk(items.get(index), path, dot + 1, test, stepsLeft)) {
            return true;
        }
        for (ParseValue item : items) {
            if (hasFields(item) && walk(item, path, from, test, stepsLeft)) {
                return true;
            }
        }
        return false;
    }

    private static int end(String path, int from) {
        int dot = path.indexOf('.', from);
        return dot < 0 ? path.length() : dot;
    }

    /** The number that stands between the positions, -1 for anything else. */
    private static int index(String path, int from, int to) {
        if (to == from || to - from > 9 || to - from > 1 && path.charAt(from) == '0') {
            return -1;
        }
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = path.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private static boolean hasFields(ParseValue value) {
        return switch (value) {
            case null -> false;
            case Obj _, Pointer _, GeoPoint _, Polygon _, File _, Relation _, Embedded _ -> true;
            case Null _, Bool _, Num _, Str _, Date _, Bytes _, Array _ -> false;
        };
    }

    /**
     * The member {@code key} of an object; {@code null} when there is none. Pointers, points and files inside objects and
     * arrays have the members of their JSON form.
     */
    public static ParseValue child(ParseValue value, String key) {
        return switch (value) {
            case Obj obj -> obj.get(key);
            case Embedded(ParseObject object) ->
                switch (key) {
                    case "__type" -> new Str("Object");
                    case "className" -> new Str(object.className());
                    default -> object.get(key);
                };
            case Pointer(String className, String objectId) ->
                switch (key) {
                    case "__type" -> new Str("Pointer");
                    case "className" -> new Str(className);
                    case "objectId" -> new Str(objectId);
                    default -> null;
                };
            case GeoPoint(double latitude, double longitude) ->
                switch (key) {
                    case "__type" -> new Str("GeoPoint");
                    case "latitude" -> new Num(latitude);
                    case "longitude" -> new Num(longitude);
                    default -> null;
                };
            case File(String name, String url) ->
                switch (key) {
                    case "__type" -> new Str("File");
                    case "name" -> new Str(name);
                    case "url" -> url == null ? null : new Str(url);
                    default -> null;
                };
            case Relation(String className) ->
                switch (key) {
                    case "__type" -> new Str("Relation");
                    case "className" -> new Str(className);
                    default -> null;
                };
            case Polygon _ -> key.equals("__type") ? new Str("Polygon") : null;
            case null, default -> null;
        };
    }

    /**
     * What a value is sorted by: an array by its smallest element, or by its greatest when descending; {@code null} when
     * missing.
     */
    public static ParseValue sortValue(ParseValue root, String path, boolean descending) {
        var best = new ParseValue[1];
        var found = new boolean[1];
        anyLeaf(root, path, leaf -> {
            List<ParseValue> candidates = leaf instanceof Array(List<ParseValue> items) ? items : null;
            if (candidates == null) {
                better(leaf, descending, best, found);
            } else {
                candidates.forEach(candidate -> better(candidate, descending, best, found));
            }
            return false;
        });
        return best[0];
    }

    private static void better(ParseValue candidate, boolean descending, ParseValue[] best, boolean[] found) {
        if (!found[0] || (descending ? compare(candidate, best[0]) > 0 : compare(candidate, best[0]) < 0)) {
            best[0] = candidate;
            found[0] = true;
        }
    }

    /** The field of an object, and what {@code path} names below it; see {@link #root}. */
    public static ParseValue sortValue(ParseObject object, SortKey key) {
        return sortValue(root(object, key.path()), below(key.path()), key.descending());
    }

    /** Adds the values at {@code path}: arrays unwound, nulls left out. */
    public static void collectDistinct(ParseObject object, String path, Set<ParseValue> values) {
        anyLeaf(root(object, path), below(path), leaf -> {
            List<ParseValue> candidates =
                    leaf instanceof Array(List<ParseValue> items) ? items : leaf == null ? List.of() : List.of(leaf);
            for (ParseValue candidate : candidates) {
                if (!(candidate instanceof Null)) {
                    values.add(candidate);
                }
            }
            return false;
        });
    }

    /** Order of objects; {@link SortKey#SCORE} counts for nothing here. */
    public static Comparator<ParseObject> order(List<SortKey> keys) {
        return (a, b) -> {
            for (SortKey key : keys) {
                int order = compare(sortValue(a, key), sortValue(b, key));
                if (order != 0) {
                    return key.descending() ? -order : order;
                }
            }
            return 0;
        };
    }

    /**
     * The value of the field that a path begins with; {@code _rperm} and {@code _wperm} come from the ACL. For a longer path only Object and Array fields (and included
     * objects) count: a Pointer, GeoPoint or File at the top of an object has no members.
     */
    public static ParseValue root(ParseObject object, String path) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            return switch (path) {
                case "_rperm" -> principals(object, "read");
                case "_wperm" -> principals(object, "write");
                default -> object.get(path);
            };
        }
        return switch (object.get(path.substring(0, dot))) {
            case Obj obj -> obj;
            case Array array -> array;
            case Embedded embedded -> embedded;
            case null, default -> null;
        };
    }

    /** Who the ACL gives a right, as the databases store it; {@code null} when there is no ACL. */
    private static ParseValue principals(ParseObject object, String right) {
        if (!(object.get("ACL") instanceof Obj(var entries))) {
            return null;
        }
        var names = new java.util.ArrayList<ParseValue>();
        entries.forEach((name, rights) -> {
            if (rights instanceof Obj granted && granted.get(right) instanceof Bool(boolean yes) && yes) {
                names.add(new Str(name));
            }
        });
        return new Array(names);
    }

    /** The part of a path after the field, {@code ""} for a field alone. */
    public static String below(String path) {
        int dot = path.indexOf('.');
        return dot < 0 ? "" : path.substring(dot + 1);
    }
}
