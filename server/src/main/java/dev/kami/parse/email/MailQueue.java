package dev.kami.parse.email;

import dev.kami.parse.log.Log;
import dev.kami.parse.log.RequestScope;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends mails beside the requests that caused them: a few at once, a bounded number waiting, each within a time limit.
 *
 * <p>A mail is tried once. Trying again after a failure could send it twice, because a mail server may have taken a mail
 * whose answer was lost; a user who misses one asks for another. What could not be sent is logged.
 */
final class MailQueue implements AutoCloseable {
    /** One attempt. Interrupted when it takes too long. */
    @FunctionalInterface
    interface Sending {
        void run() throws IOException;
    }

    /**
     * @param atOnce connections to the mail server
     * @param waiting mails beyond this number are refused, so that a dead mail server cannot fill the memory
     * @param each time for one mail
     * @param atEnd time for what is left when the server ends
     */
    record Limits(int atOnce, int waiting, Duration each, Duration atEnd) {
        static final Limits STANDARD = new Limits(8, 1000, Duration.ofSeconds(60), Duration.ofSeconds(10));
    }

    private final Log log;
    private final Limits limits;
    private final Semaphore slots;
    private final AtomicInteger waiting = new AtomicInteger();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("mail-", 1).factory());

    MailQueue(Log log, Limits limits) {
        this.log = log;
        this.limits = limits;
        this.slots = new Semaphore(limits.atOnce(), true);
    }

    /**
     * Never waits and never throws.
     *
     * @param kind what the mail is about, for the log
     * @param userId for the log, may be {@code null}
     * @return ends when the mail is sent; a failure has been logged already
     */
    CompletableFuture<Void> add(String kind, String userId, Sending sending) {
        var done = new CompletableFuture<Void>();
        if (waiting.incrementAndGet() > limits.waiting()) {
            waiting.decrementAndGet();
            failed(kind, userId, new IOException(limits.waiting() + " mails are waiting already"), done);
            return done;
        }
        String requestId = RequestScope.requestId();
        Runnable work = () -> send(kind, userId, sending, done);
        try {
            threads.execute(requestId.equals("-") ? work : () -> RequestScope.run(requestId, work));
        } catch (RejectedExecutionException _) {
            waiting.decrementAndGet();
            failed(kind, userId, new IOException("the server is ending"), done);
        }
        return done;
    }

    private void send(String kind, String userId, Sending sending, CompletableFuture<Void> done) {
        try {
            slots.acquire();
        } catch (InterruptedException _) {
            waiting.decrementAndGet();
            failed(kind, userId, new IOException("the server ended before its turn"), done);
            return;
        }
        try {
            attempt(sending);
            done.complete(null);
        } catch (IOException e) {
            failed(kind, userId, e, done);
        } catch (RuntimeException defect) {
            log.error("The e-mail adapter failed.", defect);
            done.completeExceptionally(defect);
        } finally {
            slots.release();
            waiting.decrementAndGet();
        }
    }

    private void attempt(Sending sending) throws IOException {
        var attempt = new FutureTask<Void>(() -> {
            sending.run();
            return null;
        });
        Thread.ofVirtual().name("mail-attempt").start(attempt);
        try {
            attempt.get(limits.each().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            attempt.cancel(true);
            throw new IOException("not done after " + limits.each().toMillis() + " ms");
        } catch (InterruptedException _) {
            attempt.cancel(true);
            throw new IOException("the server ended meanwhile");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failure -> throw failure;
                case RuntimeException defect -> throw defect;
                case Throwable other -> throw new IllegalStateException(other);
            }
        }
    }

    private void failed(String kind, String userId, IOException failure, CompletableFuture<Void> done) {
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("mail", kind);
        if (userId != null) {
            meta.put("user", userId);
        }
        meta.put("error", String.valueOf(failure.getMessage()));
        log.error("A mail could not be sent.", meta);
        done.completeExceptionally(failure);
    }

    /** Takes no more mails, gives the others a little time, then interrupts them. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(limits.atEnd().toNanos(), TimeUnit.NANOSECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException _) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
