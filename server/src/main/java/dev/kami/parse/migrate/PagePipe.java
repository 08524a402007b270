package dev.kami.parse.migrate;

import dev.kami.parse.schema.ClassSchema;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Reads pages on a thread of its own while the caller writes the page before. At most three pages are in memory: one being
 * read, one waiting, one being written.
 */
final class PagePipe implements AutoCloseable {
    private static final Page END = new Page(List.of(), null, List.of());

    private final BlockingQueue<Page> waiting = new ArrayBlockingQueue<>(1);
    private final Thread reader;
    private volatile boolean closed;
    private volatile RuntimeException failure;

    PagePipe(Source source, ClassSchema schema, String position) {
        reader = Thread.ofPlatform().name("migrate-read").start(() -> {
            try {
                source.read(schema, position, this::put);
            } catch (RuntimeException e) {
                failure = e;
            } finally {
                put(END);
            }
        });
    }

    /** The reader is never interrupted: an interrupt closes the file of an embedded database. */
    private boolean put(Page page) {
        try {
            while (!closed) {
                if (waiting.offer(page, 50, TimeUnit.MILLISECONDS)) {
                    return true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /** The next page, {@code null} behind the last. */
    Page next() {
        try {
            Page page = waiting.take();
            if (page != END) {
                return page;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
        if (failure != null) {
            throw failure;
        }
        return null;
    }

    @Override
    public void close() {
        closed = true;
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
