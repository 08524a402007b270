package dev.kami.parse.aggregate;

import dev.kami.parse.aggregate.Stage.Environment;
import dev.kami.parse.aggregate.Stage.Sink;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.QueryParser;
import dev.kami.parse.query.SortKey;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Runs pipelines in memory. A request is first {@link #plan planned}: leading matches, sort, skip and limit that a store
 * can answer are taken off the pipeline. What the store finds is then pushed through the rest.
 */
public final class Aggregator {
    /** Documents and collected values one run keeps at the same time: some hundred megabytes of small objects. */
    public static final int MAX_HELD = 500_000;

    private final QueryParser parser;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final int maxHeld;

    /**
     * @param random for {@code $sample}
     * @param maxHeld see {@link #MAX_HELD}
     */
    public Aggregator(QueryParser parser, InstantSource clock, RandomGenerator random, int maxHeld) {
        this.parser = parser;
        this.clock = clock;
        this.random = random;
        this.maxHeld = maxHeld;
    }

    /**
     * @param kinds of the class that is asked
     * @param objects for the classes that stages look up
     * @throws dev.kami.parse.error.ParseException 102 or 107 for whatever is wrong in the pipeline
     */
    public Plan plan(AggregateRequest request, FieldKinds kinds, ObjectSource objects) {
        var match = new Match(parser, kinds);
        var where = new ArrayList<Constraint>();
        where.add(parser.where(request.where(), true));
        var left = new ArrayList<Obj>();
        List<Obj> stages = request.stages();
        int at = 0;
        while (at < stages.size() && stages.get(at).get("$match") instanceof Obj spec) {
            Match.Split split = match.split(spec);
            where.addAll(split.stored());
            if (!split.left().isEmpty()) {
                left.add(Obj.of("$match", split.left()));
            }
            at++;
        }
        List<SortKey> sort = List.of();
        int skip = 0;
        int limit = -1;
        if (left.isEmpty()) {
            List<SortKey> keys = at < stages.size() ? storedSort(stages.get(at).get("$sort"), kinds) : null;
            if (keys != null) {
                sort = keys;
                at++;
            }
            if (at < stages.size() && wholeNumber(stages.get(at).get("$skip")) > 0) {
                skip = wholeNumber(stages.get(at).get("$skip"));
                at++;
            }
            if (at < stages.size() && wholeNumber(stages.get(at).get("$limit")) > 0) {
                limit = wholeNumber(stages.get(at).get("$limit"));
                at++;
            }
        }
        left.addAll(stages.subList(at, stages.size()));
        Pipeline pipeline = new StageParser(parser, kinds, objects).pipeline(left);
        return new Plan(
                Constraint.and(where),
                sort,
                skip,
                limit,
                parseNames(pipeline.fields(), kinds),
                new Plan.Remainder(pipeline, kinds));
    }

    private static Set<String> parseNames(Set<String> fields, FieldKinds kinds) {
        if (fields == null) {
            return null;
        }
        var names = new LinkedHashSet<String>();
        for (String field : fields) {
            String name = FieldKinds.parseName(field);
            if (kinds.types().containsKey(name)) {
                names.add(name);
            }
        }
        return names;
    }

    private static List<SortKey> storedSort(ParseValue spec, FieldKinds kinds) {
        if (!(spec instanceof Obj order) || order.isEmpty()) {
            return null;
        }
        var keys = new ArrayList<SortKey>();
        for (SortKey key : SortOrder.parse(order).keys()) {
            int dot = key.path().indexOf('.');
            String root = dot < 0 ? key.path() : key.path().substring(0, dot);
            if (!kinds.isSearchable(root)) {
                return null;
            }
            keys.add(new SortKey(
                    FieldKinds.parseName(root) + (dot < 0 ? "" : key.path().substring(dot)), key.descending()));
        }
        return keys;
    }

    private static int wholeNumber(ParseValue value) {
        return value instanceof Num(double number) && number == Math.rint(number) && number < Integer.MAX_VALUE
                ? (int) number
                : -1;
    }

    /**
     * @param input hands every object that fits the first part of the plan to its argument, in order
     * @return the results as a client gets them, files without their address
     */
    public List<ParseValue> run(
            AggregateRequest request, Plan plan, Consumer<Consumer<ParseObject>> input, ObjectSource objects) {
        var budget = new Budget(maxHeld, Budget.MAX_STEPS);
        var scope = Scope.of(Obj.EMPTY, new Scope.Run(clock.instant(), budget));
        Pipeline pipeline = plan.rest().pipeline();
        var results = new ArrayList<ParseValue>();
        Sink sink = pipeline.open(new Environment(scope, objects, random), document -> {
            budget.hold();
            results.add(result(request, document, plan.rest()));
        });
        input.accept(object -> sink.accept(Documents.of(object)));
        sink.end();
        return results;
    }

    private static ParseValue result(AggregateRequest request, Obj document, Plan.Remainder rest) {
        boolean pointerIds = rest.pipeline().pointerIds();
        if (request.rawValues()) {
            return Documents.toExtendedJson(
                    request.rawFieldNames() ? document : Documents.withObjectId(document, pointerIds));
        }
        return request.rawFieldNames() ? document : Documents.toResult(document, rest.kinds(), pointerIds);
    }
}
