package dev.kami.parse.rest;

import dev.kami.parse.value.ParseValue.Obj;

/**
 * The answer to a create or update.
 *
 * @param status HTTP status, 201 for a created object
 * @param body what the client does not know yet; {@code createdAt} and {@code updatedAt} are bare ISO text
 * @param location address of the created object, {@code null} otherwise
 */
public record WriteResult(int status, Obj body, String location) {}
