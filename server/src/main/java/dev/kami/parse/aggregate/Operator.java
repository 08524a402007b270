package dev.kami.parse.aggregate;

import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** How one {@code $operator} is parsed. The families are listed in {@link ExpressionParser}. */
@FunctionalInterface
interface Operator {
    /** @param argument what stands behind the name */
    Expression build(String name, ParseValue argument);

    /** Exactly one argument, with or without a list around it. */
    static Operator unary(UnaryOperator<ParseValue> function) {
        return (name, argument) -> {
            Expression only = arguments(name, argument, 1, 1).getFirst();
            return scope -> function.apply(only.eval(scope));
        };
    }

    static Operator binary(BinaryOperator<ParseValue> function) {
        return (name, argument) -> {
            List<Expression> two = arguments(name, argument, 2, 2);
            Expression first = two.get(0);
            Expression second = two.get(1);
            return scope -> function.apply(first.eval(scope), second.eval(scope));
        };
    }

    /** A list of arguments whose values are all computed first. */
    static Operator list(int least, int most, Function<List<ParseValue>, ParseValue> function) {
        return (name, argument) -> {
            List<Expression> parts = arguments(name, argument, least, most);
            return scope -> {
                var values = new ArrayList<ParseValue>(parts.size());
                for (Expression part : parts) {
                    values.add(part.eval(scope)); // missing stays null
                }
                return function.apply(values);
            };
        };
    }

    /** As {@link #unary}, but null and missing give null. */
    static Operator unaryOrNull(UnaryOperator<ParseValue> function) {
        return unary(value -> Expression.isNullish(value) ? ParseValue.NULL : function.apply(value));
    }

    /** As {@link #binary}, but null and missing on either side give null. */
    static Operator binaryOrNull(BinaryOperator<ParseValue> function) {
        return binary(
                (a, b) -> Expression.isNullish(a) || Expression.isNullish(b) ? ParseValue.NULL : function.apply(a, b));
    }

    static List<Expression> arguments(String name, ParseValue argument, int least, int most) {
        List<ParseValue> parts = argument instanceof Array(List<ParseValue> items) ? items : List.of(argument);
        if (parts.size() < least || parts.size() > most) {
            String wanted = least == most
                    ? "" + least
                    : most == Integer.MAX_VALUE ? "at least " + least : least + " to " + most;
            throw Budget.invalid("Expression " + name + " takes " + wanted + " arguments, got " + parts.size() + ".");
        }
        return parts.stream().map(ExpressionParser::parse).toList();
    }

    /** Named arguments: {@code {"input":..., "as":...}}. Names that are not {@code known} are refused. */
    static Named named(String name, ParseValue argument, String... known) {
        if (!(argument instanceof Obj obj)) {
            throw Budget.invalid("Expression " + name + " takes an object.");
        }
        for (String key : obj.fields().keySet()) {
            if (!List.of(known).contains(key)) {
                throw Budget.invalid("Expression " + name + " knows no argument " + key + ".");
            }
        }
        return new Named(name, obj);
    }

    record Named(String operator, Obj arguments) {
        Expression required(String name) {
            if (!arguments.has(name)) {
                throw Budget.invalid("Expression " + operator + " needs the argument " + name + ".");
            }
            return ExpressionParser.parse(arguments.get(name));
        }

        /** An expression that is always missing when the argument is not there. */
        Expression optional(String name) {
            return arguments.has(name) ? ExpressionParser.parse(arguments.get(name)) : _ -> null;
        }

        String text(String name, String standard) {
            if (!arguments.has(name)) {
                return standard;
            }
            if (arguments.text(name) == null) {
                throw Budget.invalid("Expression " + operator + " needs a text as " + name + ".");
            }
            return arguments.text(name);
        }
    }
}
