package dev.kami.parse.storage.sql;

import dev.kami.parse.op.FieldOp;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.query.Constraint.Permitted;
import dev.kami.parse.query.ReadHints;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.schema.SchemaChange.AddIndex;
import dev.kami.parse.schema.SchemaChange.CreateClass;
import dev.kami.parse.schema.SystemClasses;
import dev.kami.parse.storage.Find;
import dev.kami.parse.storage.Update;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Pointer;
import dev.kami.parse.value.ParseValue.Str;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What the adapter adds to H2: objects of 12 columns (two of them JSON), in memory, beside plain JDBC on the same table
 * and rows.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class StorageBenchmark {
    private static final String COLUMNS = "\"objectId\", \"createdAt\", \"updatedAt\", \"name\", \"score\", \"won\","
            + " \"playedAt\", \"stats\", \"tags\", \"owner\", \"city\", \"team\", \"_rperm\", \"_wperm\"";

    @Param({"1000", "100000"})
    int rows;

    private SqlStorage storage;
    private Connection jdbc;
    private ClassSchema schema;
    private int next;

    @Setup(Level.Trial)
    public void fill() throws Exception {
        storage = EmbeddedDatabase.memory("benchmark");
        jdbc = EmbeddedDatabase.connect("jdbc:h2:mem:benchmark;DATABASE_TO_UPPER=FALSE");
        var fields = new LinkedHashMap<>(SystemClasses.initial("Game").fields());
        fields.put("name", FieldType.STRING);
        fields.put("score", FieldType.NUMBER);
        fields.put("won", FieldType.BOOLEAN);
        fields.put("playedAt", FieldType.DATE);
        fields.put("stats", FieldType.OBJECT);
        fields.put("tags", FieldType.ARRAY);
        fields.put("owner", FieldType.pointer("_User"));
        fields.put("city", FieldType.STRING);
        fields.put("team", FieldType.STRING);
        schema = new ClassSchema("Game", fields, null, new LinkedHashMap<>());
        storage.change("Game", List.of(new CreateClass(schema), new AddIndex("byScore", Obj.of("score", new Num(1)))));
        for (int i = 0; i < rows; i++) {
            storage.insert(schema, game(i));
        }
    }

    private static ParseObject game(int i) {
        return ParseObject.of(
                "Game",
                Obj.of(
                        "objectId",
                        new Str("id" + i),
                        "createdAt",
                        new Date(1_600_000_000_000L + i),
                        "updatedAt",
                        new Date(1_600_000_000_000L),
                        "name",
                        new Str("name " + i),
                        "score",
                        new Num(i),
                        "won",
                        ParseValue.TRUE,
                        "playedAt",
                        new Date(1_600_000_000_000L),
                        "stats",
                        Obj.of("a", new Num(i), "b", new Str("a text of some length")),
                        "tags",
                        new Array(List.of(new Str("red"), new Str("blue"))),
                        "owner",
                        new Pointer("_User", "u" + i % 100),
                        "city",
                        new Str("Zürich"),
                        "team",
                        new Str("red")));
    }

    @TearDown(Level.Trial)
    public void close() throws SQLException {
        jdbc.close();
        storage.close();
    }

    private int any() {
        next = (next + 7919) % rows;
        return next;
    }

    private static final Constraint FOR_EVERYBODY = new Permitted(false, Set.of("*"));

    private Find find(Constraint where, int limit) {
        return new Find(schema, Constraint.and(where, FOR_EVERYBODY), List.of(), 0, limit, null, false, ReadHints.NONE);
    }

    @Benchmark
    public void getById(Blackhole sink) {
        storage.find(find(new EqualTo("objectId", new Str("id" + any())), 1), sink::consume);
    }

    @Benchmark
    public void getByIndexedNumber(Blackhole sink) {
        storage.find(find(new EqualTo("score", new Num(any())), 1), sink::consume);
    }

    @Benchmark
    public void hundredObjects(Blackhole sink) {
        storage.find(find(Constraint.ALWAYS, 100), sink::consume);
    }

    @Benchmark
    public void incrementById(Blackhole sink) {
        sink.consume(storage.updateOne(new Update(
                schema,
                new EqualTo("objectId", new Str("id" + any())),
                new LinkedHashMap<>(Map.of("score", new FieldOp.Increment(0))))));
    }

    @Benchmark
    public void getByIdInPlainJdbc(Blackhole sink) throws SQLException {
        try (PreparedStatement statement = jdbc.prepareStatement("SELECT " + COLUMNS
                + " FROM \"Game\" WHERE \"objectId\" = ? AND \"_rperm\" IS NULL FETCH FIRST 1 ROW ONLY")) {
            statement.setString(1, "id" + any());
            read(statement, sink);
        }
    }

    @Benchmark
    public void hundredRowsInPlainJdbc(Blackhole sink) throws SQLException {
        try (PreparedStatement statement = jdbc.prepareStatement(
                "SELECT " + COLUMNS + " FROM \"Game\" WHERE \"_rperm\" IS NULL FETCH FIRST 100 ROWS ONLY")) {
            read(statement, sink);
        }
    }

    private static void read(PreparedStatement statement, Blackhole sink) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                for (int i = 1; i <= 14; i++) {
                    switch (i) {
                        case 2, 3, 7 -> sink.consume(row.getObject(i, Instant.class));
                        case 5 -> sink.consume(row.getDouble(i));
                        case 6 -> sink.consume(row.getBoolean(i));
                        case 8, 9 -> sink.consume(row.getBytes(i));
                        case 13, 14 -> sink.consume(row.getArray(i));
                        default -> sink.consume(row.getString(i));
                    }
                }
            }
        }
    }
}
