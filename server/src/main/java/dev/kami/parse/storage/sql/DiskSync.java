package dev.kami.parse.storage.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Forces the database file to the disk once a second while there is something new.
 *
 * <p>A commit writes about 32 KB of new pages and leaves as many old ones behind. H2 uses their place again after a
 * retention time, 45 seconds by default, because until the operating system has written the new pages to the disk the old
 * ones are what a power failure leaves. At 1,000 commits a second that is a file of more than a gigabyte. With the
 * file forced to the disk every second, five seconds of retention are safe as well: a power failure takes at most the
 * last second, and the file stays small. (A killed process loses nothing either way: its writes are with the operating
 * system.)
 */
final class DiskSync implements AutoCloseable {
    private final Connection connection;
    private final AtomicBoolean written = new AtomicBoolean();
    private final ScheduledExecutorService timer;

    /** @param connection used by nobody else at the same time */
    DiskSync(Connection connection) {
        this.connection = connection;
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("storage-sync").factory());
        timer.scheduleWithFixedDelay(this::sync, 1, 1, TimeUnit.SECONDS);
    }

    /** To be called after a statement that may have changed something. */
    void written() {
        if (!written.get()) { // a plain read costs less than a write that all threads fight for
            written.set(true);
        }
    }

    private void sync() {
        if (!written.getAndSet(false)) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT SYNC");
        } catch (SQLException e) {
            written.set(true); // a closed or full database shows itself to the next request; try again
        }
    }

    @Override
    public void close() {
        timer.shutdown();
        try {
            timer.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
