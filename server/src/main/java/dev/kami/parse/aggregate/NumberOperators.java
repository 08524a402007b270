package dev.kami.parse.aggregate;

import static dev.kami.parse.aggregate.Expression.isNullish;

import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.Num;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Arithmetic. Null and missing operands give null; dates can be added to and subtracted from, in milliseconds. */
final class NumberOperators {
    private static final int MANY = Integer.MAX_VALUE;

    private NumberOperators() {}

    static void addTo(Map<String, Operator> all) {
        all.put("$add", Operator.list(0, MANY, NumberOperators::add));
        all.put("$subtract", Operator.binaryOrNull(NumberOperators::subtract));
        all.put("$multiply", Operator.list(0, MANY, NumberOperators::multiply));
        all.put("$divide", two("$divide", (a, b) -> {
            if (b == 0) {
                throw Budget.invalid("can't $divide by zero");
            }
            return a / b;
        }));
        all.put("$mod", two("$mod", (a, b) -> {
            if (b == 0) {
                throw Budget.invalid("can't $mod by zero");
            }
            return a % b;
        }));
        all.put("$pow", two("$pow", Math::pow));
        all.put("$log", two("$log", (x, base) -> Math.log(x) / Math.log(base)));
        all.put("$atan2", two("$atan2", Math::atan2));
        all.put("$round", Operator.list(1, 2, values -> rounded("$round", values, RoundingMode.HALF_EVEN)));
        all.put("$trunc", Operator.list(1, 2, values -> rounded("$trunc", values, RoundingMode.DOWN)));
        one(all, "$abs", Math::abs);
        one(all, "$ceil", Math::ceil);
        one(all, "$floor", Math::floor);
        one(all, "$exp", Math::exp);
        one(all, "$ln", Math::log);
        one(all, "$log10", Math::log10);
        one(all, "$sin", Math::sin);
        one(all, "$cos", Math::cos);
        one(all, "$tan", Math::tan);
        one(all, "$asin", Math::asin);
        one(all, "$acos", Math::acos);
        one(all, "$atan", Math::atan);
        one(all, "$sinh", Math::sinh);
        one(all, "$cosh", Math::cosh);
        one(all, "$tanh", Math::tanh);
        one(all, "$degreesToRadians", Math::toRadians);
        one(all, "$radiansToDegrees", Math::toDegrees);
        one(all, "$sqrt", x -> {
            if (x < 0) {
                throw Budget.invalid("$sqrt's argument must be greater than or equal to 0");
            }
            return Math.sqrt(x);
        });
        all.put("$rand", (_, _) -> _ -> number(ThreadLocalRandom.current().nextDouble()));
    }

    private static void one(Map<String, Operator> all, String name, DoubleUnaryOperator function) {
        all.put(name, Operator.unaryOrNull(value -> number(function.applyAsDouble(need(name, value)))));
    }

    private static Operator two(String name, DoubleBinaryOperator function) {
        return Operator.binaryOrNull((a, b) -> number(function.applyAsDouble(need(name, a), need(name, b))));
    }

    /** JSON has neither NaN nor infinity; they become null. */
    static ParseValue number(double value) {
        return Double.isNaN(value) || Double.isInfinite(value) ? ParseValue.NULL : new Num(value);
    }

    static double need(String operator, ParseValue value) {
        if (value instanceof Num(double number)) {
            return number;
        }
        throw Budget.invalid(operator + " only supports numeric types, not " + TypeOperators.typeName(value));
    }

    /** A whole number within the range of an int. */
    static int needInt(String operator, ParseValue value) {
        double number = need(operator, value);
        if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
            throw Budget.invalid(operator + " needs a whole number, not " + value.toJson());
        }
        return (int) number;
    }

    private static ParseValue add(List<ParseValue> values) {
        double sum = 0;
        boolean date = false;
        for (ParseValue value : values) {
            if (isNullish(value)) {
                return ParseValue.NULL;
            }
            if (value instanceof Date(long millis)) {
                if (date) {
                    throw Budget.invalid("only one date allowed in an $add expression");
                }
                date = true;
                sum += millis;
            } else {
                sum += need("$add", value);
            }
        }
        return date ? new Date((long) sum) : number(sum);
    }

    private static ParseValue subtract(ParseValue a, ParseValue b) {
        if (a instanceof Date(long from)) {
            return b instanceof Date(long to)
                    ? new Num((double) (from - to))
                    : new Date(from - (long) need("$subtract", b));
        }
        return number(need("$subtract", a) - need("$subtract", b));
    }

    private static ParseValue multiply(List<ParseValue> values) {
        double product = 1;
        for (ParseValue value : values) {
            if (isNullish(value)) {
                return ParseValue.NULL;
            }
            product *= need("$multiply", value);
        }
        return number(product);
    }

    private static ParseValue rounded(String operator, List<ParseValue> values, RoundingMode mode) {
        if (values.stream().anyMatch(Expression::isNullish)) {
            return ParseValue.NULL;
        }
        int places = values.size() > 1 ? needInt(operator, values.get(1)) : 0;
        if (places < -20 || places > 100) {
            throw Budget.invalid(operator + " needs a place between -20 and 100");
        }
        BigDecimal exact = BigDecimal.valueOf(need(operator, values.getFirst()));
        return number(exact.setScale(places, mode).doubleValue());
    }
}
