package dev.kami.parse.aggregate;

import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Bool;
import dev.kami.parse.value.ParseValue.Null;
import dev.kami.parse.value.ParseValue.Num;

/** A parsed aggregation expression. Holds no state, so threads may share it. */
@FunctionalInterface
interface Expression {
    /** The value, or {@code null} for "missing". */
    ParseValue eval(Scope scope);

    static boolean isNullish(ParseValue value) {
        return value == null || value instanceof Null;
    }

    /** Everything but false, zero, null and missing. */
    static boolean isTrue(ParseValue value) {
        return switch (value) {
            case null -> false;
            case Null() -> false;
            case Bool(boolean b) -> b;
            case Num(double number) -> number != 0;
            default -> true;
        };
    }
}
