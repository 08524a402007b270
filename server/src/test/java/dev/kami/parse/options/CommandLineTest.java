package dev.kami.parse.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
    @TempDir
    Path folder;

    private static Command parse(String... words) {
        return CommandLine.parse(List.of(words), Map.of());
    }

    private static Options run(String... words) {
        return ((Command.Run) parse(words)).options();
    }

    private String file(String json) throws IOException {
        return Files.writeString(folder.resolve("config.json"), json).toString();
    }

    @Test
    void flagsGiveValuesByWordByEqualsSignAndAlone() {
        Options options = run("--appId", "A", "--masterKey=M", "--verbose", "--silent", "false", "--port", "12abc");
        assertThat(options.get(CoreOptions.APP_ID)).isEqualTo("A");
        assertThat(options.is(LoggingOptions.VERBOSE)).isTrue();
        assertThat(options.is(LoggingOptions.SILENT)).isFalse();
        assertThat(options.get(CoreOptions.PORT)).isEqualTo(12);
        assertThat(options.source(CoreOptions.PORT)).isEqualTo(Source.COMMAND_LINE);
    }

    @Test
    void theEnvironmentWinsOverTheFileAndTheFlagOverBoth() throws IOException {
        String file = file("""
                {"appId": "A", "masterKey": "M", "appName": "file", "host": "1.1.1.1", "port": "80", "logsFolder": null}""");
        Command command = CommandLine.parse(
                List.of(file, "--appName", "flag"),
                Map.of("PARSE_SERVER_APP_NAME", "env", "PARSE_SERVER_HOST", "2.2.2.2"));
        Options options = ((Command.Run) command).options();
        assertThat(options.get(CoreOptions.APP_NAME)).isEqualTo("flag");
        assertThat(options.get(CoreOptions.HOST)).isEqualTo("2.2.2.2");
        assertThat(options.get(CoreOptions.PORT)).isEqualTo(80);
        assertThat(options.source(CoreOptions.PORT)).isEqualTo(Source.FILE);
        assertThat(options.find(LoggingOptions.LOGS_FOLDER)).isEmpty();
        assertThat(((Command.Run) command).lines()).containsExactly("Configuration loaded from " + file);
    }

    @Test
    void aFileMayHoldOneApp() throws IOException {
        assertThat(run(file("{\"apps\":[{\"appId\":\"A\",\"masterKey\":\"M\"}]}"))
                        .get(CoreOptions.APP_ID))
                .isEqualTo("A");
        String two = file("{\"apps\":[{\"appId\":\"A\"},{\"appId\":\"B\"}]}");
        assertThatThrownBy(() -> run(two)).hasMessage("Multiple apps are not supported");
    }

    @Test
    void badFilesAreRefusedInOneSentence() throws IOException {
        String unknown = file("{\"foo\":1}");
        assertThatThrownBy(() -> run(unknown)).hasMessage("error: unknown option foo");
        String broken = file("{\"appId\":");
        assertThatThrownBy(() -> run(broken))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("is not valid JSON");
        String list = file("[]");
        assertThatThrownBy(() -> run(list)).hasMessageContaining("must hold a JSON object of options");
        assertThatThrownBy(() -> run(folder.resolve("none.json").toString())).hasMessageContaining("does not exist");
        assertThatThrownBy(() -> run(folder.toString())).hasMessageContaining("cannot be read");
    }

    @Test
    void badFlagsAreRefusedInOneSentence() {
        assertThatThrownBy(() -> run("--x")).hasMessage("error: unknown option '--x'");
        assertThatThrownBy(() -> run("-x")).hasMessage("error: unknown option '-x'");
        assertThatThrownBy(() -> run("--pages.pagesPath", "x")).hasMessage("error: unknown option '--pages.pagesPath'");
        assertThatThrownBy(() -> run("--appId")).hasMessage("error: option '--appId <appId>' argument missing");
        assertThatThrownBy(() -> run("--port", "abc")).hasMessage("Key port has invalid value abc");
        assertThatThrownBy(() -> run("--auth", "{\"a\":"))
                .hasMessageStartingWith("Option auth is not valid JSON: it ends too early");
        assertThatThrownBy(() -> run("a.json", "b.json")).hasMessage("error: unexpected argument 'b.json'");
    }

    @Test
    void withoutKeysTheHelpIsPrintedFirst() {
        assertThatThrownBy(() -> run("--appId", "A"))
                .isInstanceOfSatisfying(
                        OptionsException.class, e -> assertThat(e.helpFirst()).isTrue())
                .hasMessage("ERROR: appId and masterKey are required");
    }

    @Test
    void otherCommandsAreRecognised() {
        assertThat(parse("--port", "x", "--help")).isEqualTo(new Command.Help());
        assertThat(parse("-h")).isEqualTo(new Command.Help());
        assertThat(parse("--version")).isEqualTo(new Command.Version());
        assertThat(parse("backup", "b.zip", "--dataFolder", "d"))
                .isInstanceOfSatisfying(Command.Backup.class, backup -> {
                    assertThat(backup.file()).isEqualTo(Path.of("b.zip"));
                    assertThat(backup.options().get(DatabaseOptions.DATA_FOLDER))
                            .isEqualTo("d");
                });
        assertThat(parse("restore", "b.zip")).isInstanceOf(Command.Restore.class);
        assertThatThrownBy(() -> parse("backup")).hasMessage("error: backup needs a file: parse-server backup FILE");
    }

    @Test
    void copiesNameTheirDatabases() {
        assertThat(parse("migrate", "--from", "h2:file:a", "--to=h2:file:b", "--force"))
                .isInstanceOfSatisfying(Command.Migrate.class, migrate -> {
                    assertThat(migrate.from()).isEqualTo("h2:file:a");
                    assertThat(migrate.to()).isEqualTo("h2:file:b");
                    assertThat(migrate.force()).isTrue();
                });
        assertThat(parse("export", "--dataFolder", "d", "out")).isInstanceOfSatisfying(Command.Export.class, export -> {
            assertThat(export.from()).isNull();
            assertThat(export.folder()).isEqualTo(Path.of("out"));
            assertThat(export.options().get(DatabaseOptions.DATA_FOLDER)).isEqualTo("d");
        });
        assertThat(parse("import", "out", "--to", "h2:file:b"))
                .isInstanceOfSatisfying(Command.Import.class, importing -> assertThat(importing.to())
                        .isEqualTo("h2:file:b"));
        assertThatThrownBy(() -> parse("migrate"))
                .hasMessage("error: migrate needs two databases: parse-server migrate --from URI --to URI");
        assertThatThrownBy(() -> parse("migrate", "--to")).hasMessage("error: option '--to URI' argument missing");
        assertThatThrownBy(() -> parse("export"))
                .hasMessage("error: export needs a folder: parse-server export FOLDER");
        assertThatThrownBy(() -> parse("export", "out", "--to", "h2:file:b"))
                .hasMessage("error: unknown option '--to'");
        assertThatThrownBy(() -> parse("migrate", "--to", "h2:file:b", "config.json", "more"))
                .hasMessage("error: unexpected argument 'more'");
    }

    @Test
    void listsComeAsTextWithCommasOrAsJson() {
        assertThat(run("--appId", "A", "--masterKey", "M", "--masterKeyIps", "1.1.1.1,::1")
                        .get(KeyOptions.MASTER_KEY_IPS))
                .containsExactly("1.1.1.1", "::1");
        Options json = run(
                "--appId",
                "A",
                "--masterKey",
                "M",
                "--rateLimit",
                "[{\"requestPath\":\"/functions/:name\",\"requestTimeWindow\":1000,\"requestCount\":3}]");
        RateLimit limit = RateLimit.of(json).getFirst();
        assertThat(limit.path().matches("/functions/hello")).isTrue();
        assertThat(limit.methods().test("GET")).isTrue();
        assertThat(limit.message()).isEqualTo("Too many requests.");
        assertThat(limit.zone()).isEqualTo(RateLimit.Zone.IP);
    }

    @Test
    void helpNamesEveryFlagAndVariable() {
        String help = HelpText.help();
        assertThat(help)
                .startsWith("Usage: parse-server [options] [path/to/configuration.json]\n")
                .contains("  --appId <appId> ", "  --port [port] ", "Configure From Environment:", "$ PORT='port'");
        for (Option<?> option : Catalogue.topLevel()) {
            assertThat(help).contains(option.flag() + " ", "$ " + option.env() + "='" + option + "'");
        }
    }
}
