package dev.kami.parse.email;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A mail server that speaks just enough SMTP to be asked for STARTTLS, which GreenMail is not. Remembers every line it
 * got, those under TLS with a mark. Can also be a server that accepts connections and then says nothing.
 */
final class StartTlsServer implements AutoCloseable {
    static final String UNDER_TLS = "[TLS] ";

    enum Kind {
        OFFERS_STARTTLS,
        PLAIN,
        SILENT
    }

    private final Kind kind;
    private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<Socket> clients = new CopyOnWriteArrayList<>();

    StartTlsServer(Kind kind) throws IOException {
        this.kind = kind;
        Thread.ofVirtual().name("starttls-server").start(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    List<String> lines() {
        return lines;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                clients.add(client);
                if (kind != Kind.SILENT) {
                    Thread.ofVirtual().name("starttls-client").start(() -> serve(client));
                }
            }
        } catch (IOException _) {
            // closed: the test is over
        }
    }

    private void serve(Socket plain) {
        try (plain) {
            Socket now = plain;
            String mark = "";
            var in = reader(now);
            OutputStream out = now.getOutputStream();
            say(out, "220 test server");
            boolean data = false;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(mark + line);
                if (data) {
                    data = !line.equals(".");
                    if (!data) {
                        say(out, "250 taken");
                    }
                    continue;
                }
                switch (line.split(" ", 2)[0].toUpperCase(Locale.ROOT)) {
                    case "EHLO" ->
                        say(
                                out,
                                kind == Kind.OFFERS_STARTTLS && mark.isEmpty()
                                        ? "250-test\r\n250-AUTH PLAIN\r\n250 STARTTLS"
                                        : "250-test\r\n250 AUTH PLAIN");
                    case "STARTTLS" -> {
                        say(out, "220 go on");
                        now = secured(plain);
                        in = reader(now);
                        out = now.getOutputStream();
                        mark = UNDER_TLS;
                    }
                    case "AUTH" -> say(out, "235 welcome");
                    case "DATA" -> {
                        data = true;
                        say(out, "354 go on");
                    }
                    case "QUIT" -> {
                        say(out, "221 bye");
                        return;
                    }
                    default -> say(out, "250 fine");
                }
            }
        } catch (IOException _) {
            // the client went away, which is what some tests are about
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** With the certificate that GreenMail brings, which nobody trusts. */
    private static SSLSocket secured(Socket plain) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (var file = StartTlsServer.class.getResourceAsStream("/greenmail.p12")) {
            store.load(file, "changeit".toCharArray());
        }
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, "changeit".toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        var secured = (SSLSocket) context.getSocketFactory().createSocket(plain, null, plain.getPort(), true);
        secured.setUseClientMode(false);
        return secured;
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket client : clients) {
            client.close();
        }
    }
}
