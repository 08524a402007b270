/**
 * The command and the wiring: builds one server from its options, starts and stops it.
 *
 * <p>Start with {@code ParseServer} (library) or {@code Main} (command). The only room that knows every
 * other one.
 */
package dev.kami.parse.server;
