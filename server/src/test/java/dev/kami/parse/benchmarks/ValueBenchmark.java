package dev.kami.parse.benchmarks;

import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.JsonWriter;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** JSON in and out: an answer of 100 objects with 13 fields (two of them stored JSON), and a body of 0.4 KB. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ValueBenchmark {
    private static final String[] NAMES = {
        "objectId",
        "createdAt",
        "updatedAt",
        "playerName",
        "score",
        "cheatMode",
        "level",
        "city",
        "bio",
        "team",
        "when",
        "tags",
        "settings"
    };
    private final byte[] body = """
            {"playerName":"Sean Plott","score":1337.5,"cheatMode":false,"level":12,"city":"Zürich","bio":"%s",\
            "tags":["a","b","c"],"team":{"__type":"Pointer","className":"Team","objectId":"abcdefghij"},\
            "when":{"__type":"Date","iso":"2020-01-01T00:00:00.000Z"},"settings":{"sound":true,"volume":0.7}}""".formatted("x".repeat(120)).getBytes(StandardCharsets.UTF_8);
    private final List<ParseObject> rows = new ArrayList<>();

    public ValueBenchmark() {
        for (int i = 0; i < 100; i++) {
            rows.add(ParseObject.ofRow("Game", NAMES, new Object[] {
                ParseValue.of("abcdefg" + i),
                new ParseValue.Date(1_700_000_000_000L + i),
                new ParseValue.Date(1_700_000_000_000L + i),
                ParseValue.of("player " + i),
                ParseValue.of(i * 1.5),
                ParseValue.FALSE,
                ParseValue.of(i),
                ParseValue.of("Zürich"),
                ParseValue.of("x".repeat(120)),
                new ParseValue.Pointer("Team", "abcdefghij"),
                new ParseValue.Date(1_600_000_000_000L),
                "[\"a\",\"b\",\"c\"]".getBytes(StandardCharsets.UTF_8),
                "{\"sound\":true,\"volume\":0.7}".getBytes(StandardCharsets.UTF_8)
            }));
        }
    }

    @Benchmark
    public int writeOneHundredObjects() {
        var out = new JsonWriter(32 * 1024);
        out.startObject().name("results").startArray();
        for (ParseObject row : rows) {
            row.writeTo(out);
        }
        out.endArray().endObject();
        return out.size();
    }

    @Benchmark
    public ParseValue readOneBody() {
        return JsonReader.read(body);
    }
}
