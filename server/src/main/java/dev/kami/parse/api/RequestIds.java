package dev.kami.parse.api;

import dev.kami.parse.error.ParseException;

/** The X-Parse-Request-Ids that have been used, so that a request sent twice acts once. */
@FunctionalInterface
public interface RequestIds {
    /** @throws ParseException 159 {@code Duplicate request} when this id was used within its lifetime */
    void use(String requestId);
}
