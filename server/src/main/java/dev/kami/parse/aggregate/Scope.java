package dev.kami.parse.aggregate;

import dev.kami.parse.value.ParseValue;
import java.time.Instant;

/**
 * What an expression can see: the document, its part under work ({@code $$CURRENT}), and variables. Immutable, a chain.
 *
 * @param name of the variable this link adds, {@code null} for the first
 */
record Scope(ParseValue root, ParseValue current, String name, ParseValue value, Scope outer, Run run) {
    /** What belongs to the whole run of a pipeline. */
    record Run(Instant now, Budget budget) {}

    static Scope of(ParseValue document, Run run) {
        return new Scope(document, document, null, null, null, run);
    }

    /** The same variables over another document, for the pipeline inside a {@code $lookup}. */
    Scope over(ParseValue document) {
        return new Scope(document, document, name, value, outer, run);
    }

    Scope at(ParseValue part) {
        return new Scope(root, part, name, value, outer, run);
    }

    Scope with(String variable, ParseValue bound) {
        return new Scope(root, current, variable, bound, this, run);
    }

    /** The innermost variable of that name; {@code null} when it is missing or has no value. */
    ParseValue variable(String wanted) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            if (wanted.equals(scope.name)) {
                return scope.value;
            }
        }
        return null;
    }
}
