package dev.kami.parse.storage.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** A way to the database that can be cut, or fall silent, and be mended. */
public final class ShakyConnection implements AutoCloseable {
    private final InetSocketAddress target;
    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    /** Held while nothing goes through. */
    private final Semaphore flow = new Semaphore(1);

    private volatile boolean isCut;

    private ShakyConnection(InetSocketAddress target) throws IOException {
        this.target = target;
        Thread.ofVirtual().start(this::accept);
    }

    /** To the server that this address names. */
    public static ShakyConnection to(String databaseUri) throws IOException {
        URI uri = URI.create(databaseUri);
        return new ShakyConnection(new InetSocketAddress(uri.getHost(), uri.getPort()));
    }

    /** The address that leads through here. */
    public String uri(String databaseUri) {
        return databaseUri.replaceFirst("@[^/]+/", "@127.0.0.1:" + door.getLocalPort() + "/");
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                if (isCut) {
                    client.close();
                    continue;
                }
                var server = new Socket(target.getAddress(), target.getPort());
                open.add(client);
                open.add(server);
                pump(client, server);
                pump(server, client);
            } catch (IOException e) {
                // The door was closed, or somebody on one of its sides.
            }
        }
    }

    private void pump(Socket from, Socket to) {
        Thread.ofVirtual().start(() -> {
            var buffer = new byte[8192];
            try (InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    flow.acquireUninterruptibly();
                    flow.release();
                    out.write(buffer, 0, count);
                }
            } catch (IOException e) {
                // One side has hung up; the other one does it, too.
            }
        });
    }

    /** As if the server had been stopped: who is connected is thrown out, who comes is not let in. */
    public void cut() throws IOException {
        isCut = true;
        for (Socket socket : open) {
            socket.close();
        }
        open.clear();
    }

    public void mend() {
        isCut = false;
    }

    /** As if the network had been unplugged: nothing comes through, and nobody says so. */
    void fallSilent() {
        flow.acquireUninterruptibly();
    }

    void speakAgain() {
        flow.release();
    }

    @Override
    public void close() throws IOException {
        door.close();
        cut();
    }
}
