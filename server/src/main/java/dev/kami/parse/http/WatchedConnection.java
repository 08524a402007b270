package dev.kami.parse.http;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A connection that ends when its client takes too long. Helidon 4.1 ends only connections that wait for a first line; a
 * client that dribbles headers or a body, or does not fetch its answer, would keep its thread for ever.
 *
 * <p>While a handler works, the thread is never interrupted: it may be inside the database, and an interrupt there closes
 * the database's files.
 */
final class WatchedConnection implements ServerConnection, InterruptableTask<Void> {
    private static final ScopedValue<WatchedConnection> CURRENT = ScopedValue.newInstance();

    private final ServerConnection http;
    private final Consumer<WatchedConnection> whenOver;
    private boolean working;
    private boolean ended;

    /** @param whenOver told when the connection has ended */
    WatchedConnection(ServerConnection http, Consumer<WatchedConnection> whenOver) {
        this.http = http;
        this.whenOver = whenOver;
    }

    /** The request of the current thread has been read and goes to its handler. */
    static void startWork() {
        if (CURRENT.isBound()) {
            CURRENT.get().start();
        }
    }

    /** Its handler is done; what follows is the client's network again. */
    static void endWork() {
        if (CURRENT.isBound()) {
            CURRENT.get().end();
        }
    }

    private synchronized void start() {
        // Set by somebody who thought that this thread still waits for its client.
        boolean interrupted = Thread.interrupted();
        if (interrupted && ended) {
            throw new CloseConnectionException("the request took too long to arrive");
        }
        working = true;
    }

    private synchronized void end() {
        working = false;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
        try {
            ScopedValue.where(CURRENT, this).call(() -> {
                http.handle(limit);
                return null;
            });
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("unexpected checked exception", e);
        } finally {
            whenOver.accept(this);
        }
    }

    @Override
    public Duration idleTime() {
        return http.idleTime();
    }

    /** Called by Helidon for a connection whose request, or pause, has lasted too long. */
    @Override
    public synchronized void close(boolean interrupt) {
        if (interrupt || !working) {
            ended = true;
            http.close(true);
        }
    }

    /** Ends it when it waits for the first line of a request. */
    synchronized void endIfWaiting() {
        if (canInterrupt()) {
            ended = true;
            http.close(true);
        }
    }

    @Override
    public synchronized boolean canInterrupt() {
        return !working && http instanceof InterruptableTask<?> task && task.canInterrupt();
    }
}
