package dev.kami.parse.aggregate;

import static dev.kami.parse.aggregate.AggregateCases.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kami.parse.error.ParseException;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.QueryCases;
import dev.kami.parse.query.QueryLimits;
import dev.kami.parse.query.QueryMatcher;
import dev.kami.parse.query.QueryParser;
import dev.kami.parse.query.SortKey;
import dev.kami.parse.query.Values;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AggregatorTest {
    private static final InstantSource CLOCK = InstantSource.fixed(QueryCases.NOW);
    private static final QueryParser PARSER = new QueryParser(CLOCK, QueryLimits.UNBOUNDED);
    private static final Aggregator AGGREGATOR = new Aggregator(PARSER, CLOCK, new Random(1), 1000);

    /** Answers as a store does. */
    private static final ObjectSource STORE = new ObjectSource() {
        @Override
        public FieldKinds kinds(String className) {
            return switch (className) {
                case "Sale" -> AggregateCases.SALES;
                case "Shop" -> AggregateCases.SHOPS;
                default -> FieldKinds.NONE;
            };
        }

        @Override
        public void find(String className, Constraint where, Consumer<ParseObject> sink) {
            List<ParseObject> objects =
                    switch (className) {
                        case "Sale" -> AggregateCases.sales();
                        case "Shop" -> AggregateCases.shops();
                        default -> List.of();
                    };
            objects.stream()
                    .filter(object -> QueryMatcher.matches(where, object))
                    .forEach(sink);
        }
    };

    private static Plan plan(Obj params) {
        return AGGREGATOR.plan(AggregateRequest.parse(params, PARSER), AggregateCases.SALES, STORE);
    }

    private static List<ParseValue> run(Obj params) {
        AggregateRequest request = AggregateRequest.parse(params, PARSER);
        Plan plan = AGGREGATOR.plan(request, AggregateCases.SALES, STORE);
        return AGGREGATOR.run(
                request,
                plan,
                sink -> AggregateCases.sales().stream()
                        .filter(object -> QueryMatcher.matches(plan.where(), object))
                        .sorted(Values.order(plan.sort()))
                        .skip(plan.skip())
                        .limit(plan.limit() < 0 ? Long.MAX_VALUE : plan.limit())
                        .map(object -> object.retain(name -> plan.fields() == null
                                || Set.of("objectId", "createdAt", "updatedAt", "ACL")
                                        .contains(name)
                                || plan.fields().contains(name)))
                        .forEach(sink),
                STORE);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.kami.parse.aggregate.AggregateCases#all")
    void answersTheTable(AggregateCases.Case c) {
        assertThat(run(c.params())).isEqualTo(c.expected());
    }

    /** With everything left in memory the answers are the same. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.kami.parse.aggregate.AggregateCases#all")
    void answersTheTableWithoutHelpOfAStore(AggregateCases.Case c) {
        var withFirst = new java.util.ArrayList<ParseValue>();
        withFirst.add(json("{'$unset':'nothing'}"));
        withFirst.addAll(((ParseValue.Array) c.params().get("pipeline")).items());
        assertThat(run(Obj.of("pipeline", new ParseValue.Array(withFirst)))).isEqualTo(c.expected());
    }

    @Test
    void stagesMayBeParametersAndHaveNamesWithoutDollar() {
        List<ParseValue> expected = ((ParseValue.Array) json("[{'objectId':'tea','n':2}]")).items();
        assertThat(run((Obj) json("{'match':{'item':'tea'},'group':{'objectId':'$item','n':{'$sum':1}}}")))
                .isEqualTo(expected);
        assertThat(run((Obj) json("{'$match':{'item':'tea'},'$group':{'_id':'$item','n':{'$sum':1}},'distinct':''}")))
                .isEqualTo(expected);
        assertThat(run((Obj) json("{'pipeline':{'match':{'item':'tea'},'group':{'_id':'$item','n':{'$sum':1}}}}")))
                .isEqualTo(expected);
        assertThat(run(Obj.of(
                        "pipeline",
                        ParseValue.of(json("[{'$match':{'item':'tea'}},{'$group':{'_id':'$item','n':{'$sum':1}}}]")
                                .toJson()))))
                .isEqualTo(expected);
        assertThat(run((Obj) json("{'where':{'item':'tea'},'group':{'_id':'$item','n':{'$sum':1}}}")))
                .isEqualTo(expected);
    }

    @Test
    void rawNamesAndValuesAreThoseOfTheDatabase() {
        assertThat(
                        run(
                                (Obj)
                                        json(
                                                "{'pipeline':[{'$match':{'_id':'a'}},{'$project':{'shop':1,'createdAt':1,'place':1}}],'rawFieldNames':true,'rawValues':true}")))
                .containsExactly(
                        json(
                                "{'_id':'a','_created_at':{'$date':'2020-01-01T00:00:00.000Z'},'_p_shop':'Shop$s1','place':[0,0]}"));
        assertThat(run((Obj) json("{'pipeline':[{'$match':{'_id':'a'}},{'$project':{'sold':1}}],'rawValues':true}")))
                .containsExactly(json("{'objectId':'a','sold':{'$date':'2020-02-29T23:30:15.250Z'}}"));
        assertThat(run((Obj) json("{'pipeline':[{'$match':{'_id':'a'}},{'$project':{'shop':1}}],'rawValues':true}")))
                .containsExactly(json("{'objectId':'a','_p_shop':'Shop$s1'}"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'pipeline':[{'$strange':1}]} | 102 Unrecognized pipeline stage name: '$strange'",
                "{'strange':{}} | 102 Invalid aggregate stage 'strange'.",
                "{'pipeline':[{'$out':'x'}]} | 102 Pipeline stage $out is not supported.",
                "{'pipeline':[{'$merge':{'into':'x'}}]} | 102 Pipeline stage $merge is not supported.",
                "{'pipeline':[{'$match':{},'$sort':{}}]} | 102 Pipeline stages should only have one key but found $match, $sort.",
                "{'pipeline':[{}]} | 102 Pipeline stages should only have one key but found .",
                "{'pipeline':[1]} | 102 Pipeline stages should only have one key but found .",
                "{'pipeline':'x'} | 102 Invalid parameter for query: pipeline must be a list of stages.",
                "{'group':{'n':{'$sum':1}}} | 102 Invalid parameter for query: group. Missing key _id",
                "{'group':{'_id':1,'objectId':1}} | 102 Cannot use 'objectId' in aggregation stage $group.",
                "{'group':{'_id':1,'n':1}} | 102 The field 'n' must be an accumulator object",
                "{'group':{'_id':1,'n':{'$strange':1}}} | 102 unknown group operator '$strange'",
                "{'project':{'x':{'$strange':1}}} | 102 Unrecognized expression '$strange'",
                "{'project':{'x':1,'y':0}} | 102 Invalid $project: Cannot do exclusion on field y in inclusion projection",
                "{'project':{'x':{'$divide':[1,0]}}} | 102 can't $divide by zero",
                "{'project':{'x':{'$divide':[1]}}} | 102 Expression $divide takes 2 arguments, got 1.",
                "{'project':{'x':{'$add':['$item',1]}}} | 102 $add only supports numeric types, not string",
                "{'project':{'x':{'$cond':{'if':1,'then':2}}}} | 102 Expression $cond needs the argument else.",
                "{'project':{'x':'$a..b'}} | 102 Invalid field path: 'a..b'",
                "{'match':1} | 102 the $match stage needs an object",
                "{'match':{'$where':'1'}} | 102 unknown top level operator: $where",
                "{'match':{'item':{'$strange':1}}} | 107 bad constraint: $strange",
                "{'limit':-1} | 102 the $limit stage needs a whole number of 1 or more",
                "{'limit':0} | 102 the $limit stage needs a whole number of 1 or more",
                "{'skip':'x'} | 102 the $skip stage needs a whole number of 0 or more",
                "{'sort':{'a':2}} | 102 $sort key ordering must be 1 (for ascending) or -1 (for descending)",
                "{'unwind':'tags'} | 102 path option to $unwind stage should be prefixed with a '$': tags",
                "{'lookup':{'from':'Shop','as':'x'}} | 102 $lookup requires either 'pipeline' or both 'localField' and 'foreignField'",
                "{'bucket':{'groupBy':'$price','boundaries':[3,1]}} | 102 The 'boundaries' option to $bucket must be sorted",
                "{'project':{'x':{'$range':[0,100000000]}}} | 102 Aggregation builds a list of more than 1000000 elements.",
                "{'pipeline':[],'explain':'x'} | 102 Invalid value for explain",
            })
    void aWrongPipelineIsRefused(String params, String refusal) {
        ParseException e = catchThrowableOfType(ParseException.class, () -> run((Obj) json(params)));
        assertThat(e).as("a refusal").isNotNull();
        assertThat((e.code().number() + " " + e.getMessage()).strip()).isEqualTo(refusal);
    }

    @Test
    void whatAStoreCanDoIsTakenOffThePipeline() {
        Plan plan = plan((Obj) json("""
                {'pipeline':[{'$match':{'shop':'s1'}},{'$match':{'price':{'$gt':1}}},{'$sort':{'_created_at':-1}},
                             {'$skip':1},{'$limit':5},{'$group':{'_id':'$item','n':{'$sum':'$price'}}}]}
                """));
        assertThat(plan.where())
                .isEqualTo(PARSER.where(
                        json("{'shop':{'__type':'Pointer','className':'Shop','objectId':'s1'},'price':{'$gt':1}}"),
                        true));
        assertThat(plan.sort()).containsExactly(new SortKey("createdAt", true));
        assertThat(plan.skip()).isEqualTo(1);
        assertThat(plan.limit()).isEqualTo(5);
        assertThat(plan.fields()).containsExactlyInAnyOrder("item", "price");
        assertThat(plan.rest().pipeline().stages()).hasSize(1);
    }

    @Test
    void whatAStoreCannotDoStaysInThePipeline() {
        Plan plan = plan((Obj)
                json("{'pipeline':[{'$match':{'item':'tea','$expr':{'$gt':['$price',1]}}},{'$sort':{'price':1}}]}"));
        assertThat(plan.where()).isEqualTo(PARSER.where(json("{'item':'tea'}"), true));
        assertThat(plan.sort()).isEmpty();
        assertThat(plan.fields()).isNull();
        assertThat(plan.rest().pipeline().stages()).hasSize(2);
    }

    @Test
    @Timeout(20)
    void aRunKeepsNoMoreThanItMay() {
        String many = "[{'$project':{'x':{'$range':[0,1000]}}},{'$unwind':'$x'},{'$sort':{'x':1}}]";
        assertThat(catchThrowableOfType(ParseException.class, () -> run(Obj.of("pipeline", json(many)))))
                .hasMessageStartingWith("Aggregation keeps more than 1000 values at once");
        var run = new Scope.Run(QueryCases.NOW, new Budget(10, 1000));
        Expression loops = ExpressionParser.parse(
                json("{'$map':{'input':{'$range':[0,100]},'in':{'$map':{'input':{'$range':[0,100]},'in':1}}}}"));
        assertThat(catchThrowableOfType(ParseException.class, () -> loops.eval(Scope.of(Obj.EMPTY, run))))
                .hasMessageStartingWith("Aggregation takes too many steps");
        String twice =
                "{'$set':{'item':{'$concat':['$item','$item','$item','$item','$item','$item','$item','$item']}}},";
        assertThat(catchThrowableOfType(
                        ParseException.class,
                        () -> run(Obj.of("pipeline", json("[" + twice.repeat(9) + "{'$count':'n'}]")))))
                .hasMessageStartingWith("Aggregation builds a text");
    }

    @Test
    void secretsOfUsersNeverEnterAPipeline() {
        Obj document = Documents.of(
                ParseObject.of("_User", (Obj) json("{'objectId':'u','_hashed_password':'x','username':'ann'}")));
        assertThat(document).isEqualTo(json("{'_id':'u','username':'ann'}"));
    }
}
