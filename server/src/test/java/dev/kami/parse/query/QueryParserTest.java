package dev.kami.parse.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kami.parse.error.ParseException;
import dev.kami.parse.query.Constraint.And;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.query.Constraint.InQuery;
import dev.kami.parse.query.Constraint.RelatedTo;
import dev.kami.parse.query.Constraint.Select;
import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Pointer;
import dev.kami.parse.value.ParseValue.Str;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParserTest {
    private static final QueryParser PARSER =
            new QueryParser(InstantSource.fixed(QueryCases.NOW), QueryLimits.UNBOUNDED);

    private static ParseValue json(String text) {
        return JsonReader.read(text.replace('\'', '"'));
    }

    private static Query find(String params) {
        return PARSER.find("Thing", (Obj) json(params), false);
    }

    private static String refusal(ThrowingCall call) {
        ParseException e = catchThrowableOfType(ParseException.class, call::run);
        assertThat(e).as("a refusal").isNotNull();
        return e.code().number() + " " + e.getMessage();
    }

    private interface ThrowingCall {
        void run();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'ACL':{'*':{}}} | 102 Cannot query on ACL.",
                "{'a b':1} | 105 Invalid key name: a b",
                "{'_id':1} | 105 Invalid key name: _id",
                "{'$where':'1'} | 105 Invalid key name: $where",
                "{'$expr':{}} | 105 Invalid key name: $expr",
                "{'a-b':1} | 105 Invalid key name: a-b",
                "{'':1} | 105 Invalid key name:",
                "{'__proto__':1} | 105 Invalid key name: __proto__",
                "{'_session_token':'x'} | 105 Invalid key name: _session_token",
                "{'_perishable_token':'x'} | 105 Invalid key name: _perishable_token",
                "{'_hashed_password':'x'} | 105 Invalid key name: _hashed_password",
                "{'$or':{'a':1}} | 102 $or must be an array",
                "{'$and':1} | 102 $and must be an array",
                "{'$nor':1} | 102 $nor must be an array",
                "{'$nor':[]} | 102 Bad $nor format - use an array of at least 1 value.",
                "{'$or':[]} | 102 Bad $or format - use an array of at least 1 value.",
                "{'$or':[1]} | 102 Bad $or format - use an array value.",
                "{'$or':[{'$or':[{'ACL':1}]}]} | 102 Cannot query on ACL.",
                "{'a':{'$in':1}} | 107 bad $in value",
                "{'a':{'$nin':{}}} | 107 bad $nin value",
                "{'a':{'$all':'x'}} | 107 bad $all value",
                "{'a':{'$all':[{'$regex':'^\\\\Qx\\\\E'},'word']}} | 107 All $all values must be of regex type or none: /^\\Qx\\E/,word",
                "{'a':{'$containedBy':1}} | 107 bad $containedBy: should be an array",
                "{'a':{'$regex':1}} | 102 $regex value must be a string",
                "{'a':{'$regex':{'$ne':'x'}}} | 102 $regex value must be a string",
                "{'a':{'$regex':'x','$options':1}} | 102 $options value must be a string",
                "{'a':{'$regex':'x','$options':'z'}} | 102 Bad $options value for query: z",
                "{'a':{'$options':'i'}} | 102 $options needs a $regex",
                "{'a':{'$regex':'('}} | 1 An internal server error occurred",
                "{'a':{'$strange':1}} | 107 bad constraint: $strange",
                "{'a':{'$or':[]}} | 107 bad constraint: $or",
                "{'a':{'$size':1}} | 107 bad constraint: $size",
                "{'a':{'__type':'Pointer'}} | 107 You cannot use {\"__type\":\"Pointer\"} as a query parameter.",
                "{'a':{'$eq':{'__type':'Date','iso':'x'}}} | 107 bad atom: {\"__type\":\"Date\",\"iso\":\"x\"}",
                "{'a':{'$gt':[1]}} | 107 bad atom: [1]",
                "{'a':{'$ne':{'$gt':1}}} | 107 bad atom: {\"$gt\":1}",
                "{'a':{'$select':{'key':'k'}}} | 102 improper usage of $select",
                "{'a':{'$select':{'key':'k','query':{'where':{}}}}} | 102 improper usage of $select",
                "{'a':{'$dontSelect':{'key':'k','query':{'className':'T'},'x':1}}} | 102 improper usage of $dontSelect",
                "{'a':{'$inQuery':{'className':'T'}}} | 102 improper usage of $inQuery",
                "{'a':{'$inQuery':{'where':{}}}} | 102 improper usage of $inQuery",
                "{'a':{'$notInQuery':1}} | 102 improper usage of $notInQuery",
                "{'a':{'$inQuery':{'className':'T','where':{'ACL':1}}}} | 102 Cannot query on ACL.",
                "{'$relatedTo':{'key':'r'}} | 102 improper usage of $relatedTo",
                "{'a':{'$within':{'$box':[1]}}} | 107 malformatted $within arg",
                "{'a':{'$within':{'$box':[1,2]}}} | 107 malformatted $within arg",
                "{'a':{'$geoWithin':{}}} | 107 bad $geoWithin value",
                "{'a':{'$geoWithin':{'$polygon':1}}} | 107 bad $geoWithin value; $polygon should be Polygon object or Array of Parse.GeoPoint's",
                "{'a':{'$geoWithin':{'$polygon':[[0,0],[1,1]]}}} | 107 bad $geoWithin value; $polygon should contain at least 3 GeoPoints",
                "{'a':{'$geoWithin':{'$polygon':[1,2,3]}}} | 107 bad $geoWithin value",
                "{'a':{'$geoWithin':{'$polygon':[[0,0],[1,1],[1,100]]}}} | 107 bad $geoWithin value; latitude out of bounds: 100",
                "{'a':{'$geoWithin':{'$polygon':{'__type':'Polygon','coordinates':[[0,0]]}}}} | 107 bad $geoWithin value; Polygon.coordinates should contain at least 3 lon/lat pairs",
                "{'a':{'$geoWithin':{'$centerSphere':1}}} | 107 bad $geoWithin value; $centerSphere should be an array of Parse.GeoPoint and distance",
                "{'a':{'$geoWithin':{'$centerSphere':['x',1]}}} | 107 bad $geoWithin value; $centerSphere geo point invalid",
                "{'a':{'$geoWithin':{'$centerSphere':[[0,0],-1]}}} | 107 bad $geoWithin value; $centerSphere distance invalid",
                "{'a':{'$geoIntersects':{'$point':1}}} | 107 bad $geoIntersect value; $point should be GeoPoint",
                "{'a':{'$nearSphere':1}} | 107 bad $nearSphere value; should be GeoPoint",
                "{'a':{'$text':1}} | 107 bad $text: $search, should be object",
                "{'a':{'$text':{'$search':{}}}} | 107 bad $text: $term, should be string",
                "{'a':{'$text':{'$search':{'$term':'x','$language':1}}}} | 107 bad $text: $language, should be string",
                "{'a':{'$text':{'$search':{'$term':'x','$caseSensitive':'y'}}}} | 107 bad $text: $caseSensitive, should be boolean",
                "{'a':{'$text':{'$search':{'$term':'x','$diacriticSensitive':1}}}} | 107 bad $text: $diacriticSensitive, should be boolean",
                "{'a':{'$eq':{'$relativeTime':'now'}}} | 107 $relativeTime can only be used with the $lt, $lte, $gt, and $gte operators",
                "{'a':{'$exists':{'$relativeTime':'now'}}} | 107 $relativeTime can only be used with the $lt, $lte, $gt, and $gte operators",
                "{'a':{'$lt':{'$relativeTime':'tomorrow'}}} | 107 bad $relativeTime ($lt) value. Time should either start with 'in' or end with 'ago'",
                "{'a':{'$lt':{'$relativeTime':7}}} | 107 bad $relativeTime ($lt) value. Time should either start with 'in' or end with 'ago'",
                "{'a':{'$gt':{'$relativeTime':'in 1 day ago'}}} | 107 bad $relativeTime ($gt) value. Time cannot have both 'in' and 'ago'",
                "{'a':{'$gt':{'$relativeTime':'in 1'}}} | 107 bad $relativeTime ($gt) value. Invalid time string. Dangling unit or number.",
                "{'a':{'$gt':{'$relativeTime':'1.5 days ago'}}} | 107 bad $relativeTime ($gt) value. '1.5' is not an integer.",
                "{'a':{'$gt':{'$relativeTime':'in 2 moons'}}} | 107 bad $relativeTime ($gt) value. Invalid interval: 'moons'",
            })
    void aWrongWhereIsRefused(String where, String refusal) {
        assertThat(refusal(() -> PARSER.where(json(where), false)).strip()).isEqualTo(refusal);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'color':'red'} | 102 Invalid parameter for query: color",
                "{'where':''} | 107 where parameter is not valid JSON",
                "{'where':'{'} | 107 where parameter is not valid JSON",
                "{'where':'[1]'} | 107 where parameter is not valid JSON",
                "{'where':7} | 107 where parameter is not valid JSON",
                "{'limit':-1} | 102 Invalid parameter for query: limit must be a number of 0 or more, got -1.",
                "{'limit':'ten'} | 102 Invalid parameter for query: limit must be a number of 0 or more, got \"ten\".",
                "{'skip':{}} | 102 Invalid parameter for query: skip must be a number of 0 or more, got {}.",
                "{'order':'a b'} | 105 Invalid field name: a b.",
                "{'order':'1a'} | 105 Invalid field name: 1a.",
                "{'order':'_rperm'} | 105 Invalid field name: _rperm.",
                "{'order':'authData.facebook.id'} | 105 Cannot sort by authData.facebook.id",
                "{'order':[1]} | 102 Invalid parameter for query: order must be names separated by commas.",
                "{'keys':{}} | 102 Invalid parameter for query: keys must be names separated by commas.",
                "{'explain':'yes'} | 102 Invalid value for explain",
                "{'readPreference':'FASTEST'} | 102 Not supported read preference.",
                "{'includeReadPreference':7} | 102 Not supported read preference.",
            })
    void wrongParametersAreRefused(String params, String refusal) {
        assertThat(refusal(() -> find(params))).isEqualTo(refusal);
    }

    @Test
    void aWholeQueryIsRead() {
        Query query = find("""
                {'where':{'n':5},'limit':10,'skip':'3','order':'a,-b.c,_created_at','count':1,'keys':'x,y.z',
                 'excludeKeys':['q','objectId'],'include':'p,p.q','includeAll':false,'redirectClassNameForKey':'r',
                 'hint':'idx','explain':true,'comment':'c','readPreference':'secondary',
                 'includeReadPreference':'NEAREST','subqueryReadPreference':'PRIMARY_PREFERRED'}
                """);
        assertThat(query)
                .isEqualTo(new Query(
                        "Thing",
                        new EqualTo("n", new Num(5)),
                        Set.of(),
                        List.of(new SortKey("a", false), new SortKey("b.c", true), new SortKey("createdAt", false)),
                        3,
                        10,
                        true,
                        Set.of("x", "y.z"),
                        Set.of("q"),
                        List.of("y", "p", "p.q"),
                        false,
                        "r",
                        new ReadHints(
                                new Str("idx"),
                                "queryPlanner",
                                "c",
                                ReadPreference.SECONDARY,
                                ReadPreference.NEAREST,
                                ReadPreference.PRIMARY_PREFERRED)));
    }

    @Test
    void anEmptyRequestFindsEverythingWithTheDefaultLimit() {
        assertThat(find("{}")).isEqualTo(Query.of("Thing", Constraint.ALWAYS));
        assertThat(find("{'where':null,'limit':null,'order':'','keys':'','include':'','count':0}"))
                .isEqualTo(Query.of("Thing", Constraint.ALWAYS));
    }

    @Test
    void aStarAmongTheIncludesMeansAll() {
        assertThat(find("{'include':['a','*']}").includeAll()).isTrue();
    }

    @Test
    void aGetTakesFewParameters() {
        Query query = PARSER.get("Thing", "id1", (Obj) json("{'include':'p','keys':'a'}"), false);
        assertThat(query.where()).isEqualTo(new EqualTo("objectId", new Str("id1")));
        assertThat(query.include()).containsExactly("p");
        assertThat(refusal(() -> PARSER.get("Thing", "id1", (Obj) json("{'where':{}}"), false)))
                .isEqualTo("102 Improper encode of parameter");
    }

    @Test
    void internalFieldsAreForTheMasterKey() {
        assertThat(PARSER.where(json("{'_perishable_token':'x'}"), true))
                .isEqualTo(new EqualTo("_perishable_token", new Str("x")));
        assertThat(refusal(() -> PARSER.where(json("{'_hashed_password':'x'}"), true)))
                .isEqualTo("105 Invalid key name: _hashed_password");
        assertThat(refusal(() -> PARSER.where(json("{'$or':1}"), true)))
                .isEqualTo("102 Bad $or format - use an array value.");
        assertThat(refusal(() -> PARSER.where(json("{'$nor':1}"), true)))
                .isEqualTo("102 Bad $nor format - use an array of at least 1 value.");
    }

    @Test
    void subqueriesAreQueries() {
        assertThat(PARSER.where(json("{'p':{'$inQuery':{'className':'T','where':{'n':1},'limit':3}}}"), false))
                .isEqualTo(new InQuery("p", Query.of("T", new EqualTo("n", new Num(1))), false));
        assertThat(PARSER.where(json("{'s':{'$dontSelect':{'key':'a.b','query':{'className':'T'}}}}"), false))
                .isEqualTo(new Select("s", Query.of("T", Constraint.ALWAYS), "a.b", true));
        assertThat(PARSER.where(
                        json("{'$relatedTo':{'object':{'__type':'Pointer','className':'T','objectId':'1'},'key':'r'}}"),
                        false))
                .isEqualTo(new RelatedTo(new Pointer("T", "1"), "r"));
    }

    private static QueryParser limited(int queryDepth, int subqueryDepth, int includeDepth, int includeCount) {
        return new QueryParser(
                InstantSource.system(), new QueryLimits(queryDepth, subqueryDepth, includeDepth, includeCount, false));
    }

    @Test
    void clientsHaveLimitsAndTheMasterKeyHasNone() {
        var parser = limited(1, 1, 2, 3);
        ParseValue deep = json("{'$or':[{'$and':[{'a':1}]}]}");
        assertThat(refusal(() -> parser.where(deep, false)))
                .isEqualTo("102 Query condition nesting depth exceeds maximum allowed depth of 1");
        assertThat(parser.where(deep, true)).isNotNull();
        assertThat(parser.where(json("{'$or':[{'a':1}]}"), false)).isNotNull();

        ParseValue nested =
                json("{'p':{'$inQuery':{'className':'T','where':{'q':{'$inQuery':{'className':'U','where':{}}}}}}}");
        assertThat(refusal(() -> parser.where(nested, false)))
                .isEqualTo("102 Subquery nesting depth exceeds maximum allowed depth of 1");
        assertThat(parser.where(nested, true)).isNotNull();

        assertThat(refusal(() -> parser.find("T", (Obj) json("{'include':'a.b.c'}"), false)))
                .isEqualTo("102 Include depth of 3 exceeds maximum allowed depth of 2");
        assertThat(refusal(() -> parser.find("T", (Obj) json("{'include':'a.b,c.d'}"), false)))
                .isEqualTo("102 Number of include fields (4) exceeds maximum allowed (3)");
        assertThat(parser.find("T", (Obj) json("{'include':'a.b.c,c.d'}"), true))
                .isNotNull();

        assertThat(refusal(() -> parser.where(json("{'a':{'$regex':'x'}}"), false)))
                .isEqualTo("102 $regex operator is not allowed");
        assertThat(parser.where(json("{'a':{'$regex':'x'}}"), true)).isNotNull();
    }

    @Test
    void nestedSubqueriesHideNoConditionDepth() {
        var parser = limited(1, -1, -1, -1);
        assertThat(refusal(() -> parser.where(
                        json("{'$or':[{'p':{'$inQuery':{'className':'T','where':{'$or':[{'a':1}]}}}}]}"), false)))
                .startsWith("102 Query condition nesting depth");
        assertThat(parser.where(json("{'p':{'$inQuery':{'className':'T','where':{'$or':[{'a':1}]}}}}"), false))
                .isNotNull();
    }

    @Test
    void aRefusalThatComesFromTheCheckOfProtectedFieldsMayBeHidden() {
        ParseException e = catchThrowableOfType(ParseException.class, () -> PARSER.where(json("{'$or':1}"), false));
        assertThat(e.sanitizable()).isTrue();
    }

    @Test
    @Timeout(5)
    void hostileQueriesEndSoon() {
        String deep = "{'$or':[".repeat(240) + "{'a':1}" + "]}".repeat(240);
        assertThat(PARSER.where(json(deep), false)).isNotNull();
        String wide = "{'$or':[" + "{'a':1},".repeat(100_000) + "{'a':2}]}";
        assertThat(PARSER.where(json(wide), false)).isNotNull();
        assertThatThrownBy(() -> find("{'include':'" + "a.".repeat(1_000_000) + "a'}"))
                .isInstanceOf(ParseException.class)
                .hasMessageStartingWith("Include depth of 1000001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'a':{'$exists':1}}", "{'a':{'$exists':'x'}}", "{'a':{'$exists':true}}"})
    void existsIsJudgedAsJavaScriptDoes(String where) {
        assertThat(PARSER.where(json(where), false)).isEqualTo(new Constraint.Exists("a", true));
    }

    @Test
    void severalOperatorsOnOneFieldMustAllHold() {
        assertThat(PARSER.where(json("{'a':{'$gt':1,'$lt':5,'$ne':3}}"), false))
                .isInstanceOfSatisfying(
                        And.class, and -> assertThat(and.parts()).hasSize(3));
    }
}
