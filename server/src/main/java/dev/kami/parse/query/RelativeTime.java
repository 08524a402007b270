package dev.kami.parse.query;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.Str;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code {"$relativeTime":"in 1 day 2 hrs"}}, {@code "3 wks ago"}, {@code "now"}. */
final class RelativeTime {
    private RelativeTime() {}

    /** @param operator of the comparison, for the error text */
    static Date parse(ParseValue value, String operator, Instant now) {
        String text = value instanceof Str(String given) ? given.toLowerCase(Locale.ROOT) : "";
        List<String> parts = new ArrayList<>(List.of(text.split(" +")));
        parts.removeIf(String::isEmpty);
        boolean future = !parts.isEmpty() && parts.getFirst().equals("in");
        boolean past = !parts.isEmpty() && parts.getLast().equals("ago");
        if (text.equals("now")) {
            return new Date(now.toEpochMilli());
        }
        if (!future && !past) {
            throw bad(operator, "Time should either start with 'in' or end with 'ago'");
        }
        if (future && past) {
            throw bad(operator, "Time cannot have both 'in' and 'ago'");
        }
        parts.remove(future ? 0 : parts.size() - 1);
        if (parts.size() % 2 != 0) {
            throw bad(operator, "Invalid time string. Dangling unit or number.");
        }
        double seconds = 0;
        for (int i = 0; i < parts.size(); i += 2) {
            seconds += wholeNumber(parts.get(i), operator) * secondsOf(parts.get(i + 1), operator);
        }
        return new Date(now.toEpochMilli() + (long) ((future ? seconds : -seconds) * 1000));
    }

    private static double wholeNumber(String text, String operator) {
        double number = text.matches("[+-]?[0-9]{1,300}(\\.0*)?") ? Double.parseDouble(text) : Double.NaN;
        if (Double.isNaN(number)) {
            throw bad(operator, "'" + text + "' is not an integer.");
        }
        return number;
    }

    private static double secondsOf(String unit, String operator) {
        return switch (unit) {
            case "yr", "yrs", "year", "years" -> 31_536_000;
            case "wk", "wks", "week", "weeks" -> 604_800;
            case "d", "day", "days" -> 86_400;
            case "hr", "hrs", "hour", "hours" -> 3600;
            case "min", "mins", "minute", "minutes" -> 60;
            case "sec", "secs", "second", "seconds" -> 1;
            default -> throw bad(operator, "Invalid interval: '" + unit + "'");
        };
    }

    private static ParseException bad(String operator, String info) {
        return new ParseException(ErrorCode.INVALID_JSON, "bad $relativeTime (" + operator + ") value. " + info);
    }
}
