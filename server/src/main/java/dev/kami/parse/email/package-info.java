/**
 * Mails: what sends them, and the two mails that users get.
 *
 * <p>Start with {@link dev.kami.parse.email.UserMails}, which builds the links and texts of verification and password reset
 * and hands them to a queue, so that no request waits for a mail server. {@link dev.kami.parse.email.EmailAdapter} is what
 * an adapter implements; {@link dev.kami.parse.email.EmailAdapters} finds one by name. The library for SMTP is loaded
 * when an SMTP adapter is configured, not before. Depends on the words ({@code value}, {@code template}, {@code options},
 * {@code log}, {@code error}) only.
 */
package dev.kami.parse.email;
