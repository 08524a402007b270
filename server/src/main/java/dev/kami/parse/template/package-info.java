/**
 * Text with {@code {{placeholders}}}: pages and mails. The language is Mustache, as in parse-server, so page files made
 * for it work here. Depends on: {@code value} (numbers as JavaScript writes them) and the mustache library, which only
 * this package knows.
 */
package dev.kami.parse.template;
