package dev.kami.parse.aggregate;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.query.QueryParser;
import dev.kami.parse.query.ReadHints;
import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.MalformedJson;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Null;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What {@code /aggregate/:className} was sent. Stages come as {@code pipeline} (a list, or an object whose keys are
 * stages), or the parameters are stages themselves. Names without {@code $} are those of old clients and mean the same.
 *
 * @param stages each with one key that starts with {@code $}
 * @param distinct field or path whose different values are wanted, {@code null} for a pipeline
 * @param where as sent, {@code null} for none
 * @param rawValues results in Extended JSON
 * @param rawFieldNames results under the names of the documents: {@code _id}, {@code _created_at}, {@code _p_owner}
 */
public record AggregateRequest(
        List<Obj> stages,
        String distinct,
        ParseValue where,
        boolean rawValues,
        boolean rawFieldNames,
        ReadHints hints) {
    private static final Set<String> OPTIONS = Set.of(
            "pipeline",
            "distinct",
            "where",
            "hint",
            "explain",
            "comment",
            "readPreference",
            "includeReadPreference",
            "subqueryReadPreference",
            "rawValues",
            "rawFieldNames");
    private static final int MAX_PATH = 1000; // keeps the recursion of the pattern flat
    private static final Pattern DISTINCT = Pattern.compile("[A-Za-z][A-Za-z0-9_]*(\\.[^.]+)*+");
    private static final Set<String> KNOWN_WITHOUT_DOLLAR = Set.of(
            "addFields",
            "bucket",
            "bucketAuto",
            "collStats",
            "count",
            "currentOp",
            "facet",
            "geoNear",
            "graphLookup",
            "group",
            "indexStats",
            "limit",
            "listLocalSessions",
            "listSessions",
            "lookup",
            "match",
            "out",
            "project",
            "redact",
            "replaceRoot",
            "replaceWith",
            "sample",
            "set",
            "skip",
            "sort",
            "sortByCount",
            "unionWith",
            "unset",
            "unwind");

    public AggregateRequest {
        stages = List.copyOf(stages);
    }

    /** @throws ParseException 102 for a stage that is none or has several names, 105 for a bad {@code distinct} */
    public static AggregateRequest parse(Obj params, QueryParser parser) {
        var stages = new ArrayList<Obj>();
        ParseValue pipeline = decoded(params.get("pipeline"));
        switch (pipeline) {
            case null ->
                params.fields().forEach((name, value) -> {
                    if (!OPTIONS.contains(name)) {
                        stages.add(stage(name, value));
                    }
                });
            case Array(List<ParseValue> items) -> items.forEach(item -> addStage(item, stages));
            case Obj(var fields) ->
                fields.forEach((name, value) -> {
                    if (!OPTIONS.contains(name)) {
                        stages.add(stage(name, value));
                    }
                });
            default -> throw Budget.invalid("Invalid parameter for query: pipeline must be a list of stages.");
        }
        var shared = new LinkedHashMap<String, ParseValue>();
        for (String name : List.of(
                "hint", "explain", "comment", "readPreference", "includeReadPreference", "subqueryReadPreference")) {
            if (params.has(name)) {
                shared.put(name, params.get(name));
            }
        }
        return new AggregateRequest(
                stages,
                distinct(params.get("distinct")),
                params.get("where"),
                Expression.isTrue(params.get("rawValues")),
                Expression.isTrue(params.get("rawFieldNames")),
                parser.find("", new Obj(shared), true).hints());
    }

    private static String distinct(ParseValue value) {
        if (value == null || value instanceof Null || value.equals(new Str(""))) {
            return null;
        }
        String field = value instanceof Str(String text) ? text : value.toJson();
        if (field.length() > MAX_PATH || !DISTINCT.matcher(field).matches()) {
            throw new ParseException(ErrorCode.INVALID_KEY_NAME, "Invalid field name: " + field);
        }
        return field;
    }

    /** A text that JSON can be read from stands for that JSON; an empty parameter for none. */
    private static ParseValue decoded(ParseValue value) {
        if (!(value instanceof Str(String text))) {
            return value instanceof Null ? null : value;
        }
        try {
            return JsonReader.read(text);
        } catch (MalformedJson notJson) {
            return value;
        }
    }

    private static void addStage(ParseValue item, List<Obj> stages) {
        Map<String, ParseValue> names = item instanceof Obj obj ? obj.fields() : Map.of();
        if (!(item instanceof Obj(var fields)) || fields.size() != 1) {
            throw Budget.invalid(
                    "Pipeline stages should only have one key but found " + String.join(", ", names.keySet()) + ".");
        }
        String name = fields.firstEntry().getKey();
        if (!name.equals("distinct") && !name.equals("where")) {
            stages.add(stage(name, fields.firstEntry().getValue()));
        }
    }

    private static Obj stage(String name, ParseValue value) {
        ParseValue plain = Documents.fromExtendedJson(value);
        if (name.startsWith("$")) {
            return Obj.of(name, plain);
        }
        if (KNOWN_WITHOUT_DOLLAR.contains(name)) {
            return Obj.of("$" + name, plain);
        }
        throw Budget.invalid("Invalid aggregate stage '" + name + "'.");
    }
}
