/**
 * What the server counts: {@link dev.kami.parse.metrics.Counter counters},
 * {@link dev.kami.parse.metrics.Histogram latency histograms} and gauges, kept by
 * {@link dev.kami.parse.metrics.Metrics} and written as Prometheus text. Knows no other room.
 */
package dev.kami.parse.metrics;
