package dev.kami.parse.js;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A copy of a folder of {@code src/test} in {@code target}, so that the sources stay free of {@code node_modules}, and
 * processes that run in it. What they print is in {@code *.log} there.
 */
final class NodeProject {
    /** Tests with the published JavaScript SDK. */
    static final NodeProject SDK = new NodeProject("js");

    /** The genuine server, and tests of both on one database. */
    static final NodeProject GENUINE = new NodeProject("js-genuine");

    private static final Duration TO_INSTALL = Duration.ofMinutes(5);
    private static final Duration TO_TEST = Duration.ofMinutes(10);
    private static final Duration TO_END = Duration.ofSeconds(20);

    private final Path sources;
    private final Path project;

    private NodeProject(String name) {
        this.sources = Path.of("src/test", name);
        this.project = Path.of("target", name);
    }

    /** Copies the project and fetches the SDK, unless an earlier run has fetched the same already. */
    void install() throws Exception {
        Path lock = project.resolve("package-lock.json");
        Path modules = project.resolve("node_modules");
        boolean installed = Files.isRegularFile(lock)
                && Files.isRegularFile(modules.resolve(".package-lock.json"))
                && Files.mismatch(lock, sources.resolve("package-lock.json")) == -1;
        copySources();
        if (!installed) {
            Process npm =
                    process("npm.log", Map.of(), List.of(npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
            assertThat(exitCode(npm, TO_INSTALL, "npm ci"))
                    .as(() -> log("npm.log"))
                    .isZero();
        }
    }

    /**
     * Runs tests and expects that they pass.
     *
     * @param log name of the file for what they print
     * @param files relative to the project; none for all that are named {@code *.test.js}
     */
    void test(ServerProcess server, String log, Map<String, String> environment, String... files) throws Exception {
        var variables = new HashMap<>(environment);
        variables.put("SERVER_URL", server.url());
        variables.put("APP_ID", ServerProcess.APP_ID);
        variables.put("MASTER_KEY", ServerProcess.MASTER_KEY);
        var command = new ArrayList<>(List.of("node", "--test", "--test-reporter=spec", "--test-timeout=120000"));
        command.addAll(List.of(files));
        Process tests = process(log, variables, command);
        assertThat(exitCode(tests, TO_TEST, "node --test"))
                .as(() -> log(log) + "\nserver:\n" + SDK.log(server.log()))
                .isZero();
    }

    private void copySources() throws IOException {
        Files.walkFileTree(sources, new SimpleFileVisitor<>() {
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
                return project.resolve(sources.relativize(source).toString());
            }
        });
    }

    /** Starts a command in the project's folder; its output goes to a file there. */
    Process process(String log, Map<String, String> environment, List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(project.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(project.resolve(log).toFile());
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
    static void end(Process process) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            process.waitFor(TO_END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private static String npm() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows") ? "npm.cmd" : "npm";
    }

    String log(String name) {
        try {
            return Files.readString(project.resolve(name), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
