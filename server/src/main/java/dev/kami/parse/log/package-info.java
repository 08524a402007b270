/**
 * What the server writes for its operators: log lines on the console and in daily files, the id of
 * the current request, and the hiding of secrets.
 *
 * <p>Start with {@link dev.kami.parse.log.Log}; every server has its own, nothing is shared. Depends
 * on: {@code options}, {@code value} (JSON, dates); slf4j, only to receive the lines of libraries.
 */
package dev.kami.parse.log;
