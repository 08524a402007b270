/**
 * Who asks: {@link dev.kami.parse.auth.Auth}, and what came with the request ({@link dev.kami.parse.auth.RequestInfo}).
 * Adapters for third-party log-in come into this room with the accounts.
 */
package dev.kami.parse.auth;
