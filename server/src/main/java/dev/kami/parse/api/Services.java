package dev.kami.parse.api;

/**
 * What the API needs of a server that has started.
 *
 * @param routes complete; {@code POST /batch} and {@code GET /metrics} come from the API itself
 */
public record Services(RouteTable routes, SessionResolver sessions, RequestIds requestIds, Transactions transactions) {}
