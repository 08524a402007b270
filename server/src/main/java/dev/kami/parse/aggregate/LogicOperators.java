package dev.kami.parse.aggregate;

import static dev.kami.parse.aggregate.Expression.isNullish;
import static dev.kami.parse.aggregate.Expression.isTrue;

import dev.kami.parse.query.Values;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** Comparison over all types, booleans, conditions, variables. */
final class LogicOperators {
    private static final int MANY = Integer.MAX_VALUE;

    private LogicOperators() {}

    static void addTo(Map<String, Operator> all) {
        compare(all, "$eq", order -> order == 0);
        compare(all, "$ne", order -> order != 0);
        compare(all, "$gt", order -> order > 0);
        compare(all, "$gte", order -> order >= 0);
        compare(all, "$lt", order -> order < 0);
        compare(all, "$lte", order -> order <= 0);
        all.put("$cmp", Operator.binary((a, b) -> new Num(Integer.signum(order(a, b)))));
        all.put("$and", (name, argument) -> {
            List<Expression> parts = Operator.arguments(name, argument, 0, MANY);
            return scope -> {
                for (Expression part : parts) {
                    if (!isTrue(part.eval(scope))) {
                        return ParseValue.FALSE;
                    }
                }
                return ParseValue.TRUE;
            };
        });
        all.put("$or", (name, argument) -> {
            List<Expression> parts = Operator.arguments(name, argument, 0, MANY);
            return scope -> {
                for (Expression part : parts) {
                    if (isTrue(part.eval(scope))) {
                        return ParseValue.TRUE;
                    }
                }
                return ParseValue.FALSE;
            };
        });
        all.put("$not", Operator.unary(value -> ParseValue.of(!isTrue(value))));
        all.put("$cond", LogicOperators::cond);
        all.put("$ifNull", (name, argument) -> {
            List<Expression> parts = Operator.arguments(name, argument, 2, MANY);
            return scope -> {
                ParseValue value = null;
                for (Expression part : parts) {
                    value = part.eval(scope);
                    if (!isNullish(value)) {
                        break;
                    }
                }
                return value;
            };
        });
        all.put("$switch", LogicOperators::choice);
        all.put("$let", LogicOperators::let);
        all.put("$literal", (_, argument) -> _ -> argument);
    }

    private static void compare(Map<String, Operator> all, String name, IntPredicate test) {
        all.put(name, Operator.binary((a, b) -> ParseValue.of(test.test(order(a, b)))));
    }

    /** Missing is less than null here, unlike in a query. */
    static int order(ParseValue a, ParseValue b) {
        if (a == null || b == null) {
            return Boolean.compare(a != null, b != null);
        }
        int order = Values.compare(a, b);
        // Pointers and files have the rank of texts without being equal to one.
        return order == 0 && !Values.equal(a, b) ? a.toJson().compareTo(b.toJson()) : order;
    }

    private static Expression cond(String name, ParseValue argument) {
        Expression test;
        Expression yes;
        Expression no;
        if (argument instanceof Obj) {
            Operator.Named named = Operator.named(name, argument, "if", "then", "else");
            test = named.required("if");
            yes = named.required("then");
            no = named.required("else");
        } else {
            List<Expression> three = Operator.arguments(name, argument, 3, 3);
            test = three.get(0);
            yes = three.get(1);
            no = three.get(2);
        }
        return scope -> isTrue(test.eval(scope)) ? yes.eval(scope) : no.eval(scope);
    }

    private record Branch(Expression test, Expression then) {}

    private static Expression choice(String name, ParseValue argument) {
        Operator.Named named = Operator.named(name, argument, "branches", "default");
        if (!(named.arguments().get("branches") instanceof Array(List<ParseValue> items))) {
            throw Budget.invalid("$switch needs a list of branches");
        }
        var branches = new ArrayList<Branch>();
        for (ParseValue item : items) {
            Operator.Named branch = Operator.named("$switch", item, "case", "then");
            branches.add(new Branch(branch.required("case"), branch.required("then")));
        }
        Expression standard = named.arguments().has("default") ? named.required("default") : null;
        return scope -> {
            for (Branch branch : branches) {
                if (isTrue(branch.test.eval(scope))) {
                    return branch.then.eval(scope);
                }
            }
            if (standard == null) {
                throw Budget.invalid("$switch could not find a matching branch, and no default was specified");
            }
            return standard.eval(scope);
        };
    }

    private record Binding(String name, Expression value) {}

    private static Expression let(String name, ParseValue argument) {
        Operator.Named named = Operator.named(name, argument, "vars", "in");
        if (!(named.arguments().get("vars") instanceof Obj(var vars))) {
            throw Budget.invalid("$let needs an object of vars");
        }
        var bindings = new ArrayList<Binding>();
        vars.forEach((variable, value) -> bindings.add(new Binding(variable, ExpressionParser.parse(value))));
        Expression in = named.required("in");
        return scope -> {
            Scope inner = scope;
            for (Binding binding : bindings) {
                inner = inner.with(binding.name, binding.value.eval(scope));
            }
            return in.eval(inner);
        };
    }
}
