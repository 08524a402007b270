package dev.kami.parse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.log.Log;
import dev.kami.parse.log.LogLevel;
import dev.kami.parse.options.Command;
import dev.kami.parse.options.CoreOptions;
import dev.kami.parse.options.Options;
import dev.kami.parse.options.OptionsException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LauncherTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<String> done = new ArrayList<>();
    private RuntimeException failure;

    private final Launcher.Actions actions = new Launcher.Actions() {
        @Override
        public void start(Options options) {
            act("start " + options.get(CoreOptions.APP_ID));
        }

        @Override
        public void backup(Path file, Options options) {
            act("backup " + file);
        }

        @Override
        public void restore(Path file, Options options, boolean force) {
            act((force ? "force " : "restore ") + file);
        }

        @Override
        public int migrate(Command.Migrate command) {
            act("migrate " + command.from() + " " + command.to());
            return 1;
        }

        @Override
        public int export(Command.Export command) {
            act("export " + command.folder());
            return 0;
        }

        @Override
        public int importing(Command.Import command) {
            act("import " + command.folder() + (command.force() ? " force" : ""));
            return 130;
        }
    };

    private void act(String what) {
        if (failure != null) {
            throw failure;
        }
        done.add(what);
    }

    private OptionalInt run(String... words) {
        var launcher = new Launcher(
                actions,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return launcher.run(List.of(words), Map.of());
    }

    @Test
    void helpAndVersionEndWithZero() {
        assertThat(run("--help")).hasValue(0);
        assertThat(run("--version")).hasValue(0);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Usage: parse-server", "Kami Parse Server");
        assertThat(done).isEmpty();
    }

    @Test
    void aStartedServerKeepsTheProcess() {
        assertThat(run("--appId", "A", "--masterKey", "M")).isEmpty();
        assertThat(done).containsExactly("start A");
    }

    @Test
    void backupAndRestoreEndWithZero() {
        assertThat(run("backup", "a.zip")).hasValue(0);
        assertThat(run("restore", "a.zip")).hasValue(0);
        assertThat(run("restore", "a.zip", "--force")).hasValue(0);
        assertThat(done).containsExactly("backup a.zip", "restore a.zip", "force a.zip");
    }

    @Test
    void copiesEndWithTheCodeOfTheirOutcome() {
        assertThat(run("migrate", "--from", "h2:file:a", "--to=h2:file:b")).hasValue(1);
        assertThat(run("export", "out")).hasValue(0);
        assertThat(run("import", "out", "--force")).hasValue(130);
        assertThat(done).containsExactly("migrate h2:file:a h2:file:b", "export out", "import out force");
    }

    @Test
    void forceIsNotForEveryCommand() {
        assertThat(run("backup", "a.zip", "--force")).hasValue(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines("error: unknown option '--force'");
    }

    @Test
    void withoutKeysTheHelpGoesToOutAndTheReasonToErr() {
        assertThat(run()).hasValue(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("Usage:");
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines("ERROR: appId and masterKey are required");
    }

    @Test
    void whatAPersonDidWrongIsOneSentence() {
        failure = new OptionsException("Unable to listen on port 80. The port is already in use.");
        assertThat(run("--appId", "A", "--masterKey", "M")).hasValue(1);
        assertThat(run("--nope")).hasValue(1);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "Unable to listen on port 80. The port is already in use.", "error: unknown option '--nope'");
    }

    @Test
    void aDefectShowsItsStackTrace() {
        failure = new IllegalStateException("broken");
        assertThat(run("--appId", "A", "--masterKey", "M")).hasValue(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("An uncaught exception occurred: broken")
                .contains("at dev.kami.parse.server.LauncherTest");
    }

    @Test
    void theLogNamesOptionsWithoutEffectAndListsAllWhenVerbose() {
        var lines = new ArrayList<String>();
        Options options = Options.builder()
                .set("appId", "A")
                .set("masterKey", "top secret")
                .set("cloud", "main.js")
                .set("nope", 1)
                .build();
        Launcher.report(
                options, Log.to((level, message, _) -> lines.add(level.label() + ": " + message), LogLevel.VERBOSE));
        assertThat(lines)
                .contains(
                        "error: Invalid key(s) found in Parse Server configuration: nope",
                        "warn: Option cloud has no effect yet: its feature is not part of this version.",
                        "verbose: masterKey: <REDACTED>",
                        "verbose: port: 1337");
        assertThat(String.join("\n", lines)).doesNotContain("top secret");
    }
}
