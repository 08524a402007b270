package dev.kami.parse.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final Metrics metrics = new Metrics();

    @Test
    void theSameNameAndLabelsAreTheSameCounter() {
        metrics.counter("a_total", "A", "route", "x").increment();
        metrics.counter("a_total", "A", "route", "x").increment();
        metrics.counter("a_total", "A", "route", "y").increment();

        assertThat(metrics.prometheusText()).isEqualTo("""
                # HELP a_total A
                # TYPE a_total counter
                a_total{route="x"} 2
                a_total{route="y"} 1
                """);
    }

    @Test
    void histogramBucketsAreCumulativeAndEndWithAll() {
        Histogram histogram = metrics.histogram("a_seconds", "A", "call", "find");
        histogram.record(80_000);
        histogram.record(3_000_000);
        histogram.record(60_000_000_000L);

        assertThat(metrics.prometheusText())
                .contains("# TYPE a_seconds histogram")
                .contains("a_seconds_bucket{call=\"find\",le=\"0.0001\"} 1\n")
                .contains("a_seconds_bucket{call=\"find\",le=\"0.0025\"} 1\n")
                .contains("a_seconds_bucket{call=\"find\",le=\"0.005\"} 2\n")
                .contains("a_seconds_bucket{call=\"find\",le=\"10\"} 2\n")
                .contains("a_seconds_bucket{call=\"find\",le=\"+Inf\"} 3\n")
                .contains("a_seconds_sum{call=\"find\"} 60.00308\n")
                .contains("a_seconds_count{call=\"find\"} 3\n");
    }

    @Test
    void gaugesAreReadWhenSomebodyLooks() {
        int[] now = {1};
        metrics.gauge("now", "Now", () -> now[0]);
        now[0] = 7;
        assertThat(metrics.prometheusText()).endsWith("now 7.0\n");
    }

    @Test
    void labelValuesAreEscaped() {
        metrics.counter("a_total", "A", "route", "\"\\\n");
        assertThat(metrics.prometheusText()).contains("a_total{route=\"\\\"\\\\\\n\"} 0");
    }

    @Test
    void oneNameHasOneType() {
        metrics.counter("a", "A");
        assertThatThrownBy(() -> metrics.histogram("a", "A")).hasMessage("a is a counter and cannot be a histogram");
    }

    @Test
    void manyThreadsLoseNoCount() {
        Counter counter = metrics.counter("a_total", "A");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                threads.submit(() -> {
                    for (int n = 0; n < 1000; n++) {
                        counter.increment();
                    }
                });
            }
        }
        assertThat(counter.count()).isEqualTo(50_000);
    }
}
