package dev.kami.parse.api;

import dev.kami.parse.metrics.Counter;
import dev.kami.parse.metrics.Histogram;
import dev.kami.parse.metrics.Metrics;

/** The numbers of one route. */
public final class RouteMetrics {
    private final Histogram seconds;
    private final Counter[] byClass = new Counter[4];

    RouteMetrics(Metrics metrics, String method, String route) {
        seconds = metrics.histogram(
                "parse_http_request_seconds", "Time to answer a request, by route", "method", method, "route", route);
        for (int i = 0; i < byClass.length; i++) {
            byClass[i] = metrics.counter(
                    "parse_http_responses_total",
                    "Answers by route and kind of status",
                    "method",
                    method,
                    "route",
                    route,
                    "status",
                    (i + 2) + "xx");
        }
    }

    /**
     * @param status HTTP status of the answer, 200 to 599
     * @param nanos from the first look at the request to the last byte handed to the socket
     */
    public void record(int status, long nanos) {
        seconds.record(nanos);
        byClass[Math.clamp(status / 100 - 2, 0, 3)].increment();
    }
}
