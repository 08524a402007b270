package dev.kami.parse.email;

import dev.kami.parse.options.OptionsException;
import jakarta.mail.Address;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import java.util.UUID;

/** Sends through a mail server, one connection per mail. Nothing is kept between mails, so any thread may use it. */
final class SmtpAdapter implements EmailAdapter {
    static final String NAME = "smtp";

    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final SmtpSettings settings;
    private final Session session;
    private final InternetAddress from;
    private final InternetAddress replyTo;

    SmtpAdapter(SmtpSettings settings) {
        this.settings = settings;
        this.session = Session.getInstance(properties(settings));
        this.from = sender("from", settings.from());
        this.replyTo = settings.replyTo() == null ? null : sender("replyTo", settings.replyTo());
    }

    private static InternetAddress sender(String option, String text) {
        try {
            return address(text);
        } catch (IOException e) {
            throw new OptionsException(
                    "Option emailAdapter: \"" + option + "\" is not an e-mail address: " + e.getMessage() + ".");
        }
    }

    private static Properties properties(SmtpSettings settings) {
        var properties = new Properties();
        properties.put("mail.smtp.auth", Boolean.toString(settings.user() != null));
        properties.put(
                "mail.smtp.connectiontimeout", Long.toString(settings.connect().toMillis()));
        properties.put("mail.smtp.timeout", Long.toString(settings.answer().toMillis()));
        properties.put("mail.smtp.writetimeout", Long.toString(settings.answer().toMillis()));
        properties.put("mail.smtp.ssl.checkserveridentity", Boolean.toString(!settings.anyCertificate()));
        if (settings.anyCertificate()) {
            properties.put("mail.smtp.ssl.trust", "*");
        }
        if (settings.helloName() != null) {
            properties.put("mail.smtp.localhost", settings.helloName());
        }
        switch (settings.security()) {
            case TLS -> properties.put("mail.smtp.ssl.enable", "true");
            case STARTTLS -> {
                properties.put("mail.smtp.starttls.enable", "true");
                properties.put("mail.smtp.starttls.required", "true");
            }
            case STARTTLS_IF_OFFERED -> properties.put("mail.smtp.starttls.enable", "true");
            case NONE -> properties.put("mail.smtp.starttls.enable", "false");
        }
        return properties;
    }

    @Override
    public void sendMail(Mail mail) throws IOException {
        try {
            MimeMessage message = message(mail);
            try (Transport transport = session.getTransport("smtp")) {
                transport.connect(settings.host(), settings.port(), settings.user(), settings.password());
                transport.sendMessage(message, message.getAllRecipients());
            }
        } catch (MessagingException e) {
            throw new IOException(settings.host() + ":" + settings.port() + ": " + reason(e));
        }
    }

    /** The texts of all causes: the outer one often says only that sending failed. */
    private static String reason(MessagingException failure) {
        List<String> texts = new ArrayList<>();
        for (Throwable cause = failure; cause != null && texts.size() < 4; cause = cause.getCause()) {
            String text = String.valueOf(cause.getMessage()).strip().replaceAll("\\s+", " ");
            if (!texts.contains(text)) {
                texts.add(text);
            }
        }
        return String.join("; ", texts);
    }

    private MimeMessage message(Mail mail) throws MessagingException, IOException {
        InternetAddress sender = mail.from() == null ? from : address(mail.from());
        var message = new Message(session, sender);
        message.setFrom(sender);
        if (replyTo != null) {
            message.setReplyTo(new Address[] {replyTo});
        }
        for (String to : mail.to()) {
            message.addRecipient(RecipientType.TO, address(to));
        }
        message.setSubject(oneLine(mail.subject()), UTF_8);
        message.setSentDate(new Date());
        message.setHeader("Auto-Submitted", "auto-generated"); // holiday notices shall not answer
        if (mail.html() == null) {
            message.setText(mail.text() == null ? "" : mail.text(), UTF_8);
        } else {
            message.setContent(parts(mail));
        }
        message.saveChanges();
        return message;
    }

    /** The plain text stands first: of alternatives, a mail program shows the last one it can. */
    private static MimeMultipart parts(Mail mail) throws MessagingException {
        var parts = new MimeMultipart("alternative");
        if (mail.text() != null) {
            var plain = new MimeBodyPart();
            plain.setText(mail.text(), UTF_8);
            parts.addBodyPart(plain);
        }
        var html = new MimeBodyPart();
        html.setText(mail.html(), UTF_8, "html");
        parts.addBodyPart(html);
        return parts;
    }

    /** One address. More than one in a text is refused: a user's e-mail must not name somebody else as well. */
    private static InternetAddress address(String text) throws IOException {
        try {
            InternetAddress[] all = InternetAddress.parse(oneLine(text), true);
            if (all.length != 1 || all[0].isGroup()) {
                throw new IOException("one e-mail address expected, got " + all.length);
            }
            all[0].validate();
            if (all[0].getPersonal() != null) {
                all[0].setPersonal(all[0].getPersonal(), UTF_8); // encodes a name that is not ASCII
            }
            return all[0];
        } catch (AddressException e) {
            throw new IOException("not an e-mail address: " + e.getMessage());
        }
    }

    /** Headers end at a line break, so a text with one would begin another header. */
    private static String oneLine(String text) {
        return text == null ? "" : text.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    /** Its Message-ID tells nothing about this computer: the library would put user and host name there. */
    private static final class Message extends MimeMessage {
        private final InternetAddress sender;

        Message(Session session, InternetAddress sender) {
            super(session);
            this.sender = sender;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            String address = sender.getAddress();
            setHeader("Message-ID", "<" + UUID.randomUUID() + address.substring(address.lastIndexOf('@')) + ">");
        }
    }
}
