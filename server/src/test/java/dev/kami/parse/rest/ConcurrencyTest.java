package dev.kami.parse.rest;

import static dev.kami.parse.rest.ObjectCore.nobody;
import static dev.kami.parse.rest.ObjectCore.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConcurrencyTest {
    private static final int CLIENTS = 100;

    private final ObjectCore core = new ObjectCore();

    @AfterEach
    void close() {
        core.close();
    }

    /** Runs the work of all clients at the same moment and returns what failed. */
    private static List<Throwable> together(IntConsumer work) throws InterruptedException {
        var failures = new ArrayList<Throwable>();
        var start = new CountDownLatch(1);
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<?>>();
            for (int i = 0; i < CLIENTS; i++) {
                int client = i;
                all.add(clients.submit(() -> {
                    start.await();
                    work.accept(client);
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> one : all) {
                try {
                    one.get(50, TimeUnit.SECONDS);
                } catch (ExecutionException e) {
                    failures.add(e.getCause());
                } catch (java.util.concurrent.TimeoutException e) {
                    failures.add(e);
                }
            }
        }
        return failures;
    }

    @Test
    void incrementsAreNotLost() throws InterruptedException {
        String id = core.create("Game", "{'n':0,'o':{'n':0}}");

        assertThat(together(client -> core.update(
                        nobody(),
                        "Game",
                        id,
                        "{'n':{'__op':'Increment','amount':1},'o.n':{'__op':'Increment','amount':2}}")))
                .isEmpty();

        ParseObject game = core.get(nobody(), "Game", id);
        assertThat(game.get("n")).isEqualTo(value("100"));
        assertThat(game.get("o")).isEqualTo(value("{'n':200}"));
    }

    @Test
    void addedElementsAreNotLost() throws InterruptedException {
        String id = core.create("Game", "{}");

        assertThat(together(client ->
                        core.update(nobody(), "Game", id, "{'tags':{'__op':'Add','objects':[" + client + "]}}")))
                .isEmpty();

        assertThat(((Array) core.get(nobody(), "Game", id).get("tags")).items())
                .hasSize(CLIENTS)
                .doesNotHaveDuplicates();
    }

    @Test
    void relationMembersAreNotLost() throws InterruptedException {
        String id = core.create("Cart", "{}");

        assertThat(together(client -> core.update(
                        nobody(),
                        "Cart",
                        id,
                        "{'items':{'__op':'AddRelation','objects':[{'__type':'Pointer','className':'Item','objectId':'i"
                                + client % 50 + "'}]}}")))
                .isEmpty();

        assertThat(core.storage.linked(
                        "_Join:items:Cart", dev.kami.parse.query.Constraint.JoinSide.RELATED_ID, List.of(id)))
                .hasSize(50);
    }

    @Test
    void aClassIsCreatedOnceByManyWithoutAnError() throws InterruptedException {
        core.storage.calls();

        assertThat(together(client ->
                        core.create(nobody(), "Fresh", "{'n':" + client + ",'f" + client % 3 + "':true,'same':'x'}")))
                .isEmpty();

        assertThat(core.find(nobody(), "Fresh", "{'limit':1000}").results()).hasSize(CLIENTS);
        assertThat(core.storage.calls().stream().filter("change Fresh"::equals).count())
                .isBetween(1L, 3L);
        assertThat(core.schemas.find("Fresh").fields()).containsKeys("n", "f0", "f1", "f2", "same");
    }

    @Test
    void oneOfTwoTypesOfANewFieldWins() throws InterruptedException {
        core.create("Game", "{}");

        List<Throwable> failures =
                together(client -> core.create(nobody(), "Game", client % 2 == 0 ? "{'x':1}" : "{'x':'text'}"));

        assertThat(failures).hasSize(CLIENTS / 2).allSatisfy(failure -> assertThat(failure)
                .isInstanceOfSatisfying(
                        ParseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INCORRECT_TYPE)));
        assertThat(core.where(nobody(), "Game", "{'x':{'$exists':true}}")).hasSize(CLIENTS / 2);
    }

    @Test
    void everyClientMayBringAClassOfItsOwn() throws InterruptedException {
        assertThat(together(client -> core.create(nobody(), "Own" + client % 20, "{'n':" + client + "}")))
                .isEmpty();

        assertThat(core.schemas.all().stream()
                        .filter(schema -> schema.className().startsWith("Own")))
                .hasSize(20);
    }
}
