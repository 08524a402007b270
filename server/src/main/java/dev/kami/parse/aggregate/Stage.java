package dev.kami.parse.aggregate;

import dev.kami.parse.value.ParseValue.Obj;
import java.util.Set;
import java.util.random.RandomGenerator;

/** One parsed stage of a pipeline. Documents are pushed through: a run opens a chain of sinks, from the last stage back. */
interface Stage {
    /** Takes documents one at a time, and the end of them. Belongs to one run. */
    interface Sink {
        void accept(Obj document);

        void end();
    }

    /** @param scope variables of the pipeline around this one; its document does not count */
    record Environment(Scope scope, ObjectSource objects, RandomGenerator random) {
        Scope over(Obj document) {
            return scope.over(document);
        }

        Budget budget() {
            return scope.run().budget();
        }

        Environment within(Scope inner) {
            return new Environment(inner, objects, random);
        }
    }

    Sink open(Environment environment, Sink next);

    Reads reads();

    /**
     * Which fields of its input a stage needs.
     *
     * @param all everything, or it cannot be told
     * @param closes nothing of the input but {@code fields} can be seen behind this stage
     */
    record Reads(Set<String> fields, boolean all, boolean closes) {
        static final Reads NOTHING = new Reads(Set.of(), false, false);
        static final Reads ALL = new Reads(Set.of(), true, false);
    }
}
