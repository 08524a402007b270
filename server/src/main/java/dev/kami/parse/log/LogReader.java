package dev.kami.parse.log;

import dev.kami.parse.value.PlainJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;

/**
 * Reads daily files for {@code /scriptlog}. Only files of the asked days are opened, from the end
 * that is wanted first, and reading stops with the last wanted line, so memory holds one block and
 * the answer, however long the files are.
 */
final class LogReader {
    /** More lines than this are not given in one answer, whatever the caller asks for. */
    static final int MOST_LINES = 10_000;

    private final Path folder;
    private final String prefix;
    private final TimeZone zone;

    LogReader(Path folder, String prefix, TimeZone zone) {
        this.folder = folder;
        this.prefix = prefix;
        this.zone = zone;
    }

    List<Map<String, Object>> read(LogQuery query) {
        int wanted = Math.min(Math.max(0, query.size()), MOST_LINES);
        var found = new ArrayList<Map<String, Object>>();
        if (wanted == 0) {
            return found;
        }
        try {
            for (Path file : files(query)) {
                try (var lines = query.newestFirst() ? FileLines.backwards(file) : FileLines.forwards(file)) {
                    for (byte[] line = lines.next(); line != null && found.size() < wanted; line = lines.next()) {
                        Map<String, Object> entry = parse(line);
                        if (entry != null && isBetween(entry.get("timestamp"), query)) {
                            found.add(entry);
                        }
                    }
                } catch (NoSuchFileException _) {
                    // Removed by the retention since the folder was listed.
                }
                if (found.size() >= wanted) {
                    break;
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("log folder " + folder + " cannot be read", e);
        }
    }

    private List<Path> files(LogQuery query) throws IOException {
        LocalDate first = day(query.from(), LocalDate.MIN);
        LocalDate last = day(query.until(), LocalDate.MAX);
        List<Path> files = DailyFile.files(folder, prefix).stream()
                .filter(day -> !day.date().isBefore(first) && !day.date().isAfter(last))
                .map(DailyFile.Day::file)
                .toList();
        return query.newestFirst() ? files.reversed() : files;
    }

    /** Instants beyond the milliseconds of a long mean no bound. */
    private LocalDate day(Instant instant, LocalDate otherwise) {
        try {
            return DailyFile.day(instant.toEpochMilli(), zone);
        } catch (ArithmeticException _) {
            return otherwise;
        }
    }

    private static boolean isBetween(Object timestamp, LogQuery query) {
        if (!(timestamp instanceof String text)) {
            return false;
        }
        try {
            Instant time = Instant.parse(text);
            return !time.isBefore(query.from()) && !time.isAfter(query.until());
        } catch (DateTimeException _) {
            return false; // a line somebody else wrote
        }
    }

    /** Null for a line cut off by a full disk or a crash, and for what somebody else wrote. */
    @SuppressWarnings("unchecked") // the keys of a JSON object are texts
    private static Map<String, Object> parse(byte[] line) {
        Object value = PlainJson.readOrNull(new String(line, StandardCharsets.UTF_8));
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : null;
    }
}
