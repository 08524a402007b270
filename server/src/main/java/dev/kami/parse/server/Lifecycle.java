package dev.kami.parse.server;

import java.util.ArrayDeque;
import java.util.Deque;

/** The things a server has opened; closes them in reverse order, each once, all even when one fails. */
final class Lifecycle implements AutoCloseable {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    synchronized <T extends AutoCloseable> T own(T thing) {
        opened.push(thing);
        return thing;
    }

    /** @throws IllegalStateException after all have been closed, when one could not be */
    @Override
    public synchronized void close() {
        Exception first = null;
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw new IllegalStateException("The server did not stop cleanly.", first);
        }
    }
}
