package dev.kami.parse.aggregate;

import static dev.kami.parse.aggregate.Expression.isNullish;
import static dev.kami.parse.aggregate.Expression.isTrue;

import dev.kami.parse.query.Values;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Arrays, and arrays as sets. */
final class ListOperators {
    private static final int MANY = Integer.MAX_VALUE;

    private ListOperators() {}

    static void addTo(Map<String, Operator> all) {
        all.put("$size", Operator.unary(value -> new Num(need("$size", value).size())));
        all.put("$isArray", Operator.unary(value -> ParseValue.of(value instanceof Array)));
        all.put("$arrayElemAt", Operator.binaryOrNull((list, index) -> element("$arrayElemAt", list, index)));
        all.put("$first", Operator.unaryOrNull(list -> element("$first", list, new Num(0))));
        all.put("$last", Operator.unaryOrNull(list -> element("$last", list, new Num(-1))));
        all.put("$slice", Operator.list(2, 3, ListOperators::slice));
        all.put("$concatArrays", Operator.list(0, MANY, ListOperators::concat));
        all.put("$in", Operator.binary((wanted, list) -> ParseValue.of(Values.contains(need("$in", list), wanted))));
        all.put("$indexOfArray", Operator.list(2, 4, ListOperators::indexOf));
        all.put("$reverseArray", Operator.unaryOrNull(list -> {
            var reversed = new ArrayList<>(need("$reverseArray", list));
            Collections.reverse(reversed);
            return new Array(reversed);
        }));
        all.put("$range", Operator.list(2, 3, ListOperators::range));
        all.put("$filter", ListOperators::filter);
        all.put("$map", ListOperators::map);
        all.put("$reduce", ListOperators::reduce);
        all.put("$sortArray", ListOperators::sortArray);
        all.put("$zip", ListOperators::zip);
        all.put("$arrayToObject", Operator.unaryOrNull(ListOperators::arrayToObject));
        all.put("$objectToArray", Operator.unaryOrNull(ListOperators::objectToArray));
        all.put("$setUnion", Operator.list(0, MANY, values -> {
            if (values.stream().anyMatch(Expression::isNullish)) {
                return ParseValue.NULL;
            }
            var union = new LinkedHashSet<ParseValue>();
            values.forEach(value -> union.addAll(need("$setUnion", value)));
            return list(union);
        }));
        all.put("$setIntersection", Operator.list(0, MANY, values -> {
            if (values.stream().anyMatch(Expression::isNullish)) {
                return ParseValue.NULL;
            }
            Set<ParseValue> common = null;
            for (ParseValue value : values) {
                List<ParseValue> items = need("$setIntersection", value);
                if (common == null) {
                    common = new LinkedHashSet<>(items);
                } else {
                    common.retainAll(Set.copyOf(items));
                }
            }
            return common == null ? new Array(List.of()) : list(common);
        }));
        all.put("$setDifference", Operator.binaryOrNull((a, b) -> {
            var rest = new LinkedHashSet<>(need("$setDifference", a));
            need("$setDifference", b).forEach(rest::remove);
            return list(rest);
        }));
        all.put("$setEquals", Operator.list(2, MANY, values -> {
            Set<ParseValue> first = Set.copyOf(need("$setEquals", values.getFirst()));
            return ParseValue.of(values.stream()
                    .allMatch(value -> Set.copyOf(need("$setEquals", value)).equals(first)));
        }));
        all.put(
                "$setIsSubset",
                Operator.binary((a, b) ->
                        ParseValue.of(Set.copyOf(need("$setIsSubset", b)).containsAll(need("$setIsSubset", a)))));
        all.put(
                "$anyElementTrue",
                Operator.unary(value ->
                        ParseValue.of(need("$anyElementTrue", value).stream().anyMatch(Expression::isTrue))));
        all.put(
                "$allElementsTrue",
                Operator.unary(value ->
                        ParseValue.of(need("$allElementsTrue", value).stream().allMatch(Expression::isTrue))));
        for (String name : Accumulator.NAMES_IN_EXPRESSIONS) {
            all.put(name, overValues(name));
        }
    }

    private static Array list(Set<ParseValue> values) {
        Budget.checkList(values.size());
        return new Array(List.copyOf(values));
    }

    static List<ParseValue> need(String operator, ParseValue value) {
        if (value instanceof Array(List<ParseValue> items)) {
            return items;
        }
        throw Budget.invalid(
                "The argument to " + operator + " must be an array, but was of type: " + TypeOperators.typeName(value));
    }

    private static ParseValue element(String operator, ParseValue list, ParseValue index) {
        List<ParseValue> items = need(operator, list);
        int at = NumberOperators.needInt(operator, index);
        int from = at < 0 ? items.size() + at : at;
        return from >= 0 && from < items.size() ? items.get(from) : null;
    }

    private static ParseValue slice(List<ParseValue> values) {
        if (values.stream().anyMatch(Expression::isNullish)) {
            return ParseValue.NULL;
        }
        List<ParseValue> items = need("$slice", values.get(0));
        int second = NumberOperators.needInt("$slice", values.get(1));
        if (values.size() == 2) {
            return second >= 0
                    ? new Array(items.subList(0, Math.min(second, items.size())))
                    : new Array(items.subList(Math.max(0, items.size() + second), items.size()));
        }
        int length = NumberOperators.needInt("$slice", values.get(2));
        if (length <= 0) {
            throw Budget.invalid("Third argument to $slice must be positive: " + length);
        }
        int from = second < 0 ? Math.max(0, items.size() + second) : Math.min(second, items.size());
        return new Array(items.subList(from, (int) Math.min(items.size(), (long) from + length)));
    }

    private static ParseValue concat(List<ParseValue> values) {
        var all = new ArrayList<ParseValue>();
        for (ParseValue value : values) {
            if (isNullish(value)) {
                return ParseValue.NULL;
            }
            all.addAll(need("$concatArrays", value));
            Budget.checkList(all.size());
        }
        return new Array(all);
    }

    private static ParseValue indexOf(List<ParseValue> values) {
        if (isNullish(values.getFirst())) {
            return ParseValue.NULL;
        }
        List<ParseValue> items = need("$indexOfArray", values.get(0));
        int start = values.size() > 2 ? NumberOperators.needInt("$indexOfArray", values.get(2)) : 0;
        int end = values.size() > 3 ? NumberOperators.needInt("$indexOfArray", values.get(3)) : items.size();
        for (int i = Math.max(0, start); i < Math.min(end, items.size()); i++) {
            if (Values.equal(items.get(i), values.get(1))) {
                return new Num(i);
            }
        }
        return new Num(-1);
    }

    private static ParseValue range(List<ParseValue> values) {
        int start = NumberOperators.needInt("$range", values.get(0));
        int end = NumberOperators.needInt("$range", values.get(1));
        int step = values.size() > 2 ? NumberOperators.needInt("$range", values.get(2)) : 1;
        if (step == 0) {
            throw Budget.invalid("$range requires a non-zero step value");
        }
        Budget.checkList(Math.max(0, ((long) end - start) / step));
        var numbers = new ArrayList<ParseValue>();
        for (long i = start; step > 0 ? i < end : i > end; i += step) {
            numbers.add(new Num(i));
        }
        return new Array(numbers);
    }

    private static Expression filter(String name, ParseValue argument) {
        Operator.Named named = Operator.named(name, argument, "input", "as", "cond", "limit");
        Expression input = named.required("input");
        Expression condition = named.required("cond");
        Expression limit = named.optional("limit");
        String variable = named.text("as", "this");
        return scope -> {
            ParseValue list = input.eval(scope);
            if (isNullish(list)) {
                return ParseValue.NULL;
            }
            ParseValue most = limit.eval(scope);
            int left = isNullish(most) ? Integer.MAX_VALUE : NumberOperators.needInt(name, most);
            var kept = new ArrayList<ParseValue>();
            for (ParseValue item : need(name, list)) {
                scope.run().budget().step();
                if (kept.size() < left && isTrue(condition.eval(scope.with(variable, item)))) {
                    kept.add(item);
                }
            }
            return new Array(kept);
        };
    }

    private static Expression map(String name, ParseValue argument) {
        Operator.Named named = Operator.named(name, argument, "input", "as", "in");
        Expression input = named.required("input");
        Expression in = named.required("in");
        String variable = named.text("as", "this");
        return scope -> {
            ParseValue list = input.eval(scope);
            if (isNullish(list)) {
                return ParseValue.NULL;
            }
            var mapped = new ArrayList<ParseValue>();
            for (ParseValue item : need(name, list)) {
                scope.run().budget().step();
                ParseValue value = in.eval(scope.with(variable, item));
                mapped.add(value == null ? ParseValue.NULL : value);
            }
            return new Array(mapped);
        };
    }

    private static Expression reduce(String name, ParseValue argument) {
        Operator.Named named = Operator.named(name, argument, "input", "initialValue", "in");
        Expression input = named.required("input");
        Expression initial = named.required("initialValue");
        Expression in = named.required("in");
        return scope -> {
            ParseValue list = input.eval(scope);
            if (isNullish(list)) {
                return ParseValue.NULL;
            }
            ParseValue value = initial.eval(scope);
            for (ParseValue item : need(name, list)) {
                scope.run().budget().step();
                value = in.eval(scope.with("value", value).with("this", item));
            }
            return value;
        };
    }

    private static Expression sortArray(String name, ParseValue argument) {
        Operator.Named named = Operator.named(name, argument, "input", "sortBy");
        Expression input = named.required("input");
        ParseValue by = named.arguments().get("sortBy");
        Comparator<ParseValue> order =
                switch (by) {
                    case Num(double direction) ->
                        direction < 0 ? (a, b) -> Values.compare(b, a) : (Comparator<ParseValue>) Values::compare;
                    case Obj keys -> SortOrder.parse(keys).values();
                    case null, default -> throw Budget.invalid("$sortArray needs a direction or an object as sortBy");
                };
        return scope -> {
            ParseValue list = input.eval(scope);
            if (isNullish(list)) {
                return ParseValue.NULL;
            }
            var sorted = new ArrayList<>(need(name, list));
            sorted.sort(order);
            return new Array(sorted);
        };
    }

    private static Expression zip(String name, ParseValue argument) {
        Operator.Named named = Operator.named(name, argument, "inputs", "useLongestLength", "defaults");
        Expression inputs = named.required("inputs");
        boolean longest = isTrue(named.arguments().get("useLongestLength"));
        Expression defaults = named.optional("defaults");
        return scope -> {
            ParseValue value = inputs.eval(scope);
            if (isNullish(value)) {
                return ParseValue.NULL;
            }
            var lists = new ArrayList<List<ParseValue>>();
            for (ParseValue list : need(name, value)) {
                if (isNullish(list)) {
                    return ParseValue.NULL;
                }
                lists.add(need(name, list));
            }
            var sizes = lists.stream().mapToInt(List::size);
            int length = (longest ? sizes.max() : sizes.min()).orElse(0);
            List<ParseValue> fill = defaults.eval(scope) instanceof Array(List<ParseValue> given) ? given : List.of();
            Budget.checkList((long) length * lists.size());
            var rows = new ArrayList<ParseValue>(length);
            for (int i = 0; i < length; i++) {
                var row = new ArrayList<ParseValue>(lists.size());
                for (int k = 0; k < lists.size(); k++) {
                    row.add(
                            i < lists.get(k).size()
                                    ? lists.get(k).get(i)
                                    : k < fill.size() ? fill.get(k) : ParseValue.NULL);
                }
                rows.add(new Array(row));
            }
            return new Array(rows);
        };
    }

    private static ParseValue arrayToObject(ParseValue list) {
        var fields = new LinkedHashMap<String, ParseValue>();
        for (ParseValue item : need("$arrayToObject", list)) {
            switch (item) {
                case Array(List<ParseValue> pair)
                when pair.size() == 2 && pair.get(0) instanceof Str(String key) -> fields.put(key, pair.get(1));
                case Obj obj when obj.text("k") != null && obj.has("v") -> fields.put(obj.text("k"), obj.get("v"));
                default -> throw Budget.invalid("$arrayToObject needs pairs of a text and a value");
            }
        }
        return new Obj(fields);
    }

    private static ParseValue objectToArray(ParseValue value) {
        if (!(value instanceof Obj(var fields))) {
            throw Budget.invalid("$objectToArray requires a document input, found: " + TypeOperators.typeName(value));
        }
        var pairs = new ArrayList<ParseValue>();
        fields.forEach((key, inner) -> pairs.add(Obj.of("k", new Str(key), "v", inner)));
        return new Array(pairs);
    }

    /** {@code $sum}, {@code $max} ... outside of $group: over the arguments, or over the elements of a single one. */
    private static Operator overValues(String name) {
        return (operator, argument) -> {
            List<Expression> parts = Operator.arguments(operator, argument, 0, MANY);
            return scope -> {
                Accumulator.State state = Accumulator.start(name);
                for (Expression part : parts) {
                    ParseValue value = part.eval(scope);
                    if (parts.size() == 1 && value instanceof Array(List<ParseValue> items)) {
                        items.forEach(item -> state.add(item, scope.run().budget()));
                    } else {
                        state.add(value, scope.run().budget());
                    }
                }
                return state.result();
            };
        };
    }
}
