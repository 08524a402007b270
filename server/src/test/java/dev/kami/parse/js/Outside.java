package dev.kami.parse.js;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Obj;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server talks to besides its clients, on loopback: a mail server, and a log-in provider. Over HTTP:
 *
 * <pre>
 *   GET  /mails        [{"to": "ann@example.org", "subject": ..., "text": ...}], oldest first
 *   POST /introspect   form token=ticket-of-7 -> {"active": true, "sub": "7"}; other tokens are not active (RFC 7662)
 * </pre>
 */
final class Outside implements AutoCloseable {
    private static final String TICKET = "token=ticket-of-";

    private final GreenMail mailbox = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
    private final HttpServer http;

    Outside() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/mails", exchange -> answer(exchange, mails()));
        http.createContext("/introspect", exchange -> answer(exchange, introspect(exchange)));
        mailbox.start();
        http.start();
    }

    int smtpPort() {
        return mailbox.getSmtp().getPort();
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    private ParseValue mails() throws IOException {
        var mails = new ArrayList<ParseValue>();
        for (MimeMessage mail : mailbox.getReceivedMessages()) {
            try {
                mails.add(Obj.of(
                        "to",
                        ParseValue.of(mail.getAllRecipients()[0].toString()),
                        "subject",
                        ParseValue.of(mail.getSubject()),
                        "text",
                        ParseValue.of(mail.getContent().toString())));
            } catch (MessagingException e) {
                throw new IOException(e);
            }
        }
        return new Array(List.copyOf(mails));
    }

    private static ParseValue introspect(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (!form.startsWith(TICKET)) {
            return Obj.of("active", ParseValue.FALSE);
        }
        String id = URLDecoder.decode(form.substring(TICKET.length()), StandardCharsets.UTF_8);
        return Obj.of("active", ParseValue.TRUE, "sub", ParseValue.of(id));
    }

    private static void answer(HttpExchange exchange, ParseValue value) throws IOException {
        try (exchange) {
            byte[] body = value.toJson().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        http.stop(0);
        mailbox.stop();
    }
}
