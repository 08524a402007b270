/**
 * The edge to the web: bytes to {@link dev.kami.parse.api.Incoming} and {@link dev.kami.parse.api.ApiResponse} to bytes.
 *
 * <p>Start with {@code HttpEdge}, which is the way of a request; {@link dev.kami.parse.http.HttpServer} opens the port.
 * Only this room and {@code server} know Helidon's web server; its two known holes (ambiguous lengths, limits on decoded
 * bodies) are closed here, in {@code AmbiguousLength} and {@code BodyReader}.
 */
package dev.kami.parse.http;
