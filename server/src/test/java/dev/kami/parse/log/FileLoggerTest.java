package dev.kami.parse.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kami.parse.options.Options;
import dev.kami.parse.options.OptionsBuilder;
import dev.kami.parse.options.OptionsException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLoggerTest {
    private static final Instant START = Instant.parse("2024-05-01T23:59:59.007Z");

    @TempDir
    Path folder;

    private Instant now = START;
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();

    private Log open(OptionsBuilder builder) {
        Options options = builder.set("appId", "A").set("masterKey", "M").build();
        return Log.open(
                options,
                new PrintStream(console, true, StandardCharsets.UTF_8),
                () -> now,
                TimeZone.getTimeZone("UTC"));
    }

    private OptionsBuilder options() {
        return Options.builder().set("logsFolder", folder.toString());
    }

    private String file(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private String console() {
        return console.toString(StandardCharsets.UTF_8);
    }

    private static List<Object> messages(Log log, LogQuery query) {
        return log.query(query).orElseThrow().stream()
                .map(line -> line.get("message"))
                .toList();
    }

    private LogQuery query(int size, boolean newestFirst) {
        return new LogQuery(now.minus(Duration.ofDays(7)), now, size, newestFirst, LogLevel.INFO);
    }

    @Test
    void aLineGoesToTheConsoleAsTextAndToTheFileAsJson() throws IOException {
        try (Log log = open(options())) {
            log.info("hello", Map.of("n", 1.0));
            log.warn("plain");
            log.verbose("not wanted");
        }
        assertThat(console()).isEqualTo("info: hello {\"n\":1}\nwarn: plain\n");
        assertThat(file("parse-server.info.2024-05-01")).isEqualTo("""
                        {"level":"info","message":"hello","timestamp":"2024-05-01T23:59:59.007Z","n":1}
                        {"level":"warn","message":"plain","timestamp":"2024-05-01T23:59:59.007Z"}
                        """);
        assertThat(names()).containsExactly("parse-server.info.2024-05-01");
    }

    @Test
    void errorsGoToBothFiles() throws IOException {
        try (Log log = open(options())) {
            log.error("bad", Map.of("message", "inner", "code", 1));
            log.error("broken", new IllegalStateException("why"));
        }
        assertThat(file("parse-server.err.2024-05-01"))
                .isEqualTo(file("parse-server.info.2024-05-01"))
                .contains(
                        "\"message\":\"bad\"",
                        "\"_message\":\"inner\"",
                        "\"stack\":\"java.lang.IllegalStateException: why\\n");
    }

    @Test
    void jsonLogsWriteTheConsoleLineWithoutTimestamp() {
        try (Log log = open(options().set("jsonLogs", true))) {
            log.info("a \"b\"\n\u0001ü");
        }
        assertThat(console()).isEqualTo("{\"level\":\"info\",\"message\":\"a \\\"b\\\"\\n\\u0001ü\"}\n");
    }

    @Test
    void silentServersWriteOnlyFiles() throws IOException {
        try (Log log = open(options().set("silent", true))) {
            log.info("quiet");
        }
        assertThat(console()).isEmpty();
        assertThat(file("parse-server.info.2024-05-01")).contains("quiet");
    }

    @Test
    void aNullFolderMeansNoFiles() {
        try (Log log = open(Options.builder().set("logsFolder", null))) {
            log.info("console only");
            assertThat(messages(log, query(10, true))).isEmpty();
        }
        assertThat(console()).isEqualTo("info: console only\n");
    }

    @Test
    void verboseWinsOverTheLogLevelAndSilentTurnsEverythingOff() {
        try (Log verbose = open(options().set("verbose", true).set("logLevel", "error"));
                Log quiet = open(options().set("logLevel", "silent"));
                Log silly = open(options().set("logLevel", "silly"))) {
            assertThat(verbose.isEnabled(LogLevel.VERBOSE)).isTrue();
            assertThat(verbose.isEnabled(LogLevel.DEBUG)).isFalse();
            assertThat(quiet.isEnabled(LogLevel.ERROR)).isFalse();
            assertThat(quiet.level()).isEmpty();
            assertThat(silly.isEnabled(LogLevel.SILLY)).isTrue();
            verbose.level(LogLevel.WARN);
            assertThat(verbose.isEnabled(LogLevel.INFO)).isFalse();
        }
    }

    @Test
    void aNewDayBeginsANewFileAndOldFilesGo() throws IOException {
        Files.writeString(folder.resolve("parse-server.info.2024-04-01"), "old\n");
        Files.writeString(folder.resolve("parse-server.info.2024-04-30"), "yesterday\n");
        Files.writeString(folder.resolve("parse-server.info.notes"), "mine\n");
        try (Log log = open(options().set("maxLogFiles", 2))) {
            log.info("one");
            assertThat(names())
                    .containsExactly(
                            "parse-server.info.2024-04-30", "parse-server.info.2024-05-01", "parse-server.info.notes");
            now = now.plusSeconds(2);
            log.info("two");
        }
        assertThat(names())
                .containsExactly(
                        "parse-server.info.2024-05-01", "parse-server.info.2024-05-02", "parse-server.info.notes");
        assertThat(file("parse-server.info.2024-05-02")).contains("two");
    }

    @Test
    void oldFilesMayBeCountedInDays() throws IOException {
        Files.writeString(folder.resolve("parse-server.info.2024-04-16"), "old\n");
        Files.writeString(folder.resolve("parse-server.info.2024-04-17"), "kept\n");
        try (Log log = open(options().set("maxLogFiles", "14d"))) {
            log.info("one");
        }
        assertThat(names()).containsExactly("parse-server.info.2024-04-17", "parse-server.info.2024-05-01");
        assertThatThrownBy(() -> open(options().set("maxLogFiles", "many")))
                .isInstanceOf(OptionsException.class)
                .hasMessage("Option maxLogFiles must be a number of files or of days (such as 14d), got many.");
    }

    @Test
    void aFolderThatCannotBeMadeEndsTheStartWithASentence() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> open(Options.builder().set("logsFolder", file + "/logs")))
                .isInstanceOf(OptionsException.class)
                .hasMessageContaining("cannot be used because it cannot be made");
    }

    @Test
    void linesAreReadAcrossDaysFromEitherEnd() {
        try (Log log = open(options())) {
            for (int i = 0; i < 5; i++) {
                log.info("line " + i);
                now = now.plus(Duration.ofHours(12));
            }
            assertThat(messages(log, query(3, true))).containsExactly("line 4", "line 3", "line 2");
            assertThat(messages(log, query(2, false))).containsExactly("line 0", "line 1");
            assertThat(messages(log, query(0, false))).isEmpty();
            var between = new LogQuery(
                    START.plus(Duration.ofHours(12)), START.plus(Duration.ofHours(24)), 10, false, LogLevel.INFO);
            assertThat(messages(log, between)).containsExactly("line 1", "line 2");
            var all = new LogQuery(Instant.MIN, Instant.MAX, Integer.MAX_VALUE, true, LogLevel.INFO);
            assertThat(messages(log, all)).hasSize(5);
        }
    }

    @Test
    void aDayEndsAtMidnightOfItsTimeZone() {
        var tokyo = TimeZone.getTimeZone("Asia/Tokyo");
        assertThat(DailyFile.day(Instant.parse("2024-05-01T14:59:59.999Z").toEpochMilli(), tokyo))
                .hasToString("2024-05-01");
        assertThat(DailyFile.day(Instant.parse("2024-05-01T15:00:00Z").toEpochMilli(), tokyo))
                .hasToString("2024-05-02");
    }

    @Test
    void theErrorLevelReadsOnlyErrors() {
        try (Log log = open(options())) {
            log.info("fine");
            log.error("bad");
            var errors = new LogQuery(START, START, 10, true, LogLevel.ERROR);
            assertThat(messages(log, errors)).containsExactly("bad");
        }
    }

    @Test
    void brokenAndEndlessLinesAreSkipped() throws IOException {
        try (Log log = open(options())) {
            log.info("first");
            log.info("x".repeat(FileLines.LONGEST_LINE + 10));
            log.info("y".repeat(200_000));
            Files.writeString(
                    folder.resolve("parse-server.info.2024-05-01"),
                    "{\"level\":\n[]\n\n",
                    java.nio.file.StandardOpenOption.APPEND);
            log.info("last");
            List<Object> newest = messages(log, query(10, true));
            assertThat(newest).hasSize(3);
            assertThat(newest.getFirst()).isEqualTo("last");
            assertThat(newest.getLast()).isEqualTo("first");
            assertThat(messages(log, query(10, false))).isEqualTo(newest.reversed());
        }
    }

    @Test
    void aLineInsideARequestCarriesItsId() throws Exception {
        try (Log log = open(options())) {
            RequestScope.call("r-1", () -> {
                log.info("inside", Map.of("a", true));
                return null;
            });
            assertThat(RequestScope.requestId()).isEqualTo("-");
        }
        assertThat(console()).isEqualTo("info: inside {\"a\":true,\"requestId\":\"r-1\"}\n");
    }

    @Test
    void aVanishedFolderLosesLinesButNotTheCaller() throws IOException {
        try (Log log = open(options().set("silent", true))) {
            log.info("one");
            Files.delete(folder.resolve("parse-server.info.2024-05-01"));
            Files.delete(folder);
            now = now.plusSeconds(2);
            log.info("lost");
            Files.createDirectory(folder);
            log.info("found");
        }
        assertThat(file("parse-server.info.2024-05-02")).contains("found").doesNotContain("lost");
    }
}
