package dev.kami.parse.aggregate;

import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.And;
import dev.kami.parse.query.Constraint.Nor;
import dev.kami.parse.query.Constraint.Or;
import dev.kami.parse.query.QueryMatcher;
import dev.kami.parse.query.QueryParser;
import dev.kami.parse.query.TextSearch;
import dev.kami.parse.query.Values;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Pointer;
import dev.kami.parse.value.ParseValue.Str;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/**
 * {@code $match}: MongoDB's query language over documents. Constraints that Parse queries have too are parsed and tested
 * by {@code query}; {@code $expr}, {@code $elemMatch}, {@code $size}, {@code $mod}, {@code $type} and {@code $not} are
 * added here.
 */
final class Match {
    private static final Set<String> STORED =
            Set.of("$eq", "$ne", "$gt", "$gte", "$lt", "$lte", "$in", "$nin", "$exists", "$regex", "$options", "$all");

    private final QueryParser parser;
    private final FieldKinds kinds;

    Match(QueryParser parser, FieldKinds kinds) {
        this.parser = parser;
        this.kinds = kinds;
    }

    /** Whether a document fits. */
    @FunctionalInterface
    interface Condition {
        boolean test(Obj document, Scope scope);
    }

    /** Whether the value of a field fits. */
    private interface FieldTest {
        /** @param below rest of the path */
        boolean test(ParseValue field, String below);
    }

    Condition parse(Obj spec) {
        var parts = new ArrayList<Condition>();
        spec.fields().forEach((key, value) -> {
            switch (key) {
                case "$and" -> {
                    List<Condition> branches = branches(key, value);
                    parts.add((document, scope) -> branches.stream().allMatch(branch -> branch.test(document, scope)));
                }
                case "$or" -> {
                    List<Condition> branches = branches(key, value);
                    parts.add((document, scope) -> branches.stream().anyMatch(branch -> branch.test(document, scope)));
                }
                case "$nor" -> {
                    List<Condition> branches = branches(key, value);
                    parts.add((document, scope) -> branches.stream().noneMatch(branch -> branch.test(document, scope)));
                }
                case "$expr" -> {
                    Expression expression = ExpressionParser.parse(value);
                    parts.add((document, scope) -> Expression.isTrue(expression.eval(scope.over(document))));
                }
                case "$text" -> parts.add(text(value));
                case "$comment" -> {}
                default -> {
                    if (key.startsWith("$")) {
                        throw Budget.invalid("unknown top level operator: " + key);
                    }
                    parts.add(field(key, value));
                }
            }
        });
        return (document, scope) -> {
            for (Condition part : parts) {
                if (!part.test(document, scope)) {
                    return false;
                }
            }
            return true;
        };
    }

    private List<Condition> branches(String key, ParseValue value) {
        if (!(value instanceof Array(List<ParseValue> items)) || items.isEmpty()) {
            throw Budget.invalid(key + " must be a nonempty array");
        }
        var branches = new ArrayList<Condition>();
        for (ParseValue item : items) {
            if (!(item instanceof Obj branch)) {
                throw Budget.invalid(key + " entries need to be full objects");
            }
            branches.add(parse(branch));
        }
        return branches;
    }

    /** Every text of the document is searched. */
    private static Condition text(ParseValue value) {
        if (!(value instanceof Obj spec) || spec.text("$search") == null) {
            throw Budget.invalid("$text needs a text as $search");
        }
        var search = new TextSearch(
                spec.text("$search"),
                spec.text("$language"),
                Expression.isTrue(spec.get("$caseSensitive")),
                Expression.isTrue(spec.get("$diacriticSensitive")));
        return (document, _) -> document.fields().values().stream()
                .anyMatch(field -> field instanceof Str(String words) && search.matches(words));
    }

    private Condition field(String path, ParseValue value) {
        int dot = path.indexOf('.');
        String name = dot < 0 ? path : path.substring(0, dot);
        String below = dot < 0 ? "" : path.substring(dot + 1);
        FieldTest test = test(dot < 0 ? kinds.inDocument(name, value) : value);
        return (document, _) -> test.test(Documents.field(document, name), below);
    }

    private FieldTest test(ParseValue value) {
        if (!(value instanceof Obj(var operators)) || !isOperators(value)) {
            return plain("$eq", value);
        }
        var tests = new ArrayList<FieldTest>();
        operators.forEach((operator, operand) -> {
            switch (operator) {
                case "$not" -> {
                    FieldTest inner = test(operand);
                    tests.add((field, below) -> !inner.test(field, below));
                }
                case "$elemMatch" -> tests.add(elemMatch(operand));
                case "$size" -> {
                    int size = NumberOperators.needInt("$size", operand);
                    tests.add((field, below) -> Values.anyLeaf(
                            field, below, leaf -> leaf instanceof Array(var items) && items.size() == size));
                }
                case "$mod" -> tests.add(mod(operand));
                case "$type" -> tests.add(type(operand));
                case "$options" -> {}
                case "$regex" -> {
                    var both = new LinkedHashMap<String, ParseValue>();
                    both.put(operator, operand);
                    if (operators.containsKey("$options")
                            && !operators.get("$options").equals(new Str(""))) {
                        both.put("$options", operators.get("$options"));
                    }
                    tests.add(constraint(new Obj(both)));
                }
                default -> tests.add(plain(operator, operand));
            }
        });
        return (field, below) -> {
            for (FieldTest one : tests) {
                if (!one.test(field, below)) {
                    return false;
                }
            }
            return true;
        };
    }

    private static boolean isOperators(ParseValue value) {
        return value instanceof Obj(var fields)
                && !fields.isEmpty()
                && fields.firstEntry().getKey().startsWith("$");
    }

    private FieldTest plain(String operator, ParseValue operand) {
        return constraint(Obj.of(operator, operand));
    }

    private FieldTest constraint(Obj operators) {
        Constraint constraint = parser.where(Obj.of("field", operators), true);
        return (field, below) -> holds(constraint, field, below);
    }

    private static boolean holds(Constraint constraint, ParseValue field, String below) {
        return switch (constraint) {
            case And(var parts) -> parts.stream().allMatch(part -> holds(part, field, below));
            case Or(var parts) -> parts.stream().anyMatch(part -> holds(part, field, below));
            case Nor(var parts) -> parts.stream().noneMatch(part -> holds(part, field, below));
            case Constraint.InQuery _, Constraint.Select _, Constraint.RelatedTo _ ->
                throw Budget.invalid("$match knows no sub-queries; use $lookup.");
            default -> QueryMatcher.matchesValue(constraint, field, below);
        };
    }

    private FieldTest elemMatch(ParseValue operand) {
        if (!(operand instanceof Obj spec)) {
            throw Budget.invalid("$elemMatch needs an Object");
        }
        if (isOperators(spec)
                && !Set.of("$and", "$or", "$nor", "$expr")
                        .contains(spec.fields().firstEntry().getKey())) {
            FieldTest inner = test(spec);
            return (field, below) -> Values.anyLeaf(
                    field,
                    below,
                    leaf -> leaf instanceof Array(List<ParseValue> items)
                            && items.stream().anyMatch(item -> inner.test(item, "")));
        }
        Condition inner = new Match(parser, FieldKinds.NONE).parse(spec);
        return (field, below) -> Values.anyLeaf(
                field,
                below,
                leaf -> leaf instanceof Array(List<ParseValue> items)
                        && items.stream()
                                .anyMatch(item ->
                                        item instanceof Obj object && inner.test(object, Scope.of(object, null))));
    }

    private static FieldTest mod(ParseValue operand) {
        if (!(operand instanceof Array(List<ParseValue> two)) || two.size() != 2) {
            throw Budget.invalid("malformed mod, needs to be an array of two numbers");
        }
        double divisor = Math.floor(NumberOperators.need("$mod", two.get(0)));
        double remainder = Math.floor(NumberOperators.need("$mod", two.get(1)));
        if (divisor == 0) {
            throw Budget.invalid("divisor cannot be 0");
        }
        return (field, below) -> Values.anyAt(
                field,
                below,
                value -> value instanceof Num(double number)
                        && (number < 0 ? Math.ceil(number) : Math.floor(number)) % divisor == remainder);
    }

    private static FieldTest type(ParseValue operand) {
        var names = new ArrayList<String>();
        for (ParseValue one : operand instanceof Array(List<ParseValue> items) ? items : List.of(operand)) {
            names.add(
                    switch (one) {
                        case Str(String name) -> name;
                        case Num(double code) -> nameOfCode((int) code);
                        default -> throw Budget.invalid("type must be represented as a number or a string");
                    });
        }
        return (field, below) -> names.contains("array")
                ? Values.anyLeaf(field, below, Array.class::isInstance)
                        || Values.anyAt(field, below, value -> isOfType(value, names))
                : Values.anyAt(field, below, value -> isOfType(value, names));
    }

    private static boolean isOfType(ParseValue value, List<String> names) {
        if (value == null || value instanceof Array) {
            return false;
        }
        return value instanceof Num
                ? names.contains("number")
                        || names.contains("double")
                        || TypeOperators.typeName(value).equals("int")
                                && (names.contains("int") || names.contains("long"))
                : names.contains(TypeOperators.typeName(value));
    }

    private static String nameOfCode(int code) {
        return switch (code) {
            case 1 -> "double";
            case 2 -> "string";
            case 3 -> "object";
            case 4 -> "array";
            case 5 -> "binData";
            case 8 -> "bool";
            case 9 -> "date";
            case 10 -> "null";
            case 16 -> "int";
            case 18 -> "long";
            case 19 -> "double";
            default -> throw Budget.invalid("Invalid numerical type code: " + code);
        };
    }

    /** The part of a {@code $match} that a store can answer, and the part that is left for this package. */
    record Split(List<Constraint> stored, Obj left) {}

    Split split(Obj spec) {
        var stored = new ArrayList<Constraint>();
        var left = new LinkedHashMap<String, ParseValue>();
        spec.fields().forEach((key, value) -> {
            Obj where = stored(key, value);
            if (where == null) {
                left.put(key, value);
            } else {
                stored.add(parser.where(where, true));
            }
        });
        return new Split(stored, new Obj(left));
    }

    /** One entry as Parse's {@code where}, or {@code null} when it means something else there. */
    private Obj stored(String key, ParseValue value) {
        switch (key) {
            case "$and", "$or", "$nor" -> {
                if (!(value instanceof Array(List<ParseValue> items)) || items.isEmpty()) {
                    return null;
                }
                var branches = new ArrayList<ParseValue>();
                for (ParseValue item : items) {
                    if (!(item instanceof Obj(var entries))) {
                        return null;
                    }
                    var branch = new LinkedHashMap<String, ParseValue>();
                    for (var entry : entries.entrySet()) {
                        Obj where = stored(entry.getKey(), entry.getValue());
                        if (where == null || branch.keySet().stream().anyMatch(where::has)) {
                            return null;
                        }
                        branch.putAll(where.fields());
                    }
                    branches.add(new Obj(branch));
                }
                return Obj.of(key, new Array(branches));
            }
            default -> {
                int dot = key.indexOf('.');
                String name = dot < 0 ? key : key.substring(0, dot);
                if (!kinds.isSearchable(name) || !key.matches("[A-Za-z_][A-Za-z0-9_.]*")) {
                    return null;
                }
                ParseValue constant = dot < 0 ? forStore(name, kinds.inDocument(name, value)) : value;
                return isStorable(constant)
                        ? Obj.of(FieldKinds.parseName(name) + (dot < 0 ? "" : key.substring(dot)), constant)
                        : null;
            }
        }
    }

    private static boolean isStorable(ParseValue value) {
        return switch (value) {
            case null -> false;
            case Obj(var operators) ->
                isOperators(value)
                        && STORED.containsAll(operators.keySet())
                        && !new Str("").equals(operators.get("$options"))
                        && operators.values().stream()
                                .noneMatch(operand -> operand instanceof Obj
                                        || operand instanceof Array(List<ParseValue> items)
                                                && items.stream()
                                                        .anyMatch(
                                                                item -> item instanceof Obj || item instanceof Array));
            case Array _ -> false;
            default -> true;
        };
    }

    /** {@code Class$id} texts of pointer fields as pointers; {@code null} when a value is no such text. */
    private ParseValue forStore(String name, ParseValue value) {
        if (kinds.target(name) == null) {
            return value;
        }
        return switch (value) {
            case Str(String text)
            when text.indexOf('$') > 0 ->
                new Pointer(text.substring(0, text.indexOf('$')), text.substring(text.indexOf('$') + 1));
            case ParseValue.Null _, ParseValue.Bool _ -> value;
            case Array(List<ParseValue> items) -> {
                var mapped = new ArrayList<ParseValue>();
                for (ParseValue item : items) {
                    ParseValue one = forStore(name, item);
                    if (one == null) {
                        yield null;
                    }
                    mapped.add(one);
                }
                yield new Array(mapped);
            }
            case Obj(var operators)
            when isOperators(value) -> {
                var mapped = new LinkedHashMap<String, ParseValue>();
                for (var entry : operators.entrySet()) {
                    boolean equality =
                            Set.of("$eq", "$ne", "$in", "$nin", "$exists").contains(entry.getKey());
                    ParseValue one = equality ? forStore(name, entry.getValue()) : null;
                    if (one == null) {
                        yield null;
                    }
                    mapped.put(entry.getKey(), one);
                }
                yield new Obj(mapped);
            }
            default -> null;
        };
    }
}
