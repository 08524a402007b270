package dev.kami.parse.aggregate;

import dev.kami.parse.aggregate.Stage.Environment;
import dev.kami.parse.aggregate.Stage.Reads;
import dev.kami.parse.aggregate.Stage.Sink;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.SortKey;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** The stages that need no class of their own. */
final class SimpleStages {
    private SimpleStages() {}

    /** A stage made of how it reads and how it opens. */
    private record Made(Reads reads, BiFunction<Environment, Sink, Sink> opening) implements Stage {
        @Override
        public Sink open(Environment environment, Sink next) {
            return opening.apply(environment, next);
        }
    }

    interface Change {
        Obj apply(Obj document, Environment environment);
    }

    /** One document in, one out. */
    static Stage each(Reads reads, Change change) {
        return new Made(reads, (environment, next) -> new Passing(next) {
            @Override
            public void accept(Obj document) {
                next.accept(change.apply(document, environment));
            }
        });
    }

    /** A sink that keeps nothing, so its end is the end of the next one. */
    private abstract static class Passing implements Sink {
        private final Sink next;

        Passing(Sink next) {
            this.next = next;
        }

        @Override
        public void end() {
            next.end();
        }
    }

    static Stage match(Match.Condition condition, Reads reads) {
        return new Made(reads, (environment, next) -> new Passing(next) {
            @Override
            public void accept(Obj document) {
                if (condition.test(document, environment.scope())) {
                    next.accept(document);
                }
            }
        });
    }

    static Stage limit(int most) {
        return new Made(Reads.NOTHING, (_, next) -> new Passing(next) {
            private int seen;

            @Override
            public void accept(Obj document) {
                if (seen < most) {
                    seen++;
                    next.accept(document);
                }
            }
        });
    }

    static Stage skip(int first) {
        return new Made(Reads.NOTHING, (_, next) -> new Passing(next) {
            private int seen;

            @Override
            public void accept(Obj document) {
                if (seen < first) {
                    seen++;
                } else {
                    next.accept(document);
                }
            }
        });
    }

    static Stage sort(SortOrder order) {
        var fields = new LinkedHashSet<String>();
        for (SortKey key : order.keys()) {
            int dot = key.path().indexOf('.');
            fields.add(dot < 0 ? key.path() : key.path().substring(0, dot));
        }
        return new Made(new Reads(fields, false, false), (environment, next) -> new Sink() {
            private final List<Obj> kept = new ArrayList<>();

            @Override
            public void accept(Obj document) {
                environment.budget().hold();
                kept.add(document);
            }

            @Override
            public void end() {
                kept.sort(order.documents());
                kept.forEach(next::accept);
                next.end();
            }
        });
    }

    static Stage chain(Stage first, Stage second) {
        return new Made(first.reads(), (environment, next) -> first.open(environment, second.open(environment, next)));
    }

    /** Groups come out in the order in which their first document came in. */
    static Stage group(Expression id, List<Map.Entry<String, Accumulator>> accumulators, Reads reads) {
        return new Made(reads, (environment, next) -> new Sink() {
            private final Map<ParseValue, Accumulator.State[]> groups = new LinkedHashMap<>();

            @Override
            public void accept(Obj document) {
                Scope scope = environment.over(document);
                ParseValue value = id.eval(scope);
                ParseValue key = value == null ? ParseValue.NULL : value;
                Accumulator.State[] states = groups.get(key);
                if (states == null) {
                    environment.budget().hold();
                    states = new Accumulator.State[accumulators.size()];
                    for (int i = 0; i < states.length; i++) {
                        states[i] = accumulators.get(i).getValue().start();
                    }
                    groups.put(key, states);
                }
                for (int i = 0; i < states.length; i++) {
                    states[i].add(accumulators.get(i).getValue().input().eval(scope), environment.budget());
                }
            }

            @Override
            public void end() {
                groups.forEach((key, states) -> {
                    var fields = new LinkedHashMap<String, ParseValue>();
                    fields.put("_id", key);
                    for (int i = 0; i < states.length; i++) {
                        fields.put(accumulators.get(i).getKey(), states[i].result());
                    }
                    next.accept(new Obj(fields));
                });
                next.end();
            }
        });
    }

    static Stage count(String name) {
        return new Made(new Reads(Set.of(), false, true), (_, next) -> new Sink() {
            private long count;

            @Override
            public void accept(Obj document) {
                count++;
            }

            @Override
            public void end() {
                if (count > 0) {
                    next.accept(Obj.of(name, new Num(count)));
                }
                next.end();
            }
        });
    }

    /** @param index path that gets the position in the array, or {@code null} */
    static Stage unwind(String[] path, String[] index, boolean keepEmpty) {
        return new Made(new Reads(Set.of(path[0]), false, false), (environment, next) -> new Passing(next) {
            @Override
            public void accept(Obj document) {
                ParseValue value = at(document, path);
                if (value instanceof Array(List<ParseValue> items)) {
                    if (items.isEmpty() && keepEmpty) {
                        emit(Documents.with(document, path, 0, null), ParseValue.NULL);
                    }
                    for (int i = 0; i < items.size(); i++) {
                        environment.budget().step();
                        emit(Documents.with(document, path, 0, items.get(i)), new Num(i));
                    }
                } else if (!Expression.isNullish(value) || keepEmpty) {
                    emit(document, ParseValue.NULL);
                }
            }

            private void emit(Obj document, ParseValue position) {
                next.accept(index == null ? document : Documents.with(document, index, 0, position));
            }
        });
    }

    /** The value at a path through objects only. */
    private static ParseValue at(Obj document, String[] path) {
        ParseValue value = document;
        for (int i = 0; i < path.length; i++) {
            value = value instanceof Obj obj ? i == 0 ? Documents.field(obj, path[0]) : obj.get(path[i]) : null;
        }
        return value;
    }

    /** Algorithm R: every document has the same chance. */
    static Stage sample(int size) {
        return new Made(Reads.NOTHING, (environment, next) -> new Sink() {
            private final List<Obj> chosen = new ArrayList<>();
            private long seen;

            @Override
            public void accept(Obj document) {
                seen++;
                if (chosen.size() < size) {
                    environment.budget().hold();
                    chosen.add(document);
                } else {
                    long place = environment.random().nextLong(seen);
                    if (place < size) {
                        chosen.set((int) place, document);
                    }
                }
            }

            @Override
            public void end() {
                for (int i = chosen.size() - 1; i > 0; i--) {
                    java.util.Collections.swap(chosen, i, environment.random().nextInt(i + 1));
                }
                chosen.forEach(next::accept);
                next.end();
            }
        });
    }

    static Stage facet(List<Map.Entry<String, Pipeline>> facets) {
        var fields = new LinkedHashSet<String>();
        boolean all = false;
        for (var facet : facets) {
            Set<String> some = facet.getValue().fields();
            if (some == null) {
                all = true;
            } else {
                fields.addAll(some);
            }
        }
        return new Made(new Reads(fields, all, true), (environment, next) -> {
            var results = new LinkedHashMap<String, List<ParseValue>>();
            var sinks = new ArrayList<Sink>();
            facets.forEach(facet -> {
                var found = new ArrayList<ParseValue>();
                results.put(facet.getKey(), found);
                sinks.add(facet.getValue().open(environment, document -> {
                    environment.budget().hold();
                    found.add(document);
                }));
            });
            return new Sink() {
                @Override
                public void accept(Obj document) {
                    sinks.forEach(sink -> sink.accept(document));
                }

                @Override
                public void end() {
                    sinks.forEach(Sink::end);
                    var result = new LinkedHashMap<String, ParseValue>();
                    results.forEach((name, found) -> result.put(name, new Array(found)));
                    next.accept(new Obj(result));
                    next.end();
                }
            };
        });
    }

    static Stage unionWith(String className, Pipeline pipeline) {
        return new Made(Reads.NOTHING, (environment, next) -> new Sink() {
            @Override
            public void accept(Obj document) {
                next.accept(document);
            }

            @Override
            public void end() {
                Sink other = pipeline.open(environment, next::accept);
                environment.objects().find(className, Constraint.ALWAYS, object -> other.accept(Documents.of(object)));
                other.end();
                next.end();
            }
        });
    }

    static Stage redact(Expression expression, Reads reads) {
        return new Made(reads, (environment, next) -> new Passing(next) {
            @Override
            public void accept(Obj document) {
                Obj kept = redacted(document, environment.over(document));
                if (kept != null) {
                    next.accept(kept);
                }
            }

            private Obj redacted(Obj part, Scope scope) {
                ParseValue decision = expression.eval(scope.at(part));
                return switch (decision instanceof Str(String text) ? text : "") {
                    case "$$KEEP" -> part;
                    case "$$PRUNE" -> null;
                    case "$$DESCEND" -> {
                        var fields = new LinkedHashMap<String, ParseValue>();
                        part.fields().forEach((name, value) -> {
                            ParseValue inner = below(value, scope);
                            if (inner != null) {
                                fields.put(name, inner);
                            }
                        });
                        yield new Obj(fields);
                    }
                    default -> throw Budget.invalid("$redact must be $$KEEP, $$PRUNE or $$DESCEND");
                };
            }

            private ParseValue below(ParseValue value, Scope scope) {
                return switch (value) {
                    case Obj obj -> redacted(obj, scope);
                    case Array(List<ParseValue> items) -> {
                        var kept = new ArrayList<ParseValue>();
                        for (ParseValue item : items) {
                            ParseValue inner = below(item, scope);
                            if (inner != null) {
                                kept.add(inner);
                            }
                        }
                        yield new Array(kept);
                    }
                    default -> value;
                };
            }
        });
    }
}
