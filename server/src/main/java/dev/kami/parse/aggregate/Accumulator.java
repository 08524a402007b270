package dev.kami.parse.aggregate;

import static dev.kami.parse.aggregate.Expression.isNullish;

import dev.kami.parse.query.Values;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** {@code {"$sum":"$score"}}: one value out of those of a group. */
record Accumulator(String name, Expression input) {
    static final Set<String> NAMES_IN_EXPRESSIONS = Set.of("$sum", "$avg", "$min", "$max", "$stdDevPop", "$stdDevSamp");

    static Accumulator parse(String field, ParseValue spec) {
        if (!(spec instanceof Obj(var fields))
                || fields.size() != 1
                || !fields.firstEntry().getKey().startsWith("$")) {
            throw Budget.invalid("The field '" + field + "' must be an accumulator object");
        }
        String name = fields.firstEntry().getKey();
        start(name); // refuses unknown names
        ParseValue argument = fields.firstEntry().getValue();
        return new Accumulator(name, name.equals("$count") ? _ -> new Num(1) : ExpressionParser.parse(argument));
    }

    State start() {
        return start(name);
    }

    /** The state of one group. Not for several threads. */
    interface State {
        /** @param value {@code null} when missing */
        void add(ParseValue value, Budget budget);

        ParseValue result();
    }

    static State start(String name) {
        return switch (name) {
            case "$sum", "$count" -> new Sum();
            case "$avg" -> new Average();
            case "$min" -> new Extreme(-1);
            case "$max" -> new Extreme(1);
            case "$first" -> new End(true);
            case "$last" -> new End(false);
            case "$push" -> new Collected(new ArrayList<>());
            case "$addToSet" -> new Collected(new LinkedHashSet<>());
            case "$stdDevPop" -> new Deviation(0);
            case "$stdDevSamp" -> new Deviation(1);
            case "$mergeObjects" -> new Merged();
            default -> throw Budget.invalid("unknown group operator '" + name + "'");
        };
    }

    /** With Neumaier's correction, so that 0.1 added ten times is 1. What is not a number counts nothing. */
    private static final class Sum implements State {
        private double sum;
        private double lost;

        @Override
        public void add(ParseValue value, Budget budget) {
            if (value instanceof Num(double number)) {
                double next = sum + number;
                lost += Math.abs(sum) >= Math.abs(number) ? (sum - next) + number : (number - next) + sum;
                sum = next;
            }
        }

        double total() {
            return sum + lost;
        }

        @Override
        public ParseValue result() {
            return NumberOperators.number(total());
        }
    }

    private static final class Average implements State {
        private final Sum sum = new Sum();
        private long count;

        @Override
        public void add(ParseValue value, Budget budget) {
            if (value instanceof Num) {
                sum.add(value, budget);
                count++;
            }
        }

        @Override
        public ParseValue result() {
            return count == 0 ? ParseValue.NULL : NumberOperators.number(sum.total() / count);
        }
    }

    private static final class Extreme implements State {
        private final int sign;
        private ParseValue best;

        Extreme(int sign) {
            this.sign = sign;
        }

        @Override
        public void add(ParseValue value, Budget budget) {
            if (!isNullish(value) && (best == null || Values.compare(value, best) * sign > 0)) {
                best = value;
            }
        }

        @Override
        public ParseValue result() {
            return best == null ? ParseValue.NULL : best;
        }
    }

    private static final class End implements State {
        private final boolean first;
        private boolean any;
        private ParseValue end;

        End(boolean first) {
            this.first = first;
        }

        @Override
        public void add(ParseValue value, Budget budget) {
            if (!any || !first) {
                end = value;
            }
            any = true;
        }

        @Override
        public ParseValue result() {
            return end == null ? ParseValue.NULL : end;
        }
    }

    private static final class Collected implements State {
        private final Collection<ParseValue> values;

        Collected(Collection<ParseValue> values) {
            this.values = values;
        }

        @Override
        public void add(ParseValue value, Budget budget) {
            if (value != null && values.add(value)) {
                budget.hold();
            }
        }

        @Override
        public ParseValue result() {
            return new Array(List.copyOf(values));
        }
    }

    /** Welford's method. */
    private static final class Deviation implements State {
        private final int fewer;
        private long count;
        private double mean;
        private double squares;

        /** @param fewer 1 for a sample, 0 for the whole population */
        Deviation(int fewer) {
            this.fewer = fewer;
        }

        @Override
        public void add(ParseValue value, Budget budget) {
            if (value instanceof Num(double number)) {
                count++;
                double delta = number - mean;
                mean += delta / count;
                squares += delta * (number - mean);
            }
        }

        @Override
        public ParseValue result() {
            return count - fewer < 1 ? ParseValue.NULL : NumberOperators.number(Math.sqrt(squares / (count - fewer)));
        }
    }

    private static final class Merged implements State {
        private final LinkedHashMap<String, ParseValue> fields = new LinkedHashMap<>();

        @Override
        public void add(ParseValue value, Budget budget) {
            if (value instanceof Obj(var more)) {
                fields.putAll(more);
            }
        }

        @Override
        public ParseValue result() {
            return new Obj(fields);
        }
    }
}
