package dev.kami.parse.log;

import dev.kami.parse.options.LoggingOptions;
import dev.kami.parse.options.Options;
import dev.kami.parse.options.OptionsException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;

/**
 * The logger in the box: console, and daily files of JSON lines as the npm server writes them ({@code
 * parse-server.info.*} with every line, {@code parse-server.err.*} with the errors again).
 */
final class FileLogger implements LoggerAdapter {
    private static final String INFO = "parse-server.info";
    private static final String ERRORS = "parse-server.err";

    private final ConsoleWriter console;
    private final Path folder;
    private final InstantSource clock;
    private final TimeZone zone;
    private final DailyFile info;
    private final DailyFile errors;

    /**
     * @param console null for none
     * @param folder null for no files
     */
    private FileLogger(ConsoleWriter console, Path folder, Retention retention, InstantSource clock, TimeZone zone) {
        this.console = console;
        this.folder = folder;
        this.clock = clock;
        this.zone = zone;
        this.info = folder == null ? null : new DailyFile(folder, INFO, retention, zone);
        this.errors = folder == null ? null : new DailyFile(folder, ERRORS, retention, zone);
    }

    /** @throws OptionsException when the folder cannot be made or written */
    static FileLogger open(Options options, PrintStream out, InstantSource clock, TimeZone zone) {
        var console =
                options.is(LoggingOptions.SILENT) ? null : new ConsoleWriter(out, options.is(LoggingOptions.JSON_LOGS));
        Retention retention = Retention.of(options.get(LoggingOptions.MAX_LOG_FILES));
        Path folder = options.find(LoggingOptions.LOGS_FOLDER)
                .filter(text -> !text.isBlank())
                .map(FileLogger::writable)
                .orElse(null);
        return new FileLogger(console, folder, retention, clock, zone);
    }

    private static Path writable(String text) {
        String reason;
        try {
            Path folder = Path.of(text);
            Files.createDirectories(folder);
            if (Files.isWritable(folder)) {
                return folder;
            }
            reason = "it is not writable";
        } catch (IOException | InvalidPathException e) {
            reason = "it cannot be made";
        }
        throw new OptionsException("Log folder " + text + " cannot be used because " + reason
                + ": choose another with logsFolder, or null for no log files.");
    }

    @Override
    public void log(LogLevel level, String message, Map<String, ?> meta) {
        if (console != null) {
            console.write(level, message, meta);
        }
        if (info != null) {
            long now = clock.millis();
            byte[] line = LogText.jsonLine(level, message, meta, now).getBytes(StandardCharsets.UTF_8);
            info.write(line, now);
            if (level == LogLevel.ERROR) {
                errors.write(line, now);
            }
        }
    }

    @Override
    public Optional<List<Map<String, Object>>> query(LogQuery query) {
        String prefix = query.level() == LogLevel.ERROR ? ERRORS : INFO;
        return Optional.of(folder == null ? List.of() : new LogReader(folder, prefix, zone).read(query));
    }

    @Override
    public void close() {
        if (info != null) {
            info.close();
            errors.close();
        }
    }
}
