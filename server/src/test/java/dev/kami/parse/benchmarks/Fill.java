package dev.kami.parse.benchmarks;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Fills a class over REST batches: 13 fields a row, an objectId (id0000000, ...; the server must allow custom ones), a
 * text {@code key} (k0, ...) and a pointer {@code owner} (o0, ...), all different in every row.
 *
 * <p>Arguments: server URL, application id, master key, class name, number of rows.
 */
public final class Fill {
    private static final int BATCH = 500;

    private Fill() {}

    public static void main(String[] arguments) throws Exception {
        String url = arguments[0];
        int rows = Integer.parseInt(arguments[4]);
        String path = URI.create(url).getPath() + "/classes/" + arguments[3];
        var inFlight = new Semaphore(4);
        var failed = new java.util.concurrent.atomic.AtomicReference<String>();
        try (var client = HttpClient.newHttpClient();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int from = 0; from < rows && failed.get() == null; from += BATCH) {
                int first = from;
                inFlight.acquire();
                threads.submit(() -> {
                    try {
                        var request = HttpRequest.newBuilder(URI.create(url + "/batch"))
                                .header("X-Parse-Application-Id", arguments[1])
                                .header("X-Parse-Master-Key", arguments[2])
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(batch(path, first, Math.min(first + BATCH, rows))))
                                .build();
                        var answer = client.send(request, BodyHandlers.ofString());
                        if (answer.statusCode() != 200 || answer.body().contains("\"error\"")) {
                            failed.compareAndSet(
                                    null,
                                    answer.statusCode() + " " + answer.body().substring(0, 200));
                        }
                    } finally {
                        inFlight.release();
                    }
                    return null;
                });
            }
        }
        if (failed.get() != null) {
            System.err.println("filling failed: " + failed.get());
            System.exit(1);
        }
    }

    private static String batch(String path, int from, int to) {
        var requests = new StringBuilder("{\"transaction\":true,\"requests\":[");
        for (int i = from; i < to; i++) {
            requests.append(i == from ? "" : ",")
                    .append("""
                            {"method":"POST","path":"%s","body":{"objectId":"id%07d","key":"k%d","owner":{"__type":"Pointer",\
                            "className":"Owner","objectId":"o%d"},"playerName":"player %d","score":%d,"cheatMode":false,\
                            "level":%d,"city":"Zürich","bio":"%s","when":{"__type":"Date",\
                            "iso":"2020-01-01T00:00:00.000Z"},"tags":["a","b","c"],"settings":{"sound":true,"volume":0.7}}}""".formatted(path, i, i, i, i, i % 10_000, i % 60, "x".repeat(60)));
        }
        return requests.append("]}").toString();
    }
}
