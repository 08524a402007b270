package dev.kami.parse.api;

import dev.kami.parse.analytics.AnalyticsAdapter;
import dev.kami.parse.log.Log;
import dev.kami.parse.value.ParseValue;
import java.util.function.Supplier;

/** {@code /events}: what apps report. Always answered as if all went well; analytics must not break an app. */
public final class EventsRoutes implements Routes {
    private final AnalyticsAdapter analytics;
    private final Log log;

    public EventsRoutes(AnalyticsAdapter analytics, Log log) {
        this.analytics = analytics;
        this.log = log;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add(
                "POST",
                "/events/AppOpened",
                request -> answer(() -> analytics.appOpened(request.body(), request.caller())));
        table.add(
                "POST",
                "/events/:eventName",
                request -> answer(
                        () -> analytics.trackEvent(request.variable("eventName"), request.body(), request.caller())));
    }

    private ApiResponse answer(Supplier<ParseValue> event) {
        try {
            ParseValue value = event.get();
            return value == null ? ApiResponse.empty() : ApiResponse.ok(value);
        } catch (RuntimeException failure) {
            log.error("The analytics adapter failed", failure);
            return ApiResponse.empty();
        }
    }
}
