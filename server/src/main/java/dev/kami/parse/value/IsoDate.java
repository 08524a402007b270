package dev.kami.parse.value;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.OptionalLong;

/**
 * Date text of the protocol: {@code 2011-08-21T18:02:52.249Z}, always UTC with milliseconds. Written by hand because two
 * dates stand in every object of every answer and {@code DateTimeFormatter} costs several times as much.
 */
public final class IsoDate {
    private IsoDate() {}

    public static String format(long epochMillis) {
        var out = new byte[32];
        int length = write(epochMillis, out, 0);
        return new String(out, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** Writes the text (at most 28 bytes) into {@code out} at {@code at} and returns the position behind it. */
    static int write(long epochMillis, byte[] out, int at) {
        long days = Math.floorDiv(epochMillis, 86_400_000L);
        int millisOfDay = (int) Math.floorMod(epochMillis, 86_400_000L);
        // Civil date from day number, see Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
        long z = days + 719_468;
        long era = Math.floorDiv(z, 146_097L);
        int dayOfEra = (int) (z - era * 146_097);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int mp = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * mp + 2) / 5 + 1;
        int month = mp < 10 ? mp + 3 : mp - 9;
        long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        int i = at;
        if (year < 0 || year > 9999) { // JavaScript's expanded years: sign and six digits
            out[i++] = (byte) (year < 0 ? '-' : '+');
            i = digits(out, i, (int) Math.abs(year), 6);
        } else {
            i = digits(out, i, (int) year, 4);
        }
        out[i++] = '-';
        i = digits(out, i, month, 2);
        out[i++] = '-';
        i = digits(out, i, day, 2);
        out[i++] = 'T';
        i = digits(out, i, millisOfDay / 3_600_000, 2);
        out[i++] = ':';
        i = digits(out, i, millisOfDay / 60_000 % 60, 2);
        out[i++] = ':';
        i = digits(out, i, millisOfDay / 1000 % 60, 2);
        out[i++] = '.';
        i = digits(out, i, millisOfDay % 1000, 3);
        out[i++] = 'Z';
        return i;
    }

    private static int digits(byte[] out, int at, int value, int count) {
        int rest = value;
        for (int i = at + count - 1; i >= at; i--) {
            out[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return at + count;
    }

    /** True for exactly the form that {@link #format} writes with a four-digit year. */
    static boolean isCanonical(String text) {
        if (text.length() != 24 || text.charAt(23) != 'Z') {
            return false;
        }
        OptionalLong millis = parse(text);
        return millis.isPresent() && format(millis.getAsLong()).equals(text);
    }

    /** Milliseconds of an ISO 8601 text (date alone, with offset or without), empty when it is none. */
    public static OptionalLong parse(String text) {
        try {
            if (text.indexOf('T') < 0) {
                return OptionalLong.of(LocalDate.parse(text)
                        .atStartOfDay()
                        .toInstant(ZoneOffset.UTC)
                        .toEpochMilli());
            }
            if (text.charAt(text.length() - 1) == 'Z') {
                return OptionalLong.of(Instant.parse(text).toEpochMilli());
            }
            int sign = Math.max(text.lastIndexOf('+'), text.lastIndexOf('-'));
            if (sign > text.indexOf('T')) {
                return OptionalLong.of(OffsetDateTime.parse(text).toInstant().toEpochMilli());
            }
            return OptionalLong.of(
                    LocalDateTime.parse(text).toInstant(ZoneOffset.UTC).toEpochMilli());
        } catch (DateTimeException | ArithmeticException notADate) {
            return OptionalLong.empty();
        }
    }
}
