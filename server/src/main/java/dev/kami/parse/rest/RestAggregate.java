package dev.kami.parse.rest;

import dev.kami.parse.aggregate.AggregateRequest;
import dev.kami.parse.aggregate.Aggregator;
import dev.kami.parse.aggregate.FieldKinds;
import dev.kami.parse.aggregate.ObjectSource;
import dev.kami.parse.aggregate.Plan;
import dev.kami.parse.auth.Auth;
import dev.kami.parse.auth.Caller;
import dev.kami.parse.database.ClassRules;
import dev.kami.parse.database.Database;
import dev.kami.parse.database.Read;
import dev.kami.parse.database.SchemaCatalog;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Query;
import dev.kami.parse.query.QueryLimits;
import dev.kami.parse.query.QueryParser;
import dev.kami.parse.schema.Operation;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * Pipelines and distinct values. What the store can answer of a pipeline (leading matches, sort, skip, limit, the fields
 * that are needed) is asked of it, the rest runs here over the objects that it finds.
 */
final class RestAggregate {
    private final Database database;
    private final SchemaCatalog schemas;
    private final RestRead read;
    private final FileUrls files;
    private final RestOptions options;
    private final QueryParser parser;
    private final Aggregator aggregator;

    RestAggregate(
            Database database,
            SchemaCatalog schemas,
            RestRead read,
            FileUrls files,
            RestOptions options,
            InstantSource clock) {
        this.database = database;
        this.schemas = schemas;
        this.read = read;
        this.files = files;
        this.options = options;
        this.parser = new QueryParser(clock, QueryLimits.UNBOUNDED);
        this.aggregator =
                new Aggregator(parser, clock, () -> ThreadLocalRandom.current().nextLong(), Aggregator.MAX_HELD);
    }

    List<ParseValue> execute(Caller caller, String className, Obj params) {
        AggregateRequest request = AggregateRequest.parse(withDefaults(params), parser);
        return request.distinct() == null ? pipeline(caller, className, request) : distinct(caller, className, request);
    }

    private Obj withDefaults(Obj params) {
        Obj all = params;
        if (options.rawFieldNames() && !params.has("rawFieldNames")) {
            all = all.with("rawFieldNames", ParseValue.TRUE);
        }
        if (options.rawValues() && !params.has("rawValues")) {
            all = all.with("rawValues", ParseValue.TRUE);
        }
        return all;
    }

    private List<ParseValue> distinct(Caller caller, String className, AggregateRequest request) {
        boolean trusted = caller.auth().seesEverything();
        ReadState question = question(caller, className, parser.where(request.where(), trusted), request);
        return question.rules == null
                ? List.of()
                : database.distinct(
                        caller.auth(),
                        Read.of(question.rules, question.query.where(), Operation.FIND),
                        request.distinct());
    }

    private List<ParseValue> pipeline(Caller caller, String className, AggregateRequest request) {
        var others = new Others(caller.auth());
        Plan plan = aggregator.plan(request, others.kinds(className), others);
        ReadState question = question(caller, className, plan.where(), request);
        if (question.rules == null) {
            return List.of();
        }
        var ask = new Read(
                question.rules,
                question.query.where(),
                plan.sort(),
                plan.skip(),
                plan.limit(),
                plan.fields(),
                Operation.FIND,
                request.hints());
        if (request.hints().explain() != null) {
            return List.of(database.explain(caller.auth(), ask));
        }
        List<ParseValue> results =
                aggregator.run(request, plan, objects -> database.find(caller.auth(), ask, objects::accept), others);
        return question.rules.fileFields().isEmpty() ? results : withFileUrls(results, question.rules);
    }

    private List<ParseValue> withFileUrls(List<ParseValue> results, ClassRules rules) {
        return results.stream()
                .map(result -> result instanceof Obj fields
                        ? files.fill(ParseObject.of(rules.className(), fields), rules)
                                .toObj()
                        : result)
                .toList();
    }

    private ReadState question(Caller caller, String className, Constraint where, AggregateRequest request) {
        return read.question(caller, Query.of(className, where).withHints(request.hints()));
    }

    /** The classes that stages look up, with the rights of the caller. */
    private final class Others implements ObjectSource {
        private final Auth auth;

        private Others(Auth auth) {
            this.auth = auth;
        }

        @Override
        public FieldKinds kinds(String className) {
            ClassRules rules = schemas.rules(className);
            if (rules == null) {
                return FieldKinds.NONE;
            }
            var types = new LinkedHashMap<String, String>();
            rules.schema().fields().forEach((name, type) -> types.put(name, type.text()));
            return new FieldKinds(types);
        }

        @Override
        public void find(String className, Constraint where, Consumer<ParseObject> sink) {
            ClassAccess.check(auth, ClassAccess.Method.FIND, className);
            ClassRules rules = schemas.rules(className);
            if (rules != null) {
                database.find(auth, Read.of(rules, where, Operation.FIND), sink::accept);
            }
        }
    }
}
