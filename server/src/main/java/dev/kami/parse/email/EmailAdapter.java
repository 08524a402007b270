package dev.kami.parse.email;

import java.io.IOException;

/**
 * Sends mails, as the {@code emailAdapter} of parse-server does.
 *
 * <p>Called by several threads at once, never by the thread of a request, and never twice for one mail. A call that takes
 * longer than a minute is interrupted. What is thrown goes to the log; its text must hold no password and no link.
 */
public interface EmailAdapter extends AutoCloseable {
    void sendMail(Mail mail) throws IOException;

    /**
     * For adapters with texts of their own.
     *
     * @return false when this adapter has none: then the server's text is sent by {@link #sendMail}
     */
    default boolean sendVerificationEmail(UserMail mail) throws IOException {
        return false;
    }

    /** @return false when this adapter has no text of its own, as above */
    default boolean sendPasswordResetEmail(UserMail mail) throws IOException {
        return false;
    }

    @Override
    default void close() {}
}
