package dev.kami.parse.api;

/** Answers the requests of one route. Errors are thrown as {@link dev.kami.parse.error.ParseException}. */
@FunctionalInterface
public interface Handler {
    ApiResponse handle(ApiRequest request);
}
