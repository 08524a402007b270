package dev.kami.parse.api;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.log.Log;
import dev.kami.parse.log.LogLevel;
import dev.kami.parse.log.LogQuery;
import dev.kami.parse.value.IsoDate;
import dev.kami.parse.value.JavaValues;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;

/** {@code /scriptlog}: lines of the log, for the master key. */
public final class LogsRoutes implements Routes {
    private static final Duration LOOK_BACK = Duration.ofDays(7);
    private static final int LINES = 10;

    private final Log log;
    private final InstantSource clock;

    public LogsRoutes(Log log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("GET", "/scriptlog", this::read);
    }

    private ApiResponse read(ApiRequest request) {
        request.requireMaster();
        Obj wanted = request.query();
        Instant now = clock.instant();
        var query = new LogQuery(
                instant(wanted, "from", now.minus(LOOK_BACK)),
                instant(wanted, "until", now),
                size(wanted),
                !"asc".equals(wanted.text("order")),
                "error".equals(wanted.text("level")) ? LogLevel.ERROR : LogLevel.INFO);
        return log.query(query)
                .map(lines -> ApiResponse.ok(JavaValues.toParse(lines)))
                .orElseThrow(() -> new ParseException(
                        ErrorCode.PUSH_MISCONFIGURED, "Querying logs is not supported with this adapter"));
    }

    /** A date as text or as milliseconds since 1970; the standard when it is neither. */
    private static Instant instant(Obj wanted, String key, Instant standard) {
        return switch (wanted.get(key)) {
            case Str(String text) -> {
                OptionalLong millis = IsoDate.parse(text);
                yield millis.isPresent() ? Instant.ofEpochMilli(millis.getAsLong()) : standard;
            }
            case Num(double millis) -> Instant.ofEpochMilli((long) millis);
            case null, default -> standard;
        };
    }

    /** {@code n}, else {@code size}, else ten. */
    private static int size(Obj wanted) {
        return wanted.get(wanted.has("n") ? "n" : "size") instanceof Num(double lines) && lines >= 1
                ? (int) lines
                : LINES;
    }
}
