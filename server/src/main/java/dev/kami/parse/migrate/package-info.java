/**
 * Copies a whole application: from one store to another, into a folder of NDJSON files, or from such a folder. Start with
 * {@link dev.kami.parse.migrate.Migration}. Whoever calls opens the stores; here only the port {@code storage} is known, so
 * every store can be on either side.
 */
package dev.kami.parse.migrate;
