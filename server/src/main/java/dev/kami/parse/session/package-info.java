/**
 * Who stands behind a session token ({@link dev.kami.parse.session.Sessions}) and which roles a user has
 * ({@link dev.kami.parse.session.Roles}). Both are asked by every request of a logged-in user, so both remember.
 */
package dev.kami.parse.session;
