package dev.kami.parse.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.All;
import dev.kami.parse.query.Constraint.AllStartWith;
import dev.kami.parse.query.Constraint.And;
import dev.kami.parse.query.Constraint.Compare;
import dev.kami.parse.query.Constraint.ContainedBy;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.query.Constraint.Exists;
import dev.kami.parse.query.Constraint.In;
import dev.kami.parse.query.Constraint.Intersects;
import dev.kami.parse.query.Constraint.Near;
import dev.kami.parse.query.Constraint.Nor;
import dev.kami.parse.query.Constraint.NotEqual;
import dev.kami.parse.query.Constraint.NotIn;
import dev.kami.parse.query.Constraint.Or;
import dev.kami.parse.query.Constraint.Permitted;
import dev.kami.parse.query.Constraint.Regex;
import dev.kami.parse.query.Constraint.WithinBox;
import dev.kami.parse.query.Constraint.WithinPolygon;
import dev.kami.parse.query.Constraint.WithinSphere;
import dev.kami.parse.query.QueryMatcher;
import dev.kami.parse.query.ReadHints;
import dev.kami.parse.query.SortKey;
import dev.kami.parse.query.Values;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.schema.FieldType.Kind;
import dev.kami.parse.schema.SchemaChange.CreateClass;
import dev.kami.parse.schema.SystemClasses;
import dev.kami.parse.storage.Find;
import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Bytes;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.File;
import dev.kami.parse.value.ParseValue.GeoPoint;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Pointer;
import dev.kami.parse.value.ParseValue.Polygon;
import dev.kami.parse.value.ParseValue.Str;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * PostgreSQL answers from its own operators what the matcher answers in memory; here both answer some thousand queries that
 * nobody has thought of, over objects whose values are meant to be confused with each other.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresRandomQueriesTest {
    private static final int OBJECTS = 150;
    private static final int QUERIES = 3_000;
    private static final long SEED = 20_250_607;

    private final Random random = new Random(SEED);
    private final List<ParseObject> objects = new ArrayList<>();
    private String address;
    private SqlStorage storage;
    private ClassSchema schema;

    @BeforeAll
    void fill() {
        address = TestPostgres.server().prepared();
        storage = TestPostgres.open(address);
        var fields = new LinkedHashMap<>(SystemClasses.initial("Random").fields());
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
        schema = new ClassSchema("Random", fields, null, new LinkedHashMap<>());
        storage.change("Random", List.of(new CreateClass(schema)));
        for (int i = 0; i < OBJECTS; i++) {
            ParseObject object = object("r" + i);
            storage.insert(schema, object);
            objects.add(object);
        }
    }

    @AfterAll
    void close() {
        storage.close();
        TestPostgres.server().drop(address);
    }

    // -- values

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String text() {
        return one(List.of(
                "",
                "a",
                "A",
                "ab",
                "abc",
                "b",
                "1",
                "null",
                "true",
                "red",
                "Red",
                "redish",
                "a.b",
                "a%",
                "a_",
                "é",
                "ﬁ",
                "𝄞",
                "k\u212a",
                "line\nline",
                "\"",
                "\\",
                "2020-01-01T00:00:00.000Z",
                "Team$t1",
                "t1"));
    }

    private double number() {
        return one(List.of(0.0, 1.0, 2.0, -1.0, 0.5, 1e21, 1e-7, 2020.0, -0.25, 123456789.0));
    }

    private long date() {
        return one(List.of(
                0L, 1L, -1L, 1_577_836_800_000L, 1_600_000_000_500L, -62_200_000_000_000L, 253_500_000_000_000L));
    }

    private Pointer pointer() {
        return new Pointer(one(List.of("Team", "Club")), one(List.of("t1", "t2")));
    }

    private GeoPoint point() {
        return new GeoPoint(one(List.of(0.0, 1.0, 40.0, -33.5, 89.0)), one(List.of(0.0, 1.0, -30.0, 179.5, -179.5)));
    }

    private Polygon polygon() {
        double x = one(List.of(0.0, 1.0, -10.0));
        return new Polygon(List.of(
                new GeoPoint(x, x),
                new GeoPoint(x, x + 5),
                new GeoPoint(x + 5, x + 5),
                new GeoPoint(x + 5, x),
                new GeoPoint(x, x)));
    }

    private ParseValue scalar() {
        return switch (random.nextInt(11)) {
            case 0, 1, 2 -> new Str(text());
            case 3, 4, 5 -> new Num(number());
            case 6 -> ParseValue.of(random.nextBoolean());
            case 7 -> ParseValue.NULL;
            case 8 -> new Date(date());
            case 9 -> pointer();
            default ->
                one(List.of(
                        new File("a.txt", null),
                        new Bytes("AQID"),
                        new Bytes("BA=="),
                        point(),
                        polygon(),
                        new File("a.txt", "http://x/a.txt")));
        };
    }

    private ParseValue value(int depth) {
        return switch (depth <= 0 ? 0 : random.nextInt(5)) {
            case 3 -> array(depth - 1);
            case 4 -> members(depth - 1);
            default -> scalar();
        };
    }

    private Array array(int depth) {
        var items = new ArrayList<ParseValue>();
        for (int i = random.nextInt(4); i > 0; i--) {
            items.add(value(depth));
        }
        return new Array(items);
    }

    private Obj members(int depth) {
        var members = new LinkedHashMap<String, ParseValue>();
        for (int i = random.nextInt(4); i > 0; i--) {
            members.put(key(), value(depth));
        }
        return new Obj(members);
    }

    private String key() {
        return one(List.of("k", "l", "0", "1", "iso", "a b", "\u00e9", "\"q"));
    }

    private ParseObject object(String id) {
        var fields = new LinkedHashMap<String, ParseValue>();
        fields.put("objectId", new Str(id));
        fields.put("createdAt", new Date(1_000_000L + objects.size()));
        maybe(fields, "s", new Str(text()));
        maybe(fields, "n", new Num(number()));
        maybe(fields, "b", ParseValue.of(random.nextBoolean()));
        maybe(fields, "d", new Date(date()));
        maybe(fields, "p", new Pointer("Team", one(List.of("t1", "t2"))));
        maybe(fields, "g", point());
        maybe(fields, "y", polygon());
        maybe(fields, "f", new File(one(List.of("a.txt", "b.txt")), null));
        maybe(fields, "bin", new Bytes(one(List.of("AQID", "BA=="))));
        maybe(fields, "o", JsonReader.read(members(3).toJson()));
        maybe(fields, "a", JsonReader.read(array(3).toJson()));
        if (chance(30)) {
            fields.put("ACL", Obj.of(one(List.of("*", "u1", "u2")), Obj.of("read", ParseValue.TRUE)));
        }
        return ParseObject.of("Random", new Obj(fields));
    }

    private void maybe(LinkedHashMap<String, ParseValue> fields, String field, ParseValue value) {
        if (chance(75)) {
            fields.put(field, value);
        }
    }

    // -- queries

    private String path() {
        if (chance(45)) {
            return one(List.of("s", "n", "b", "d", "p", "g", "y", "f", "bin", "nowhere", "o", "a"));
        }
        var path = new StringBuilder(one(List.of("o", "a", "a", "o", "p", "s")));
        for (int i = random.nextInt(3); i >= 0; i--) {
            path.append('.').append(one(List.of("k", "l", "0", "1", "2", "iso", "objectId", "__type", "a b", "\"q")));
        }
        return path.toString();
    }

    /** Often one that is there, so that queries find something. */
    private ParseValue wanted(String path) {
        if (chance(60)) {
            ParseObject object = one(objects);
            var found = new ArrayList<ParseValue>();
            Values.anyAt(Values.root(object, path), Values.below(path), leaf -> {
                found.add(leaf == null ? ParseValue.NULL : leaf);
                return false;
            });
            if (!found.isEmpty()) {
                return one(found);
            }
        }
        return value(2);
    }

    private List<ParseValue> list(String path) {
        var list = new ArrayList<ParseValue>();
        for (int i = random.nextInt(chance(10) ? 25 : 5); i > 0; i--) {
            list.add(wanted(path));
        }
        return list;
    }

    private Constraint constraint(int depth) {
        if (depth > 0 && chance(35)) {
            var parts = new ArrayList<Constraint>();
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                parts.add(constraint(depth - 1));
            }
            return switch (random.nextInt(3)) {
                case 0 -> new And(parts);
                case 1 -> new Or(parts);
                default -> new Nor(parts);
            };
        }
        String path = path();
        return switch (random.nextInt(22)) {
            case 0, 1, 2 -> new EqualTo(path, wanted(path));
            case 3, 4 -> new NotEqual(path, wanted(path));
            case 5, 6, 7 -> new Compare(path, one(List.of(Constraint.Order.values())), wanted(path));
            case 8, 9 -> new In(path, list(path));
            case 10, 11 -> new NotIn(path, list(path));
            case 12 -> new All(path, list(path));
            case 13 -> new AllStartWith(path, one(List.of(List.of("a"), List.of("a", "re"), List.of(""), List.of())));
            case 14 -> new ContainedBy(path, list(path));
            case 15, 16 -> new Exists(path, random.nextBoolean());
            case 17 -> new Regex(path, pattern(), one(List.of("", "", "i", "s", "im", "x")));
            case 18 -> new Near(one(List.of("g", "o.k", "y", "s")), point(), one(List.of(0.0, 0.5, 4.0)));
            case 19 -> new WithinSphere(one(List.of("g", "a", "n")), point(), one(List.of(0.0, 0.7, 3.0)));
            case 20 ->
                one(List.of(
                        new WithinBox("g", point(), point()),
                        new WithinPolygon("g", polygon().points()),
                        new Intersects("y", new GeoPoint(2, 2)),
                        new Intersects("g", point())));
            default -> new Permitted(false, one(List.of(Set.of("*"), Set.of("*", "u1"), Set.of("u2"))));
        };
    }

    private String pattern() {
        return one(List.of(
                "^a",
                "b$",
                "^ab?c*$",
                "a|b",
                "^(re|Re)d",
                "[a-c]",
                "[^a]",
                "\\d",
                "\\bred\\b",
                "^\\Qa.b\\E$",
                ".",
                "^$",
                "k",
                "(?=a)a",
                "(?i)RED",
                "l.l",
                "\\w+",
                "^.{2,3}$",
                "\\s",
                "[k]",
                "(a)\\1",
                "é",
                "^a\\.b",
                "s",
                "[^\\n]$",
                "e.l"));
    }

    // -- tests

    @Test
    void theDatabaseAnswersAsTheMatcher() {
        for (int i = 0; i < QUERIES; i++) {
            Constraint where = constraint(3);
            var expected = new TreeSet<String>();
            for (ParseObject object : objects) {
                if (QueryMatcher.matches(where, object)) {
                    expected.add(object.objectId());
                }
            }
            var found = new TreeSet<String>();
            storage.find(Find.all(schema, where), object -> found.add(object.objectId()));
            assertThat(found).as("query %d: %s", i, where).isEqualTo(expected);
            assertThat(storage.count(Find.all(schema, where)))
                    .as("count of query %d: %s", i, where)
                    .isEqualTo(expected.size());
        }
    }

    @Test
    void pagesOfFilteredRowsAreThoseOfTheWholeResult() {
        for (int i = 0; i < 100; i++) {
            Constraint where = constraint(2);
            List<String> all = ids(where, 0, -1);
            int skip = random.nextInt(5);
            int limit = 1 + random.nextInt(20);
            List<String> page = all.subList(Math.min(skip, all.size()), Math.min(skip + limit, all.size()));
            assertThat(ids(where, skip, limit)).as("%s", where).isEqualTo(page);
        }
    }

    private List<String> ids(Constraint where, int skip, int limit) {
        var ids = new ArrayList<String>();
        var find = new Find(
                schema, where, List.of(new SortKey("objectId", true)), skip, limit, Set.of(), false, ReadHints.NONE);
        storage.find(find, object -> ids.add(object.objectId()));
        return ids;
    }

    /** Without values that are compared member by member: jsonb keeps members in an order of its own. */
    @Test
    void theDatabaseSortsAsTheMatcher() {
        for (String path : List.of("s", "n", "b", "d", "f", "g", "o.k", "a", "a.0", "o.k.0", "a.k", "o.l")) {
            for (boolean descending : List.of(true, false)) {
                List<SortKey> keys = List.of(new SortKey(path, descending), new SortKey("createdAt", false));
                var expected = objects.stream()
                        .filter(object -> path.equals("g") || !isCompound(sortValue(object, keys)))
                        .sorted(Values.order(keys))
                        .map(ParseObject::objectId)
                        .toList();
                var found = new ArrayList<String>();
                var find = new Find(schema, Constraint.ALWAYS, keys, 0, -1, null, false, ReadHints.NONE);
                storage.find(find, object -> found.add(object.objectId()));
                found.retainAll(Set.copyOf(expected));
                assertThat(found).as("%s %s", path, descending).isEqualTo(expected);
            }
        }
    }

    private static boolean isCompound(ParseValue value) {
        return switch (value) {
            case Obj _, Array _, GeoPoint _, Polygon _, Bytes _ -> true;
            case null, default -> false;
        };
    }

    private static ParseValue sortValue(ParseObject object, List<SortKey> keys) {
        return Values.sortValue(object, keys.getFirst());
    }
}
