package dev.kami.parse.rest;

import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import java.util.List;

/**
 * @param count how many objects fit, {@code null} when the query did not ask
 * @param explained the plan of the database instead of results, {@code null} when the query did not ask
 */
public record FindResult(List<ParseObject> results, Long count, ParseValue explained) {}
