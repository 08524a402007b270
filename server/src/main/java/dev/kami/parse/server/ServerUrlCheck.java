package dev.kami.parse.server;

import dev.kami.parse.log.Log;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Asks the server for its health at {@code serverURL}, as everything does that calls it from outside, and warns when that
 * does not work. Runs once, a moment after the start, in the background.
 */
final class ServerUrlCheck implements AutoCloseable {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int ATTEMPTS = 10;

    private final String serverUrl;
    private final Log log;
    private final Thread thread;

    private ServerUrlCheck(String serverUrl, Log log) {
        this.serverUrl = serverUrl;
        this.log = log;
        this.thread = Thread.ofVirtual().name("check-server-url").unstarted(this::run);
    }

    static ServerUrlCheck start(String serverUrl, Log log) {
        var check = new ServerUrlCheck(serverUrl, log);
        check.thread.start();
        return check;
    }

    private void run() {
        try {
            Thread.sleep(FIRST_WAIT);
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Duration again = ask();
                if (again == null) {
                    return;
                }
                Thread.sleep(again);
            }
            warn();
        } catch (InterruptedException _) {
            // the server stops
        }
    }

    /** When to ask again; {@code null} when there is an answer, good or bad. */
    private Duration ask() {
        try {
            var connection = (HttpURLConnection)
                    URI.create(serverUrl + "/health").toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            try {
                return judge(connection);
            } finally {
                connection.disconnect();
            }
        } catch (IOException | IllegalArgumentException | ClassCastException _) {
            warn();
            return null;
        }
    }

    private Duration judge(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        if (status == HttpURLConnection.HTTP_UNAVAILABLE && connection.getHeaderField("Retry-After") != null) {
            return Duration.ofSeconds(Math.clamp(connection.getHeaderFieldInt("Retry-After", 1), 1, 60));
        }
        boolean ok = status == HttpURLConnection.HTTP_OK;
        if (ok) {
            try (var body = connection.getInputStream()) {
                String text = new String(body.readNBytes(1000), StandardCharsets.UTF_8);
                ok = text.contains("\"status\":\"ok\"");
            }
        }
        if (!ok) {
            warn();
        }
        return null;
    }

    private void warn() {
        log.warn("WARNING, Unable to connect to '" + serverUrl
                + "'. Cloud code and push notifications may be unavailable!");
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
