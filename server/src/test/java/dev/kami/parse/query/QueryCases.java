package dev.kami.parse.query;

import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.schema.FieldType.Kind;
import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Obj;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What queries mean, told once: the in-memory matcher and every storage adapter answer the same tables. MongoDB's
 * semantics hold on all of them. {@code '} stands for {@code "} in JSON here.
 */
public final class QueryCases {
    /** The time that {@code $relativeTime} counts from. */
    public static final Instant NOW = Instant.parse("2020-01-02T00:00:00Z");

    public static final QueryParser PARSER = new QueryParser(InstantSource.fixed(NOW), QueryLimits.UNBOUNDED);

    public static final String CLASS = "Thing";

    private QueryCases() {}

    /**
     * @param where JSON
     * @param found objectIds
     * @param foundWithoutNulls the same for a store that does not keep null apart from an absent field
     */
    public record Case(String sentence, String where, Set<String> found, Set<String> foundWithoutNulls) {
        public Constraint constraint() {
            return PARSER.where(JsonReader.read(where), true);
        }

        @Override
        public String toString() {
            return sentence;
        }
    }

    /** @param found objectIds in order */
    public record SortCase(String sentence, String order, String where, List<String> found) {
        public List<SortKey> keys() {
            return QueryParser.order(ParseValue.of(order));
        }

        public Constraint constraint() {
            return PARSER.where(JsonReader.read(where), true);
        }

        @Override
        public String toString() {
            return sentence;
        }
    }

    /** @param values JSON array, in any order */
    public record DistinctCase(String sentence, String path, String where, String values) {
        public Constraint constraint() {
            return PARSER.where(JsonReader.read(where), true);
        }

        public List<ParseValue> expected() {
            return ((Array) JsonReader.read(values)).items();
        }

        @Override
        public String toString() {
            return sentence;
        }
    }

    public static ClassSchema schema() {
        var fields = new LinkedHashMap<String, FieldType>();
        fields.put("objectId", FieldType.STRING);
        fields.put("createdAt", FieldType.DATE);
        fields.put("updatedAt", FieldType.DATE);
        fields.put("ACL", FieldType.ACL);
        fields.put("s", FieldType.STRING);
        fields.put("n", FieldType.NUMBER);
        fields.put("b", FieldType.BOOLEAN);
        fields.put("d", FieldType.DATE);
        fields.put("p", FieldType.pointer("Team"));
        fields.put("g", FieldType.of(Kind.GEO_POINT));
        fields.put("y", FieldType.of(Kind.POLYGON));
        fields.put("f", FieldType.FILE);
        fields.put("bin", FieldType.of(Kind.BYTES));
        fields.put("o", FieldType.OBJECT);
        fields.put("a", FieldType.ARRAY);
        fields.put("tags", FieldType.ARRAY);
        fields.put("ap", FieldType.ARRAY);
        fields.put("ao", FieldType.ARRAY);
        fields.put("words", FieldType.STRING);
        return new ClassSchema(CLASS, fields, null, new LinkedHashMap<>());
    }

    /** In the order in which they are created. */
    public static List<ParseObject> objects() {
        var objects = new ArrayList<ParseObject>();
        for (ParseValue json : ((Array) JsonReader.read(OBJECTS.replace('\'', '"'))).items()) {
            ParseObject object = ParseObject.of(CLASS, (Obj) json);
            objects.add(object);
        }
        return objects;
    }

    private static final String OBJECTS = """
            [{'objectId':'full', 'createdAt':{'__type':'Date','iso':'2020-01-01T00:00:00.000Z'},
              'updatedAt':{'__type':'Date','iso':'2020-01-09T00:00:00.000Z'},
              's':'apple', 'n':5, 'b':true, 'd':{'__type':'Date','iso':'2020-01-01T00:00:00.000Z'},
              'p':{'__type':'Pointer','className':'Team','objectId':'t1'},
              'g':{'__type':'GeoPoint','latitude':40,'longitude':-30},
              'y':{'__type':'Polygon','coordinates':[[0,0],[0,10],[10,10],[10,0],[0,0]]},
              'f':{'__type':'File','name':'a.txt'}, 'bin':{'__type':'Bytes','base64':'AQID'},
              'o':{'k':{'z':1},'color':'red','size':3,'list':[1,2],'none':null,
                   'when':{'__type':'Date','iso':'2020-01-01T00:00:00.000Z'},
                   'team':{'__type':'Pointer','className':'Team','objectId':'t1'},'on':true},
              'a':[1,2,3], 'tags':['red','blue'],
              'ap':[{'__type':'Pointer','className':'Team','objectId':'t1'},
                    {'__type':'Pointer','className':'Team','objectId':'t2'}],
              'ao':[{'k':1,'v':'x'},{'k':2,'v':'y'}], 'words':'The quick brown fox',
              'ACL':{'*':{'read':true},'u1':{'read':true,'write':true}}},
             {'objectId':'other', 'createdAt':{'__type':'Date','iso':'2020-01-02T00:00:00.000Z'},
              'updatedAt':{'__type':'Date','iso':'2020-01-08T00:00:00.000Z'},
              's':'Banana', 'n':10.5, 'b':false, 'd':{'__type':'Date','iso':'2021-06-15T12:00:00.500Z'},
              'p':{'__type':'Pointer','className':'Team','objectId':'t2'},
              'g':{'__type':'GeoPoint','latitude':41,'longitude':-29},
              'y':{'__type':'Polygon','coordinates':[[20,20],[20,30],[30,30],[30,20],[20,20]]},
              'f':{'__type':'File','name':'b.txt'}, 'bin':{'__type':'Bytes','base64':'BAUG'},
              'o':{'k':{'z':2},'color':'blue','size':'3','on':false},
              'a':[4,5], 'tags':['green'], 'ap':[{'__type':'Pointer','className':'Team','objectId':'t3'}],
              'ao':[{'k':3}], 'words':'Lazy dogs sleep, foxes hunt',
              'ACL':{'u1':{'read':true},'role:mod':{'write':true}}},
             {'objectId':'mixed', 'createdAt':{'__type':'Date','iso':'2020-01-03T00:00:00.000Z'},
              'updatedAt':{'__type':'Date','iso':'2020-01-07T00:00:00.000Z'},
              's':'5', 'n':-1, 'd':{'__type':'Date','iso':'1969-12-31T23:59:59.999Z'},
              'g':{'__type':'GeoPoint','latitude':-33.9,'longitude':151.2},
              'o':{}, 'a':['x',2,null,true,{'k':1},[7]], 'tags':[], 'ap':[], 'ao':[], 'words':'Café au lait',
              'ACL':{}},
             {'objectId':'bare', 'createdAt':{'__type':'Date','iso':'2020-01-04T00:00:00.000Z'},
              'updatedAt':{'__type':'Date','iso':'2020-01-06T00:00:00.000Z'}},
             {'objectId':'nulls', 'createdAt':{'__type':'Date','iso':'2020-01-05T00:00:00.000Z'},
              'updatedAt':{'__type':'Date','iso':'2020-01-05T00:00:00.000Z'},
              's':null, 'n':null, 'b':null, 'd':null, 'p':null, 'g':null, 'o':null, 'a':null, 'tags':null},
             {'objectId':'lines', 'createdAt':{'__type':'Date','iso':'2020-01-06T00:00:00.000Z'},
              'updatedAt':{'__type':'Date','iso':'2020-01-04T00:00:00.000Z'},
              's':'line one\\nline two', 'n':0,
              'o':{'k':7,'color':null,'deep':[{'x':[{'y':1},{'y':2}]},{'x':[{'y':3}]}],'size':-2.5},
              'a':[0], 'tags':['red'], 'words':'fox fox fox'},
             {'objectId':'apex', 'createdAt':{'__type':'Date','iso':'2020-01-07T00:00:00.000Z'},
              'updatedAt':{'__type':'Date','iso':'2020-01-03T00:00:00.000Z'},
              's':'apple pie', 'n':5, 'b':true, 'd':{'__type':'Date','iso':'2020-01-01T00:00:00.000Z'},
              'p':{'__type':'Pointer','className':'Team','objectId':'t1'},
              'g':{'__type':'GeoPoint','latitude':0,'longitude':179.9},
              'o':{'color':'red'}, 'a':[3,1], 'tags':['Red','redish'], 'ao':[{'k':1},{'v':'y'}]},
             {'objectId':'west', 'createdAt':{'__type':'Date','iso':'2020-01-08T00:00:00.000Z'},
              'updatedAt':{'__type':'Date','iso':'2020-01-02T00:00:00.000Z'},
              's':'', 'n':1e21, 'g':{'__type':'GeoPoint','latitude':0,'longitude':-179.9},
              'y':{'__type':'Polygon','coordinates':[[-10,-10],[-10,10],[10,10],[10,-10],[-10,-10]]},
              'o':{'size':10}, 'a':[[1,2],[3]]}]
            """;

    private static Case when(String sentence, String where, String... found) {
        return new Case(sentence, where.replace('\'', '"'), ids(found), ids(found));
    }

    private static Case whenNullsAreKept(String sentence, String where, Set<String> kept, Set<String> absent) {
        return new Case(sentence, where.replace('\'', '"'), kept, absent);
    }

    private static Set<String> ids(String... ids) {
        return new TreeSet<>(List.of(ids));
    }

    private static String team(String id) {
        return "{'__type':'Pointer','className':'Team','objectId':'" + id + "'}";
    }

    private static String date(String iso) {
        return "{'__type':'Date','iso':'" + iso + "'}";
    }

    private static String point(double latitude, double longitude) {
        return "{'__type':'GeoPoint','latitude':" + latitude + ",'longitude':" + longitude + "}";
    }

    public static Stream<Case> all() {
        return Stream.of(
                        equality(),
                        negations(),
                        comparisons(),
                        lists(),
                        arrays(),
                        existence(),
                        paths(),
                        patterns(),
                        logic(),
                        times(),
                        geography(),
                        texts(),
                        owners())
                .flatMap(List::stream);
    }

    private static List<Case> equality() {
        return List.of(
                when("an empty where finds everything", "{}", EVERY),
                when("an equal text is found", "{'s':'apple'}", "full"),
                when("texts differ by case", "{'s':'APPLE'}"),
                when("the empty text is a text", "{'s':''}", "west"),
                when("a text with a line end is found", "{'s':'line one\\nline two'}", "lines"),
                when("an equal number is found", "{'n':5}", "full", "apex"),
                when("a number may be written in another way", "{'n':5.0}", "full", "apex"),
                when("a fraction is found", "{'n':10.5}", "other"),
                when("a negative number is found", "{'n':-1}", "mixed"),
                when("zero is not null", "{'n':0}", "lines"),
                when("a huge number is found", "{'n':1e21}", "west"),
                when("a number is not its text", "{'n':'5'}"),
                when("a text is not its number", "{'s':5}"),
                when("true is found", "{'b':true}", "full", "apex"),
                when("false is found, missing is not false", "{'b':false}", "other"),
                when("a boolean is not a number", "{'b':1}"),
                when("an equal date is found", "{'d':" + date("2020-01-01T00:00:00.000Z") + "}", "full", "apex"),
                when("a date is found by its milliseconds", "{'d':" + date("2021-06-15T12:00:00.500Z") + "}", "other"),
                when("dates differ by a millisecond", "{'d':" + date("2021-06-15T12:00:00.501Z") + "}"),
                when("a date before 1970 is found", "{'d':" + date("1969-12-31T23:59:59.999Z") + "}", "mixed"),
                when(
                        "a date may be given with an offset",
                        "{'d':" + date("2020-01-01T01:00:00+01:00") + "}",
                        "full",
                        "apex"),
                when("a date is not its text", "{'d':'2020-01-01T00:00:00.000Z'}"),
                when("createdAt may be given as text", "{'createdAt':'2020-01-02T00:00:00.000Z'}", "other"),
                when("createdAt is a date", "{'createdAt':" + date("2020-01-02T00:00:00.000Z") + "}", "other"),
                when("an object is found by its id", "{'objectId':'bare'}", "bare"),
                when("an unknown id finds nothing", "{'objectId':'none'}"),
                when("a pointer is found", "{'p':" + team("t1") + "}", "full", "apex"),
                when("pointers differ by objectId", "{'p':" + team("t9") + "}"),
                when("pointers differ by class", "{'p':{'__type':'Pointer','className':'Club','objectId':'t1'}}"),
                when(
                        "an included object stands for its pointer",
                        "{'p':{'__type':'Object','className':'Team','objectId':'t2','name':'x'}}",
                        "other"),
                when("a point is found", "{'g':" + point(41, -29) + "}", "other"),
                when("points differ", "{'g':" + point(41, -29.5) + "}"),
                when(
                        "a polygon is found",
                        "{'y':{'__type':'Polygon','coordinates':[[20,20],[20,30],[30,30],[30,20],[20,20]]}}",
                        "other"),
                when(
                        "a polygon is found by its open ring",
                        "{'y':{'__type':'Polygon','coordinates':[[20,20],[20,30],[30,30],[30,20]]}}",
                        "other"),
                when(
                        "a file is found by its name",
                        "{'f':{'__type':'File','name':'b.txt','url':'http://x/b.txt'}}",
                        "other"),
                when("bytes are found", "{'bin':{'__type':'Bytes','base64':'AQID'}}", "full"),
                when("null finds missing and null", "{'s':null}", "bare", "nulls"),
                when("null finds missing pointers", "{'p':null}", "mixed", "bare", "nulls", "lines", "west"),
                when("null finds missing arrays and arrays with a null", "{'a':null}", "mixed", "bare", "nulls"),
                when("null does not find empty arrays", "{'tags':null}", "bare", "nulls", "west"),
                when("a field that no object has is null everywhere", "{'nowhere':null}", EVERY),
                when("a field that no object has equals nothing", "{'nowhere':1}"),
                when("an object is equal as a whole", "{'o':{'color':'red'}}", "apex"),
                when("an empty object equals the empty object", "{'o':{}}", "mixed"),
                when("an object with fewer keys is another one", "{'o':{'color':'blue'}}"),
                when("$eq is equality", "{'n':{'$eq':5}}", "full", "apex"),
                when(
                        "$eq null finds missing and null",
                        "{'b':{'$eq':null}}",
                        "mixed",
                        "bare",
                        "nulls",
                        "lines",
                        "west"),
                when("several fields must all fit", "{'n':5,'s':'apple'}", "full"),
                when(
                        "a pointer beside an operator must be equal",
                        "{'p':{'__type':'Pointer','className':'Team','objectId':'t1','$exists':true}}",
                        "full",
                        "apex"));
    }

    private static final String[] EVERY = {"full", "other", "mixed", "bare", "nulls", "lines", "apex", "west"};

    private static List<Case> negations() {
        return List.of(
                when(
                        "$ne finds other values and missing ones",
                        "{'n':{'$ne':5}}",
                        "other",
                        "mixed",
                        "bare",
                        "nulls",
                        "lines",
                        "west"),
                when(
                        "$ne of a text",
                        "{'s':{'$ne':'apple'}}",
                        "other",
                        "mixed",
                        "bare",
                        "nulls",
                        "lines",
                        "apex",
                        "west"),
                when("$ne of another type finds everything", "{'n':{'$ne':'5'}}", EVERY),
                when(
                        "$ne null finds what is there",
                        "{'s':{'$ne':null}}",
                        "full",
                        "other",
                        "mixed",
                        "lines",
                        "apex",
                        "west"),
                when(
                        "$ne null on arrays refuses arrays with a null",
                        "{'a':{'$ne':null}}",
                        "full",
                        "other",
                        "lines",
                        "apex",
                        "west"),
                when("$ne null finds empty arrays", "{'tags':{'$ne':null}}", "full", "other", "mixed", "lines", "apex"),
                when(
                        "$ne on an array means no element",
                        "{'tags':{'$ne':'red'}}",
                        "other",
                        "mixed",
                        "bare",
                        "nulls",
                        "apex",
                        "west"),
                when(
                        "$ne of a pointer",
                        "{'p':{'$ne':" + team("t1") + "}}",
                        "other",
                        "mixed",
                        "bare",
                        "nulls",
                        "lines",
                        "west"),
                when(
                        "$ne of a pointer in an array",
                        "{'ap':{'$ne':" + team("t1") + "}}",
                        "other",
                        "mixed",
                        "bare",
                        "nulls",
                        "lines",
                        "apex",
                        "west"),
                when(
                        "$ne of a date",
                        "{'d':{'$ne':" + date("2020-01-01T00:00:00.000Z") + "}}",
                        "other",
                        "mixed",
                        "bare",
                        "nulls",
                        "lines",
                        "west"),
                when(
                        "$ne true finds false and missing",
                        "{'b':{'$ne':true}}",
                        "other",
                        "mixed",
                        "bare",
                        "nulls",
                        "lines",
                        "west"),
                when(
                        "$ne of an id",
                        "{'objectId':{'$ne':'full'}}",
                        "other",
                        "mixed",
                        "bare",
                        "nulls",
                        "lines",
                        "apex",
                        "west"),
                when(
                        "$ne of an object",
                        "{'o':{'$ne':{'color':'red'}}}",
                        "full",
                        "other",
                        "mixed",
                        "bare",
                        "nulls",
                        "lines",
                        "west"),
                when(
                        "$ne of a point",
                        "{'g':{'$ne':" + point(40, -30) + "}}",
                        "other",
                        "mixed",
                        "bare",
                        "nulls",
                        "lines",
                        "apex",
                        "west"),
                when(
                        "$ne of a file",
                        "{'f':{'$ne':{'__type':'File','name':'a.txt'}}}",
                        "other",
                        "mixed",
                        "bare",
                        "nulls",
                        "lines",
                        "apex",
                        "west"),
                when("$ne of a path", "{'o.color':{'$ne':'red'}}", "other", "mixed", "bare", "nulls", "lines", "west"),
                when(
                        "$ne of a path into an array of objects",
                        "{'ao.k':{'$ne':1}}",
                        "other",
                        "mixed",
                        "bare",
                        "nulls",
                        "lines",
                        "west"),
                when("$ne null of a path", "{'o.color':{'$ne':null}}", "full", "other", "apex"),
                when(
                        "two different values are excluded",
                        "{'n':{'$ne':5},'s':{'$ne':'Banana'}}",
                        "mixed",
                        "bare",
                        "nulls",
                        "lines",
                        "west"),
                when(
                        "$ne and $exists together",
                        "{'n':{'$ne':5,'$exists':true},'s':{'$ne':null}}",
                        "other",
                        "mixed",
                        "lines",
                        "west"),
                when(
                        "$nin finds other values and missing ones",
                        "{'n':{'$nin':[5,0]}}",
                        "other",
                        "mixed",
                        "bare",
                        "nulls",
                        "west"),
                when("$nin of nothing finds everything", "{'n':{'$nin':[]}}", EVERY),
                when(
                        "$nin with null needs a value",
                        "{'n':{'$nin':[null]}}",
                        "full",
                        "other",
                        "mixed",
                        "lines",
                        "apex",
                        "west"),
                when("$nin with null and a value", "{'n':{'$nin':[null,5]}}", "other", "mixed", "lines", "west"),
                when(
                        "$nin on an array means none of them",
                        "{'tags':{'$nin':['red','green']}}",
                        "mixed",
                        "bare",
                        "nulls",
                        "apex",
                        "west"),
                when(
                        "$nin of pointers",
                        "{'p':{'$nin':[" + team("t1") + "," + team("t3") + "]}}",
                        "other",
                        "mixed",
                        "bare",
                        "nulls",
                        "lines",
                        "west"),
                when(
                        "$nin of ids",
                        "{'objectId':{'$nin':['full','other','bare']}}",
                        "mixed",
                        "nulls",
                        "lines",
                        "apex",
                        "west"),
                when("$nin of texts", "{'s':{'$nin':['apple','','5']}}", "other", "bare", "nulls", "lines", "apex"),
                when(
                        "$nin of a path",
                        "{'o.size':{'$nin':[3,10]}}",
                        "other",
                        "mixed",
                        "bare",
                        "nulls",
                        "lines",
                        "apex"));
    }

    private static List<Case> comparisons() {
        return List.of(
                when("$gt of a number", "{'n':{'$gt':5}}", "other", "west"),
                when("$gte of a number", "{'n':{'$gte':5}}", "full", "other", "apex", "west"),
                when("$lt of a number, missing is not less", "{'n':{'$lt':0}}", "mixed"),
                when("$lte of a number", "{'n':{'$lte':0}}", "mixed", "lines"),
                when("a range", "{'n':{'$gt':0,'$lt':10.6}}", "full", "other", "apex"),
                when("an empty range", "{'n':{'$gt':5,'$lt':5}}"),
                when("a number is not compared with a text", "{'n':{'$gt':'0'}}"),
                when("a text is not compared with a number", "{'s':{'$gt':0}}"),
                when("$gt of a text, capitals come first", "{'s':{'$gt':'apple'}}", "lines", "apex"),
                when("$lt of a text", "{'s':{'$lt':'A'}}", "mixed", "west"),
                when("$gte of the empty text", "{'s':{'$gte':''}}", "full", "other", "mixed", "lines", "apex", "west"),
                when("$gt of the empty text", "{'s':{'$gt':''}}", "full", "other", "mixed", "lines", "apex"),
                when("$lte of a text", "{'s':{'$lte':'apple'}}", "full", "other", "mixed", "west"),
                when("$gt of a date", "{'d':{'$gt':" + date("2020-01-01T00:00:00.000Z") + "}}", "other"),
                when(
                        "$gte of a date",
                        "{'d':{'$gte':" + date("2020-01-01T00:00:00.000Z") + "}}",
                        "full",
                        "other",
                        "apex"),
                when("$lt of a date", "{'d':{'$lt':" + date("1970-01-01T00:00:00.000Z") + "}}", "mixed"),
                when(
                        "$lte of a date to the millisecond",
                        "{'d':{'$lte':" + date("2021-06-15T12:00:00.499Z") + "}}",
                        "full",
                        "mixed",
                        "apex"),
                when("a date is not compared with a text", "{'d':{'$gt':'1970'}}"),
                when(
                        "createdAt compares with a date",
                        "{'createdAt':{'$gt':" + date("2020-01-07T00:00:00.000Z") + "}}",
                        "west"),
                when("createdAt compares with a text", "{'createdAt':{'$lte':'2020-01-01T00:00:00.000Z'}}", "full"),
                when(
                        "updatedAt compares with a date",
                        "{'updatedAt':{'$lt':" + date("2020-01-03T00:00:00.000Z") + "}}",
                        "west"),
                when("ids are compared as texts", "{'objectId':{'$gt':'nulls'}}", "other", "west"),
                when("some element of an array is greater", "{'a':{'$gt':4}}", "other"),
                when("different elements may satisfy a range", "{'a':{'$gt':2,'$lt':2}}", "full", "apex"),
                when("some text of an array is less", "{'tags':{'$lt':'a'}}", "apex"),
                when("an array is not compared with a text", "{'a':{'$gt':''}}", "mixed"),
                when("$gt of a path", "{'o.size':{'$gt':3}}", "west"),
                when(
                        "$gte of a path compares numbers with numbers",
                        "{'o.size':{'$gte':-2.5}}",
                        "full",
                        "lines",
                        "west"),
                when("$gte of a path compares texts with texts", "{'o.size':{'$gte':'2'}}", "other"),
                when("$lt of a path", "{'o.k.z':{'$lt':2}}", "full"),
                when(
                        "$gt of a date in an object",
                        "{'o.when':{'$gt':" + date("2019-01-01T00:00:00.000Z") + "}}",
                        "full"),
                when("$gt of a path into an array of objects", "{'ao.k':{'$gt':1}}", "full", "other"),
                when("false is less than true", "{'b':{'$lt':true}}", "other"),
                when("true is greater than false", "{'b':{'$gt':false}}", "full", "apex"),
                when("booleans are at least false", "{'b':{'$gte':false}}", "full", "other", "apex"),
                when(
                        "$gte null is equality with null",
                        "{'b':{'$gte':null}}",
                        "mixed",
                        "bare",
                        "nulls",
                        "lines",
                        "west"),
                when("nothing is greater than null", "{'n':{'$gt':null}}"));
    }

    private static List<Case> lists() {
        return List.of(
                when("$in of numbers", "{'n':{'$in':[5,0,77]}}", "full", "lines", "apex"),
                when("$in of nothing", "{'n':{'$in':[]}}"),
                when("$in of a field that no object has", "{'nowhere':{'$in':[1]}}"),
                when("$in of texts", "{'s':{'$in':['apple','Banana','x']}}", "full", "other"),
                when("$in compares types", "{'n':{'$in':['5',true]}}"),
                when("$in of mixed types", "{'n':{'$in':['5',5]}}", "full", "apex"),
                when("$in with null finds missing", "{'n':{'$in':[null]}}", "bare", "nulls"),
                when("$in with null and a value", "{'n':{'$in':[null,0]}}", "bare", "nulls", "lines"),
                when("$in of ids", "{'objectId':{'$in':['full','west','none']}}", "full", "west"),
                when("$in of dates", "{'d':{'$in':[" + date("2020-01-01T00:00:00.000Z") + "]}}", "full", "apex"),
                when("$in of pointers", "{'p':{'$in':[" + team("t2") + "," + team("t3") + "]}}", "other"),
                when("$in of booleans", "{'b':{'$in':[true,false]}}", "full", "other", "apex"),
                when("$in of points", "{'g':{'$in':[" + point(40, -30) + "]}}", "full"),
                when("$in of files", "{'f':{'$in':[{'__type':'File','name':'a.txt'}]}}", "full"),
                when("$in spreads lists in the list", "{'n':{'$in':[[5],[0]]}}", "full", "lines", "apex"),
                when("$in on an array means some element", "{'tags':{'$in':['blue','green']}}", "full", "other"),
                when(
                        "$in of pointers in an array",
                        "{'ap':{'$in':[" + team("t2") + "," + team("t3") + "]}}",
                        "full",
                        "other"),
                when("$in on an array of mixed elements", "{'a':{'$in':['x',true]}}", "mixed"),
                when("$in with null on arrays", "{'a':{'$in':[null]}}", "mixed", "bare", "nulls"),
                when("$in of objects in an array", "{'ao':{'$in':[{'k':3}]}}", "other"),
                when("$in of a path", "{'o.color':{'$in':['red','green']}}", "full", "apex"),
                when("$in of a path with types", "{'o.size':{'$in':['3',10]}}", "other", "west"),
                when("$in of a path into an array of objects", "{'ao.v':{'$in':['x']}}", "full"),
                when("$in and $nin together", "{'n':{'$in':[5,0],'$nin':[0]}}", "full", "apex"));
    }

    private static List<Case> arrays() {
        return List.of(
                when("an element of an array is found", "{'tags':'red'}", "full", "lines"),
                when("elements are compared with case", "{'tags':'Red'}", "apex"),
                when("a part of an element is not enough", "{'tags':'re'}"),
                when("a number in an array is found", "{'a':2}", "full", "mixed"),
                when("a boolean in an array is found", "{'a':true}", "mixed"),
                when("a number in an array is not its text", "{'a':'2'}"),
                when("an object in an array is found as a whole", "{'a':{'k':1}}", "mixed"),
                when("an object in an array is not found by a part", "{'ao':{'k':1}}", "apex"),
                when("a pointer in an array is found", "{'ap':" + team("t2") + "}", "full"),
                when("an array is equal as a whole", "{'a':[1,2,3]}", "full"),
                when("an array in another order is another one", "{'a':[3,2,1]}"),
                when("an array in an array is an element", "{'a':[7]}", "mixed"),
                when("elements of an inner array are not elements", "{'a':7}"),
                when("the empty array is equal as a whole", "{'tags':[]}", "mixed"),
                when("$all wants every element", "{'a':{'$all':[1,3]}}", "full", "apex"),
                when("$all of one element", "{'tags':{'$all':['red']}}", "full", "lines"),
                when("$all with a strange element", "{'a':{'$all':[1,9]}}"),
                when("$all of nothing finds nothing", "{'a':{'$all':[]}}"),
                when("$all of pointers", "{'ap':{'$all':[" + team("t2") + "," + team("t1") + "]}}", "full"),
                when("$all of objects", "{'ao':{'$all':[{'k':1,'v':'x'}]}}", "full"),
                when("$all compares types", "{'a':{'$all':['1']}}"),
                when("$all of a missing field", "{'nowhere':{'$all':[1]}}"),
                when(
                        "$all of beginnings",
                        "{'tags':{'$all':[{'$regex':'^\\\\Qre\\\\E'},{'$regex':'^\\\\Qbl\\\\E'}]}}",
                        "full"),
                when(
                        "$all of one beginning",
                        "{'tags':{'$all':[{'$regex':'^\\\\Qre\\\\E'}]}}",
                        "full",
                        "lines",
                        "apex"),
                when("$all of beginnings that nothing has", "{'tags':{'$all':[{'$regex':'^\\\\Qzz\\\\E'}]}}"),
                when("$all in an object", "{'o.list':{'$all':[2,1]}}", "full"),
                when("$containedBy: all elements are allowed", "{'a':{'$containedBy':[1,2,3,4]}}", "full", "apex"),
                when("$containedBy finds the empty array", "{'tags':{'$containedBy':['red']}}", "mixed", "lines"),
                when("$containedBy of nothing finds the empty array", "{'tags':{'$containedBy':[]}}", "mixed"),
                when("$containedBy compares types", "{'a':{'$containedBy':['4','5',4]}}"),
                when("$containedBy of pointers", "{'ap':{'$containedBy':[" + team("t3") + "]}}", "other", "mixed"),
                when("$containedBy in an object", "{'o.list':{'$containedBy':[1,2,3]}}", "full"),
                when("an element of an array in an object", "{'o.list':2}", "full"),
                when("an array in an object is equal as a whole", "{'o.list':[1,2]}", "full"));
    }

    private static List<Case> existence() {
        return List.of(
                whenNullsAreKept(
                        "$exists finds present fields, null is present",
                        "{'s':{'$exists':true}}",
                        ids("full", "other", "mixed", "nulls", "lines", "apex", "west"),
                        ids("full", "other", "mixed", "lines", "apex", "west")),
                whenNullsAreKept(
                        "$exists false finds missing fields",
                        "{'s':{'$exists':false}}",
                        ids("bare"),
                        ids("bare", "nulls")),
                whenNullsAreKept(
                        "$exists of a pointer",
                        "{'p':{'$exists':true}}",
                        ids("full", "other", "nulls", "apex"),
                        ids("full", "other", "apex")),
                whenNullsAreKept(
                        "an empty array exists",
                        "{'tags':{'$exists':false}}",
                        ids("bare", "west"),
                        ids("bare", "nulls", "west")),
                when("an id always exists", "{'objectId':{'$exists':true}}", EVERY),
                when("a date always exists", "{'createdAt':{'$exists':false}}"),
                when("a field that no object has", "{'nowhere':{'$exists':true}}"),
                when("a field that no object has is missing everywhere", "{'nowhere':{'$exists':false}}", EVERY),
                when("$exists of a file", "{'f':{'$exists':true}}", "full", "other"),
                when("$exists of bytes", "{'bin':{'$exists':true}}", "full", "other"),
                when("$exists of a polygon", "{'y':{'$exists':true}}", "full", "other", "west"),
                when("$exists of a path", "{'o.size':{'$exists':true}}", "full", "other", "lines", "west"),
                when("$exists false of a path", "{'o.color':{'$exists':false}}", "mixed", "bare", "nulls", "west"),
                when("null in an object exists", "{'o.none':{'$exists':true}}", "full"),
                when("$exists of an index", "{'a.2':{'$exists':true}}", "full", "mixed"),
                when("$exists of an index beyond the array", "{'a.1':{'$exists':false}}", "bare", "nulls", "lines"),
                when("$exists of a path into an array of objects", "{'ao.v':{'$exists':true}}", "full", "apex"));
    }

    private static List<Case> paths() {
        return List.of(
                when("a path into an object", "{'o.color':'red'}", "full", "apex"),
                when("a longer path", "{'o.k.z':2}", "other"),
                when("a path that ends early", "{'o.k':{'z':1}}", "full"),
                when("a path of another type", "{'o.k':7}", "lines"),
                when("a path through a number leads nowhere", "{'o.k.z':7}"),
                when("types count in paths", "{'o.size':3}", "full"),
                when("types count in paths for texts too", "{'o.size':'3'}", "other"),
                when("a boolean in an object", "{'o.on':true}", "full"),
                when("false in an object", "{'o.on':false}", "other"),
                when("a date in an object", "{'o.when':" + date("2020-01-01T00:00:00.000Z") + "}", "full"),
                when("a pointer in an object", "{'o.team':" + team("t1") + "}", "full"),
                when("a member of a pointer in an object", "{'o.team.objectId':'t1'}", "full"),
                when(
                        "null of a path finds missing ones too",
                        "{'o.color':null}",
                        "mixed",
                        "bare",
                        "nulls",
                        "lines",
                        "west"),
                when(
                        "null of a path through a missing key",
                        "{'o.k.z':null}",
                        "mixed",
                        "bare",
                        "nulls",
                        "lines",
                        "apex",
                        "west"),
                when("an index of an array", "{'a.0':1}", "full", "west"),
                when("another index of an array", "{'a.1':5}", "other"),
                when("an index with a text", "{'a.0':'x'}", "mixed"),
                when("an index and a key", "{'ao.0.k':1}", "full", "apex"),
                when("an index and a key of the second", "{'ao.1.v':'y'}", "full", "apex"),
                when("a key of some object in an array", "{'ao.k':2}", "full"),
                when("keys of different objects in an array", "{'ao.k':1,'ao.v':'y'}", "full", "apex"),
                when(
                        "a missing key of some object in an array",
                        "{'ao.v':null}",
                        "other",
                        "bare",
                        "nulls",
                        "lines",
                        "apex",
                        "west"),
                when("a key of objects among other elements", "{'a.k':1}", "mixed"),
                when("a path through two arrays", "{'o.deep.x.y':3}", "lines"),
                when("a path through two arrays with indices", "{'o.deep.0.x.1.y':2}", "lines"),
                when("an index that does not fit", "{'o.deep.1.x.1.y':3}"),
                when("an index in an object's array", "{'o.list.1':2}", "full"),
                when("a path below a text leads nowhere", "{'s.x':1}"),
                when("a path below a pointer leads nowhere", "{'p.objectId':'t1'}"),
                when("a path below a text is null", "{'s.x':null}", EVERY));
    }

    private static List<Case> patterns() {
        return List.of(
                when("a pattern is found anywhere", "{'s':{'$regex':'pp'}}", "full", "apex"),
                when("a pattern with a start", "{'s':{'$regex':'^apple'}}", "full", "apex"),
                when("a pattern with an end", "{'s':{'$regex':'e$'}}", "full", "apex"),
                when("a whole pattern", "{'s':{'$regex':'^apple$'}}", "full"),
                when("a pattern counts case", "{'s':{'$regex':'^b'}}"),
                when("option i ignores case", "{'s':{'$regex':'^b','$options':'i'}}", "other"),
                when(
                        "option i ignores case of a quoted text",
                        "{'s':{'$regex':'\\\\QBANANA\\\\E','$options':'i'}}",
                        "other"),
                when("without option m the start is the start of the text", "{'s':{'$regex':'^line two'}}"),
                when("option m finds starts of lines", "{'s':{'$regex':'^line two','$options':'m'}}", "lines"),
                when("without option s a dot is no line end", "{'s':{'$regex':'one.line'}}"),
                when("option s lets a dot be a line end", "{'s':{'$regex':'one.line','$options':'s'}}", "lines"),
                when("option x ignores blanks", "{'s':{'$regex':'ap p le # fruit','$options':'x'}}", "full", "apex"),
                when("several options", "{'s':{'$regex':'^ LINE  .TWO | ^LINE.ONE','$options':'imsx'}}", "lines"),
                when("option u is taken", "{'s':{'$regex':'^ap','$options':'u'}}", "full", "apex"),
                when("a quoted start", "{'s':{'$regex':'^\\\\Qapple\\\\E'}}", "full", "apex"),
                when("a quoted text has no special characters", "{'s':{'$regex':'\\\\Qa.p\\\\E'}}"),
                when("a quoted end", "{'s':{'$regex':'\\\\Qpie\\\\E$'}}", "apex"),
                when("an alternative", "{'s':{'$regex':'^(5|Ban)'}}", "other", "mixed"),
                when("a class of characters", "{'s':{'$regex':'^[A-Z0-9]'}}", "other", "mixed"),
                when("a look-ahead", "{'s':{'$regex':'^(?=.*pie)apple'}}", "apex"),
                when("a back reference", "{'s':{'$regex':'(.)\\\\1'}}", "full", "apex"),
                when(
                        "the empty pattern finds every text",
                        "{'s':{'$regex':''}}",
                        "full",
                        "other",
                        "mixed",
                        "lines",
                        "apex",
                        "west"),
                when("a pattern on a number finds nothing", "{'n':{'$regex':'5'}}"),
                when("a pattern on an array means some element", "{'tags':{'$regex':'^re'}}", "full", "lines", "apex"),
                when(
                        "a pattern on an array with option i",
                        "{'tags':{'$regex':'^RED$','$options':'i'}}",
                        "full",
                        "lines",
                        "apex"),
                when("a pattern on a path", "{'o.color':{'$regex':'^(red|blue)$'}}", "full", "other", "apex"),
                when("a pattern on a path finds no numbers", "{'o.size':{'$regex':'3'}}", "other"),
                when("a pattern on an id", "{'objectId':{'$regex':'^(full|bare)$'}}", "full", "bare"),
                when("a pattern on a path into an array of objects", "{'ao.v':{'$regex':'^x'}}", "full"),
                when("a pattern with accents", "{'words':{'$regex':'CAFÉ','$options':'i'}}", "mixed"),
                when("a pattern beside another operator", "{'s':{'$regex':'^apple','$ne':'apple'}}", "apex"));
    }

    private static List<Case> logic() {
        return List.of(
                when("$or", "{'$or':[{'n':0},{'s':'apple'}]}", "full", "lines"),
                when("$or beside a field", "{'n':5,'$or':[{'s':'apple'},{'s':'Banana'}]}", "full"),
                when("$or with several fields in a branch", "{'$or':[{'n':5,'s':'apple'},{'n':5,'s':'x'}]}", "full"),
                when("$or with an empty branch finds everything", "{'$or':[{},{'n':5}]}", EVERY),
                when("$and", "{'$and':[{'n':{'$gte':5}},{'n':{'$lt':10}}]}", "full", "apex"),
                when("$and of the same array", "{'$and':[{'tags':'red'},{'tags':'blue'}]}", "full"),
                when("$nor", "{'$nor':[{'n':5},{'s':'Banana'}]}", "mixed", "bare", "nulls", "lines", "west"),
                when("$nor with a negation", "{'$nor':[{'n':{'$ne':5}}]}", "full", "apex"),
                when(
                        "$nor with a missing field",
                        "{'$nor':[{'n':null}]}",
                        "full",
                        "other",
                        "mixed",
                        "lines",
                        "apex",
                        "west"),
                when(
                        "$nor of a comparison finds missing fields",
                        "{'$nor':[{'n':{'$gt':0}}]}",
                        "mixed",
                        "bare",
                        "nulls",
                        "lines"),
                when(
                        "$nor of a list finds missing fields",
                        "{'$nor':[{'s':{'$in':['apple','']}}]}",
                        "other",
                        "mixed",
                        "bare",
                        "nulls",
                        "lines",
                        "apex"),
                when(
                        "$nor of a pattern finds missing fields",
                        "{'$nor':[{'s':{'$regex':'a'}}]}",
                        "mixed",
                        "bare",
                        "nulls",
                        "lines",
                        "west"),
                when(
                        "$nor of $all finds missing fields",
                        "{'$nor':[{'a':{'$all':[1]}}]}",
                        "other",
                        "mixed",
                        "bare",
                        "nulls",
                        "lines",
                        "west"),
                when(
                        "$nor of $containedBy finds missing fields",
                        "{'$nor':[{'a':{'$containedBy':[1,2,3]}}]}",
                        "other",
                        "mixed",
                        "bare",
                        "nulls",
                        "lines",
                        "west"),
                when(
                        "$nor of an element finds missing fields",
                        "{'$nor':[{'tags':'red'}]}",
                        "other",
                        "mixed",
                        "bare",
                        "nulls",
                        "apex",
                        "west"),
                when(
                        "$nor of a path finds missing fields",
                        "{'$nor':[{'o.color':'red'}]}",
                        "other",
                        "mixed",
                        "bare",
                        "nulls",
                        "lines",
                        "west"),
                when(
                        "$nor of a point finds missing points",
                        "{'$nor':[{'g':{'$within':{'$box':[" + point(0, -90) + "," + point(90, 0) + "]}}}]}",
                        "mixed",
                        "bare",
                        "nulls",
                        "lines",
                        "apex",
                        "west"),
                when(
                        "$or in $and",
                        "{'$and':[{'$or':[{'n':5},{'n':0}]},{'$or':[{'s':'apple'},{'a':0}]}]}",
                        "full",
                        "lines"),
                when("$and in $or", "{'$or':[{'$and':[{'n':5},{'s':'apple pie'}]},{'n':-1}]}", "mixed", "apex"),
                when("$nor in $nor", "{'$nor':[{'$nor':[{'n':5}]}]}", "full", "apex"),
                when(
                        "$nor in $or",
                        "{'$or':[{'$nor':[{'n':{'$exists':false}},{'n':null},{'n':{'$lt':1e20}}]},{'s':'5'}]}",
                        "mixed",
                        "west"),
                when(
                        "deep nesting",
                        "{'$and':[{'$and':[{'$and':[{'$and':[{'$or':[{'$nor':[{'n':{'$ne':5}}]}]}]}]}]}]}",
                        "full",
                        "apex"));
    }

    private static List<Case> times() {
        // Now is 2020-01-02T00:00:00Z.
        return List.of(
                when("before now", "{'d':{'$lt':{'$relativeTime':'now'}}}", "full", "mixed", "apex"),
                when("after now", "{'d':{'$gt':{'$relativeTime':'now'}}}", "other"),
                when("a day ago", "{'d':{'$gte':{'$relativeTime':'1 day ago'}}}", "full", "other", "apex"),
                when("less than a day ago", "{'d':{'$gt':{'$relativeTime':'1 day ago'}}}", "other"),
                when("23 hours and 59 minutes ago", "{'d':{'$gte':{'$relativeTime':'23 hrs 59 mins ago'}}}", "other"),
                when("in a year", "{'d':{'$gt':{'$relativeTime':'in 1 year'}}}", "other"),
                when("in two years", "{'d':{'$gt':{'$relativeTime':'in 2 yrs'}}}"),
                when("more than 50 years ago", "{'d':{'$lt':{'$relativeTime':'50 years ago'}}}", "mixed"),
                when("weeks and seconds", "{'createdAt':{'$gt':{'$relativeTime':'in 0 wks 5 days 1 sec'}}}", "west"),
                when("capitals do not count", "{'createdAt':{'$gt':{'$relativeTime':'IN 5 Days 1 Sec'}}}", "west"));
    }

    private static List<Case> geography() {
        String all = "{'g':{'$nearSphere':" + point(40, -30);
        String square = point(39, -31) + "," + point(39, -28) + "," + point(42, -28) + "," + point(42, -31);
        return List.of(
                when("near without limit finds all points", all + "}}", "full", "other", "mixed", "apex", "west"),
                when("near with a limit in radians", all + ",'$maxDistance':0.03}}", "full", "other"),
                when("near with a narrow limit", all + ",'$maxDistance':0.01}}", "full"),
                when("near with the limit zero finds the point itself", all + ",'$maxDistance':0}}", "full"),
                when("near with a limit in kilometres", all + ",'$maxDistanceInKilometers':150}}", "full", "other"),
                when(
                        "near with a limit in kilometres that is too short",
                        all + ",'$maxDistanceInKilometers':130}}",
                        "full"),
                when("near with a limit in miles", all + ",'$maxDistanceInMiles':90}}", "full", "other"),
                when("near with a limit named radians", all + ",'$maxDistanceInRadians':0.03}}", "full", "other"),
                when(
                        "near over the 180th meridian",
                        "{'g':{'$nearSphere':" + point(0, 180) + ",'$maxDistanceInKilometers':12}}",
                        "apex",
                        "west"),
                when("near beside a field", "{'n':5,'g':{'$nearSphere':" + point(40, -30) + "}}", "full", "apex"),
                when("a box", "{'g':{'$within':{'$box':[" + point(40.5, -30) + "," + point(50, -20) + "]}}}", "other"),
                when(
                        "corners of a box are inside",
                        "{'g':{'$within':{'$box':[" + point(40, -30) + "," + point(41, -29) + "]}}}",
                        "full",
                        "other"),
                when("an empty box", "{'g':{'$within':{'$box':[" + point(1, 1) + "," + point(2, 2) + "]}}}"),
                when("a polygon of points", "{'g':{'$geoWithin':{'$polygon':[" + square + "]}}}", "full", "other"),
                when(
                        "a closed polygon",
                        "{'g':{'$geoWithin':{'$polygon':[" + square + "," + point(39, -31) + "]}}}",
                        "full",
                        "other"),
                when(
                        "a polygon of pairs, longitude first",
                        "{'g':{'$geoWithin':{'$polygon':[[-31,39],[-29.5,39],[-29.5,42],[-31,42]]}}}",
                        "full"),
                when(
                        "a triangle",
                        "{'g':{'$geoWithin':{'$polygon':[" + point(39, -31) + "," + point(39, -28) + ","
                                + point(41, -31) + "]}}}",
                        "full"),
                when(
                        "a polygon elsewhere",
                        "{'g':{'$geoWithin':{'$polygon':[" + point(1, 1) + "," + point(1, 2) + "," + point(2, 2)
                                + "]}}}"),
                when(
                        "a polygon object, longitude first",
                        "{'g':{'$geoWithin':{'$polygon':{'__type':'Polygon','coordinates':[[-31,39],[-28,39],[-28,42],[-31,42]]}}}}",
                        "full",
                        "other"),
                when(
                        "a circle on the sphere",
                        "{'g':{'$geoWithin':{'$centerSphere':[" + point(40, -30) + ",0.03]}}}",
                        "full",
                        "other"),
                when("a circle given by a pair", "{'g':{'$geoWithin':{'$centerSphere':[[-29,41],0.001]}}}", "other"),
                when(
                        "a circle as large as the world",
                        "{'g':{'$geoWithin':{'$centerSphere':[[0,0],3.2]}}}",
                        "full",
                        "other",
                        "mixed",
                        "apex",
                        "west"),
                when(
                        "polygons that contain a point",
                        "{'y':{'$geoIntersects':{'$point':" + point(5, 5) + "}}}",
                        "full",
                        "west"),
                when(
                        "one polygon contains a point",
                        "{'y':{'$geoIntersects':{'$point':" + point(25, 25) + "}}}",
                        "other"),
                when(
                        "a corner is inside a polygon",
                        "{'y':{'$geoIntersects':{'$point':" + point(20, 20) + "}}}",
                        "other"),
                when("no polygon contains a point", "{'y':{'$geoIntersects':{'$point':" + point(50, 50) + "}}}"),
                when("a point field has no polygon", "{'g':{'$geoIntersects':{'$point':" + point(40, -30) + "}}}"),
                when("a polygon field has no distance", "{'y':{'$nearSphere':" + point(5, 5) + "}}"),
                when("a text field has no distance", "{'s':{'$nearSphere':" + point(5, 5) + "}}"));
    }

    private static String search(String more) {
        return "{'words':{'$text':{'$search':{" + more + "}}}}";
    }

    private static List<Case> texts() {
        return List.of(
                when("a word is found", search("'$term':'quick'"), "full"),
                when("case does not count", search("'$term':'QUICK'"), "full"),
                when("words are compared by their stem", search("'$term':'dog'"), "other"),
                when("some of the words are enough", search("'$term':'dog quick'"), "full", "other"),
                when("a part of a word is not enough", search("'$term':'qui'")),
                when("stop words find nothing", search("'$term':'the'")),
                when("a phrase", search("'$term':'\\\\'quick brown\\\\''".replace("\\\\'", "\\\"")), "full"),
                when("a phrase in another order", search("'$term':'\\\\'brown quick\\\\''".replace("\\\\'", "\\\""))),
                when("a word is excluded", search("'$term':'fox -quick'"), "other", "lines"),
                when("accents do not count", search("'$term':'cafe'"), "mixed"),
                when("accents count on demand", search("'$term':'cafe','$diacriticSensitive':true")),
                when("case counts on demand", search("'$term':'lazy','$caseSensitive':true")),
                when("without a language words are as they are", search("'$term':'dog','$language':'none'")),
                when("text beside a field", "{'n':0,'words':{'$text':{'$search':{'$term':'fox'}}}}", "lines"));
    }

    private static List<Case> owners() {
        return List.of(
                when("readers named in the ACL", "{'_rperm':'*'}", "full"),
                when("one of the readers", "{'_rperm':{'$in':['u1','u2']}}", "full", "other"),
                when(
                        "no ACL, or everybody, or one of them",
                        "{'_rperm':{'$in':[null,'*','u1']}}",
                        "full",
                        "other",
                        "bare",
                        "nulls",
                        "lines",
                        "apex",
                        "west"),
                when("writers named in the ACL", "{'_wperm':{'$in':['role:mod','u1']}}", "full", "other"));
    }

    public static Stream<SortCase> sorts() {
        String some = "{'objectId':{'$in':['full','other','mixed','lines']}}";
        return Stream.of(
                sort("by number", "n", some, "mixed", "lines", "full", "other"),
                sort("by number, greatest first", "-n", some, "other", "full", "lines", "mixed"),
                sort("by text, capitals first", "s", some, "mixed", "other", "full", "lines"),
                sort("by text, last first", "-s", some, "lines", "full", "other", "mixed"),
                sort("by creation", "createdAt", "{}", EVERY),
                sort("by creation under its old name", "_created_at", "{}", EVERY),
                sort(
                        "by update",
                        "updatedAt",
                        "{}",
                        "west",
                        "apex",
                        "lines",
                        "nulls",
                        "bare",
                        "mixed",
                        "other",
                        "full"),
                sort("by date", "d", "{'d':{'$ne':null},'objectId':{'$ne':'apex'}}", "mixed", "full", "other"),
                sort(
                        "by two fields",
                        "n,-createdAt",
                        "{'n':{'$ne':null}}",
                        "mixed",
                        "lines",
                        "apex",
                        "full",
                        "other",
                        "west"),
                sort(
                        "by two fields, the second upwards",
                        "-n,createdAt",
                        "{'n':{'$ne':null}}",
                        "west",
                        "other",
                        "full",
                        "apex",
                        "lines",
                        "mixed"),
                sort(
                        "missing values come first",
                        "n,createdAt",
                        "{}",
                        "bare",
                        "nulls",
                        "mixed",
                        "lines",
                        "full",
                        "apex",
                        "other",
                        "west"),
                sort(
                        "missing values come last downwards",
                        "-n,createdAt",
                        "{}",
                        "west",
                        "other",
                        "full",
                        "apex",
                        "lines",
                        "mixed",
                        "bare",
                        "nulls"),
                sort("by boolean", "b,createdAt", "{'b':{'$ne':null}}", "other", "full", "apex"),
                sort(
                        "by a path with numbers and texts",
                        "o.size",
                        "{'o.size':{'$exists':true}}",
                        "lines",
                        "full",
                        "west",
                        "other"),
                sort("by a path of texts", "o.color,createdAt", "{'o.color':{'$ne':null}}", "other", "full", "apex"),
                sort("by id", "objectId", some, "full", "lines", "mixed", "other"),
                sort("by id, last first", "-objectId", some, "other", "mixed", "lines", "full"),
                sort("by a field that no object has", "nowhere,createdAt", "{'n':5}", "full", "apex"),
                sort(
                        "by distance",
                        "",
                        "{'g':{'$nearSphere':" + point(41, -29) + "}}",
                        "other",
                        "full",
                        "west",
                        "apex",
                        "mixed"),
                sort(
                        "by distance within a limit",
                        "",
                        "{'g':{'$nearSphere':" + point(40, -30) + ",'$maxDistance':0.03}}",
                        "full",
                        "other"),
                sort(
                        "an order beats the distance",
                        "s",
                        "{'g':{'$nearSphere':" + point(40, -30) + ",'$maxDistance':0.03}}",
                        "other",
                        "full"),
                sort("by rank of a text search", "$score", search("'$term':'fox'"), "lines", "full", "other"));
    }

    private static SortCase sort(String sentence, String order, String where, String... found) {
        return new SortCase(sentence, order, where.replace('\'', '"'), List.of(found));
    }

    public static Stream<DistinctCase> distincts() {
        return Stream.of(
                distinct("of numbers", "n", "{}", "[5,10.5,-1,0,1e21]"),
                distinct("of texts with a where", "s", "{'n':5}", "['apple','apple pie']"),
                distinct("of booleans", "b", "{}", "[true,false]"),
                distinct("of pointers", "p", "{}", "[" + team("t1") + "," + team("t2") + "]"),
                distinct("of dates", "d", "{'n':5}", "[" + date("2020-01-01T00:00:00.000Z") + "]"),
                distinct("of array elements", "tags", "{}", "['red','blue','green','Red','redish']"),
                distinct(
                        "of pointers in arrays",
                        "ap",
                        "{}",
                        "[" + team("t1") + "," + team("t2") + "," + team("t3") + "]"),
                distinct("of a path", "o.color", "{}", "['red','blue']"),
                distinct("of a path with several types", "o.size", "{}", "[3,'3',-2.5,10]"),
                distinct("of a path into an array of objects", "ao.k", "{}", "[1,2,3]"),
                distinct("of an array in an object", "o.list", "{}", "[1,2]"),
                distinct("of a field that no object has", "nowhere", "{}", "[]"),
                distinct("of nothing", "n", "{'n':77}", "[]"),
                distinct("of ids", "objectId", "{'n':5}", "['full','apex']"));
    }

    private static DistinctCase distinct(String sentence, String path, String where, String values) {
        return new DistinctCase(sentence, path, where.replace('\'', '"'), values.replace('\'', '"'));
    }
}
