package dev.kami.parse.query;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.MalformedJson;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Bool;
import dev.kami.parse.value.ParseValue.Null;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Query parameters of the REST API (values of the query string, JSON-decoded where they parse, or of the body) to
 * {@link Query}. Everything that can be told without a schema is checked here: shapes, names, bounds.
 *
 * <p>{@code trusted} means the master or the maintenance key: no {@link QueryLimits}, and internal fields in where.
 */
public final class QueryParser {
    private static final Pattern FIELD = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
    private static final Set<String> ALWAYS_SENT = Set.of("objectId", "createdAt", "updatedAt", "ACL");
    private static final Set<String> EXPLAIN =
            Set.of("queryPlanner", "queryPlannerExtended", "executionStats", "allPlansExecution");
    /** Beyond any model; keeps the list of all paths on the way from growing with the square of a hostile path. */
    private static final int MAX_INCLUDE_DEPTH = 100;

    private final InstantSource clock;
    private final QueryLimits limits;

    /** @param clock the time that {@code $relativeTime} counts from */
    public QueryParser(InstantSource clock, QueryLimits limits) {
        this.clock = clock;
        this.limits = limits;
    }

    /**
     * {@code GET /classes/:class}.
     *
     * @throws ParseException 102, 105 or 107 for whatever is wrong in {@code params}
     */
    public Query find(String className, Obj params, boolean trusted) {
        var request = new Request(trusted);
        params.fields().forEach((key, value) -> {
            if (!request.takeFind(key, value) && !request.takeShared(key, value)) {
                throw invalid("Invalid parameter for query: " + key);
            }
        });
        return request.query(className);
    }

    /** {@code GET /classes/:class/:id}: fewer parameters, and the objectId is the only constraint. */
    public Query get(String className, String objectId, Obj params, boolean trusted) {
        var request = new Request(trusted);
        params.fields().forEach((key, value) -> {
            if (!request.takeShared(key, value)) {
                throw invalid("Improper encode of parameter");
            }
        });
        request.where = new EqualTo("objectId", new Str(objectId));
        return request.query(className);
    }

    /**
     * A {@code where} alone.
     *
     * @param where an Obj, the JSON text of one, NULL or {@code null} for everything
     */
    public Constraint where(ParseValue where, boolean trusted) {
        return where(where, new WhereParser(clock, limits, trusted, 0));
    }

    private static Constraint where(ParseValue where, WhereParser parser) {
        return switch (where) {
            case null -> Constraint.ALWAYS;
            case Null() -> Constraint.ALWAYS;
            case Obj obj -> parser.parse(obj);
            case Str(String text) -> parser.parse(decoded(text));
            default -> throw notJson();
        };
    }

    private static Obj decoded(String text) {
        try {
            if (JsonReader.read(text) instanceof Obj obj) {
                return obj;
            }
        } catch (MalformedJson notParsable) {
            throw notJson();
        }
        throw notJson();
    }

    /** {@code a,-b} or a list of such. */
    public static List<SortKey> order(ParseValue value) {
        var keys = new ArrayList<SortKey>();
        for (String part : parts(value, "order")) {
            boolean descending = part.startsWith("-");
            String path = descending ? part.substring(1) : part;
            keys.add(new SortKey(sortPath(path), descending));
        }
        return keys;
    }

    private static String sortPath(String path) {
        switch (path) {
            case SortKey.SCORE:
                return path;
            case "_created_at":
                return "createdAt";
            case "_updated_at":
                return "updatedAt";
            default:
                break;
        }
        if (path.startsWith("authData.") && path.endsWith(".id") && path.length() > "authData..id".length()) {
            throw new ParseException(ErrorCode.INVALID_KEY_NAME, "Cannot sort by " + path);
        }
        int dot = path.indexOf('.');
        String root = dot < 0 ? path : path.substring(0, dot);
        if (!FIELD.matcher(root).matches() || root.equals("length") || path.endsWith(".") || path.contains("..")) {
            throw new ParseException(ErrorCode.INVALID_KEY_NAME, "Invalid field name: " + path + ".");
        }
        return path;
    }

    private static SequencedSet<String> parts(ParseValue value, String parameter) {
        var parts = new LinkedHashSet<String>();
        switch (value) {
            case Null() -> {}
            case Str(String text) -> split(text, parts);
            case Num number -> parts.add(number.toJson());
            case Bool _ -> {}
            case Array(List<ParseValue> items) -> {
                for (ParseValue item : items) {
                    if (!(item instanceof Str(String text))) {
                        throw mustBeNames(parameter);
                    }
                    split(text, parts);
                }
            }
            default -> throw mustBeNames(parameter);
        }
        return parts;
    }

    private static ParseException mustBeNames(String parameter) {
        return invalid("Invalid parameter for query: " + parameter + " must be names separated by commas.");
    }

    private static void split(String text, Set<String> parts) {
        for (String part : text.split(",")) {
            if (!part.isBlank()) {
                parts.add(part.strip());
            }
        }
    }

    private static int count(String parameter, ParseValue value) {
        double number =
                switch (value) {
                    case Num(double given) -> given;
                    case Str(String text) when text.matches("[0-9]{1,15}") -> Double.parseDouble(text);
                    default -> -1;
                };
        if (number < 0) {
            String given = value.toJson();
            throw invalid("Invalid parameter for query: " + parameter + " must be a number of 0 or more, got "
                    + (given.length() > 50 ? given.substring(0, 50) + "..." : given) + ".");
        }
        return (int) Math.min(number, Integer.MAX_VALUE);
    }

    private static ReadPreference readPreference(ParseValue value) {
        if (value instanceof Str(String text)) {
            for (ReadPreference preference : ReadPreference.values()) {
                if (preference.name().equals(text.toUpperCase(Locale.ROOT))) {
                    return preference;
                }
            }
        }
        if (WhereParser.isTruthy(value)) {
            throw invalid("Not supported read preference.");
        }
        return null;
    }

    private static String explain(ParseValue value) {
        return switch (value) {
            case Bool(boolean on) -> on ? "queryPlanner" : null;
            case Str(String verbosity) when EXPLAIN.contains(verbosity) -> verbosity;
            case Null() -> null;
            default -> throw invalid("Invalid value for explain");
        };
    }

    private static ParseException notJson() {
        return new ParseException(ErrorCode.INVALID_JSON, "where parameter is not valid JSON");
    }

    private static ParseException invalid(String text) {
        return new ParseException(ErrorCode.INVALID_QUERY, text);
    }

    /** What has been read of one request. */
    private final class Request {
        private final boolean trusted;
        private Constraint where = Constraint.ALWAYS;
        private Set<String> relativeTimes = Set.of();
        private List<SortKey> order = List.of();
        private int skip;
        private Integer limit;
        private boolean count;
        private Set<String> keys;
        private Set<String> excludeKeys = Set.of();
        private final SequencedSet<String> include = new LinkedHashSet<>();
        private boolean includeAll;
        private String redirectClassNameForKey;
        private ParseValue hint;
        private String explain;
        private String comment;
        private ReadPreference readPreference;
        private ReadPreference includeReadPreference;
        private ReadPreference subqueryReadPreference;

        Request(boolean trusted) {
            this.trusted = trusted;
        }

        /** False when the parameter is none of a find. */
        boolean takeFind(String key, ParseValue value) {
            switch (key) {
                case "where" -> {
                    var parser = new WhereParser(clock, limits, trusted, 0);
                    where = where(value, parser);
                    relativeTimes = parser.relativeTimes();
                }
                case "limit" -> limit = isAbsent(value) ? null : (Integer) count("limit", value);
                case "skip" -> skip = isAbsent(value) ? 0 : count("skip", value);
                case "order" -> order = order(value);
                case "count" -> count = WhereParser.isTruthy(value);
                case "includeAll" -> includeAll = includeAll || WhereParser.isTruthy(value);
                case "redirectClassNameForKey" -> {
                    if (!isAbsent(value)) {
                        redirectClassNameForKey = text(key, value);
                    }
                }
                case "hint" -> hint = hint(value);
                case "explain" -> explain = explain(value);
                case "comment" -> comment = isAbsent(value) ? null : text(key, value);
                default -> {
                    return false;
                }
            }
            return true;
        }

        /** False when the parameter is none of those that find and get share. */
        boolean takeShared(String key, ParseValue value) {
            switch (key) {
                case "keys" -> takeKeys(value);
                case "excludeKeys" -> {
                    excludeKeys = parts(value, key);
                    excludeKeys.removeAll(ALWAYS_SENT);
                }
                case "include" -> parts(value, key).forEach(this::takeInclude);
                case "readPreference" -> readPreference = readPreference(value);
                case "includeReadPreference" -> includeReadPreference = readPreference(value);
                case "subqueryReadPreference" -> subqueryReadPreference = readPreference(value);
                default -> {
                    return false;
                }
            }
            return true;
        }

        private static boolean isAbsent(ParseValue value) {
            return value instanceof Null || value instanceof Str(String text) && text.isEmpty();
        }

        private static String text(String key, ParseValue value) {
            return switch (value) {
                case Str(String text) -> text;
                case Num number -> number.toJson();
                case Bool bool -> bool.toJson();
                default -> throw invalid("Invalid parameter for query: " + key + " must be a text.");
            };
        }

        private static ParseValue hint(ParseValue value) {
            return switch (value) {
                case Null() -> null;
                case Str(String name) when name.isEmpty() -> null;
                case Str _, Obj _ -> value;
                default -> throw invalid("Invalid parameter for query: hint must be an index name or an object.");
            };
        }

        private void takeKeys(ParseValue value) {
            SequencedSet<String> wanted = parts(value, "keys");
            if (wanted.isEmpty()) {
                return;
            }
            keys = wanted;
            for (String key : wanted) {
                int dot = key.lastIndexOf('.');
                if (dot > 0) {
                    takeInclude(key.substring(0, dot));
                }
            }
        }

        private void takeInclude(String path) {
            if (path.equals("*")) {
                includeAll = true;
            } else {
                include.add(path);
            }
        }

        private void checkInclude() {
            var onTheWay = new LinkedHashSet<String>();
            for (String path : include) {
                int depth = 1;
                for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
                    depth++;
                }
                int maxDepth = !trusted && limits.includeDepth() >= 0
                        ? Math.min(limits.includeDepth(), MAX_INCLUDE_DEPTH)
                        : MAX_INCLUDE_DEPTH;
                if (depth > maxDepth) {
                    throw invalid("Include depth of " + depth + " exceeds maximum allowed depth of " + maxDepth);
                }
                for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
                    onTheWay.add(path.substring(0, dot));
                }
                onTheWay.add(path);
            }
            if (!trusted && limits.includeCount() >= 0 && onTheWay.size() > limits.includeCount()) {
                throw invalid("Number of include fields (" + onTheWay.size() + ") exceeds maximum allowed ("
                        + limits.includeCount() + ")");
            }
        }

        Query query(String className) {
            checkInclude();
            return new Query(
                    className,
                    where,
                    relativeTimes,
                    order,
                    skip,
                    limit,
                    count,
                    keys,
                    excludeKeys,
                    List.copyOf(include),
                    includeAll,
                    redirectClassNameForKey,
                    new ReadHints(
                            hint, explain, comment, readPreference, includeReadPreference, subqueryReadPreference));
        }
    }
}
