package dev.kami.parse.rest;

import static dev.kami.parse.rest.ObjectCore.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kami.parse.error.ParseException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TransactionTest {
    private final ObjectCore core = new ObjectCore();

    @AfterEach
    void close() {
        core.close();
    }

    @Test
    void allWritesOfATransactionHappen() throws Exception {
        String old = core.create("Game", "{'n':1}");

        core.operations.inTransaction(() -> {
            core.create("Game", "{'n':2,'fresh':true}");
            core.create(
                    "Other",
                    "{'rel':{'__op':'AddRelation','objects':[{'__type':'Pointer','className':'Game','objectId':'" + old
                            + "'}]}}");
            core.update(nobody(), "Game", old, "{'n':{'__op':'Increment','amount':5},'late':'x'}");
            return null;
        });

        assertThat(core.where(nobody(), "Game", "{'fresh':true}", "n")).containsExactly("2");
        assertThat(core.where(nobody(), "Game", "{'late':'x'}", "n")).containsExactly("6");
        assertThat(core.where(nobody(), "Other", "{}")).hasSize(1);
    }

    @Test
    void oneFailureUndoesAll() {
        String old = core.create("Game", "{'n':1}");

        assertThatThrownBy(() -> core.operations.inTransaction(() -> {
                    core.create("Game", "{'n':2}");
                    core.update(nobody(), "Game", old, "{'n':9}");
                    core.create("Fresh", "{'n':1}");
                    return core.create("Game", "{'n':'text'}");
                }))
                .isInstanceOf(ParseException.class);

        assertThat(core.where(nobody(), "Game", "{}", "n")).containsExactly("1");
        assertThat(core.where(nobody(), "Fresh", "{}")).isEmpty();
    }

    @Test
    void aNewFieldOfSomebodyElseDoesNotWaitForALongTransactionToFail() throws Exception {
        core.create("Game", "{'n':1}");
        var begun = new CountDownLatch(1);
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var other = clients.submit(() -> {
                begun.await();
                return core.create(nobody(), "Game", "{'theirs':1}");
            });
            core.operations.inTransaction(() -> {
                core.create("Game", "{'n':2}");
                begun.countDown();
                // The other one is now changing the class; this transaction brings a field of its own.
                for (int i = 0; i < 20; i++) {
                    core.create("Game", "{'mine" + i + "':1}");
                }
                return null;
            });
            assertThat(other.get(5, TimeUnit.SECONDS).status()).isEqualTo(201);
        }
        assertThat(core.where(nobody(), "Game", "{'mine19':1}")).hasSize(1);
        assertThat(core.where(nobody(), "Game", "{'theirs':1}")).hasSize(1);
    }
}
