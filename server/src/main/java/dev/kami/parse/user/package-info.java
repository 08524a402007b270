/**
 * Log-in ({@link dev.kami.parse.user.LogIn}): by password, by the master key for somebody, and the check of a password
 * without log-in; the steps around it ({@link dev.kami.parse.user.PasswordResets}, confirmed addresses, challenges of
 * providers). Signing up is a write of a user and belongs to {@code rest}.
 */
package dev.kami.parse.user;
