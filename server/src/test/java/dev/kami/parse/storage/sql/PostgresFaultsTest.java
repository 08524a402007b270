package dev.kami.parse.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.op.FieldOp;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.schema.SchemaChange.AddField;
import dev.kami.parse.schema.SchemaChange.CreateClass;
import dev.kami.parse.schema.SystemClasses;
import dev.kami.parse.storage.Find;
import dev.kami.parse.storage.StorageOpenException;
import dev.kami.parse.storage.Update;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes wrong between a server and its PostgreSQL database, and what becomes of requests then. */
@Timeout(60)
class PostgresFaultsTest {
    private static final ClassSchema GAME = SystemClasses.initial("Game").withField("score", FieldType.NUMBER);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final TestPostgres server = TestPostgres.server();
    private String address;
    private SqlStorage storage;

    @BeforeEach
    void create() {
        address = server.prepared();
    }

    @AfterEach
    void drop() {
        if (storage != null) {
            storage.close();
        }
        server.drop(address);
        threads.shutdownNow();
    }

    private void open(String through, Map<String, Object> options) {
        storage = TestPostgres.open(through, options);
        storage.change("Game", List.of(new CreateClass(GAME)));
    }

    private void insert(String id) {
        storage.insert(GAME, ParseObject.of("Game", Obj.of("objectId", new Str(id), "score", new Num(0))));
    }

    private List<String> ids() {
        var ids = new ArrayList<String>();
        storage.find(Find.all(GAME, Constraint.ALWAYS), object -> ids.add(object.objectId()));
        return ids;
    }

    private void awaitServed() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .ignoreExceptionsInstanceOf(ParseException.class)
                .until(() -> ids().equals(List.of("before")));
    }

    private static void assertUnreachable(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ParseException.class, refused -> {
            assertThat(refused.code()).isEqualTo(ErrorCode.INTERNAL_SERVER_ERROR);
            assertThat(refused).hasMessage("Database error");
        });
    }

    private String asked(String query) {
        try (Connection connection = TestPostgres.connect(address);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : null;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    // -- during service

    @Test
    void requestsAreAnsweredInTimeWhileTheDatabaseIsGoneAndServedWhenItIsBack() throws Exception {
        try (var way = ShakyConnection.to(address)) {
            open(way.uri(address), Map.of("waitQueueTimeoutMS", 1_000, "connectTimeoutMS", 1_000));
            insert("before");
            way.cut();
            long start = System.nanoTime();
            assertUnreachable(() -> insert("lost"));
            assertUnreachable(this::ids);
            assertUnreachable(storage::ping);
            assertUnreachable(() -> storage.inTransaction(() -> 1));
            assertUnreachable(() -> storage.change("Game", List.of(new AddField("x", FieldType.NUMBER))));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
            way.mend();
            awaitServed();
            insert("after");
            assertThat(ids()).containsExactlyInAnyOrder("before", "after");
        }
    }

    @Test
    void aDatabaseThatFallsSilentDoesNotHoldRequestsForEver() throws Exception {
        try (var way = ShakyConnection.to(address)) {
            open(way.uri(address), Map.of("socketTimeoutMS", 1_000, "waitQueueTimeoutMS", 1_000));
            insert("before");
            way.fallSilent();
            assertUnreachable(this::ids);
            way.speakAgain();
            awaitServed();
        }
    }

    @Test
    void noticesAreHeardAgainAfterTheDatabaseWasGone() throws Exception {
        try (var way = ShakyConnection.to(address);
                var other = TestPostgres.open(address)) {
            open(way.uri(address), Map.of());
            var heard = new java.util.concurrent.atomic.AtomicInteger();
            storage.onSchemaChange(heard::incrementAndGet);
            way.cut();
            way.mend();
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> heard.get() > 0);
            int before = heard.get();
            other.change("Game", List.of(new AddField("x", FieldType.NUMBER)));
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> heard.get() > before);
        }
    }

    @Test
    void aRequestWaitsForAConnectionOnlySoLong() throws Exception {
        open(address, Map.of("maxPoolSize", 2, "waitQueueTimeoutMS", 500));
        var held = new CountDownLatch(2);
        var release = new CountDownLatch(1);
        var holders = new ArrayList<CompletableFuture<Void>>();
        for (int i = 0; i < 2; i++) {
            holders.add(CompletableFuture.runAsync(
                    () -> inTransaction(() -> {
                        held.countDown();
                        release.await();
                    }),
                    threads));
        }
        held.await();
        assertThat(storage.connections(SqlStorage.PoolState.ACTIVE)).isEqualTo(2);
        long start = System.nanoTime();
        assertUnreachable(this::ids);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        release.countDown();
        for (var holder : holders) {
            holder.get(10, TimeUnit.SECONDS);
        }
        assertThat(ids()).isEmpty();
    }

    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    private void inTransaction(Work work) {
        try {
            storage.inTransaction(() -> {
                work.run();
                return null;
            });
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aTransactionWhoseConnectionIsKilledIsUndone() {
        open(address, Map.of());
        assertUnreachable(() -> inTransaction(() -> {
            insert("one");
            TestPostgres.execute(
                    address,
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction'"
                            + " AND datname = current_database()");
            insert("two");
        }));
        assertThat(ids()).isEmpty();
        insert("three");
        assertThat(ids()).containsExactly("three");
    }

    @Test
    void aStatementThatTakesTooLongIsStopped() throws Exception {
        open(address, Map.of("maxTimeMS", 300));
        insert("g1");
        try (Connection other = TestPostgres.connect(address);
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE \"Game\" IN ACCESS EXCLUSIVE MODE");
            assertThatThrownBy(this::ids)
                    .isInstanceOfSatisfying(ParseException.class, refused -> assertThat(refused.code())
                            .isEqualTo(ErrorCode.TIMEOUT));
            other.rollback();
        }
        assertThat(ids()).containsExactly("g1");
    }

    @Test
    void afterAFailedOperationTheWholeTransactionIsUndone() {
        open(address, Map.of());
        insert("there");
        assertThatThrownBy(() -> inTransaction(() -> {
                    insert("new");
                    try {
                        insert("there");
                    } catch (ParseException taken) {
                        assertThat(taken.code()).isEqualTo(ErrorCode.DUPLICATE_VALUE);
                    }
                    insert("more");
                }))
                .isInstanceOf(ParseException.class);
        assertThat(ids()).containsExactly("there");
    }

    // -- a class that grows inside a transaction

    @Test
    void whatATransactionHasBeenToldMustStillBeTrueWhenItsClassHasGrown() throws Exception {
        open(address, Map.of());
        insert("g1");
        var other = new CompletableFuture<Void>();
        assertThatThrownBy(() -> inTransaction(() -> {
                    increment();
                    Thread.ofVirtual().start(() -> complete(other));
                    // It waits for the row that this transaction has changed.
                    Awaitility.await().until(() -> asked("SELECT 1 FROM pg_locks WHERE NOT granted") != null);
                    storage.change("Game", List.of(new AddField("level", FieldType.NUMBER)));
                }))
                .isInstanceOfSatisfying(ParseException.class, lost -> assertThat(lost.code())
                        .isEqualTo(ErrorCode.INVALID_LINKED_SESSION));
        other.get(10, TimeUnit.SECONDS);
        assertThat(asked("SELECT score FROM \"Game\"")).isEqualTo("1");
        assertThat(storage.loadSchemas())
                .anySatisfy(schema -> assertThat(schema.field("level")).isEqualTo(FieldType.NUMBER));
    }

    private void complete(CompletableFuture<Void> done) {
        try {
            increment();
            done.complete(null);
        } catch (RuntimeException e) {
            done.completeExceptionally(e);
        }
    }

    private void increment() {
        var ops = new LinkedHashMap<String, FieldOp>();
        ops.put("score", new FieldOp.Increment(1));
        storage.updateOne(new Update(GAME, new EqualTo("objectId", new Str("g1")), ops));
    }

    // -- at the start

    @Test
    void aStartWaitsForADatabaseThatIsNotThereYet() throws Exception {
        try (var way = ShakyConnection.to(address)) {
            String through = way.uri(address);
            way.cut();
            var warnings = new java.util.concurrent.LinkedBlockingQueue<String>();
            var opened = CompletableFuture.supplyAsync(
                    () -> PostgresDatabase.open(PostgresSettings.of(through, Map.of()), warnings::add), threads);
            assertThat(warnings.poll(10, TimeUnit.SECONDS)).contains("cannot be reached yet");
            assertThat(opened).isNotDone();
            way.mend();
            storage = opened.get(20, TimeUnit.SECONDS);
            storage.ping();
        }
    }

    private static void assertRefused(String uri, String... words) {
        assertThatThrownBy(() -> TestPostgres.open(uri, Map.of()).close())
                .isInstanceOf(StorageOpenException.class)
                .hasMessageContainingAll(words)
                .hasMessageNotContaining("secret");
    }

    @Test
    void whyADatabaseCannotBeOpenedIsOneSentenceWithoutThePassword() throws Exception {
        try (var way = ShakyConnection.to(address)) {
            String through = way.uri(address);
            way.cut();
            assertRefused(through.replace("postgres@", "postgres:secret@"), "cannot be reached", "Check that it runs");
        }
        assertRefused(address.replaceFirst("/test_.*", "/missing"), "has no database missing", "createdb missing");
        assertRefused(address.replace("postgres@", "stranger:secret@"), "refuses user stranger");
        assertRefused("postgres://u:secret@h:port/db", "Option databaseURI", "port");
        assertRefused("postgres://u:sec%ret@h/db", "Option databaseURI", "%25");
        TestPostgres.execute(address, "DROP SCHEMA public CASCADE");
        assertRefused(address, "has no schema");
    }
}
