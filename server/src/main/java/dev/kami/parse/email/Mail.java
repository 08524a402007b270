package dev.kami.parse.email;

import java.util.List;

/**
 * One mail.
 *
 * @param to addresses, one each: {@code ann@example.com} or {@code Ann <ann@example.com>}; never empty
 * @param from the sender, {@code null} for that of the adapter
 * @param text plain text with {@code \n}, may be {@code null} when there is HTML
 * @param html {@code null} for a mail of plain text
 */
public record Mail(List<String> to, String from, String subject, String text, String html) {
    public Mail {
        to = List.copyOf(to);
        if (to.isEmpty()) {
            throw new IllegalArgumentException("a mail needs somebody to go to");
        }
    }

    /** Without the texts: they hold links with tokens. */
    @Override
    public String toString() {
        return "Mail[to=" + to + ", subject=" + subject + "]";
    }

    /** Plain text from the sender of the adapter. */
    public static Mail of(String to, String subject, String text) {
        return new Mail(List.of(to), null, subject, text, null);
    }
}
