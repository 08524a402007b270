package dev.kami.parse.aggregate;

import static dev.kami.parse.aggregate.Expression.isNullish;

import dev.kami.parse.value.IsoDate;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/** Dates, in UTC or a given time zone ({@code "Europe/Vienna"}, {@code "+02:00"}). */
final class DateOperators {
    private DateOperators() {}

    static void addTo(Map<String, Operator> all) {
        part(all, "$year", ZonedDateTime::getYear);
        part(all, "$month", ZonedDateTime::getMonthValue);
        part(all, "$dayOfMonth", ZonedDateTime::getDayOfMonth);
        part(all, "$dayOfYear", ZonedDateTime::getDayOfYear);
        part(all, "$dayOfWeek", date -> date.getDayOfWeek().getValue() % 7 + 1); // Sunday is 1
        part(all, "$isoDayOfWeek", date -> date.getDayOfWeek().getValue());
        part(all, "$week", DateOperators::week);
        part(all, "$isoWeek", date -> date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
        part(all, "$isoWeekYear", date -> date.get(IsoFields.WEEK_BASED_YEAR));
        part(all, "$hour", ZonedDateTime::getHour);
        part(all, "$minute", ZonedDateTime::getMinute);
        part(all, "$second", ZonedDateTime::getSecond);
        part(all, "$millisecond", date -> date.get(ChronoField.MILLI_OF_SECOND));
        all.put("$dateToString", DateOperators::dateToString);
        all.put("$dateFromString", DateOperators::dateFromString);
        all.put("$dateToParts", DateOperators::dateToParts);
        all.put("$dateFromParts", DateOperators::dateFromParts);
        all.put("$dateAdd", (name, argument) -> shift(name, argument, 1));
        all.put("$dateSubtract", (name, argument) -> shift(name, argument, -1));
        all.put("$dateDiff", DateOperators::dateDiff);
        all.put("$dateTrunc", DateOperators::dateTrunc);
    }

    /** Weeks begin on Sunday; the days before the first Sunday are in week 0. */
    private static long week(ZonedDateTime date) {
        return (date.getDayOfYear() + 6 - date.getDayOfWeek().getValue() % 7) / 7;
    }

    private static void part(Map<String, Operator> all, String name, ToLongFunction<ZonedDateTime> part) {
        all.put(name, (operator, argument) -> {
            Expression date;
            Expression zone;
            if (argument instanceof Obj obj && obj.has("date")) {
                Operator.Named named = Operator.named(operator, argument, "date", "timezone");
                date = named.required("date");
                zone = named.optional("timezone");
            } else {
                date = Operator.arguments(operator, argument, 1, 1).getFirst();
                zone = _ -> null;
            }
            return scope -> {
                ParseValue value = date.eval(scope);
                return isNullish(value)
                        ? ParseValue.NULL
                        : new Num(part.applyAsLong(at(operator, value, zone.eval(scope))));
            };
        });
    }

    private static ZonedDateTime at(String operator, ParseValue value, ParseValue zone) {
        if (!(value instanceof Date(long millis))) {
            throw Budget.invalid("can't convert from " + TypeOperators.typeName(value) + " to Date in " + operator);
        }
        return Instant.ofEpochMilli(millis).atZone(zone(operator, zone));
    }

    private static ZoneId zone(String operator, ParseValue zone) {
        if (isNullish(zone)) {
            return ZoneOffset.UTC;
        }
        try {
            return ZoneId.of(TextOperators.need(operator, zone));
        } catch (DateTimeException unknown) {
            throw Budget.invalid("unrecognized time zone identifier: " + zone.toJson());
        }
    }

    private static Date date(ZonedDateTime time) {
        try {
            return new Date(time.toInstant().toEpochMilli());
        } catch (ArithmeticException beyond) {
            throw Budget.invalid("date is out of range");
        }
    }

    private static Expression dateToString(String name, ParseValue argument) {
        Operator.Named named = Operator.named(name, argument, "date", "format", "timezone", "onNull");
        Expression date = named.required("date");
        Expression format = named.optional("format");
        Expression zone = named.optional("timezone");
        Expression onNull = named.optional("onNull");
        return scope -> {
            ParseValue value = date.eval(scope);
            if (isNullish(value)) {
                ParseValue instead = onNull.eval(scope);
                return instead == null ? ParseValue.NULL : instead;
            }
            ParseValue given = zone.eval(scope);
            ParseValue pattern = format.eval(scope);
            String text = isNullish(pattern)
                    ? isNullish(given) ? "%Y-%m-%dT%H:%M:%S.%LZ" : "%Y-%m-%dT%H:%M:%S.%L"
                    : TextOperators.need(name, pattern);
            return new Str(formatted(at(name, value, given), text));
        };
    }

    private static String formatted(ZonedDateTime time, String format) {
        var out = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%') {
                out.append(c);
                continue;
            }
            if (++i == format.length()) {
                throw Budget.invalid("Unmatched '%' at end of format string");
            }
            switch (format.charAt(i)) {
                case 'Y' -> digits(out, time.getYear(), 4);
                case 'm' -> digits(out, time.getMonthValue(), 2);
                case 'd' -> digits(out, time.getDayOfMonth(), 2);
                case 'H' -> digits(out, time.getHour(), 2);
                case 'M' -> digits(out, time.getMinute(), 2);
                case 'S' -> digits(out, time.getSecond(), 2);
                case 'L' -> digits(out, time.get(ChronoField.MILLI_OF_SECOND), 3);
                case 'j' -> digits(out, time.getDayOfYear(), 3);
                case 'w' -> digits(out, time.getDayOfWeek().getValue() % 7 + 1, 1);
                case 'u' -> digits(out, time.getDayOfWeek().getValue(), 1);
                case 'U' -> digits(out, week(time), 2);
                case 'V' -> digits(out, time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2);
                case 'G' -> digits(out, time.get(IsoFields.WEEK_BASED_YEAR), 4);
                case 'b' -> out.append(monthName(time).substring(0, 3));
                case 'B' -> out.append(monthName(time));
                case 'z' -> out.append(offset(time));
                case 'Z' -> out.append(time.getOffset().getTotalSeconds() / 60);
                case '%' -> out.append('%');
                default ->
                    throw Budget.invalid("Invalid format character '%" + format.charAt(i) + "' in format string");
            }
        }
        return out.toString();
    }

    private static String monthName(ZonedDateTime time) {
        return time.getMonth().getDisplayName(java.time.format.TextStyle.FULL, Locale.ENGLISH);
    }

    private static String offset(ZonedDateTime time) {
        int minutes = time.getOffset().getTotalSeconds() / 60;
        return String.format(
                Locale.ROOT, "%s%02d%02d", minutes < 0 ? "-" : "+", Math.abs(minutes) / 60, Math.abs(minutes) % 60);
    }

    private static void digits(StringBuilder out, long value, int width) {
        String text = Long.toString(value);
        out.repeat('0', Math.max(0, width - text.length())).append(text);
    }

    private static Expression dateFromString(String name, ParseValue argument) {
        Operator.Named named = Operator.named(name, argument, "dateString", "format", "timezone", "onError", "onNull");
        Expression input = named.required("dateString");
        Expression format = named.optional("format");
        Expression zone = named.optional("timezone");
        Expression onNull = named.optional("onNull");
        Expression onError = named.optional("onError");
        boolean mayFail = !named.arguments().has("onError");
        return scope -> {
            ParseValue value = input.eval(scope);
            if (isNullish(value)) {
                ParseValue instead = onNull.eval(scope);
                return instead == null ? ParseValue.NULL : instead;
            }
            ParseValue pattern = format.eval(scope);
            String text = value instanceof Str(String given) ? given : null;
            ZoneId place = zone(name, zone.eval(scope));
            Date date = text == null
                    ? null
                    : isNullish(pattern)
                            ? parsed(text, place)
                            : scanned(text, TextOperators.need(name, pattern), place);
            if (date == null && mayFail) {
                throw Budget.invalid("Error parsing date string " + value.toJson());
            }
            return date == null ? onError.eval(scope) : date;
        };
    }

    private static Date parsed(String text, ZoneId zone) {
        OptionalLong millis = IsoDate.parse(text.strip().replace(' ', 'T'));
        if (millis.isEmpty()) {
            return null;
        }
        boolean local = !text.strip().matches(".*(Z|[+-][0-9]{2}:?[0-9]{2})");
        Instant instant = Instant.ofEpochMilli(millis.getAsLong());
        return local
                ? date(LocalDateTime.ofInstant(instant, ZoneOffset.UTC).atZone(zone))
                : new Date(millis.getAsLong());
    }

    /** {@code null} when the text does not have the format. */
    private static Date scanned(String text, String format, ZoneId zone) {
        int[] parts = {1970, 1, 1, 0, 0, 0, 0};
        int at = 0;
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                if (at >= text.length() || text.charAt(at++) != c) {
                    return null;
                }
                continue;
            }
            char kind = format.charAt(++i);
            int index = "YmdHMSL".indexOf(kind);
            if (index < 0) {
                throw Budget.invalid("Invalid format character '%" + kind + "' in format string");
            }
            int width = index == 0 ? 4 : index == 6 ? 3 : 2;
            int end = at;
            while (end < text.length() && end - at < width && Character.isDigit(text.charAt(end))) {
                end++;
            }
            if (end == at) {
                return null;
            }
            parts[index] = Integer.parseInt(text.substring(at, end));
            at = end;
        }
        if (at != text.length()) {
            return null;
        }
        try {
            return date(
                    LocalDateTime.of(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], parts[6] * 1_000_000)
                            .atZone(zone));
        } catch (DateTimeException noSuchDate) {
            return null;
        }
    }

    private static Expression dateToParts(String name, ParseValue argument) {
        Operator.Named named = Operator.named(name, argument, "date", "timezone", "iso8601");
        Expression date = named.required("date");
        Expression zone = named.optional("timezone");
        Expression iso = named.optional("iso8601");
        return scope -> {
            ParseValue value = date.eval(scope);
            if (isNullish(value)) {
                return ParseValue.NULL;
            }
            ZonedDateTime time = at(name, value, zone.eval(scope));
            var parts = new LinkedHashMap<String, ParseValue>();
            if (Expression.isTrue(iso.eval(scope))) {
                parts.put("isoWeekYear", new Num(time.get(IsoFields.WEEK_BASED_YEAR)));
                parts.put("isoWeek", new Num(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR)));
                parts.put("isoDayOfWeek", new Num(time.getDayOfWeek().getValue()));
            } else {
                parts.put("year", new Num(time.getYear()));
                parts.put("month", new Num(time.getMonthValue()));
                parts.put("day", new Num(time.getDayOfMonth()));
            }
            parts.put("hour", new Num(time.getHour()));
            parts.put("minute", new Num(time.getMinute()));
            parts.put("second", new Num(time.getSecond()));
            parts.put("millisecond", new Num(time.get(ChronoField.MILLI_OF_SECOND)));
            return new Obj(parts);
        };
    }

    private static Expression dateFromParts(String name, ParseValue argument) {
        String[] names = {
            "year", "month", "day", "hour", "minute", "second", "millisecond", "isoWeekYear", "isoWeek", "isoDayOfWeek"
        };
        String[] known = java.util.Arrays.copyOf(names, names.length + 1);
        known[names.length] = "timezone";
        Operator.Named named = Operator.named(name, argument, known);
        Expression[] parts = new Expression[names.length];
        for (int i = 0; i < names.length; i++) {
            parts[i] = named.optional(names[i]);
        }
        Expression zone = named.optional("timezone");
        boolean iso = named.arguments().has("isoWeekYear");
        if (!iso) {
            named.required("year");
        }
        return scope -> {
            int[] numbers = new int[names.length];
            for (int i = 0; i < names.length; i++) {
                ParseValue value = parts[i].eval(scope);
                if (value == null && !named.arguments().has(names[i])) {
                    numbers[i] = i == 1 || i == 2 || i >= 8 ? 1 : 0;
                } else if (isNullish(value)) {
                    return ParseValue.NULL;
                } else {
                    numbers[i] = NumberOperators.needInt(name, value);
                }
            }
            try {
                // Parts beyond their range carry over, as in MongoDB.
                LocalDate day = iso
                        ? LocalDate.of(numbers[7], 1, 4)
                                .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                                .plusWeeks(numbers[8] - 1L)
                                .plusDays(numbers[9] - 1L)
                        : LocalDate.of(numbers[0], 1, 1)
                                .plusMonths(numbers[1] - 1L)
                                .plusDays(numbers[2] - 1L);
                return date(day.atStartOfDay()
                        .plusHours(numbers[3])
                        .plusMinutes(numbers[4])
                        .plusSeconds(numbers[5])
                        .plus(Duration.ofMillis(numbers[6]))
                        .atZone(zone(name, zone.eval(scope))));
            } catch (DateTimeException beyond) {
                throw Budget.invalid(name + " got a date that is out of range");
            }
        };
    }

    private static ChronoUnit unit(String operator, ParseValue value) {
        return switch (value instanceof Str(String text) ? text : "") {
            case "year" -> ChronoUnit.YEARS;
            case "quarter", "month" -> ChronoUnit.MONTHS;
            case "week" -> ChronoUnit.WEEKS;
            case "day" -> ChronoUnit.DAYS;
            case "hour" -> ChronoUnit.HOURS;
            case "minute" -> ChronoUnit.MINUTES;
            case "second" -> ChronoUnit.SECONDS;
            case "millisecond" -> ChronoUnit.MILLIS;
            default -> throw Budget.invalid(operator + " knows no unit " + (value == null ? "" : value.toJson()));
        };
    }

    private static int size(ParseValue unit) {
        return unit instanceof Str(String text) && text.equals("quarter") ? 3 : 1;
    }

    private static Expression shift(String name, ParseValue argument, int sign) {
        Operator.Named named = Operator.named(name, argument, "startDate", "unit", "amount", "timezone");
        Expression start = named.required("startDate");
        Expression unit = named.required("unit");
        Expression amount = named.required("amount");
        Expression zone = named.optional("timezone");
        return scope -> {
            ParseValue value = start.eval(scope);
            ParseValue count = amount.eval(scope);
            ParseValue given = unit.eval(scope);
            if (isNullish(value) || isNullish(count) || isNullish(given)) {
                return ParseValue.NULL;
            }
            long steps = (long) sign * size(given) * NumberOperators.needInt(name, count);
            try {
                return date(at(name, value, zone.eval(scope)).plus(steps, unit(name, given)));
            } catch (DateTimeException | ArithmeticException beyond) {
                throw Budget.invalid(name + " got a date that is out of range");
            }
        };
    }

    /** Number of borders of the unit that lie between the dates. */
    private static Expression dateDiff(String name, ParseValue argument) {
        Operator.Named named =
                Operator.named(name, argument, "startDate", "endDate", "unit", "timezone", "startOfWeek");
        Expression start = named.required("startDate");
        Expression end = named.required("endDate");
        Expression unit = named.required("unit");
        Expression zone = named.optional("timezone");
        Expression startOfWeek = named.optional("startOfWeek");
        return scope -> {
            ParseValue from = start.eval(scope);
            ParseValue to = end.eval(scope);
            ParseValue given = unit.eval(scope);
            if (isNullish(from) || isNullish(to) || isNullish(given)) {
                return ParseValue.NULL;
            }
            ParseValue place = zone.eval(scope);
            DayOfWeek first = dayOfWeek(name, startOfWeek.eval(scope));
            ZonedDateTime a = truncated(name, at(name, from, place), given, 1, first);
            ZonedDateTime b = truncated(name, at(name, to, place), given, 1, first);
            ChronoUnit chrono = unit(name, given);
            long count = chrono.isDateBased() ? chrono.between(a.toLocalDate(), b.toLocalDate()) : chrono.between(a, b);
            return new Num(count / size(given));
        };
    }

    private static Expression dateTrunc(String name, ParseValue argument) {
        Operator.Named named = Operator.named(name, argument, "date", "unit", "binSize", "timezone", "startOfWeek");
        Expression date = named.required("date");
        Expression unit = named.required("unit");
        Expression binSize = named.optional("binSize");
        Expression zone = named.optional("timezone");
        Expression startOfWeek = named.optional("startOfWeek");
        return scope -> {
            ParseValue value = date.eval(scope);
            ParseValue given = unit.eval(scope);
            if (isNullish(value) || isNullish(given)) {
                return ParseValue.NULL;
            }
            ParseValue bins = binSize.eval(scope);
            int size = isNullish(bins) ? 1 : NumberOperators.needInt(name, bins);
            if (size < 1) {
                throw Budget.invalid("$dateTrunc requires a binSize greater than 0");
            }
            DayOfWeek first = dayOfWeek(name, startOfWeek.eval(scope));
            return date(truncated(name, at(name, value, zone.eval(scope)), given, size, first));
        };
    }

    private static DayOfWeek dayOfWeek(String operator, ParseValue value) {
        if (isNullish(value)) {
            return DayOfWeek.SUNDAY;
        }
        String text = TextOperators.need(operator, value).toUpperCase(Locale.ROOT);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (text.length() > 2 && day.name().startsWith(text)) {
                return day;
            }
        }
        throw Budget.invalid(operator + " knows no day " + value.toJson());
    }

    /** Bins are counted from the start of 2000, as in MongoDB. */
    private static ZonedDateTime truncated(
            String operator, ZonedDateTime time, ParseValue given, int binSize, DayOfWeek firstDay) {
        ChronoUnit unit = unit(operator, given);
        ZonedDateTime reference = LocalDate.of(2000, 1, 1).atStartOfDay(time.getZone());
        if (unit == ChronoUnit.WEEKS) {
            reference = reference.with(TemporalAdjusters.nextOrSame(firstDay));
        }
        long size = (long) binSize * size(given);
        // Calendar units count days of the local calendar, so a day has its hours even where clocks change.
        long count = unit.isDateBased()
                ? unit.between(reference.toLocalDate(), time.toLocalDate())
                : unit.between(reference, time);
        long bin = Math.floorDiv(count, size) * size;
        ZonedDateTime start = reference.plus(bin, unit);
        return start.isAfter(time) ? reference.plus(bin - size, unit) : start;
    }
}
