package dev.kami.parse.query;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.query.Constraint.All;
import dev.kami.parse.query.Constraint.AllStartWith;
import dev.kami.parse.query.Constraint.And;
import dev.kami.parse.query.Constraint.Compare;
import dev.kami.parse.query.Constraint.ContainedBy;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.query.Constraint.Exists;
import dev.kami.parse.query.Constraint.In;
import dev.kami.parse.query.Constraint.InQuery;
import dev.kami.parse.query.Constraint.Nor;
import dev.kami.parse.query.Constraint.NotEqual;
import dev.kami.parse.query.Constraint.NotIn;
import dev.kami.parse.query.Constraint.Or;
import dev.kami.parse.query.Constraint.Order;
import dev.kami.parse.query.Constraint.Regex;
import dev.kami.parse.query.Constraint.RelatedTo;
import dev.kami.parse.query.Constraint.Select;
import dev.kami.parse.query.Constraint.Text;
import dev.kami.parse.value.IsoDate;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Bool;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.Null;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Pointer;
import dev.kami.parse.value.ParseValue.Str;
import dev.kami.parse.value.TypeCodec;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One {@code where}, walked once from the top: every node is checked and translated where it stands, so a query costs time
 * in proportion to its size and the bounds on nesting hold before anything is built. The depth of the recursion is bounded
 * by the JSON reader.
 */
final class WhereParser {
    private static final Pattern KEY = Pattern.compile("[a-zA-Z][a-zA-Z0-9_.]*");
    private static final Pattern OPTIONS = Pattern.compile("[imxsu]+");
    private static final Set<String> INTERNAL_KEYS = Set.of("_rperm", "_wperm");
    private static final Set<String> INTERNAL_KEYS_OF_MASTER = Set.of(
            "_email_verify_token",
            "_email_verify_token_expires_at",
            "_perishable_token",
            "_perishable_token_expires_at",
            "_failed_login_count",
            "_account_lockout_expires_at",
            "_password_changed_at",
            "_password_history",
            "_tombstone",
            "_session_token");

    private final InstantSource clock;
    private final QueryLimits limits;
    private final boolean trusted;
    private final int subqueryDepth;
    private final Set<String> relativeTimes = new LinkedHashSet<>();

    WhereParser(InstantSource clock, QueryLimits limits, boolean trusted, int subqueryDepth) {
        this.clock = clock;
        this.limits = limits;
        this.trusted = trusted;
        this.subqueryDepth = subqueryDepth;
    }

    Constraint parse(Obj where) {
        return parse(where, 0);
    }

    /** Fields of what was parsed that are compared with a {@code $relativeTime}; whether they hold dates the schema knows. */
    Set<String> relativeTimes() {
        return relativeTimes;
    }

    private Constraint parse(Obj where, int depth) {
        if (isBeyond(depth, limits.queryDepth())) {
            throw invalid("Query condition nesting depth exceeds maximum allowed depth of " + limits.queryDepth());
        }
        var parts = new ArrayList<Constraint>(where.fields().size());
        where.fields().forEach((key, value) -> {
            switch (key) {
                case "$or" -> parts.add(new Or(branches(key, value, depth)));
                case "$and" -> parts.add(new And(branches(key, value, depth)));
                case "$nor" -> parts.add(new Nor(branches(key, value, depth)));
                case "$relatedTo" -> parts.add(relatedTo(value));
                default -> {
                    checkKey(key);
                    field(key, value, depth, parts);
                }
            }
        });
        return Constraint.and(parts);
    }

    private boolean isBeyond(int depth, int limit) {
        return !trusted && limit >= 0 && depth > limit;
    }

    private List<Constraint> branches(String key, ParseValue value, int depth) {
        if (!(value instanceof Array(List<ParseValue> items))) {
            if (!trusted) {
                throw ParseException.denied(ErrorCode.INVALID_QUERY, key + " must be an array");
            }
            throw invalid(
                    key.equals("$nor")
                            ? "Bad $nor format - use an array of at least 1 value."
                            : "Bad " + key + " format - use an array value.");
        }
        if (items.isEmpty()) {
            throw invalid("Bad " + key + " format - use an array of at least 1 value.");
        }
        var branches = new ArrayList<Constraint>(items.size());
        for (ParseValue item : items) {
            if (!(item instanceof Obj branch)) {
                throw invalid("Bad " + key + " format - use an array value.");
            }
            branches.add(parse(branch, depth + 1));
        }
        return branches;
    }

    private void checkKey(String key) {
        if (key.equals("ACL")) {
            throw invalid("Cannot query on ACL.");
        }
        if (!KEY.matcher(key).matches()
                && !INTERNAL_KEYS.contains(key)
                && !(trusted && INTERNAL_KEYS_OF_MASTER.contains(key))) {
            throw new ParseException(ErrorCode.INVALID_KEY_NAME, "Invalid key name: " + key);
        }
    }

    private Constraint relatedTo(ParseValue value) {
        if (value instanceof Obj(var fields)
                && fields.get("key") instanceof Str(String key)
                && fields.get("object") instanceof ParseValue object
                && pointer(object) instanceof Pointer owner) {
            return new RelatedTo(owner, key);
        }
        throw invalid("improper usage of $relatedTo");
    }

    private static Pointer pointer(ParseValue value) {
        return switch (value) {
            case Pointer pointer -> pointer;
            case Obj obj
            when obj.text("className") != null && obj.text("objectId") != null ->
                new Pointer(obj.text("className"), obj.text("objectId"));
            default -> null;
        };
    }

    private void field(String path, ParseValue value, int depth, List<Constraint> parts) {
        if (!(value instanceof Obj obj) || !hasOperator(obj)) {
            parts.add(new EqualTo(path, atom(path, value, "You cannot use " + text(value) + " as a query parameter.")));
            return;
        }
        // {"__type":"Pointer",...,"$exists":true}: the keys without $ are one value that has to be equal.
        var direct = new LinkedHashMap<String, ParseValue>();
        obj.fields().forEach((operator, operand) -> {
            if (operator.startsWith("$")) {
                operator(path, operator, operand, obj, depth, parts);
            } else {
                direct.put(operator, operand);
            }
        });
        if (!direct.isEmpty()) {
            parts.add(new EqualTo(path, atom(path, new Obj(direct))));
        }
    }

    private static boolean hasOperator(Obj obj) {
        for (String key : obj.fields().keySet()) {
            if (key.startsWith("$")) {
                return true;
            }
        }
        return false;
    }

    private void operator(String path, String operator, ParseValue value, Obj all, int depth, List<Constraint> parts) {
        switch (operator) {
            case "$eq" -> parts.add(new EqualTo(path, atom(path, value)));
            case "$ne" -> parts.add(new NotEqual(path, atom(path, value)));
            case "$lt" -> parts.add(compare(path, operator, Order.LESS, value));
            case "$lte" -> parts.add(compare(path, operator, Order.LESS_OR_EQUAL, value));
            case "$gt" -> parts.add(compare(path, operator, Order.GREATER, value));
            case "$gte" -> parts.add(compare(path, operator, Order.GREATER_OR_EQUAL, value));
            case "$in" -> parts.add(new In(path, atoms(path, value, "bad $in value")));
            case "$nin" -> parts.add(new NotIn(path, atoms(path, value, "bad $nin value")));
            case "$all" -> parts.add(all(path, value));
            case "$containedBy" ->
                parts.add(new ContainedBy(path, list(path, value, "bad $containedBy: should be an array")));
            case "$exists" -> parts.add(exists(path, value));
            case "$regex" -> parts.add(regex(path, value, all.get("$options")));
            case "$options" -> {
                if (!all.has("$regex")) {
                    throw invalid("$options needs a $regex");
                }
            }
            case "$text" -> parts.add(text(path, value));
            case "$nearSphere" -> parts.add(GeoConstraints.near(path, value, all));
            case "$maxDistance", "$maxDistanceInRadians", "$maxDistanceInMiles", "$maxDistanceInKilometers" -> {
                if (!all.has("$nearSphere")) {
                    throw badJson(operator + " needs a $nearSphere");
                }
            }
            case "$within" -> parts.add(GeoConstraints.box(path, value));
            case "$geoWithin" -> parts.add(GeoConstraints.within(path, value));
            case "$geoIntersects" -> parts.add(GeoConstraints.intersects(path, value));
            case "$inQuery", "$notInQuery" -> parts.add(inQuery(path, operator, value, depth));
            case "$select", "$dontSelect" -> parts.add(select(path, operator, value, depth));
            default -> throw badJson("bad constraint: " + operator);
        }
    }

    private Constraint exists(String path, ParseValue value) {
        refuseRelativeTime(value);
        return new Exists(path, isTruthy(value));
    }

    /** As JavaScript judges: false, null, 0 and the empty text are not. */
    static boolean isTruthy(ParseValue value) {
        return switch (value) {
            case null -> false;
            case Null() -> false;
            case Bool(boolean b) -> b;
            case Num(double number) -> number != 0;
            case Str(String text) -> !text.isEmpty();
            default -> true;
        };
    }

    private Constraint compare(String path, String operator, Order order, ParseValue value) {
        if (value instanceof Obj(var fields) && fields.containsKey("$relativeTime")) {
            relativeTimes.add(path);
            return new Compare(path, order, RelativeTime.parse(fields.get("$relativeTime"), operator, clock.instant()));
        }
        ParseValue bound = atom(path, value);
        return switch (bound) {
            case Num _, Str _, Date _ -> new Compare(path, order, bound);
            case Bool(boolean b) -> compareBoolean(path, order, b);
            // Null is neither less nor greater than null, but it is equal.
            case Null() -> order == Order.LESS || order == Order.GREATER ? Constraint.NEVER : new EqualTo(path, bound);
            case Array _, Obj _ -> throw badJson("bad atom: " + text(value));
            default -> Constraint.NEVER;
        };
    }

    /** false is less than true. */
    private static Constraint compareBoolean(String path, Order order, boolean bound) {
        return switch (order) {
            case LESS -> bound ? new EqualTo(path, ParseValue.FALSE) : Constraint.NEVER;
            case GREATER -> bound ? Constraint.NEVER : new EqualTo(path, ParseValue.TRUE);
            case LESS_OR_EQUAL ->
                bound ? new In(path, List.of(ParseValue.FALSE, ParseValue.TRUE)) : new EqualTo(path, ParseValue.FALSE);
            case GREATER_OR_EQUAL ->
                bound ? new EqualTo(path, ParseValue.TRUE) : new In(path, List.of(ParseValue.FALSE, ParseValue.TRUE));
        };
    }

    private Constraint all(String path, ParseValue value) {
        if (!(value instanceof Array(List<ParseValue> items))) {
            throw badJson("bad $all value");
        }
        long patterns = items.stream().filter(WhereParser::isPattern).count();
        if (patterns == 0) {
            return new All(path, list(path, value, "bad $all value"));
        }
        if (patterns < items.size()) {
            var texts = new ArrayList<String>();
            items.forEach(item -> texts.add(
                    item instanceof Obj obj && isPattern(obj)
                            ? "/" + obj.text("$regex") + "/"
                            : item instanceof Str(String text) ? text : text(item)));
            throw badJson("All $all values must be of regex type or none: " + String.join(",", texts));
        }
        var prefixes = new ArrayList<String>(items.size());
        var regexes = new ArrayList<Constraint>(items.size());
        for (ParseValue item : items) {
            Regex regex = (Regex) regex(path, ((Obj) item).get("$regex"), ((Obj) item).get("$options"));
            regexes.add(regex);
            RegexEngine.Literal literal = RegexEngine.literal(regex.pattern(), regex.options());
            if (literal != null && literal.where() == RegexEngine.Where.START) {
                prefixes.add(literal.text());
            }
        }
        return prefixes.size() == items.size() ? new AllStartWith(path, prefixes) : Constraint.and(regexes);
    }

    private static boolean isPattern(ParseValue value) {
        return value instanceof Obj obj && obj.has("$regex");
    }

    private Constraint regex(String path, ParseValue pattern, ParseValue options) {
        if (!trusted && !limits.allowRegex()) {
            throw invalid("$regex operator is not allowed");
        }
        if (!(pattern instanceof Str(String expression))) {
            throw invalid("$regex value must be a string");
        }
        if (options != null && !(options instanceof Str)) {
            throw invalid("$options value must be a string");
        }
        String letters = options instanceof Str(String text) ? text : "";
        if (options != null && !OPTIONS.matcher(letters).matches()) {
            throw invalid("Bad $options value for query: " + letters);
        }
        RegexEngine.compile(expression, letters); // a pattern that is none is an error even where no object is tested
        return new Regex(path, expression, letters);
    }

    private static Constraint text(String path, ParseValue value) {
        if (!(value instanceof Obj text) || !(text.get("$search") instanceof Obj search)) {
            throw badJson("bad $text: $search, should be object");
        }
        if (!(search.get("$term") instanceof Str(String term)) || term.isEmpty()) {
            throw badJson("bad $text: $term, should be string");
        }
        if (isTruthy(search.get("$language")) && search.text("$language") == null) {
            throw badJson("bad $text: $language, should be string");
        }
        String language = search.text("$language");
        return new Text(
                path,
                term,
                language == null || language.isEmpty() ? "english" : language,
                flag(search, "$caseSensitive"),
                flag(search, "$diacriticSensitive"));
    }

    private static boolean flag(Obj search, String key) {
        ParseValue value = search.get(key);
        if (isTruthy(value) && !(value instanceof Bool)) {
            throw badJson("bad $text: " + key + ", should be boolean");
        }
        return isTruthy(value);
    }

    private Constraint inQuery(String path, String operator, ParseValue value, int depth) {
        if (value instanceof Obj obj
                && obj.get("where") instanceof Obj where
                && obj.get("className") instanceof Str(String className)
                && !className.isEmpty()) {
            return new InQuery(path, subquery(className, where, obj, depth), operator.equals("$notInQuery"));
        }
        throw invalid("improper usage of " + operator);
    }

    private Constraint select(String path, String operator, ParseValue value, int depth) {
        if (value instanceof Obj obj
                && obj.fields().size() == 2
                && obj.get("key") instanceof Str(String key)
                && !key.isEmpty()
                && obj.get("query") instanceof Obj query
                && query.get("className") instanceof Str(String className)
                && !className.isEmpty()) {
            Obj where = query.get("where") instanceof Obj given ? given : Obj.EMPTY;
            return new Select(path, subquery(className, where, query, depth), key, operator.equals("$dontSelect"));
        }
        throw invalid("improper usage of " + operator);
    }

    /**
     * The nesting of conditions goes on counting inside. Only {@code where} and {@code redirectClassNameForKey} count; the
     * genuine server drops limit, skip and order.
     */
    private Query subquery(String className, Obj where, Obj options, int depth) {
        if (isBeyond(subqueryDepth + 1, limits.subqueryDepth())) {
            throw invalid("Subquery nesting depth exceeds maximum allowed depth of " + limits.subqueryDepth());
        }
        var parser = new WhereParser(clock, limits, trusted, subqueryDepth + 1);
        Query query = Query.of(className, parser.parse(where, depth)).withRelativeTimes(parser.relativeTimes());
        String redirect = options.text("redirectClassNameForKey");
        return redirect == null ? query : query.withRedirect(redirect);
    }

    private List<ParseValue> list(String path, ParseValue value, String error) {
        if (!(value instanceof Array(List<ParseValue> items))) {
            throw badJson(error);
        }
        var values = new ArrayList<ParseValue>(items.size());
        items.forEach(item -> values.add(atom(path, item)));
        return values;
    }

    /** As {@link #list}, with lists in the list spread out. */
    private List<ParseValue> atoms(String path, ParseValue value, String error) {
        if (!(value instanceof Array(List<ParseValue> items))) {
            throw badJson(error);
        }
        var values = new ArrayList<ParseValue>(items.size());
        for (ParseValue item : items) {
            if (item instanceof Array(List<ParseValue> inner)) {
                inner.forEach(one -> values.add(atom(path, one)));
            } else {
                values.add(atom(path, item));
            }
        }
        return values;
    }

    private ParseValue atom(String path, ParseValue value) {
        return atom(path, value, null);
    }

    private ParseValue atom(String path, ParseValue value, String error) {
        return switch (value) {
            case Obj obj
            when obj.has("__type") -> {
                try {
                    yield TypeCodec.field(obj);
                } catch (ParseException notOfItsType) {
                    throw badJson(error == null ? "bad atom: " + text(value) : error);
                }
            }
            case Obj obj
            when error == null && hasOperator(obj) -> {
                refuseRelativeTime(value);
                throw badJson("bad atom: " + text(value));
            }
            case Str(String text)
            when path.equals("createdAt") || path.equals("updatedAt") -> {
                OptionalLong millis = IsoDate.parse(text);
                yield millis.isPresent() ? new Date(millis.getAsLong()) : value;
            }
            default -> value;
        };
    }

    private static void refuseRelativeTime(ParseValue value) {
        if (value instanceof Obj obj && obj.has("$relativeTime")) {
            throw badJson("$relativeTime can only be used with the $lt, $lte, $gt, and $gte operators");
        }
    }

    /** A value in an error text, cut where it gets long. */
    private static String text(ParseValue value) {
        String json = value.toJson();
        return json.length() <= 500 ? json : json.substring(0, 500) + "...";
    }

    private static ParseException invalid(String text) {
        return new ParseException(ErrorCode.INVALID_QUERY, text);
    }

    private static ParseException badJson(String text) {
        return new ParseException(ErrorCode.INVALID_JSON, text);
    }
}
