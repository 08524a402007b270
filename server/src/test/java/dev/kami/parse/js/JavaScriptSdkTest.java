package dev.kami.parse.js;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the Node tests of {@code src/test/js}, which use the published JavaScript SDK, against a server in a
 * process of its own, started as a user starts it.
 *
 * <p>Works in {@code target/js}, so that the sources stay free of {@code node_modules}. What the two
 * processes print is in {@code target/js/*.log}.
 */
class JavaScriptSdkTest {
    private static final Path SOURCES = Path.of("src/test/js");
    private static final Path PROJECT = Path.of("target/js");
    private static final Duration TO_INSTALL = Duration.ofMinutes(5);
    private static final Duration TO_START = Duration.ofMinutes(1);
    private static final Duration TO_TEST = Duration.ofMinutes(10);
    private static final Duration TO_END = Duration.ofSeconds(20);

    @Test
    void theJavaScriptSdkWorksAgainstTheServer(@TempDir Path folder) throws Exception {
        installProject();
        int port = freePort();
        String address = "http://127.0.0.1:" + port + "/parse";
        var mails = new GreenMail(new ServerSetup[] {
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_POP3)
        });
        mails.start();
        HttpServer provider = loginProvider();
        Process server = startServer(port, folder, configuration(folder, address, mails, provider));
        try {
            awaitHealth(server, address);
            Process tests = process(
                    "node-test.log",
                    Map.of(
                            "SERVER_URL",
                            address,
                            "APP_ID",
                            "sdkApp",
                            "MASTER_KEY",
                            "sdkMaster",
                            "POP3_PORT",
                            String.valueOf(mails.getPop3().getPort())),
                    List.of("node", "--test", "--test-reporter=spec", "--test-timeout=120000"));
            assertThat(exitCode(tests, TO_TEST, "node --test"))
                    .as(() -> log("node-test.log") + "\nserver:\n" + log("server.log"))
                    .isZero();
        } finally {
            end(server);
            provider.stop(0);
            mails.stop();
        }
    }

    /** What the server has beyond its defaults: a mail server, a log-in provider, a second factor, a lock. */
    private static Path configuration(Path folder, String address, GreenMail mails, HttpServer provider)
            throws IOException {
        String json = """
                {
                  "appName": "SDK",
                  "publicServerURL": "%s",
                  "verifyUserEmails": true,
                  "emailAdapter": {
                    "module": "smtp",
                    "options": { "host": "127.0.0.1", "port": %d, "from": "SDK <sdk@example.org>" }
                  },
                  "accountLockout": { "threshold": 3, "duration": 5, "unlockOnPasswordReset": true },
                  "auth": {
                    "mfa": { "options": ["TOTP"] },
                    "acme": { "oauth2": true, "tokenIntrospectionEndpointUrl": "http://127.0.0.1:%d/introspect" }
                  }
                }
                """.formatted(
                address, mails.getSmtp().getPort(), provider.getAddress().getPort());
        return Files.writeString(folder.resolve("configuration.json"), json);
    }

    /** Introspects tokens (RFC 7662): the token {@code good-x} is that of x, all others of nobody. */
    private static HttpServer loginProvider() throws IOException {
        HttpServer provider = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        provider.createContext("/introspect", exchange -> {
            String form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            String token = form.substring(form.indexOf("token=") + 6);
            String answer = token.startsWith("good-")
                    ? "{\"active\":true,\"sub\":\"" + token.substring(5) + "\"}"
                    : "{\"active\":false}";
            exchange.sendResponseHeaders(200, answer.length());
            exchange.getResponseBody().write(answer.getBytes(UTF_8));
            exchange.close();
        });
        provider.start();
        return provider;
    }

    /** Copies the project and fetches the SDK, unless an earlier run has fetched the same already. */
    private static void installProject() throws Exception {
        Path lock = PROJECT.resolve("package-lock.json");
        Path modules = PROJECT.resolve("node_modules");
        boolean installed = Files.isRegularFile(lock)
                && Files.isRegularFile(modules.resolve(".package-lock.json"))
                && Files.mismatch(lock, SOURCES.resolve("package-lock.json")) == -1;
        copySources();
        if (!installed) {
            Process npm =
                    process("npm.log", Map.of(), List.of(npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
            assertThat(exitCode(npm, TO_INSTALL, "npm ci"))
                    .as(() -> log("npm.log"))
                    .isZero();
        }
    }

    private static void copySources() throws IOException {
        Files.walkFileTree(SOURCES, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) throws IOException {
                if (dir.endsWith("node_modules")) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(target(dir));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, target(file), StandardCopyOption.REPLACE_EXISTING);
                return FileVisitResult.CONTINUE;
            }

            private Path target(Path source) {
                return PROJECT.resolve(SOURCES.relativize(source).toString());
            }
        });
    }

    private static Process startServer(int port, Path folder, Path configuration) {
        return process(
                "server.log",
                Map.of("PARSE_SERVER_LOGS_FOLDER", folder.resolve("logs").toString()),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        absoluteClassPath(),
                        "dev.kami.parse.server.Main",
                        "--appId",
                        "sdkApp",
                        "--masterKey",
                        "sdkMaster",
                        "--host",
                        "127.0.0.1",
                        "--port",
                        String.valueOf(port),
                        "--dataFolder",
                        folder.resolve("data").toString(),
                        configuration.toString()));
    }

    private static void awaitHealth(Process server, String address) {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/health"))
                .timeout(Duration.ofSeconds(5))
                .build();
        Awaitility.await("the server to answer /health")
                .atMost(TO_START)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(IOException.class)
                .failFast(() -> {
                    if (!server.isAlive()) {
                        fail("the server ended with code " + server.exitValue() + ":\n" + log("server.log"));
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

    /** Starts a command in the project's folder; its output goes to a file there. */
    private static Process process(String log, Map<String, String> environment, List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(PROJECT.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(PROJECT.resolve(log).toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Could not run " + command.getFirst()
                            + ". These tests need Node 20.19 or newer with npm on the PATH (https://nodejs.org).",
                    e);
        }
    }

    private static int exitCode(Process process, Duration limit, String what) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            end(process);
            fail(what + " did not end within " + limit);
        }
        return process.exitValue();
    }

    /** Asks the process and its children to end, and insists if they do not. */
    private static void end(Process process) throws InterruptedException {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        if (!process.waitFor(TO_END.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private static String npm() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows") ? "npm.cmd" : "npm";
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String log(String name) {
        try {
            return Files.readString(PROJECT.resolve(name), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
