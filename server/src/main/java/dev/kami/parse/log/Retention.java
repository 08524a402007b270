package dev.kami.parse.log;

import dev.kami.parse.options.OptionsException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which daily files stay: the option {@code maxLogFiles}, a number of files or {@code 14d} for days. */
sealed interface Retention {
    Retention ALL = new Files(Integer.MAX_VALUE);

    record Files(int count) implements Retention {}

    record Days(int count) implements Retention {}

    /** @param text null keeps everything */
    static Retention of(String text) {
        if (text == null || text.isBlank()) {
            return ALL;
        }
        Matcher match = Pattern.compile("(\\d{1,6})(d?)").matcher(text.strip());
        if (!match.matches() || Integer.parseInt(match.group(1)) == 0) {
            throw new OptionsException(
                    "Option maxLogFiles must be a number of files or of days (such as 14d), got " + text + ".");
        }
        int count = Integer.parseInt(match.group(1));
        return match.group(2).isEmpty() ? new Files(count) : new Days(count);
    }

    /** @param files the oldest first */
    default List<Path> superfluous(List<DailyFile.Day> files, LocalDate today) {
        return switch (this) {
            case Files(int count) ->
                files.stream()
                        .limit(Math.max(0, files.size() - count))
                        .map(DailyFile.Day::file)
                        .toList();
            case Days(int count) ->
                files.stream()
                        .filter(day -> day.date().isBefore(today.minusDays(count)))
                        .map(DailyFile.Day::file)
                        .toList();
        };
    }
}
