package dev.kami.parse.account;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategy;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Hashes passwords with bcrypt at cost 10, as the genuine server does: {@code $2b$} is written, {@code $2a$},
 * {@code $2b$} and {@code $2y$} are read. Bytes beyond the 72nd count for nothing, on both servers.
 *
 * <p>One hash takes about 70 ms of a processor. Done on the virtual thread of a request it would hold one of the few
 * threads that carry all requests, and fifty log-ins at once would stop everything else. So hashing has a small number of
 * platform threads of its own, which leave a processor to the others; log-ins wait for a turn there.
 */
public final class Passwords implements AutoCloseable {
    private static final int COST = 10;

    /** Of nothing that anybody knows; compared against when there is no hash, so that time does not tell. */
    private static final String NOBODYS_HASH = "$2b$10$49XjeI7INEjb7Y6iD3hJle6oDBo25Yah6Yfu5JrqowMec3zMnt/R.";

    private final SecureRandom random;
    private final ExecutorService hashing;
    private final LongPasswordStrategy truncating = LongPasswordStrategies.truncate(BCrypt.Version.VERSION_2B);

    public Passwords(SecureRandom random) {
        this(random, Math.max(1, Runtime.getRuntime().availableProcessors() * 3 / 4));
    }

    Passwords(SecureRandom random, int threads) {
        this.random = random;
        this.hashing = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("password-", 1).daemon(true).factory());
    }

    public String hash(String password) {
        return onOwnThread(() -> new String(
                BCrypt.with(BCrypt.Version.VERSION_2B, random, truncating)
                        .hash(COST, password.getBytes(StandardCharsets.UTF_8)),
                StandardCharsets.US_ASCII));
    }

    /**
     * Takes the same time whether there is a hash or not.
     *
     * @param hash {@code null} for an account without password, and for no account at all: then never true
     */
    public boolean matches(String password, String hash) {
        boolean possible = hash != null && !hash.isEmpty() && !password.isEmpty();
        byte[] stored = (possible ? hash : NOBODYS_HASH).getBytes(StandardCharsets.US_ASCII);
        boolean verified = onOwnThread(() ->
                BCrypt.verifyer(null, truncating).verify(password.getBytes(StandardCharsets.UTF_8), stored).verified);
        return possible && verified;
    }

    private <T> T onOwnThread(Callable<T> work) {
        try {
            return hashing.submit(work).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A password could not be hashed.", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The server stops.", e);
        }
    }

    /** Waits a moment for what is being hashed. */
    @Override
    public void close() {
        hashing.shutdown();
        try {
            if (!hashing.awaitTermination(2, TimeUnit.SECONDS)) {
                hashing.shutdownNow();
            }
        } catch (InterruptedException e) {
            hashing.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
