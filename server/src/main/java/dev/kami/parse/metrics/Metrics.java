package dev.kami.parse.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.DoubleSupplier;

/**
 * Everything one server counts. Ask for a counter or histogram once, at wiring, and keep it: asking again with the same
 * name and labels gives the same one.
 *
 * <pre>{@code
 * Histogram finds = metrics.histogram("parse_storage_seconds", "Calls of the database", "call", "find");
 * long start = System.nanoTime();
 * ...
 * finds.record(System.nanoTime() - start);
 * }</pre>
 *
 * Safe for many threads.
 */
public final class Metrics {
    private record Family(String type, String help, SequencedMap<String, Object> byLabels) {}

    private final SequencedMap<String, Family> families = new LinkedHashMap<>();

    /**
     * @param name with unit, {@code parse_requests_total}
     * @param labels names and values in turn; few different values, never something a client chooses
     */
    public Counter counter(String name, String help, String... labels) {
        return (Counter) metric("counter", name, help, labels, new Counter());
    }

    /** @param name ends with {@code _seconds} */
    public Histogram histogram(String name, String help, String... labels) {
        return (Histogram) metric("histogram", name, help, labels, new Histogram());
    }

    /** A number that is read when somebody looks. */
    public void gauge(String name, String help, DoubleSupplier value, String... labels) {
        metric("gauge", name, help, labels, value);
    }

    private synchronized Object metric(String type, String name, String help, String[] labels, Object fresh) {
        Family family = families.computeIfAbsent(name, _ -> new Family(type, help, new LinkedHashMap<>()));
        if (!family.type.equals(type)) {
            throw new IllegalStateException(name + " is a " + family.type + " and cannot be a " + type);
        }
        return family.byLabels.computeIfAbsent(text(labels), _ -> fresh);
    }

    /** {@code call="find",class="A"}; backslash, quote and line end are escaped as the format asks. */
    private static String text(String[] labels) {
        var text = new StringBuilder();
        for (int i = 0; i < labels.length; i += 2) {
            text.append(i == 0 ? "" : ",").append(labels[i]).append("=\"");
            text.append(
                    labels[i + 1].replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
            text.append('"');
        }
        return text.toString();
    }

    /** All numbers in the Prometheus text format 0.0.4. */
    public synchronized String prometheusText() {
        var out = new StringBuilder(4096);
        families.forEach((name, family) -> {
            out.append("# HELP ").append(name).append(' ').append(family.help).append('\n');
            out.append("# TYPE ").append(name).append(' ').append(family.type).append('\n');
            family.byLabels.forEach((labels, metric) -> write(out, name, labels, metric));
        });
        return out.toString();
    }

    private static void write(StringBuilder out, String name, String labels, Object metric) {
        String braces = labels.isEmpty() ? "" : "{" + labels + "}";
        switch (metric) {
            case Histogram histogram -> histogram.writeTo(out, name, labels);
            case Counter counter ->
                out.append(name)
                        .append(braces)
                        .append(' ')
                        .append(counter.count())
                        .append('\n');
            default ->
                out.append(name)
                        .append(braces)
                        .append(' ')
                        .append(((DoubleSupplier) metric).getAsDouble())
                        .append('\n');
        }
    }

    /** Name with labels in braces to {@link Counter}, {@link Histogram} or {@link DoubleSupplier}, in order of birth. */
    public synchronized SequencedMap<String, Object> all() {
        var all = new LinkedHashMap<String, Object>();
        for (Map.Entry<String, Family> family : families.entrySet()) {
            family.getValue()
                    .byLabels
                    .forEach((labels, metric) ->
                            all.put(labels.isEmpty() ? family.getKey() : family.getKey() + "{" + labels + "}", metric));
        }
        return all;
    }
}
