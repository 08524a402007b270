package dev.kami.parse.aggregate;

import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.SortKey;
import java.util.List;
import java.util.Set;

/**
 * A pipeline cut in two: what a store finds ({@code where} to {@code fields}), and the stages that remain.
 *
 * @param limit -1 for none
 * @param fields of the objects that are needed, {@code null} for all
 */
public record Plan(Constraint where, List<SortKey> sort, int skip, int limit, Set<String> fields, Remainder rest) {

    /** The stages that run in memory; only {@link Aggregator} looks inside. */
    public static final class Remainder {
        private final Pipeline pipeline;
        private final FieldKinds kinds;

        Remainder(Pipeline pipeline, FieldKinds kinds) {
            this.pipeline = pipeline;
            this.kinds = kinds;
        }

        FieldKinds kinds() {
            return kinds;
        }

        Pipeline pipeline() {
            return pipeline;
        }
    }
}
