package dev.kami.parse.js;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A server in a process of its own, started as a user starts it. */
final class ServerProcess implements AutoCloseable {
    static final String APP_ID = "sdkApp";
    static final String MASTER_KEY = "sdkMaster";
    private static final Duration TO_START = Duration.ofMinutes(1);

    private final int port;
    private final String log;
    private final Process process;

    private ServerProcess(int port, String log, Process process) {
        this.port = port;
        this.log = log;
        this.process = process;
    }

    /**
     * Answers when the server is ready.
     *
     * @param name of the log file, without ending
     * @param folder for all that the server writes
     * @param words further ones of the command line
     */
    static ServerProcess start(int port, String name, Path folder, String... words) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                absoluteClassPath(),
                "dev.kami.parse.server.Main",
                "--appId",
                APP_ID,
                "--masterKey",
                MASTER_KEY,
                "--host",
                "127.0.0.1",
                "--port",
                String.valueOf(port),
                "--dataFolder",
                folder.resolve("data").toString()));
        command.addAll(List.of(words));
        String log = name + ".log";
        var logs = Map.of("PARSE_SERVER_LOGS_FOLDER", folder.resolve("logs").toString());
        var server = new ServerProcess(port, log, NodeProject.SDK.process(log, logs, command));
        try {
            server.awaitHealth();
        } catch (RuntimeException | AssertionError e) {
            server.close();
            throw e;
        }
        return server;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static String url(int port) {
        return "http://127.0.0.1:" + port + "/parse";
    }

    String url() {
        return url(port);
    }

    /** The file with what the process prints. */
    String log() {
        return log;
    }

    private void awaitHealth() {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/health"))
                .timeout(Duration.ofSeconds(5))
                .build();
        Awaitility.await("the server to answer /health")
                .atMost(TO_START)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(IOException.class)
                .failFast(() -> {
                    if (!process.isAlive()) {
                        fail("the server ended with code " + process.exitValue() + ":\n" + NodeProject.SDK.log(log));
                    }
                })
                .until(() -> client.send(request, BodyHandlers.discarding()).statusCode() == 200);
    }

    /** The class path of this test, seen from the folder in which the processes run. */
    private static String absoluteClassPath() {
        String separator = System.getProperty("path.separator");
        return String.join(
                separator,
                List.of(System.getProperty("java.class.path").split(separator)).stream()
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .toList());
    }

    @Override
    public void close() {
        NodeProject.end(process);
    }
}
