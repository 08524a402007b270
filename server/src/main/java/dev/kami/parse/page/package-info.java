/**
 * The public pages behind the links in mails: verify an e-mail address, choose a new password.
 *
 * <p>Start with {@link dev.kami.parse.page.PageRouter}; {@link dev.kami.parse.page.LegacyPages} is what parse-server had
 * before it and is chosen by {@code pages.enableRouter: false}. Both know requests and answers only as
 * {@link dev.kami.parse.page.PageRequest} and {@link dev.kami.parse.page.PageAnswer}. The built-in pages are in the resource
 * folder {@code pages}. Tokens pass through here: every answer forbids to store it, to frame it and to tell its address to
 * others. Uses {@code account} for what the pages do, {@code template} for how they look.
 */
package dev.kami.parse.page;
