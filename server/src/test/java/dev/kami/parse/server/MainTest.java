package dev.kami.parse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command in processes of its own: what it prints, and the code it ends with. */
@Timeout(240)
class MainTest {
    @TempDir
    private Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endAll() {
        started.forEach(Process::destroyForcibly);
    }

    private record End(int code, String out, String err) {}

    private Process process(String... words) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath(),
                Main.class.getName()));
        command.addAll(List.of(words));
        try {
            var builder = new ProcessBuilder(command).directory(folder.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("PARSE_") || name.equals("PORT"));
            builder.redirectOutput(Files.createTempFile(folder, "out", ".txt").toFile());
            Path err = Files.createTempFile(folder, "err", ".txt");
            builder.redirectError(err.toFile());
            Process process = builder.start();
            started.add(process);
            outputs.put(process, List.of(Path.of(builder.redirectOutput().file().toString()), err));
            return process;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private final java.util.Map<Process, List<Path>> outputs = new java.util.HashMap<>();

    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(java.io.File.pathSeparator));
    }

    private String out(Process process) {
        return text(outputs.get(process).getFirst());
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private End end(Process process) throws InterruptedException {
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("ends").isTrue();
        return new End(
                process.exitValue(), out(process), text(outputs.get(process).getLast()));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Process server(int port, String... more) {
        var words = new ArrayList<>(
                List.of("--appId", "A", "--masterKey", "M", "--port", "" + port, "--allowClientClassCreation", "true"));
        words.addAll(List.of(more));
        Process server = process(words.toArray(String[]::new));
        Awaitility.await().atMost(90, TimeUnit.SECONDS).until(() -> {
            assertThat(server.isAlive()).as(() -> "runs\n" + out(server)).isTrue();
            return out(server).contains("parse-server running on");
        });
        return server;
    }

    private static HttpRequest.Builder scores(int port) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/parse/classes/GameScore"))
                .header("X-Parse-Application-Id", "A")
                .header("Content-Type", "application/json");
    }

    @Test
    void aSignalEndsTheServerWithCode0AndObjectsStay() throws Exception {
        int port = freePort();
        Process server = server(port);
        assertThat(out(server))
                .contains("[" + server.pid() + "] parse-server running on http://localhost:" + port + "/parse\n");
        Servers.send(scores(port).POST(BodyPublishers.ofString("{\"score\":1}")));
        server.destroy(); // SIGTERM
        End end = end(server);
        assertThat(end.code()).isZero();
        assertThat(end.out()).endsWith("Termination signal received. Shutting down.\n");
        assertThat(end.err()).isEmpty();
        Process again = server(port);
        assertThat(Servers.send(scores(port)).body()).contains("\"score\":1");
        again.destroy();
        assertThat(end(again).code()).isZero();
    }

    /** Clients create objects and increment counters while the server is killed; what was answered must be there, whole. */
    @Test
    void aKilledServerLosesNothingItHadAnswered() throws Exception {
        int port = freePort();
        Process server = server(port);
        var created = ConcurrentHashMap.<String>newKeySet();
        var increments = new AtomicInteger();
        String counter = id(Servers.send(scores(port).POST(BodyPublishers.ofString("{\"count\":0}")))
                .body());
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int client = 0; client < 8; client++) {
                clients.submit(() -> {
                    while (true) { // until the connection breaks
                        created.add(id(Servers.send(scores(port).POST(BodyPublishers.ofString(WHOLE)))
                                .body()));
                        Servers.send(HttpRequest.newBuilder(
                                        URI.create("http://127.0.0.1:" + port + "/parse/classes/GameScore/" + counter))
                                .header("X-Parse-Application-Id", "A")
                                .header("Content-Type", "application/json")
                                .PUT(BodyPublishers.ofString("{\"count\":{\"__op\":\"Increment\",\"amount\":1}}")));
                        increments.incrementAndGet();
                    }
                });
            }
            Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> increments.get() > 300);
            server.destroyForcibly(); // SIGKILL
            assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        Process again = server(port);
        String all = Servers.send(HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + port + "/parse/classes/GameScore?limit=100000"))
                        .header("X-Parse-Application-Id", "A"))
                .body();
        var found = new HashSet<String>();
        int count = -1;
        for (ParseValue row : ((Array) ((Obj) JsonReader.read(all)).get("results")).items()) {
            var object = (Obj) row;
            if (object.text("objectId").equals(counter)) {
                count = (int) ((Num) object.get("count")).value();
            } else {
                found.add(object.text("objectId"));
                assertThat(object.without("objectId", "createdAt", "updatedAt").toJson())
                        .isEqualTo(WHOLE);
            }
        }
        assertThat(found).containsAll(created);
        // Each client may have had one increment under way whose answer it never got.
        assertThat(count).isBetween(increments.get(), increments.get() + 8);
        again.destroy();
        assertThat(end(again).code()).isZero();
    }

    private static final String WHOLE =
            "{\"playerName\":\"Sean Plott\",\"score\":1337,\"tags\":[\"a\",\"b\"],\"settings\":{\"sound\":true}}";

    private static String id(String created) {
        return ((Obj) JsonReader.read(created)).text("objectId");
    }

    @Test
    void aPortInUseIsOneSentenceAndCode1() throws Exception {
        try (var taken = new ServerSocket(0)) {
            End end = end(process("--appId", "A", "--masterKey", "M", "--port", "" + taken.getLocalPort()));
            assertThat(end.code()).isEqualTo(1);
            assertThat(end.err())
                    .isEqualTo("Unable to listen on port " + taken.getLocalPort()
                            + ". The port is already in use. Stop the"
                            + " program that uses it, or choose another port with option port (--port 1338).\n");
            assertThat(end.out()).isEmpty();
        }
    }

    @Test
    void aDatabaseOfAnotherProcessIsOneSentenceAndCode1() throws Exception {
        server(freePort());
        End end = end(process("--appId", "A", "--masterKey", "M", "--port", "" + freePort()));
        assertThat(end.code()).isEqualTo(1);
        assertThat(end.err())
                .contains(
                        "is in use by another server. Stop that one, or choose another folder with option dataFolder.")
                .doesNotContain("\tat ");
    }

    @Test
    void aBadConfigurationFileIsOneSentenceAndCode1() throws Exception {
        Files.writeString(folder.resolve("bad.json"), "{\"appId\":");
        End end = end(process("bad.json"));
        assertThat(end.code()).isEqualTo(1);
        assertThat(end.err()).contains("bad.json").doesNotContain("\tat ");
    }

    @Test
    void withoutKeysTheHelpComesFirst() throws Exception {
        End end = end(process());
        assertThat(end.code()).isEqualTo(1);
        assertThat(end.out()).startsWith("Usage: parse-server");
        assertThat(end.err()).contains("ERROR: appId and masterKey are required");
    }

    @Test
    void aRunningServerIsBackedUpAndTheCopyRestored() throws Exception {
        int port = freePort();
        Process server = server(port);
        Servers.send(scores(port).POST(BodyPublishers.ofString("{\"score\":1}")));
        End backup = end(process("backup", "copy.zip"));
        assertThat(backup.err()).isEmpty();
        assertThat(backup.code()).isZero();
        assertThat(backup.out()).isEqualTo("Backup written to " + folder.resolve("copy.zip") + "\n");
        Servers.send(scores(port).POST(BodyPublishers.ofString("{\"score\":2}")));
        assertThat(end(process("restore", "copy.zip", "--force")).err()).contains("is in use by another server");
        server.destroy();
        end(server);
        assertThat(end(process("restore", "copy.zip")).err()).contains("Add --force to replace it");
        End restore = end(process("restore", "copy.zip", "--force"));
        assertThat(restore.err()).isEmpty();
        assertThat(restore.code()).isZero();
        server(port);
        assertThat(Servers.send(scores(port)).body()).contains("\"score\":1").doesNotContain("\"score\":2");
        started.getLast().destroy();
        end(started.getLast());
        End cold = end(process("backup", "cold.zip"));
        assertThat(cold.code()).isZero();
        assertThat(folder.resolve("cold.zip")).isNotEmptyFile();
    }

    @Test
    void aKilledServerLeavesNothingThatStopsABackup() throws Exception {
        int port = freePort();
        Process server = server(port);
        Servers.send(scores(port).POST(BodyPublishers.ofString("{\"score\":1}")));
        server.destroyForcibly();
        assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(folder.resolve("data/parse.server.json")).exists();
        End backup = end(process("backup", "copy.zip"));
        assertThat(backup.err()).isEmpty();
        assertThat(backup.code()).isZero();
    }
}
