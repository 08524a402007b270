package dev.kami.parse.aggregate;

import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Values;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code $lookup}: the documents of another class that belong to each document. The other class is read once, when the
 * first document comes, and kept by the foreign field.
 *
 * @param localField path, {@code null} together with {@code foreignField} when only the pipeline selects
 * @param byPointer a pointer is looked up by objectId, so of {@code Class$id} the id counts
 * @param variables of {@code let}, computed from each document
 */
record LookupStage(
        String from,
        String localField,
        String foreignField,
        boolean byPointer,
        Map<String, Expression> variables,
        Pipeline pipeline,
        String[] as)
        implements Stage {

    @Override
    public Reads reads() {
        // The variables could be anything; documents that are looked up for are few and wanted whole.
        return Reads.ALL;
    }

    @Override
    public Sink open(Environment environment, Sink next) {
        return new Sink() {
            private List<Obj> foreign;
            private Map<ParseValue, List<Obj>> byField;

            @Override
            public void accept(Obj document) {
                if (foreign == null) {
                    read();
                }
                Scope scope = environment.over(document);
                for (var variable : variables.entrySet()) {
                    scope = scope.with(variable.getKey(), variable.getValue().eval(environment.over(document)));
                }
                var found = new ArrayList<ParseValue>();
                Sink inner = pipeline.open(environment.within(scope), result -> {
                    environment.budget().step();
                    found.add(result);
                });
                candidates(document).forEach(inner::accept);
                inner.end();
                Budget.checkList(found.size());
                next.accept(Documents.with(document, as, 0, new Array(found)));
            }

            private void read() {
                foreign = new ArrayList<>();
                byField = new HashMap<>();
                environment.objects().find(from, Constraint.ALWAYS, object -> {
                    environment.budget().hold();
                    Obj other = Documents.of(object);
                    foreign.add(other);
                    if (foreignField != null) {
                        for (ParseValue value : keys(other, foreignField)) {
                            byField.computeIfAbsent(value, _ -> new ArrayList<>())
                                    .add(other);
                        }
                    }
                });
            }

            private Iterable<Obj> candidates(Obj document) {
                if (localField == null) {
                    return foreign;
                }
                Set<Obj> matched = java.util.Collections.newSetFromMap(new java.util.IdentityHashMap<>());
                var inOrder = new ArrayList<Obj>();
                for (ParseValue value : keys(document, localField)) {
                    ParseValue key = byPointer && value instanceof Str(String text)
                            ? new Str(text.substring(text.indexOf('$') + 1))
                            : value;
                    for (Obj other : byField.getOrDefault(key, List.of())) {
                        if (matched.add(other)) {
                            inOrder.add(other);
                        }
                    }
                }
                return inOrder;
            }

            @Override
            public void end() {
                next.end();
            }
        };
    }

    /** The values that a path has for a comparison; missing counts as null. */
    static Set<ParseValue> keys(Obj document, String path) {
        int dot = path.indexOf('.');
        ParseValue root = Documents.field(document, dot < 0 ? path : path.substring(0, dot));
        var keys = new LinkedHashSet<ParseValue>();
        Values.anyAt(root, dot < 0 ? "" : path.substring(dot + 1), value -> {
            if (!(value instanceof Array)) {
                keys.add(value == null ? ParseValue.NULL : value);
            }
            return false;
        });
        return keys;
    }
}
