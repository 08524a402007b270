package dev.kami.parse.log;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TimeZone;

/**
 * One log file a day ({@code parse-server.info.2024-05-01}), opened with the first line of the day;
 * files that {@link Retention} no longer keeps are removed then. Every line is one write, so a line
 * that was logged survives the end of the process. Guarded by its own monitor.
 *
 * <p>A line that cannot be written is lost: the first failure of a day is told on standard error,
 * because there is no better place, and the next line tries again.
 */
final class DailyFile implements AutoCloseable {
    private final Path folder;
    private final String prefix;
    private final Retention retention;
    private final TimeZone zone;

    private OutputStream out;
    private LocalDate openDay;
    private LocalDate complainedOn;

    DailyFile(Path folder, String prefix, Retention retention, TimeZone zone) {
        this.folder = folder;
        this.prefix = prefix;
        this.retention = retention;
        this.zone = zone;
    }

    /** @param millis the time of the line, which decides its file */
    synchronized void write(byte[] line, long millis) {
        LocalDate day = day(millis, zone);
        try {
            if (out == null || !day.equals(openDay)) {
                open(day);
            }
            out.write(line);
        } catch (IOException e) {
            close();
            complain(e, day);
        }
    }

    /**
     * The day of an instant in a time zone. Through TimeZone, because the rules of java.time need a
     * search of the whole class path for providers, 15-50 ms of a start.
     */
    static LocalDate day(long millis, TimeZone zone) {
        return LocalDate.ofEpochDay(Math.floorDiv(millis + zone.getOffset(millis), 86_400_000L));
    }

    private void open(LocalDate day) throws IOException {
        close();
        openDay = day;
        out = new FileOutputStream(folder.resolve(prefix + "." + day).toFile(), true);
        if (retention != Retention.ALL) {
            for (Path old : retention.superfluous(files(folder, prefix), day)) {
                Files.deleteIfExists(old);
            }
        }
    }

    private void complain(IOException e, LocalDate today) {
        if (!today.equals(complainedOn)) {
            complainedOn = today;
            System.err.println("error: log file " + folder.resolve(prefix + "." + today) + " cannot be written ("
                    + e.getMessage() + "); log lines are lost until it can.");
        }
    }

    /** A log file and its day. */
    record Day(LocalDate date, Path file) {}

    /** The files of this kind, the oldest first. */
    static List<Day> files(Path folder, String prefix) throws IOException {
        var days = new ArrayList<Day>();
        try (var entries = Files.newDirectoryStream(folder, prefix + ".*")) {
            for (Path file : entries) {
                String date = file.getFileName().toString().substring(prefix.length() + 1);
                try {
                    days.add(new Day(LocalDate.parse(date), file));
                } catch (DateTimeParseException _) {
                    // Not one of ours: somebody keeps another file beside the logs.
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        days.sort(Comparator.comparing(Day::date));
        return days;
    }

    @Override
    public synchronized void close() {
        OutputStream before = out;
        out = null;
        if (before != null) {
            try {
                before.close();
            } catch (IOException _) {
                // Every line was written at once; closing has nothing left to lose.
            }
        }
    }
}
