/**
 * The security check: looks for settings that make a server weak and reports them as {@code GET /security} and in the
 * log. {@link dev.kami.parse.security.SecurityCheck} is one setting, {@link dev.kami.parse.security.SecurityReport} the
 * whole.
 */
package dev.kami.parse.security;
