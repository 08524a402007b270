/**
 * Background jobs: {@link dev.kami.parse.job.Jobs} knows them by name, runs them and writes what became of each run to
 * {@code _JobStatus}. Starting them on time is left to an outside scheduler; {@code _JobSchedule} rows are only kept.
 */
package dev.kami.parse.job;
