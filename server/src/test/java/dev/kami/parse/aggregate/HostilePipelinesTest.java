package dev.kami.parse.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.error.ParseException;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.QueryCases;
import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Obj;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever JSON stands where, the answer is a list of results or a ParseException. */
@Timeout(120)
class HostilePipelinesTest {
    private static final List<String> STAGES = List.of(
            "$match",
            "$project",
            "$addFields",
            "$set",
            "$unset",
            "$group",
            "$sort",
            "$limit",
            "$skip",
            "$unwind",
            "$count",
            "$sortByCount",
            "$sample",
            "$replaceRoot",
            "$replaceWith",
            "$redact",
            "$bucket",
            "$bucketAuto",
            "$facet",
            "$lookup",
            "$graphLookup",
            "$unionWith",
            "$geoNear");
    private static final List<String> NAMES = List.of(
            "a",
            "_id",
            "objectId",
            "item",
            "price",
            "sold",
            "tags",
            "shop",
            "extra.cups",
            "input",
            "in",
            "as",
            "cond",
            "if",
            "then",
            "else",
            "branches",
            "case",
            "default",
            "vars",
            "date",
            "format",
            "timezone",
            "unit",
            "amount",
            "startDate",
            "endDate",
            "year",
            "month",
            "path",
            "size",
            "newRoot",
            "groupBy",
            "boundaries",
            "buckets",
            "output",
            "from",
            "localField",
            "foreignField",
            "let",
            "pipeline",
            "near",
            "coordinates",
            "distanceField",
            "sortBy",
            "inputs",
            "initialValue",
            "to",
            "coll",
            "field",
            "find",
            "replacement",
            "regex",
            "dateString",
            "$elemMatch",
            "$not",
            "$size",
            "$mod",
            "$type",
            "$in",
            "$regex",
            "$expr",
            "$or",
            "$gt",
            "$date",
            "",
            "a..b");
    private static final List<String> SCALARS = List.of(
            "null",
            "true",
            "false",
            "0",
            "1",
            "-1",
            "2.5",
            "1e300",
            "\"\"",
            "\"x\"",
            "\"$item\"",
            "\"$price\"",
            "\"$sold\"",
            "\"$tags\"",
            "\"$$ROOT\"",
            "\"$$this\"",
            "\"$$NOW\"",
            "\"$\"",
            "\"$$\"",
            "\"$a..b\"",
            "\"day\"",
            "\"%Y-%q\"",
            "\"Europe/Vienna\"",
            "\"int\"",
            "\"Shop\"",
            "\"(\"",
            "[]",
            "{}",
            "[1,2]",
            "[\"$price\",2]",
            "{\"__type\":\"Date\",\"iso\":\"2020-01-01T00:00:00.000Z\"}");

    private final Random random = new Random(11);
    private final List<String> operators = new ArrayList<>(ExpressionParser.names());

    private ParseValue any(int depth) {
        int kind = depth <= 0 ? 0 : random.nextInt(5);
        if (kind < 2) {
            return JsonReader.read(SCALARS.get(random.nextInt(SCALARS.size())));
        }
        if (kind == 2) {
            var items = new ArrayList<ParseValue>();
            for (int i = random.nextInt(4); i > 0; i--) {
                items.add(any(depth - 1));
            }
            return new Array(items);
        }
        if (kind == 3) {
            return Obj.of(operators.get(random.nextInt(operators.size())), any(depth - 1));
        }
        Obj obj = Obj.EMPTY;
        for (int i = random.nextInt(3) + 1; i > 0; i--) {
            obj = obj.with(NAMES.get(random.nextInt(NAMES.size())), any(depth - 1));
        }
        return JsonReader.read(obj.toJson());
    }

    @Test
    void everyPipelineIsAnswered() {
        var aggregator = new Aggregator(QueryCases.PARSER, InstantSource.fixed(QueryCases.NOW), new Random(1), 10_000);
        var objects = new ObjectSource() {
            @Override
            public FieldKinds kinds(String className) {
                return AggregateCases.SHOPS;
            }

            @Override
            public void find(String className, Constraint where, Consumer<ParseObject> sink) {
                AggregateCases.shops().forEach(sink);
            }
        };
        List<ParseObject> sales = AggregateCases.sales();
        int accepted = 0;
        for (int i = 0; i < 60_000; i++) {
            var stages = new ArrayList<ParseValue>();
            for (int k = random.nextInt(2) + 1; k > 0; k--) {
                stages.add(
                        random.nextInt(3) == 0
                                ? Obj.of("$project", Obj.of("x", any(4)))
                                : Obj.of(STAGES.get(random.nextInt(STAGES.size())), any(4)));
            }
            Obj params = Obj.of("pipeline", new Array(stages));
            try {
                AggregateRequest request = AggregateRequest.parse(params, QueryCases.PARSER);
                Plan plan = aggregator.plan(request, AggregateCases.SALES, objects);
                aggregator
                        .run(request, plan, sink -> sales.forEach(sink), objects)
                        .forEach(ParseValue::toJson);
                accepted++;
            } catch (ParseException refused) {
                assertThat(refused.code()).isNotNull();
            } catch (RuntimeException | StackOverflowError defect) {
                throw new AssertionError("pipeline: " + params.toJson(), defect);
            }
        }
        assertThat(accepted).isGreaterThan(1000);
    }
}
