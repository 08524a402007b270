/**
 * Queries: {@link dev.kami.parse.query.Constraint} (what {@code where} means), {@link dev.kami.parse.query.Query} (where
 * and options), the parser from REST parameters, and the matcher that answers in memory what storage adapters answer from
 * disk.
 */
package dev.kami.parse.query;
