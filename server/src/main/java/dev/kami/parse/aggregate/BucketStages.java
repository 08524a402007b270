package dev.kami.parse.aggregate;

import dev.kami.parse.aggregate.Stage.Environment;
import dev.kami.parse.aggregate.Stage.Reads;
import dev.kami.parse.aggregate.Stage.Sink;
import dev.kami.parse.query.Values;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code $bucket} with given boundaries and {@code $bucketAuto} with boundaries that spread the documents evenly. */
final class BucketStages {
    private static final Obj COUNT = Obj.of("count", Obj.of("$sum", new Num(1)));

    private BucketStages() {}

    private static List<Map.Entry<String, Accumulator>> output(Obj spec) {
        return StageParser.accumulators(spec.get("output") instanceof Obj output ? output : COUNT);
    }

    private static ParseValue groupBy(String stage, Obj spec) {
        ParseValue groupBy = spec.get("groupBy");
        if (groupBy == null) {
            throw Budget.invalid(stage + " needs groupBy");
        }
        return groupBy;
    }

    static Stage bucket(Obj spec) {
        Expression groupBy = ExpressionParser.parse(groupBy("$bucket", spec));
        if (!(spec.get("boundaries") instanceof Array(List<ParseValue> boundaries)) || boundaries.size() < 2) {
            throw Budget.invalid("The $bucket 'boundaries' field must have at least 2 values");
        }
        for (int i = 1; i < boundaries.size(); i++) {
            if (Values.compare(boundaries.get(i - 1), boundaries.get(i)) >= 0) {
                throw Budget.invalid("The 'boundaries' option to $bucket must be sorted");
            }
        }
        ParseValue standard = spec.get("default");
        Expression bucket = scope -> {
            ParseValue value = groupBy.eval(scope);
            for (int i = 1; i < boundaries.size(); i++) {
                if (value != null
                        && Values.compare(value, boundaries.get(i - 1)) >= 0
                        && Values.compare(value, boundaries.get(i)) < 0) {
                    return boundaries.get(i - 1);
                }
            }
            if (standard == null) {
                throw Budget.invalid("$bucket found a value outside of its boundaries and has no default");
            }
            return standard;
        };
        Stage group = SimpleStages.group(bucket, output(spec), StageParser.reads(spec, true));
        return SimpleStages.chain(group, SimpleStages.sort(SortOrder.parse(Obj.of("_id", new Num(1)))));
    }

    static Stage bucketAuto(Obj spec) {
        Expression groupBy = ExpressionParser.parse(groupBy("$bucketAuto", spec));
        int buckets = NumberOperators.needInt("$bucketAuto", spec.get("buckets"));
        if (buckets < 1) {
            throw Budget.invalid("The $bucketAuto 'buckets' field must be greater than 0");
        }
        return new Auto(groupBy, buckets, output(spec), StageParser.reads(spec, true));
    }

    private record Entry(ParseValue value, Obj document) {}

    private record Auto(Expression groupBy, int buckets, List<Map.Entry<String, Accumulator>> output, Reads reads)
            implements Stage {
        @Override
        public Sink open(Environment environment, Sink next) {
            var entries = new ArrayList<Entry>();
            return new Sink() {
                @Override
                public void accept(Obj document) {
                    environment.budget().hold();
                    ParseValue value = groupBy.eval(environment.over(document));
                    entries.add(new Entry(value == null ? ParseValue.NULL : value, document));
                }

                @Override
                public void end() {
                    entries.sort(Comparator.comparing(Entry::value, Values::compare));
                    int size = Math.max(1, (int) Math.round((double) entries.size() / buckets));
                    int from = 0;
                    for (int bucket = 0; from < entries.size(); bucket++) {
                        int to = bucket == buckets - 1 ? entries.size() : Math.min(from + size, entries.size());
                        // Equal values stay together.
                        while (to < entries.size()
                                && Values.compare(entries.get(to - 1).value, entries.get(to).value) == 0) {
                            to++;
                        }
                        next.accept(bucket(from, to));
                        from = to;
                    }
                    next.end();
                }

                private Obj bucket(int from, int to) {
                    ParseValue max = to < entries.size() ? entries.get(to).value : entries.get(to - 1).value;
                    var fields = new LinkedHashMap<String, ParseValue>();
                    fields.put("_id", Obj.of("min", entries.get(from).value, "max", max));
                    for (var field : output) {
                        Accumulator.State state = field.getValue().start();
                        for (Entry entry : entries.subList(from, to)) {
                            state.add(
                                    field.getValue().input().eval(environment.over(entry.document)),
                                    environment.budget());
                        }
                        fields.put(field.getKey(), state.result());
                    }
                    return new Obj(fields);
                }
            };
        }
    }
}
