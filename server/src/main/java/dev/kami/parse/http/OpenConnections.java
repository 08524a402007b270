package dev.kami.parse.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All connections of one server: gives each socket its timeout, makes each connection a {@link WatchedConnection}, and
 * ends those that only wait when the server stops. Helidon 4.1 does none of the three for a socket with a timeout.
 */
final class OpenConnections implements ServerConnectionSelector {
    /** Beyond so many silent sockets the closed ones among them are swept out. */
    private static final int SWEEP = 1000;

    private final ServerConnectionSelector http1;
    private final Duration silence;
    private final Set<WatchedConnection> connections = ConcurrentHashMap.newKeySet();
    /** Sockets that have not sent a byte yet, by the address of the client. */
    private final Map<SocketAddress, Socket> silent = new ConcurrentHashMap<>();

    OpenConnections(Http1Config config, Duration silence) {
        this.http1 = Http1ConnectionSelector.builder().config(config).build();
        this.silence = silence;
    }

    SocketOptions socketOptions() {
        return new AcceptedSockets(SocketOptions.create(), this::accepted);
    }

    private void accepted(Socket socket) {
        try {
            socket.setSoTimeout((int) silence.toMillis());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (silent.size() > SWEEP) {
            silent.values().removeIf(Socket::isClosed);
        }
        SocketAddress client = socket.getRemoteSocketAddress();
        if (client != null) {
            silent.put(client, socket);
        }
    }

    /** Ends the connections that wait for their client's next request. Those that work on one are left alone. */
    void endWaiting() {
        connections.forEach(WatchedConnection::endIfWaiting);
        silent.values().removeIf(socket -> {
            try {
                socket.close();
            } catch (IOException e) {
                // as good as closed
            }
            return true;
        });
    }

    /** Ends all connections but those whose handler works: what they wait for is their client. */
    void endIdle() {
        connections.forEach(connection -> connection.close(false));
    }

    @Override
    public int bytesToIdentifyConnection() {
        return http1.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return http1.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http1.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        silent.remove(context.remotePeer().address());
        var connection = new WatchedConnection(http1.connection(context), connections::remove);
        connections.add(connection);
        return connection;
    }
}
