package dev.kami.parse.aggregate;

import dev.kami.parse.aggregate.Stage.Environment;
import dev.kami.parse.aggregate.Stage.Reads;
import dev.kami.parse.aggregate.Stage.Sink;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Parsed stages in order. Immutable, may run many times.
 *
 * @param pointerIds the last {@code $group} groups by a pointer field, so {@code _id} is {@code Class$id}
 */
record Pipeline(List<Stage> stages, boolean pointerIds) {
    Pipeline {
        stages = List.copyOf(stages);
    }

    Sink open(Environment environment, Sink last) {
        Sink sink = last;
        for (Stage stage : stages.reversed()) {
            sink = stage.open(environment, sink);
        }
        return sink;
    }

    Sink open(Environment environment, Consumer<Obj> last) {
        return open(environment, new Sink() {
            @Override
            public void accept(Obj document) {
                last.accept(document);
            }

            @Override
            public void end() {
                // The caller goes on when its own call of end() returns.
            }
        });
    }

    /** Names of the input fields that matter, or {@code null} for all. */
    Set<String> fields() {
        var fields = new LinkedHashSet<String>();
        for (Stage stage : stages) {
            Reads reads = stage.reads();
            if (reads.all()) {
                return null;
            }
            fields.addAll(reads.fields());
            if (reads.closes()) {
                return fields;
            }
        }
        return null;
    }
}
