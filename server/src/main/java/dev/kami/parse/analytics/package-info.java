/** Events that apps report: {@link dev.kami.parse.analytics.AnalyticsAdapter} takes them, without one they are dropped. */
package dev.kami.parse.analytics;
