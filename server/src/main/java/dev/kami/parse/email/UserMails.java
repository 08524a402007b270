package dev.kami.parse.email;

import dev.kami.parse.email.EmailAdapters.Configured;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.log.Log;
import dev.kami.parse.options.CoreOptions;
import dev.kami.parse.options.EmailOptions;
import dev.kami.parse.options.Options;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue.Str;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The mails of one server. Each method returns at once; whether a mail went out is in the log, and in the stage for those
 * who want to wait. Clients are never told.
 */
public final class UserMails implements AutoCloseable {
    private final Configured adapter;
    private final String appName;
    private final MailLinks links;
    private final MailQueue queue;

    private UserMails(Configured adapter, String appName, MailLinks links, MailQueue queue) {
        this.adapter = adapter;
        this.appName = appName;
        this.links = links;
        this.queue = queue;
    }

    /** @throws dev.kami.parse.options.OptionsException when the adapter is not known or its options do not make one */
    public static UserMails of(Options options, Log log) {
        Object choice = options.get(EmailOptions.EMAIL_ADAPTER);
        Configured adapter = choice == null ? null : EmailAdapters.open(choice, log);
        return of(adapter, options, log, MailQueue.Limits.STANDARD);
    }

    static UserMails of(Configured adapter, Options options, Log log, MailQueue.Limits limits) {
        MailQueue queue = adapter == null ? null : new MailQueue(log, limits);
        return new UserMails(adapter, options.get(CoreOptions.APP_NAME), MailLinks.of(options), queue);
    }

    /** Whether there is an adapter, a name of the app and a public address: without one of them no mail can go out. */
    public boolean isConfigured() {
        return adapter != null && appName != null && links.publicServerUrl() != null;
    }

    /** @throws ParseException 1 with the text of parse-server when {@link #isConfigured} is false */
    public void requireConfigured() {
        if (!isConfigured()) {
            throw new ParseException(
                    ErrorCode.INTERNAL_SERVER_ERROR,
                    "An appName, publicServerURL, and emailAdapter are required for password reset and email"
                            + " verification functionality.");
        }
    }

    /**
     * Asks the user to confirm the address.
     *
     * @param user with email, username and what templates name
     * @param token {@code _email_verify_token}
     */
    public CompletionStage<Void> sendVerification(ParseObject user, String token) {
        requireConfigured();
        String address = text(user, "email");
        var mail = new UserMail(links.verification(token), appName, user);
        return queue.add("verification", user.objectId(), () -> {
            if (!adapter.adapter().sendVerificationEmail(mail)) {
                adapter.adapter().sendMail(adapter.templates().verification(mail, known(address)));
            }
        });
    }

    /**
     * Leads the user to a new password. Goes to the e-mail address, and for a user without one to the username, which
     * then is one.
     *
     * @param token {@code _perishable_token}
     */
    public CompletionStage<Void> sendPasswordReset(ParseObject user, String token) {
        requireConfigured();
        String email = text(user, "email");
        String address = email == null ? text(user, "username") : email;
        var mail = new UserMail(links.passwordReset(token), appName, user);
        return queue.add("password reset", user.objectId(), () -> {
            if (!adapter.adapter().sendPasswordResetEmail(mail)) {
                adapter.adapter().sendMail(adapter.templates().passwordReset(mail, known(address)));
            }
        });
    }

    /**
     * Any other mail, for Cloud Code. Needs the adapter only.
     *
     * @return fails with an {@link IOException} when the mail could not be sent
     */
    public CompletionStage<Void> send(Mail mail) {
        if (adapter == null) {
            return CompletableFuture.failedFuture(new IOException("no emailAdapter is configured"));
        }
        return queue.add("mail", null, () -> adapter.adapter().sendMail(mail));
    }

    private static String known(String address) throws IOException {
        if (address == null) {
            throw new IOException("the user has no e-mail address");
        }
        return address;
    }

    private static String text(ParseObject user, String field) {
        return user.get(field) instanceof Str(String text) && !text.isEmpty() ? text : null;
    }

    /** Waits a little for mails that are under way. */
    @Override
    public void close() {
        if (adapter != null) {
            queue.close();
            adapter.adapter().close();
        }
    }
}
