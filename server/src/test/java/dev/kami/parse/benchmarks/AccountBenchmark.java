package dev.kami.parse.benchmarks;

import dev.kami.parse.Exchange;
import dev.kami.parse.TestCore;
import dev.kami.parse.auth.Auth;
import dev.kami.parse.auth.Caller;
import dev.kami.parse.auth.RequestInfo;
import dev.kami.parse.query.Constraint.Compare;
import dev.kami.parse.query.Constraint.Order;
import dev.kami.parse.query.Query;
import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.JsonWriter;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What permissions cost: 100 of 10,000 objects, public ones read by nobody, and ones with ACLs read by a user with six
 * roles (from the token to the bytes). And what of a log-in is bcrypt.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgs = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class AccountBenchmark {
    private static final int OBJECTS = 10_000;

    private TestCore core;
    private String token;
    private String hash;
    private int queries;

    @Setup
    public void fill() {
        core = TestCore.start(options -> options.set("cacheTTL", 60_000));
        Obj ann = core.as(Auth.NOBODY)
                .post("/users", "{'username':'ann','password':'secret'}")
                .json();
        token = ann.text("sessionToken");
        hash = core.accounts().passwords().hash("secret");
        String below = role("Role0", "'users'", "_User", ann.text("objectId"));
        for (int level = 1; level < 6; level++) {
            below = role("Role" + level, "'roles'", "_Role", below);
        }
        for (int i = 0; i < OBJECTS; i++) {
            create("Public", i, "");
            create(
                    "Guarded",
                    i,
                    ",\"ACL\":{\"role:Role" + i % 6 + "\":{\"read\":true},\"x" + i + "\":{\"read\":true}}");
        }
    }

    private String role(String name, String relation, String className, String member) {
        return core.as(Auth.MASTER)
                .post(
                        "/roles",
                        "{'name':'" + name + "','ACL':{}," + relation
                                + ":{'__op':'AddRelation','objects':[{'__type':'Pointer','className':'" + className
                                + "','objectId':'" + member + "'}]}}")
                .objectId();
    }

    private void create(String className, int n, String acl) {
        String body = "{\"n\":" + n + ",\"playerName\":\"player " + n + "\",\"score\":" + n % 100
                + ",\"cheatMode\":false,\"city\":\"Zürich\",\"bio\":\"" + "x".repeat(60)
                + "\",\"tags\":[\"a\",\"b\"],\"settings\":{\"sound\":true}" + acl + "}";
        core.operations().create(Caller.SERVER, className, (Obj) JsonReader.read(body));
    }

    @TearDown
    public void close() {
        core.close();
    }

    /** All objects fit; the number is another one each time, or H2 would answer with the result of the last query. */
    private int read(Auth auth, String className) {
        var where = new Compare("n", Order.GREATER_OR_EQUAL, ParseValue.of(- ++queries));
        var out = new JsonWriter(32 * 1024);
        core.operations()
                .find(
                        new Caller(auth, RequestInfo.INTERNAL),
                        Query.of(className, where).withLimit(100))
                .results()
                .forEach(object -> object.writeTo(out));
        return out.size();
    }

    @Benchmark
    public int nobodyReadsPublicObjects() {
        return read(Auth.NOBODY, "Public");
    }

    @Benchmark
    public int aUserWithRolesReadsGuardedObjects() {
        return read(core.accounts().sessions().resolve(token), "Guarded");
    }

    @Benchmark
    public Auth.User aTokenBecomesItsUser() {
        return core.accounts().sessions().resolve(token);
    }

    @Benchmark
    public Exchange.Answer logIn() {
        return core.as(Auth.NOBODY).post("/login", "{'username':'ann','password':'secret'}");
    }

    @Benchmark
    public boolean comparePassword() {
        return core.accounts().passwords().matches("secret", hash);
    }
}
