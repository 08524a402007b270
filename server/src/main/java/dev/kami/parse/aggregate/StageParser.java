package dev.kami.parse.aggregate;

import dev.kami.parse.aggregate.Stage.Reads;
import dev.kami.parse.query.QueryParser;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Stage specifications to {@link Stage}s. Names come with {@code $}; {@link AggregateRequest} has seen to that. */
final class StageParser {
    private static final Set<String> NOT_HERE = Set.of(
            "$out",
            "$merge",
            "$collStats",
            "$currentOp",
            "$indexStats",
            "$listLocalSessions",
            "$listSessions",
            "$planCacheStats",
            "$changeStream",
            "$densify",
            "$fill",
            "$setWindowFields",
            "$search",
            "$searchMeta",
            "$documents");

    private final QueryParser where;
    private final FieldKinds kinds;
    private final ObjectSource objects;
    private boolean pointerIds;

    StageParser(QueryParser where, FieldKinds kinds, ObjectSource objects) {
        this.where = where;
        this.kinds = kinds;
        this.objects = objects;
    }

    Pipeline pipeline(List<Obj> specs) {
        var stages = new ArrayList<Stage>(specs.size());
        for (Obj spec : specs) {
            if (spec.fields().size() != 1) {
                throw Budget.invalid("Pipeline stages should only have one key but found "
                        + String.join(", ", spec.fields().keySet()) + ".");
            }
            stages.add(stage(
                    spec.fields().firstEntry().getKey(),
                    spec.fields().firstEntry().getValue()));
        }
        return new Pipeline(stages, pointerIds);
    }

    private Pipeline inner(String stage, ParseValue value, FieldKinds innerKinds) {
        if (!(value instanceof Array(List<ParseValue> items))) {
            throw Budget.invalid(stage + " needs a list of stages");
        }
        var specs = new ArrayList<Obj>();
        for (ParseValue item : items) {
            if (!(item instanceof Obj spec)) {
                throw Budget.invalid("Each element of the 'pipeline' array must be an object");
            }
            specs.add(spec);
        }
        return new StageParser(where, innerKinds, objects).pipeline(specs);
    }

    private Stage stage(String name, ParseValue value) {
        return switch (name) {
            case "$match" -> match(object(name, value));
            case "$project" -> project(new Projection(object(name, value)), value);
            case "$addFields", "$set" -> addFields(name, object(name, value));
            case "$unset" -> unset(value);
            case "$group" -> group(object(name, value));
            case "$sort" -> SimpleStages.sort(SortOrder.parse(object(name, value)));
            case "$limit" -> SimpleStages.limit(count(name, value, 1));
            case "$skip" -> SimpleStages.skip(count(name, value, 0));
            case "$unwind" -> unwind(value);
            case "$count" -> count(value);
            case "$sortByCount" -> sortByCount(value);
            case "$sample" ->
                SimpleStages.sample(count(name, object(name, value).get("size"), 1));
            case "$replaceRoot" -> replaceRoot(object(name, value).get("newRoot"));
            case "$replaceWith" -> replaceRoot(value);
            case "$redact" -> {
                Expression expression = ExpressionParser.parse(value);
                yield SimpleStages.redact(expression, reads(value, false));
            }
            case "$bucket" -> BucketStages.bucket(object(name, value));
            case "$bucketAuto" -> BucketStages.bucketAuto(object(name, value));
            case "$facet" -> facet(object(name, value));
            case "$lookup" -> lookup(object(name, value));
            case "$graphLookup" -> graphLookup(object(name, value));
            case "$unionWith" -> unionWith(value);
            case "$geoNear" -> geoNear(object(name, value));
            default ->
                throw Budget.invalid(
                        NOT_HERE.contains(name)
                                ? "Pipeline stage " + name + " is not supported."
                                : "Unrecognized pipeline stage name: '" + name + "'");
        };
    }

    static Obj object(String stage, ParseValue value) {
        if (value instanceof Obj object) {
            return object;
        }
        throw Budget.invalid("the " + stage + " stage needs an object");
    }

    static String text(String stage, Obj spec, String name) {
        String text = spec.text(name);
        if (text == null || text.isEmpty()) {
            throw Budget.invalid(stage + " needs a text as " + name);
        }
        return text;
    }

    private static int count(String stage, ParseValue value, int least) {
        if (value instanceof Num(double number) && number == Math.rint(number) && number >= least) {
            return (int) Math.min(number, Integer.MAX_VALUE);
        }
        throw Budget.invalid("the " + stage + " stage needs a whole number of " + least + " or more");
    }

    /** @param closes see {@link Reads} */
    static Reads reads(ParseValue expression, boolean closes) {
        var fields = new LinkedHashSet<String>();
        return ExpressionParser.fields(expression, fields) ? new Reads(fields, false, closes) : Reads.ALL;
    }

    private static Set<String> roots(Iterable<String> paths) {
        var roots = new LinkedHashSet<String>();
        for (String path : paths) {
            int dot = path.indexOf('.');
            roots.add(dot < 0 ? path : path.substring(0, dot));
        }
        return roots;
    }

    private Stage match(Obj spec) {
        Match.Condition condition = new Match(where, kinds).parse(spec);
        var fields = new LinkedHashSet<String>();
        boolean some = matched(spec, fields);
        return SimpleStages.match(condition, some ? new Reads(fields, false, false) : Reads.ALL);
    }

    private static boolean matched(Obj spec, Set<String> fields) {
        boolean some = true;
        for (var entry : spec.fields().entrySet()) {
            String key = entry.getKey();
            if (key.equals("$expr")) {
                some &= ExpressionParser.fields(entry.getValue(), fields);
            } else if (key.equals("$text")) {
                some = false;
            } else if (!key.startsWith("$")) {
                fields.addAll(roots(List.of(key)));
            } else if (entry.getValue() instanceof Array(List<ParseValue> branches)) {
                for (ParseValue branch : branches) {
                    some &= !(branch instanceof Obj obj) || matched(obj, fields);
                }
            }
        }
        return some;
    }

    private static Stage project(Projection projection, ParseValue spec) {
        Reads reads = reads(spec, projection.isInclusion());
        if (projection.isInclusion() && !reads.all()) {
            var fields = new LinkedHashSet<>(reads.fields());
            fields.addAll(roots(((Obj) spec).fields().keySet()));
            fields.add("_id");
            reads = new Reads(fields, false, true);
        }
        return SimpleStages.each(
                reads, (document, environment) -> projection.apply(document, environment.over(document)));
    }

    private static Stage addFields(String stage, Obj spec) {
        record Added(String[] path, Expression value) {}
        var added = new ArrayList<Added>();
        spec.fields()
                .forEach((name, value) -> addPaths(
                        name,
                        value,
                        (path, expression) -> added.add(new Added(ExpressionParser.path(path), expression))));
        if (added.isEmpty()) {
            throw Budget.invalid(stage + " specification must have at least one field");
        }
        Reads reads = reads(spec, false);
        var fields = new LinkedHashSet<>(reads.fields());
        spec.fields().forEach((name, _) -> {
            if (name.indexOf('.') > 0) {
                fields.addAll(roots(List.of(name)));
            }
        });
        return SimpleStages.each(new Reads(fields, reads.all(), false), (document, environment) -> {
            Scope scope = environment.over(document);
            Obj result = document;
            for (Added one : added) {
                ParseValue value = one.value.eval(scope); // missing takes the field away
                result = Documents.with(result, one.path, 0, value);
            }
            return result;
        });
    }

    private interface PathTaker {
        void take(String path, Expression value);
    }

    /** {@code {"a":{"b":1}}} adds {@code a.b} and leaves what else is in {@code a}. */
    private static void addPaths(String path, ParseValue value, PathTaker taker) {
        if (value instanceof Obj obj
                && !obj.isEmpty()
                && !obj.fields().firstEntry().getKey().startsWith("$")) {
            obj.fields().forEach((name, inner) -> addPaths(path + "." + name, inner, taker));
        } else {
            taker.take(path, ExpressionParser.parse(value));
        }
    }

    private static Stage unset(ParseValue value) {
        var paths = new ArrayList<String[]>();
        for (ParseValue one : value instanceof Array(List<ParseValue> items) ? items : List.of(value)) {
            if (!(one instanceof Str(String path))) {
                throw Budget.invalid("$unset specification must be a string or an array");
            }
            paths.add(ExpressionParser.path(path));
        }
        return SimpleStages.each(Reads.NOTHING, (document, _) -> {
            Obj result = document;
            for (String[] path : paths) {
                result = Documents.without(result, path, 0);
            }
            return result;
        });
    }

    private Stage group(Obj spec) {
        ParseValue id = spec.has("_id") ? spec.get("_id") : spec.get("objectId");
        if (id == null) {
            throw Budget.invalid("Invalid parameter for query: group. Missing key _id");
        }
        if (spec.has("_id") && spec.has("objectId")) {
            throw Budget.invalid("Cannot use 'objectId' in aggregation stage $group.");
        }
        pointerIds = id instanceof Str(String text)
                && text.startsWith("$")
                && (text.startsWith("$_p_") || kinds.target(text.substring(1)) != null);
        return SimpleStages.group(
                ExpressionParser.parse(id), accumulators(spec.without("_id", "objectId")), reads(spec, true));
    }

    static List<Map.Entry<String, Accumulator>> accumulators(Obj spec) {
        var accumulators = new ArrayList<Map.Entry<String, Accumulator>>();
        spec.fields().forEach((field, value) -> {
            if (field.indexOf('.') >= 0 || field.startsWith("$")) {
                throw Budget.invalid("The field name '" + field + "' cannot contain '.' or begin with '$'");
            }
            accumulators.add(Map.entry(field, Accumulator.parse(field, value)));
        });
        return accumulators;
    }

    private static Stage unwind(ParseValue value) {
        Obj spec = value instanceof Obj obj ? obj : Obj.of("path", value);
        String path = text("$unwind", spec, "path");
        if (!path.startsWith("$") || path.startsWith("$$")) {
            throw Budget.invalid("path option to $unwind stage should be prefixed with a '$': " + path);
        }
        String index = spec.text("includeArrayIndex");
        return SimpleStages.unwind(
                ExpressionParser.path(path.substring(1)),
                index == null ? null : ExpressionParser.path(index),
                Expression.isTrue(spec.get("preserveNullAndEmptyArrays")));
    }

    private static Stage count(ParseValue value) {
        if (!(value instanceof Str(String name)) || name.isEmpty() || name.startsWith("$") || name.contains(".")) {
            throw Budget.invalid("the count field must be a non-empty string without '$' and '.'");
        }
        return SimpleStages.count(name);
    }

    private static Stage sortByCount(ParseValue value) {
        Accumulator count = Accumulator.parse("count", Obj.of("$sum", new Num(1)));
        Stage group = SimpleStages.group(
                ExpressionParser.parse(value), List.of(Map.entry("count", count)), reads(value, true));
        return SimpleStages.chain(group, SimpleStages.sort(SortOrder.parse(Obj.of("count", new Num(-1)))));
    }

    private static Stage replaceRoot(ParseValue value) {
        if (value == null) {
            throw Budget.invalid("no newRoot specified for the $replaceRoot stage");
        }
        Expression root = ExpressionParser.parse(value);
        return SimpleStages.each(reads(value, true), (document, environment) -> {
            if (root.eval(environment.over(document)) instanceof Obj object) {
                return object;
            }
            throw Budget.invalid("'newRoot' expression must evaluate to an object");
        });
    }

    private Stage facet(Obj spec) {
        var facets = new ArrayList<Map.Entry<String, Pipeline>>();
        spec.fields().forEach((name, stages) -> facets.add(Map.entry(name, inner("$facet", stages, kinds))));
        if (facets.isEmpty()) {
            throw Budget.invalid("the $facet specification must be a non-empty object");
        }
        return SimpleStages.facet(facets);
    }

    private Stage lookup(Obj spec) {
        String from = text("$lookup", spec, "from");
        FieldKinds foreign = objects.kinds(from);
        boolean equality = spec.has("localField") || spec.has("foreignField");
        if (!equality && !spec.has("pipeline")) {
            throw Budget.invalid("$lookup requires either 'pipeline' or both 'localField' and 'foreignField'");
        }
        Pipeline pipeline =
                spec.has("pipeline") ? inner("$lookup", spec.get("pipeline"), foreign) : new Pipeline(List.of(), false);
        String localField = equality ? text("$lookup", spec, "localField") : null;
        String foreignField = equality ? text("$lookup", spec, "foreignField") : null;
        boolean byPointer = equality
                && kinds.target(localField) != null
                && (foreignField.equals("_id") || foreignField.equals("objectId"));
        return new LookupStage(
                from,
                localField,
                foreignField,
                byPointer,
                variables(spec),
                pipeline,
                ExpressionParser.path(text("$lookup", spec, "as")));
    }

    private static Map<String, Expression> variables(Obj spec) {
        var variables = new java.util.LinkedHashMap<String, Expression>();
        if (spec.get("let") instanceof Obj(var let)) {
            let.forEach((name, value) -> variables.put(name, ExpressionParser.parse(value)));
        }
        return variables;
    }

    private Stage graphLookup(Obj spec) {
        String from = text("$graphLookup", spec, "from");
        if (!spec.has("startWith")) {
            throw Budget.invalid("$graphLookup needs startWith");
        }
        Match.Condition restriction = spec.get("restrictSearchWithMatch") instanceof Obj match
                ? new Match(where, objects.kinds(from)).parse(match)
                : (_, _) -> true;
        return new GraphLookupStage(
                from,
                ExpressionParser.parse(spec.get("startWith")),
                text("$graphLookup", spec, "connectFromField"),
                text("$graphLookup", spec, "connectToField"),
                ExpressionParser.path(text("$graphLookup", spec, "as")),
                spec.has("maxDepth") ? count("$graphLookup", spec.get("maxDepth"), 0) : Integer.MAX_VALUE,
                spec.text("depthField"),
                restriction);
    }

    private Stage unionWith(ParseValue value) {
        Obj spec = value instanceof Str ? Obj.of("coll", value) : object("$unionWith", value);
        String className = text("$unionWith", spec, "coll");
        Pipeline pipeline = spec.has("pipeline")
                ? inner("$unionWith", spec.get("pipeline"), objects.kinds(className))
                : new Pipeline(List.of(), false);
        return SimpleStages.unionWith(className, pipeline);
    }

    private Stage geoNear(Obj spec) {
        Match.Condition condition =
                spec.get("query") instanceof Obj query ? new Match(where, kinds).parse(query) : (_, _) -> true;
        return GeoNearStage.parse(spec, condition);
    }
}
