package dev.kami.parse.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.error.ParseException;
import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever JSON stands where, the answer is a query or a ParseException, and a query can be matched. */
@Timeout(60)
class HostileQueriesTest {
    private static final List<String> KEYS = List.of(
            "$eq",
            "$ne",
            "$lt",
            "$lte",
            "$gt",
            "$gte",
            "$in",
            "$nin",
            "$all",
            "$containedBy",
            "$exists",
            "$regex",
            "$options",
            "$text",
            "$search",
            "$term",
            "$nearSphere",
            "$maxDistance",
            "$within",
            "$box",
            "$geoWithin",
            "$polygon",
            "$centerSphere",
            "$geoIntersects",
            "$point",
            "$or",
            "$and",
            "$nor",
            "$relativeTime",
            "$inQuery",
            "$select",
            "$relatedTo",
            "__type",
            "iso",
            "className",
            "objectId",
            "where",
            "query",
            "key",
            "latitude",
            "longitude",
            "coordinates",
            "object",
            "a",
            "s",
            "o.color",
            "tags",
            "ao.0.k",
            "createdAt",
            "",
            "$",
            "__proto__",
            "constructor",
            "..",
            "a.");
    private static final List<String> SCALARS = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1e300",
            "0.5",
            "\"\"",
            "\"x\"",
            "\"(\"",
            "\"i\"",
            "\"Date\"",
            "\"GeoPoint\"",
            "\"Pointer\"",
            "\"Polygon\"",
            "\"2020-01-01T00:00:00.000Z\"",
            "\"in 1 day\"",
            "\"99999999999999999 yrs ago\"",
            "[]",
            "{}",
            "[[0,0],[1,1],[2,0]]",
            "{\"__type\":\"GeoPoint\",\"latitude\":95,\"longitude\":0}",
            "{\"__type\":\"GeoPoint\",\"latitude\":1,\"longitude\":0}",
            "\"(?=x)(a+)+$\"",
            "\"\\\\\"",
            "\"[\"");

    private final Random random = new Random(7);

    private ParseValue any(int depth) {
        int kind = depth <= 0 ? 0 : random.nextInt(4);
        if (kind < 1) {
            return JsonReader.read(SCALARS.get(random.nextInt(SCALARS.size())));
        }
        if (kind == 1) {
            var items = new ArrayList<ParseValue>();
            for (int i = random.nextInt(4); i > 0; i--) {
                items.add(any(depth - 1));
            }
            return new Array(items);
        }
        Obj obj = Obj.EMPTY;
        for (int i = random.nextInt(3) + 1; i > 0; i--) {
            obj = obj.with(KEYS.get(random.nextInt(KEYS.size())), any(depth - 1));
        }
        return JsonReader.read(obj.toJson());
    }

    @Test
    void everyWhereIsAnswered() {
        List<ParseObject> objects = QueryCases.objects();
        int accepted = 0;
        for (int i = 0; i < 60_000; i++) {
            ParseValue where = any(4);
            try {
                Constraint constraint = QueryCases.PARSER.where(where, random.nextBoolean());
                objects.forEach(object -> QueryMatcher.matches(constraint, object));
                accepted++;
            } catch (ParseException refused) {
                assertThat(refused.code()).isNotNull();
            } catch (IllegalStateException needsDatabase) {
                assertThat(needsDatabase).hasMessageStartingWith("needs a database");
            } catch (RuntimeException | StackOverflowError defect) {
                throw new AssertionError("where: " + where.toJson(), defect);
            }
        }
        assertThat(accepted).isGreaterThan(1000);
    }

    @Test
    void everyParameterIsAnswered() {
        List<String> parameters = List.of(
                "where",
                "limit",
                "skip",
                "order",
                "count",
                "keys",
                "excludeKeys",
                "include",
                "includeAll",
                "redirectClassNameForKey",
                "hint",
                "explain",
                "comment",
                "readPreference",
                "includeReadPreference");
        for (int i = 0; i < 20_000; i++) {
            Obj params = Obj.of(parameters.get(random.nextInt(parameters.size())), any(3));
            try {
                assertThat(QueryCases.PARSER.find("Thing", params, random.nextBoolean()))
                        .isNotNull();
            } catch (ParseException refused) {
                assertThat(refused.code()).isNotNull();
            } catch (RuntimeException defect) {
                throw new AssertionError("parameters: " + params.toJson(), defect);
            }
        }
    }
}
