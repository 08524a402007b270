package dev.kami.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script ./parse-server in a checkout of its own, with a java and a Maven that only tell how they were called. */
@DisabledOnOs(OS.WINDOWS)
class StartScriptTest {
    private static final Path SCRIPT = Path.of("../parse-server");

    @TempDir
    private Path temp;

    private Path checkout;
    private Path java;
    private Path caller;

    private record Ended(int code, String out, String err) {}

    private record Started(Process process, Path out, Path err) {
        Ended end() throws Exception {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("the script ended")
                    .isTrue();
            return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
        }
    }

    @BeforeEach
    void makeCheckout() throws IOException {
        checkout = Files.createDirectories(temp.resolve("check out"));
        caller = Files.createDirectories(temp.resolve("caller"));
        Path jdk = temp.resolve("j d k");
        java = executable(jdk.resolve("bin/java"), "#!/bin/sh\npwd\nprintf '%s\\n' \"$@\"\n");
        executable(jdk.resolve("bin/javac"), "#!/bin/sh\n");
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"99.0.1\"\n");
        executable(checkout.resolve("parse-server"), Files.readString(SCRIPT));
        Files.createDirectories(checkout.resolve("server/src/main/java"));
        Files.writeString(checkout.resolve("pom.xml"), "");
        Files.writeString(checkout.resolve("server/pom.xml"), "");
        maven("");
    }

    @Test
    void handsItsArgumentsToTheServerAndStaysInTheFolderOfTheCaller() throws Exception {
        Ended ended = run(checkout.resolve("parse-server"), "--appId", "two words", "conf.json", "*");
        assertThat(ended.code()).as(ended.err()).isZero();
        List<String> lines = ended.out().lines().toList();
        assertThat(Path.of(lines.getFirst())).isEqualTo(caller.toRealPath());
        assertThat(lines)
                .containsSubsequence("-cp", jar().toRealPath().toString(), "dev.kami.parse.server.Main")
                .endsWith("dev.kami.parse.server.Main", "--appId", "two words", "conf.json", "*");
    }

    @Test
    void mayBeCalledThroughALink() throws Exception {
        Path folder = Files.createDirectories(temp.resolve("bin"));
        Path inner = Files.createSymbolicLink(folder.resolve("inner"), Path.of("../check out/parse-server"));
        Path outer = Files.createSymbolicLink(folder.resolve("outer"), inner);
        Ended ended = run(outer);
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("dev.kami.parse.server.Main");
    }

    @Test
    void buildsAtTheFirstStartOnly() throws Exception {
        assertThat(run(checkout.resolve("parse-server")).err())
                .isEqualToIgnoringNewLines("Building Kami Parse Server (first start)...");
        assertThat(run(checkout.resolve("parse-server")).err()).isEmpty();
        assertThat(builds()).hasSize(1);
    }

    @Test
    void buildsAgainWhenASourceChanged() throws Exception {
        run(checkout.resolve("parse-server"));
        Path source = Files.writeString(checkout.resolve("server/src/main/java/A.java"), "");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(run(checkout.resolve("parse-server")).err()).contains("its sources changed");
        assertThat(builds()).hasSize(2);
    }

    @Test
    void doesNotBuildAgainWhenMavenFoundNothingToDo() throws Exception {
        run(checkout.resolve("parse-server"));
        Path old = jar();
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(3600)));
        Files.copy(old, old.resolveSibling("kept"), StandardCopyOption.COPY_ATTRIBUTES);
        executable(
                checkout.resolve("mvnw"), "#!/bin/sh\necho build >>builds\ncp -p server/target/kept '" + old + "'\n");
        run(checkout.resolve("parse-server"));
        assertThat(run(checkout.resolve("parse-server")).err()).isEmpty();
        assertThat(builds()).hasSize(2);
    }

    @Test
    void startsAtTheSameTimeBuildOnce() throws Exception {
        maven("sleep 2\n");
        List<Started> starts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            starts.add(start(List.of(checkout.resolve("parse-server").toString())));
        }
        for (Started start : starts) {
            assertThat(start.end().code()).isZero();
        }
        assertThat(builds()).hasSize(1);
    }

    @Test
    void takesOverTheLockOfAStartThatWasKilled() throws Exception {
        run(checkout.resolve("parse-server"));
        Path lock = Files.createDirectories(checkout.resolve("target/parse-server.lock"));
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.writeString(lock.resolve("pid"), gone.pid() + "\n");
        Ended ended = run(checkout.resolve("parse-server"));
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(builds()).as("what the killed build left is built again").hasSize(2);
        assertThat(lock).doesNotExist();
    }

    @Test
    void aFailedBuildShowsItsLogAndItsCode() throws Exception {
        maven("echo 'something does not compile'\nexit 3\n");
        Ended ended = run(checkout.resolve("parse-server"));
        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("something does not compile").contains("The build failed");
        assertThat(checkout.resolve("target/parse-server.lock")).doesNotExist();
    }

    @Test
    void withoutAFittingJavaItTellsWhereItLookedAndWhatToInstall() throws Exception {
        Path script = checkout.resolve("parse-server");
        Files.writeString(script, Files.readString(script).replace("\nneeded=25\n", "\nneeded=999\n"));
        Ended ended = run(script);
        assertThat(ended.code()).isEqualTo(78);
        assertThat(ended.err())
                .contains("needs Java 999 or newer and found none")
                .contains("KAMI_JAVA=" + java + ": is Java 99")
                .contains("JAVA_HOME: not set")
                .contains("Install a JDK 999");
    }

    @Test
    void aRuntimeWithoutCompilerCannotBuild() throws Exception {
        Files.delete(java.resolveSibling("javac"));
        assertThat(run(checkout.resolve("parse-server")).err())
                .contains("KAMI_JAVA=" + java + " does not fit")
                .contains("Building");
    }

    @Test
    void theHeapIsBoundedUnlessTheUserSaysOtherwise() throws Exception {
        assertThat(run(checkout.resolve("parse-server")).out()).contains("-Xmx512m\n");
        Ended ended = start(List.of(
                        "env",
                        "KAMI_JAVA_OPTS=-Xmx4g -XX:+UseG1GC",
                        checkout.resolve("parse-server").toString()))
                .end();
        assertThat(ended.out())
                .contains("-Xmx4g\n-XX:+UseG1GC\n")
                .contains("--enable-native-access=ALL-UNNAMED\n")
                .doesNotContain("-Xmx512m");
    }

    @Test
    void usesACacheThatIsNewerThanTheJar() throws Exception {
        run(checkout.resolve("parse-server"));
        Path cache = Files.writeString(checkout.resolve("server/target/kami.aot"), "");
        Files.setLastModifiedTime(cache, FileTime.from(Instant.now().minusSeconds(3600)));
        assertThat(run(checkout.resolve("parse-server")).out())
                .doesNotContain("AOTCache")
                .contains("-XX:+AutoCreateSharedArchive\n-XX:SharedArchiveFile=");
        Files.setLastModifiedTime(cache, FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(run(checkout.resolve("parse-server")).out())
                .contains("-XX:AOTCache=" + cache.toRealPath())
                .doesNotContain("SharedArchiveFile");
    }

    @Test
    void anArchiveOfAnOlderJarOrOfHelpAloneStaysForEver() throws Exception {
        run(checkout.resolve("parse-server"));
        Path archive = checkout.resolve("server/target/kami.jsa");
        FileTime later = FileTime.from(Instant.now().plusSeconds(5));
        FileTime earlier = FileTime.from(Instant.now().minusSeconds(3600));

        Files.write(archive, new byte[10_000_000]);
        Files.setLastModifiedTime(archive, later);
        run(checkout.resolve("parse-server"));
        assertThat(archive).exists();

        Files.setLastModifiedTime(archive, earlier);
        run(checkout.resolve("parse-server"));
        assertThat(archive).doesNotExist();

        Files.write(archive, new byte[1_000_000]);
        Files.setLastModifiedTime(archive, later);
        run(checkout.resolve("parse-server"));
        assertThat(archive).doesNotExist();
    }

    /** A Maven that notes that it was called, does this, and leaves a jar. */
    private void maven(String work) throws IOException {
        executable(
                checkout.resolve("mvnw"),
                "#!/bin/sh\necho build >>builds\n" + work
                        + "mkdir -p server/target/lib\necho jar >server/target/kami-parse-server-1.0.jar\n");
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(checkout.resolve("builds"));
    }

    private Path jar() {
        return checkout.resolve("server/target/kami-parse-server-1.0.jar");
    }

    private Ended run(Path script, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        return start(command).end();
    }

    private Started start(List<String> command) throws IOException {
        Path out = Files.createTempFile(temp, "out", null);
        Path err = Files.createTempFile(temp, "err", null);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(caller.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().remove("JAVA_HOME");
        builder.environment().remove("KAMI_JAVA_OPTS");
        builder.environment().put("KAMI_JAVA", java.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        return new Started(process, out, err);
    }

    private static Path executable(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
