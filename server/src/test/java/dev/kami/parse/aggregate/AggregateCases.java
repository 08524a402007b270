package dev.kami.parse.aggregate;

import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What pipelines answer, told once. {@code '} stands for {@code "} in JSON here. */
public final class AggregateCases {
    public static final FieldKinds SALES = new FieldKinds(Map.of(
            "createdAt", "Date",
            "updatedAt", "Date",
            "item", "String",
            "price", "Number",
            "paid", "Boolean",
            "sold", "Date",
            "shop", "Pointer<Shop>",
            "tags", "Array",
            "extra", "Object",
            "place", "GeoPoint"));

    public static final FieldKinds SHOPS = new FieldKinds(Map.of(
            "objectId", "String", "createdAt", "Date", "updatedAt", "Date", "name", "String", "chain", "String"));

    private AggregateCases() {}

    /** @param results JSON array */
    public record Case(String sentence, String pipeline, String results) {
        public Obj params() {
            return Obj.of("pipeline", json(pipeline));
        }

        public List<ParseValue> expected() {
            return ((Array) json(results)).items();
        }

        @Override
        public String toString() {
            return sentence;
        }
    }

    static ParseValue json(String text) {
        return JsonReader.read(text.replace('\'', '"'));
    }

    private static List<ParseObject> objects(String className, String text) {
        return ((Array) json(text))
                .items().stream()
                        .map(item -> ParseObject.of(className, (Obj) item))
                        .toList();
    }

    public static List<ParseObject> sales() {
        return objects("Sale", """
                [{'objectId':'a','createdAt':{'__type':'Date','iso':'2020-01-01T00:00:00.000Z'},
                  'updatedAt':{'__type':'Date','iso':'2020-01-01T00:00:00.000Z'},
                  'item':'tea','price':3,'paid':true,'sold':{'__type':'Date','iso':'2020-02-29T23:30:15.250Z'},
                  'shop':{'__type':'Pointer','className':'Shop','objectId':'s1'},'tags':['hot','green'],
                  'extra':{'sugar':1,'cups':[{'ml':200},{'ml':300}]},
                  'place':{'__type':'GeoPoint','latitude':0,'longitude':0}},
                 {'objectId':'b','createdAt':{'__type':'Date','iso':'2020-01-02T00:00:00.000Z'},
                  'updatedAt':{'__type':'Date','iso':'2020-01-02T00:00:00.000Z'},
                  'item':'coffee','price':4.5,'paid':false,'sold':{'__type':'Date','iso':'2020-03-01T08:00:00.000Z'},
                  'shop':{'__type':'Pointer','className':'Shop','objectId':'s2'},'tags':['hot'],
                  'extra':{'sugar':2},'place':{'__type':'GeoPoint','latitude':0,'longitude':1}},
                 {'objectId':'c','createdAt':{'__type':'Date','iso':'2020-01-03T00:00:00.000Z'},
                  'updatedAt':{'__type':'Date','iso':'2020-01-03T00:00:00.000Z'},
                  'item':'tea','price':5,'paid':true,'sold':{'__type':'Date','iso':'2021-01-01T00:00:00.000Z'},
                  'shop':{'__type':'Pointer','className':'Shop','objectId':'s1'},'tags':[]},
                 {'objectId':'d','createdAt':{'__type':'Date','iso':'2020-01-04T00:00:00.000Z'},
                  'updatedAt':{'__type':'Date','iso':'2020-01-04T00:00:00.000Z'},
                  'item':'cake'}]
                """);
    }

    public static List<ParseObject> shops() {
        return objects("Shop", """
                [{'objectId':'s1','createdAt':{'__type':'Date','iso':'2020-01-01T00:00:00.000Z'},
                  'updatedAt':{'__type':'Date','iso':'2020-01-01T00:00:00.000Z'},'name':'North','chain':'root'},
                 {'objectId':'s2','createdAt':{'__type':'Date','iso':'2020-01-01T00:00:00.000Z'},
                  'updatedAt':{'__type':'Date','iso':'2020-01-01T00:00:00.000Z'},'name':'South','chain':'North'},
                 {'objectId':'s3','createdAt':{'__type':'Date','iso':'2020-01-01T00:00:00.000Z'},
                  'updatedAt':{'__type':'Date','iso':'2020-01-01T00:00:00.000Z'},'name':'Deep','chain':'South'}]
                """);
    }

    private static Case c(String sentence, String pipeline, String results) {
        return new Case(sentence, pipeline, results);
    }

    /** The expression's value for object {@code a}. */
    private static Case value(String expression, String value) {
        return c(
                expression,
                "[{'$match':{'objectId':'a'}},{'$project':{'_id':0,'v':" + expression + "}}]",
                value.equals("missing") ? "[{}]" : "[{'v':" + value + "}]");
    }

    public static Stream<Case> all() {
        return Stream.of(matching(), shaping(), grouping(), joining(), expressions())
                .flatMap(List::stream);
    }

    private static String ids(String... ids) {
        return "["
                + String.join(
                        ",",
                        Stream.of(ids).map(id -> "{'objectId':'" + id + "'}").toList()) + "]";
    }

    private static Case match(String sentence, String match, String... ids) {
        return c(sentence, "[{'$match':" + match + "},{'$project':{'_id':1}}]", ids(ids));
    }

    private static List<Case> matching() {
        return List.of(
                match("match by value", "{'item':'tea'}", "a", "c"),
                match("match by id", "{'objectId':'b'}", "b"),
                match("match by the id's other name", "{'_id':'b'}", "b"),
                match("match by comparison", "{'price':{'$gt':3,'$lte':5}}", "b", "c"),
                match("match by missing field", "{'price':null}", "d"),
                match("match by pointer id", "{'shop':'s1'}", "a", "c"),
                match("match by pointer", "{'shop':{'__type':'Pointer','className':'Shop','objectId':'s1'}}", "a", "c"),
                match("match by stored pointer", "{'_p_shop':'Shop$s1'}", "a", "c"),
                match("match by list of stored pointers", "{'_p_shop':{'$in':['Shop$s2']}}", "b"),
                match("match by existence of a pointer", "{'shop':{'$exists':false}}", "d"),
                match("match by date text", "{'sold':{'$gte':'2020-03-01T08:00:00.000Z'}}", "b", "c"),
                match("match by date", "{'sold':{'$lt':{'__type':'Date','iso':'2020-03-01T00:00:00.000Z'}}}", "a"),
                match("match by extended date", "{'sold':{'$lt':{'$date':'2020-03-01T00:00:00Z'}}}", "a"),
                match("match by creation", "{'createdAt':{'$gt':'2020-01-02T00:00:00.000Z'}}", "c", "d"),
                match(
                        "match by creation's stored name",
                        "{'_created_at':{'$gt':{'$date':'2020-01-02T00:00:00Z'}}}",
                        "c",
                        "d"),
                match("match by element", "{'tags':'hot'}", "a", "b"),
                match("match by size", "{'tags':{'$size':2}}", "a"),
                match("match by element condition", "{'extra.cups':{'$elemMatch':{'ml':{'$gt':250}}}}", "a"),
                match("match by condition on scalar elements", "{'tags':{'$elemMatch':{'$in':['green']}}}", "a"),
                match("match by remainder", "{'price':{'$mod':[5,0]}}", "c"),
                match("match by type", "{'price':{'$type':'number'}}", "a", "b", "c"),
                match("match by array type", "{'tags':{'$type':'array'}}", "a", "b", "c"),
                match("match by negation", "{'item':{'$not':{'$in':['tea']}}}", "b", "d"),
                match("match by pattern", "{'item':{'$regex':'^T','$options':'i'}}", "a", "c"),
                match("match by pattern without options", "{'item':{'$regex':'ea','$options':''}}", "a", "c"),
                match("match by alternatives", "{'$or':[{'item':'cake'},{'price':{'$lt':4}}]}", "a", "d"),
                match("match by all and none", "{'$and':[{'item':'tea'},{'$nor':[{'price':5}]}]}", "a"),
                match("match by expression", "{'$expr':{'$gt':['$price','$extra.sugar']}}", "a", "b", "c"),
                match("match by words", "{'$text':{'$search':'coffees'}}", "b"),
                match("match by circle", "{'place':{'$geoWithin':{'$centerSphere':[[0,0],0.001]}}}", "a"),
                c(
                        "sort, skip and limit",
                        "[{'$sort':{'price':-1}},{'$skip':1},{'$limit':2},{'$project':{'price':1}}]",
                        "[{'objectId':'b','price':4.5},{'objectId':'a','price':3}]"),
                c(
                        "limit before skip",
                        "[{'$sort':{'createdAt':1}},{'$limit':3},{'$skip':2},{'$project':{'item':1}}]",
                        "[{'objectId':'c','item':'tea'}]"),
                c(
                        "a match behind a limit",
                        "[{'$limit':2},{'$match':{'item':'tea'}},{'$project':{'_id':1}}]",
                        ids("a")),
                c(
                        "sort by two fields",
                        "[{'$sort':{'item':1,'price':-1}},{'$project':{'_id':1}}]",
                        ids("d", "b", "c", "a")));
    }

    private static List<Case> shaping() {
        return List.of(
                c("a whole object comes as Parse has it", "[{'$match':{'objectId':'b'}}]", """
                        [{'objectId':'b','createdAt':'2020-01-02T00:00:00.000Z','updatedAt':'2020-01-02T00:00:00.000Z',
                          'item':'coffee','price':4.5,'paid':false,'sold':{'__type':'Date','iso':'2020-03-01T08:00:00.000Z'},
                          'shop':{'__type':'Pointer','className':'Shop','objectId':'s2'},'tags':['hot'],
                          'extra':{'sugar':2},'place':{'__type':'GeoPoint','latitude':0,'longitude':1}}]
                        """),
                c(
                        "project keeps fields",
                        "[{'$match':{'_id':'a'}},{'$project':{'item':1,'shop':1,'createdAt':1}}]",
                        """
                        [{'objectId':'a','createdAt':'2020-01-01T00:00:00.000Z','item':'tea',
                          'shop':{'__type':'Pointer','className':'Shop','objectId':'s1'}}]
                        """),
                c(
                        "project without id",
                        "[{'$match':{'_id':'a'}},{'$project':{'objectId':0,'item':true}}]",
                        "[{'item':'tea'}]"),
                c(
                        "project drops fields",
                        "[{'$match':{'_id':'d'}},{'$project':{'createdAt':0,'updatedAt':0}}]",
                        "[{'objectId':'d','item':'cake'}]"),
                c(
                        "project a path",
                        "[{'$match':{'_id':'a'}},{'$project':{'extra.cups.ml':1}}]",
                        "[{'objectId':'a','extra':{'cups':[{'ml':200},{'ml':300}]}}]"),
                c(
                        "project a nested object",
                        "[{'$match':{'_id':'a'}},{'$project':{'extra':{'sugar':1}}}]",
                        "[{'objectId':'a','extra':{'sugar':1}}]"),
                c(
                        "project drops a path",
                        "[{'$match':{'_id':'a'}},{'$project':{'extra.cups':0}},{'$project':{'extra':1}}]",
                        "[{'objectId':'a','extra':{'sugar':1}}]"),
                c(
                        "project computes",
                        "[{'$match':{'_id':'a'}},{'$project':{'_id':0,'twice':{'$multiply':['$price',2]},'id':'$_id'}}]",
                        "[{'twice':6,'id':'a'}]"),
                c(
                        "project computes inside",
                        "[{'$match':{'_id':'a'}},{'$project':{'_id':0,'x':{'y':'$price'}}}]",
                        "[{'x':{'y':3}}]"),
                c(
                        "project takes all with createdAt",
                        "[{'$match':{'_id':'d'}},{'$project':{'createdAt':'$createdAt','item':1}}]",
                        "[{'objectId':'d','item':'cake','createdAt':'2020-01-04T00:00:00.000Z'}]"),
                c(
                        "add fields",
                        "[{'$match':{'_id':'d'}},{'$addFields':{'price':1,'extra.sugar':0}},{'$project':{'price':1,'extra':1}}]",
                        "[{'objectId':'d','price':1,'extra':{'sugar':0}}]"),
                c(
                        "set is add fields",
                        "[{'$match':{'_id':'a'}},{'$set':{'extra':{'milk':true}}},{'$project':{'extra':{'sugar':1,'milk':1}}}]",
                        "[{'objectId':'a','extra':{'sugar':1,'milk':true}}]"),
                c(
                        "set can remove",
                        "[{'$match':{'_id':'a'}},{'$set':{'item':'$$REMOVE'}},{'$project':{'item':1,'price':1}}]",
                        "[{'objectId':'a','price':3}]"),
                c("unset", "[{'$match':{'_id':'d'}},{'$unset':['item','createdAt','updatedAt']}]", ids("d")),
                c(
                        "unset a path",
                        "[{'$match':{'_id':'a'}},{'$unset':'extra.cups'},{'$project':{'extra':1}}]",
                        "[{'objectId':'a','extra':{'sugar':1}}]"),
                c(
                        "unwind",
                        "[{'$unwind':'$tags'},{'$project':{'tags':1}}]",
                        "[{'objectId':'a','tags':'hot'},{'objectId':'a','tags':'green'},{'objectId':'b','tags':'hot'}]"),
                c(
                        "unwind keeps empty ones",
                        "[{'$unwind':{'path':'$tags','preserveNullAndEmptyArrays':true,'includeArrayIndex':'i'}},{'$project':{'tags':1,'i':1}}]",
                        "[{'objectId':'a','tags':'hot','i':0},{'objectId':'a','tags':'green','i':1},{'objectId':'b','tags':'hot','i':0},{'objectId':'c','i':null},{'objectId':'d','i':null}]"),
                c(
                        "unwind a path",
                        "[{'$unwind':'$extra.cups'},{'$project':{'_id':0,'ml':'$extra.cups.ml'}}]",
                        "[{'ml':200},{'ml':300}]"),
                c(
                        "replace the root",
                        "[{'$match':{'_id':'a'}},{'$replaceRoot':{'newRoot':'$extra'}},{'$project':{'sugar':1}}]",
                        "[{'sugar':1}]"),
                c(
                        "replace with",
                        "[{'$match':{'_id':'a'}},{'$replaceWith':{'$mergeObjects':[{'n':1},{'item':'$item'}]}}]",
                        "[{'n':1,'item':'tea'}]"),
                c(
                        "redact",
                        "[{'$match':{'_id':'a'}},{'$redact':{'$cond':[{'$gt':['$ml',200]},'$$PRUNE','$$DESCEND']}},{'$project':{'extra':1}}]",
                        "[{'objectId':'a','extra':{'sugar':1,'cups':[{'ml':200}]}}]"),
                c(
                        "near",
                        "[{'$geoNear':{'near':{'type':'Point','coordinates':[1,0]},'distanceField':'dist','query':{'item':{'$ne':'x'}}}},{'$project':{'dist':{'$round':['$dist',0]}}}]",
                        "[{'objectId':'b','dist':0},{'objectId':'a','dist':111319}]"),
                c(
                        "near in radians",
                        "[{'$geoNear':{'near':[0,0],'distanceField':'d.r','maxDistance':0.01}},{'$project':{'d':1}}]",
                        "[{'objectId':'a','d':{'r':0}}]"),
                c("sample takes no more than there are", "[{'$sample':{'size':10}},{'$count':'n'}]", "[{'n':4}]"));
    }

    private static List<Case> grouping() {
        return List.of(
                c(
                        "group by a field",
                        "[{'$group':{'_id':'$item','n':{'$sum':1}}},{'$sort':{'_id':1}}]",
                        "[{'objectId':'cake','n':1},{'objectId':'coffee','n':1},{'objectId':'tea','n':2}]"),
                c(
                        "group under the old name of the id",
                        "[{'$group':{'objectId':'$item'}},{'$sort':{'objectId':-1}},{'$limit':1}]",
                        "[{'objectId':'tea'}]"),
                c(
                        "group everything",
                        "[{'$group':{'_id':null,'total':{'$sum':'$price'},'avg':{'$avg':'$price'},'min':{'$min':'$price'},'max':{'$max':'$price'}}}]",
                        "[{'objectId':null,'total':12.5,'avg':4.166666666666667,'min':3,'max':5}]"),
                c(
                        "group by a pointer",
                        "[{'$match':{'shop':{'$exists':true}}},{'$group':{'_id':'$shop','n':{'$count':{}}}},{'$sort':{'_id':1}}]",
                        "[{'objectId':'s1','n':2},{'objectId':'s2','n':1}]"),
                c(
                        "group by a missing field",
                        "[{'$group':{'_id':'$price','ids':{'$push':'$_id'}}},{'$match':{'_id':null}}]",
                        "[{'objectId':null,'ids':['d']}]"),
                c(
                        "group by several fields",
                        "[{'$group':{'_id':{'i':'$item','p':'$paid'},'n':{'$sum':1}}},{'$sort':{'n':-1}},{'$limit':1}]",
                        "[{'objectId':{'i':'tea','p':true},'n':2}]"),
                c(
                        "group by parts of a date",
                        "[{'$match':{'sold':{'$ne':null}}},{'$group':{'_id':{'year':{'$year':'$sold'}},'n':{'$sum':1}}},{'$sort':{'_id.year':1}}]",
                        "[{'objectId':{'year':2020},'n':2},{'objectId':{'year':2021},'n':1}]"),
                c(
                        "group by creation",
                        "[{'$group':{'_id':{'day':{'$dayOfMonth':'$createdAt'}}}},{'$sort':{'_id.day':1}},{'$limit':1}]",
                        "[{'objectId':{'day':1}}]"),
                c(
                        "first and last",
                        "[{'$sort':{'_id':1}},{'$group':{'_id':null,'f':{'$first':'$item'},'l':{'$last':'$item'}}}]",
                        "[{'objectId':null,'f':'tea','l':'cake'}]"),
                c(
                        "push and set",
                        "[{'$sort':{'_id':1}},{'$group':{'_id':null,'p':{'$push':'$item'},'s':{'$addToSet':'$item'}}}]",
                        "[{'objectId':null,'p':['tea','coffee','tea','cake'],'s':['tea','coffee','cake']}]"),
                c(
                        "push of whole documents",
                        "[{'$match':{'_id':'d'}},{'$group':{'_id':null,'all':{'$push':'$$ROOT'}}},{'$project':{'all._id':1,'all.item':1}}]",
                        "[{'objectId':null,'all':[{'_id':'d','item':'cake'}]}]"),
                c(
                        "deviations",
                        "[{'$group':{'_id':null,'p':{'$stdDevPop':'$price'},'s':{'$stdDevSamp':'$price'}}},{'$project':{'_id':0,'p':{'$round':['$p',4]},'s':{'$round':['$s',4]}}}]",
                        "[{'p':0.8498,'s':1.0408}]"),
                c(
                        "sum of fractions",
                        "[{'$project':{'x':[0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1]}},{'$limit':1},{'$unwind':'$x'},{'$group':{'_id':null,'s':{'$sum':'$x'}}}]",
                        "[{'objectId':null,'s':1}]"),
                c(
                        "max of a date",
                        "[{'$group':{'_id':null,'m':{'$max':'$sold'}}}]",
                        "[{'objectId':null,'m':{'__type':'Date','iso':'2021-01-01T00:00:00.000Z'}}]"),
                c("an empty text as id is null", "[{'$group':{'_id':{'$literal':''}}}]", "[{'objectId':null}]"),
                c("count", "[{'$match':{'item':'tea'}},{'$count':'teas'}]", "[{'teas':2}]"),
                c("count of nothing", "[{'$match':{'item':'x'}},{'$count':'teas'}]", "[]"),
                c("sort by count", "[{'$sortByCount':'$item'},{'$limit':1}]", "[{'objectId':'tea','count':2}]"),
                c(
                        "buckets",
                        "[{'$bucket':{'groupBy':'$price','boundaries':[0,4,10],'default':'none','output':{'n':{'$sum':1},'items':{'$push':'$item'}}}}]",
                        "[{'objectId':0,'n':1,'items':['tea']},{'objectId':4,'n':2,'items':['coffee','tea']},{'objectId':'none','n':1,'items':['cake']}]"),
                c(
                        "automatic buckets",
                        "[{'$match':{'price':{'$gt':0}}},{'$bucketAuto':{'groupBy':'$price','buckets':2}}]",
                        "[{'objectId':{'min':3,'max':5},'count':2},{'objectId':{'min':5,'max':5},'count':1}]"),
                c(
                        "facets",
                        "[{'$facet':{'n':[{'$count':'n'}],'teas':[{'$match':{'item':'tea'}},{'$project':{'_id':1}}]}}]",
                        "[{'n':[{'n':4}],'teas':[{'_id':'a'},{'_id':'c'}]}]"),
                c(
                        "groups of groups",
                        "[{'$group':{'_id':'$item','n':{'$sum':1}}},{'$group':{'_id':'$n','items':{'$sum':1}}},{'$sort':{'_id':1}}]",
                        "[{'objectId':1,'items':2},{'objectId':2,'items':1}]"));
    }

    private static List<Case> joining() {
        return List.of(
                c(
                        "lookup by pointer",
                        "[{'$match':{'_id':'a'}},{'$lookup':{'from':'Shop','localField':'shop','foreignField':'objectId','as':'shops'}},{'$project':{'name':'$shops.name'}}]",
                        "[{'objectId':'a','name':['North']}]"),
                c(
                        "lookup by a computed id",
                        "[{'$match':{'_id':'b'}},{'$addFields':{'sid':{'$substr':['$_p_shop',5,-1]}}},{'$lookup':{'from':'Shop','localField':'sid','foreignField':'_id','as':'s'}},{'$unwind':'$s'},{'$project':{'_id':0,'n':'$s.name'}}]",
                        "[{'n':'South'}]"),
                c(
                        "lookup by pipeline",
                        "[{'$match':{'_id':'a'}},{'$lookup':{'from':'Shop','let':{'p':'$_p_shop'},'pipeline':[{'$match':{'$expr':{'$eq':[{'$concat':['Shop$','$_id']},'$$p']}}},{'$project':{'_id':0,'name':1}}],'as':'s'}},{'$project':{'s':1}}]",
                        "[{'objectId':'a','s':[{'name':'North'}]}]"),
                c(
                        "lookup of nothing",
                        "[{'$match':{'_id':'d'}},{'$lookup':{'from':'Shop','localField':'item','foreignField':'name','as':'s'}},{'$project':{'s':1}}]",
                        "[{'objectId':'d','s':[]}]"),
                c(
                        "lookup of an unknown class",
                        "[{'$match':{'_id':'d'}},{'$lookup':{'from':'Nowhere','localField':'item','foreignField':'name','as':'s'}},{'$project':{'s':1}}]",
                        "[{'objectId':'d','s':[]}]"),
                c(
                        "lookup over a chain",
                        "[{'$match':{'_id':'a'}},{'$graphLookup':{'from':'Shop','startWith':'North','connectFromField':'name','connectToField':'chain','as':'s','depthField':'far'}},{'$project':{'_id':0,'n':{'$map':{'input':'$s','in':{'$concat':['$$this.name',{'$toString':'$$this.far'}]}}}}}]",
                        "[{'n':['South0','Deep1']}]"),
                c(
                        "union with another class",
                        "[{'$match':{'_id':'d'}},{'$unionWith':{'coll':'Shop','pipeline':[{'$match':{'name':'Deep'}}]}},{'$project':{'_id':1}}]",
                        ids("d", "s3")));
    }

    private static List<Case> expressions() {
        return List.of(
                value("{'$add':['$price',1,0.5]}", "4.5"),
                value("{'$add':['$sold',1000]}", "{'__type':'Date','iso':'2020-02-29T23:30:16.250Z'}"),
                value("{'$add':['$price','$nothing']}", "null"),
                value("{'$subtract':['$price',5]}", "-2"),
                value("{'$subtract':['$sold','$createdAt']}", "5182215250"),
                value("{'$divide':['$price',2]}", "1.5"),
                value("{'$mod':[-7,3]}", "-1"),
                value("{'$pow':[2,10]}", "1024"),
                value("{'$abs':-3}", "3"),
                value("{'$ceil':2.1}", "3"),
                value("{'$floor':[-2.1]}", "-3"),
                value("{'$round':[2.5]}", "2"),
                value("{'$round':[1234.567,-2]}", "1200"),
                value("{'$trunc':[-2.78,1]}", "-2.7"),
                value("{'$sqrt':16}", "4"),
                value("{'$ln':0}", "null"),
                value("{'$eq':['$item','tea']}", "true"),
                value("{'$gt':['x',5]}", "true"),
                value("{'$cmp':[1,2]}", "-1"),
                value("{'$lt':['$nothing',null]}", "true"),
                value("{'$and':[true,'$price']}", "true"),
                value("{'$or':[false,0,null]}", "false"),
                value("{'$not':['$paid']}", "false"),
                value("{'$cond':['$paid','yes','no']}", "'yes'"),
                value("{'$cond':{'if':{'$gt':['$price',10]},'then':1,'else':2}}", "2"),
                value("{'$ifNull':['$nothing','$item']}", "'tea'"),
                value("{'$switch':{'branches':[{'case':{'$eq':['$price',1]},'then':'a'}],'default':'z'}}", "'z'"),
                value("{'$let':{'vars':{'x':'$price'},'in':{'$add':['$$x','$$x']}}}", "6"),
                value("{'$literal':'$price'}", "'$price'"),
                value("{'$concat':['$item','-','x']}", "'tea-x'"),
                value("{'$toUpper':'$item'}", "'TEA'"),
                value("{'$substr':['$item',1,-1]}", "'ea'"),
                value("{'$substrCP':['\u00e4\u00f6\u00fc',1,1]}", "'\u00f6'"),
                value("{'$strLenCP':'\u00e4b'}", "2"),
                value("{'$strLenBytes':'\u00e4b'}", "3"),
                value("{'$indexOfCP':['$item','a']}", "2"),
                value("{'$split':['a,b,',',']}", "['a','b','']"),
                value("{'$trim':{'input':'  x '}}", "'x'"),
                value("{'$ltrim':{'input':'xxa','chars':'x'}}", "'a'"),
                value("{'$replaceAll':{'input':'a.b.c','find':'.','replacement':'-'}}", "'a-b-c'"),
                value("{'$replaceOne':{'input':'a.b.c','find':'.','replacement':'-'}}", "'a-b.c'"),
                value("{'$regexMatch':{'input':'$item','regex':'^T','options':'i'}}", "true"),
                value("{'$strcasecmp':['TEA','tea']}", "0"),
                value("{'$year':'$sold'}", "2020"),
                value("{'$month':['$sold']}", "2"),
                value("{'$dayOfMonth':{'date':'$sold','timezone':'+01:00'}}", "1"),
                value("{'$hour':{'date':'$sold','timezone':'America/New_York'}}", "18"),
                value("{'$millisecond':'$sold'}", "250"),
                value("{'$dayOfYear':'$sold'}", "60"),
                value("{'$dayOfWeek':'$sold'}", "7"),
                value("{'$isoDayOfWeek':'$sold'}", "6"),
                value("{'$week':'$sold'}", "8"),
                value("{'$isoWeek':'$sold'}", "9"),
                value("{'$year':'$nothing'}", "null"),
                value(
                        "{'$dateToString':{'date':'$sold','format':'%Y-%m-%d %H:%M:%S.%L %j %u %%'}}",
                        "'2020-02-29 23:30:15.250 060 6 %'"),
                value("{'$dateToString':{'date':'$sold'}}", "'2020-02-29T23:30:15.250Z'"),
                value("{'$dateToString':{'date':'$nothing','onNull':'-'}}", "'-'"),
                value(
                        "{'$dateFromString':{'dateString':'2020-01-02'}}",
                        "{'__type':'Date','iso':'2020-01-02T00:00:00.000Z'}"),
                value(
                        "{'$dateFromString':{'dateString':'02/01/2020','format':'%d/%m/%Y'}}",
                        "{'__type':'Date','iso':'2020-01-02T00:00:00.000Z'}"),
                value("{'$dateFromString':{'dateString':'x','onError':0}}", "0"),
                value(
                        "{'$dateToParts':{'date':'$sold'}}",
                        "{'year':2020,'month':2,'day':29,'hour':23,'minute':30,'second':15,'millisecond':250}"),
                value(
                        "{'$dateFromParts':{'year':2020,'month':14,'day':0}}",
                        "{'__type':'Date','iso':'2021-01-31T00:00:00.000Z'}"),
                value(
                        "{'$dateAdd':{'startDate':'$sold','unit':'year','amount':1}}",
                        "{'__type':'Date','iso':'2021-02-28T23:30:15.250Z'}"),
                value(
                        "{'$dateSubtract':{'startDate':'$sold','unit':'quarter','amount':1}}",
                        "{'__type':'Date','iso':'2019-11-29T23:30:15.250Z'}"),
                value("{'$dateDiff':{'startDate':'$sold','endDate':{'$add':['$sold',1800000]},'unit':'day'}}", "1"),
                value(
                        "{'$dateTrunc':{'date':'$sold','unit':'hour','binSize':6}}",
                        "{'__type':'Date','iso':'2020-02-29T18:00:00.000Z'}"),
                value(
                        "{'$dateTrunc':{'date':'$sold','unit':'week','startOfWeek':'monday'}}",
                        "{'__type':'Date','iso':'2020-02-24T00:00:00.000Z'}"),
                value("{'$size':'$tags'}", "2"),
                value("{'$arrayElemAt':['$tags',-1]}", "'green'"),
                value("{'$arrayElemAt':['$tags',9]}", "missing"),
                value("{'$first':'$tags'}", "'hot'"),
                value("{'$slice':['$tags',1,5]}", "['green']"),
                value("{'$slice':['$tags',-1]}", "['green']"),
                value("{'$concatArrays':['$tags',['x']]}", "['hot','green','x']"),
                value("{'$isArray':'$tags'}", "true"),
                value("{'$in':['hot','$tags']}", "true"),
                value("{'$indexOfArray':['$tags','green']}", "1"),
                value("{'$reverseArray':'$tags'}", "['green','hot']"),
                value("{'$range':[0,5,2]}", "[0,2,4]"),
                value("{'$filter':{'input':[1,2,3],'as':'x','cond':{'$gt':['$$x',1]}}}", "[2,3]"),
                value("{'$map':{'input':'$extra.cups','as':'c','in':{'$divide':['$$c.ml',100]}}}", "[2,3]"),
                value("{'$reduce':{'input':[1,2,3],'initialValue':0,'in':{'$add':['$$value','$$this']}}}", "6"),
                value("{'$sortArray':{'input':[2,'a',1],'sortBy':-1}}", "['a',2,1]"),
                value("{'$sortArray':{'input':'$extra.cups','sortBy':{'ml':-1}}}", "[{'ml':300},{'ml':200}]"),
                value("{'$zip':{'inputs':[[1,2],['a']]}}", "[[1,'a']]"),
                value(
                        "{'$zip':{'inputs':[[1,2],['a']],'useLongestLength':true,'defaults':[0,'z']}}",
                        "[[1,'a'],[2,'z']]"),
                value("{'$arrayToObject':[[['k','v']]]}", "{'k':'v'}"),
                value("{'$objectToArray':{'x':1}}", "[{'k':'x','v':1}]"),
                value("{'$setUnion':[[1,2],[2,3]]}", "[1,2,3]"),
                value("{'$setIntersection':[[1,2],[2,3]]}", "[2]"),
                value("{'$setDifference':[[1,2],[2,3]]}", "[1]"),
                value("{'$setEquals':[[1,2],[2,1,1]]}", "true"),
                value("{'$setIsSubset':[[1],[2,1]]}", "true"),
                value("{'$anyElementTrue':[[0,1]]}", "true"),
                value("{'$allElementsTrue':[[0,1]]}", "false"),
                value("{'$sum':'$extra.cups.ml'}", "500"),
                value("{'$avg':[1,2,'x']}", "1.5"),
                value("{'$max':['$price',7]}", "7"),
                value("{'$mergeObjects':['$extra',{'sugar':9}]}", "{'sugar':9,'cups':[{'ml':200},{'ml':300}]}"),
                value("{'$getField':'item'}", "'tea'"),
                value("{'$type':'$tags'}", "'array'"),
                value("{'$type':'$nothing'}", "'missing'"),
                value("{'$toString':'$price'}", "'3'"),
                value("{'$toInt':'12.7'}", "12"),
                value("{'$toDouble':true}", "1"),
                value("{'$toBool':'$price'}", "true"),
                value("{'$toDate':0}", "{'__type':'Date','iso':'1970-01-01T00:00:00.000Z'}"),
                value("{'$convert':{'input':'x','to':'int','onError':-1}}", "-1"),
                value("{'$convert':{'input':null,'to':'int','onNull':0}}", "0"),
                value("{'$isNumber':'$price'}", "true"),
                value("'$extra.cups.ml'", "[200,300]"),
                value("'$nothing.at.all'", "missing"),
                value("['$price','$nothing']", "[3,null]"),
                value("'$_p_shop'", "'Shop$s1'"),
                value("'$objectId'", "'a'"),
                value("'$$ROOT.item'", "'tea'"),
                value("'$$NOW'", "{'__type':'Date','iso':'2020-01-02T00:00:00.000Z'}"));
    }
}
