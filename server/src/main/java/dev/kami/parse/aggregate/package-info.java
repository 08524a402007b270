/**
 * Aggregation pipelines in memory, for stores that have none of their own. Start with
 * {@link dev.kami.parse.aggregate.AggregateRequest} (what the route was sent) and
 * {@link dev.kami.parse.aggregate.Aggregator} (which runs it over a stream of objects).
 *
 * <p>Pipelines in the wild are written for MongoDB and its document form, so that form is what stages see: {@code _id},
 * {@code _created_at}, pointers as {@code _p_owner: "Team$id"}; the Parse names work beside them. {@code Documents} is the
 * only place that knows both. Depends on {@code query}, {@code value} and {@code error}.
 */
package dev.kami.parse.aggregate;
