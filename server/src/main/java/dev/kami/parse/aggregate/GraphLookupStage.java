package dev.kami.parse.aggregate;

import dev.kami.parse.query.Constraint;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** {@code $graphLookup}: what can be reached from a value over and over again, breadth first, each document once. */
record GraphLookupStage(
        String from,
        Expression startWith,
        String connectFromField,
        String connectToField,
        String[] as,
        int maxDepth,
        String depthField,
        Match.Condition restriction)
        implements Stage {

    @Override
    public Reads reads() {
        return Reads.ALL;
    }

    private record Step(ParseValue value, int depth) {}

    @Override
    public Sink open(Environment environment, Sink next) {
        return new Sink() {
            private Map<ParseValue, List<Obj>> byField;

            @Override
            public void accept(Obj document) {
                if (byField == null) {
                    read();
                }
                var found = new ArrayList<ParseValue>();
                var seen = Collections.newSetFromMap(new IdentityHashMap<Obj, Boolean>());
                var asked = new HashSet<ParseValue>();
                var steps = new ArrayDeque<Step>();
                ParseValue start = startWith.eval(environment.over(document));
                for (ParseValue value : start instanceof Array(List<ParseValue> items)
                        ? items
                        : List.of(start == null ? ParseValue.NULL : start)) {
                    steps.add(new Step(value, 0));
                }
                while (!steps.isEmpty()) {
                    Step step = steps.poll();
                    if (!asked.add(step.value)) {
                        continue;
                    }
                    for (Obj other : byField.getOrDefault(step.value, List.of())) {
                        environment.budget().step();
                        if (seen.add(other)) {
                            found.add(depthField == null ? other : other.with(depthField, new Num(step.depth)));
                            if (step.depth < maxDepth) {
                                LookupStage.keys(other, connectFromField)
                                        .forEach(value -> steps.add(new Step(value, step.depth + 1)));
                            }
                        }
                    }
                }
                next.accept(Documents.with(document, as, 0, new Array(found)));
            }

            private void read() {
                byField = new HashMap<>();
                environment.objects().find(from, Constraint.ALWAYS, object -> {
                    Obj other = Documents.of(object);
                    if (restriction.test(other, environment.scope())) {
                        environment.budget().hold();
                        for (ParseValue value : LookupStage.keys(other, connectToField)) {
                            byField.computeIfAbsent(value, _ -> new ArrayList<>())
                                    .add(other);
                        }
                    }
                });
            }

            @Override
            public void end() {
                next.end();
            }
        };
    }
}
