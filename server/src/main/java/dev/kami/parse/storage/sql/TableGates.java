package dev.kami.parse.storage.sql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Keeps statements on a table apart from changes of that table. H2 copies a table to add a column and drops the old one; a
 * statement that waited for it meanwhile goes on in the dropped one, and what it inserts is lost without an error (or it
 * does not find the table at all). So every statement holds the gate of its table shared, a transaction until its end, and
 * a change holds it alone.
 *
 * <p>A change waits for a limited time: who comes after it waits behind it, and longer transactions are no reason to make
 * everybody wait. Two that wait for each other end that way too.
 */
final class TableGates {
    /** Fair, or a change would wait for ever behind statements that keep coming. */
    private final Map<String, ReentrantReadWriteLock> gates = new ConcurrentHashMap<>();

    /** The gates that a transaction holds; used by its thread alone. */
    static final class Held implements AutoCloseable {
        private final TableGates gates;
        private final Set<String> tables = new HashSet<>();
        private final List<Lock> locks = new ArrayList<>();

        private Held(TableGates gates) {
            this.gates = gates;
        }

        private void hold(String table) {
            if (tables.add(table)) {
                Lock lock = gates.gate(table).readLock();
                lock.lock();
                locks.add(lock);
            }
        }

        boolean holds(String table) {
            return tables.contains(table);
        }

        @Override
        public void close() {
            locks.forEach(Lock::unlock);
        }
    }

    Held held() {
        return new Held(this);
    }

    private ReentrantReadWriteLock gate(String table) {
        ReentrantReadWriteLock gate = gates.get(table);
        return gate == null ? gates.computeIfAbsent(table, _ -> new ReentrantReadWriteLock(true)) : gate;
    }

    /** @param transaction takes the gate until its end; {@code null} outside of one */
    <T> T shared(String table, Held transaction, Supplier<T> work) {
        if (transaction != null) {
            transaction.hold(table);
            return work.get();
        }
        Lock lock = gate(table).readLock();
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** False when others held the table for too long; then nothing was done. */
    boolean alone(String table, Duration patience, Runnable work) {
        Lock lock = gate(table).writeLock();
        try {
            if (!lock.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        try {
            work.run();
            return true;
        } finally {
            lock.unlock();
        }
    }
}
