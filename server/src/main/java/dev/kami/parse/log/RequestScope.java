package dev.kami.parse.log;

import java.util.concurrent.Callable;

/**
 * The id of the request a thread works for. Log lines carry it; nothing is decided by it. It reaches
 * threads started with structured concurrency, other threads are given it by their starter.
 */
public final class RequestScope {
    private static final ScopedValue<String> REQUEST_ID = ScopedValue.newInstance();

    private RequestScope() {}

    public static <T> T call(String requestId, Callable<T> work) throws Exception {
        return ScopedValue.where(REQUEST_ID, requestId).call(work::call);
    }

    public static void run(String requestId, Runnable work) {
        ScopedValue.where(REQUEST_ID, requestId).run(work);
    }

    /** The id of the current request, or {@code "-"} outside of one. */
    public static String requestId() {
        return REQUEST_ID.orElse("-");
    }

    static boolean isBound() {
        return REQUEST_ID.isBound();
    }
}
