package dev.kami.parse.http;

import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.media.MediaContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;

/**
 * An open port with an edge behind it. Accepts what Node accepts: raw {@code {"|} in a query, addresses of 64 KB.
 *
 * <p>No thread can be held for ever: a connection that says nothing for {@link Limits#silence} is closed, and so is a
 * request that takes longer than {@link Limits#request} to arrive and be answered.
 */
public final class HttpServer implements AutoCloseable {
    private static final int MOST_HEADER_BYTES = 64 * 1024;

    /**
     * @param silence longest pause between two bytes of a client
     * @param request longest life of one request, and of a connection between two
     * @param grace how long running requests may go on after {@link #close}; a quarter of it is for clients that have
     *     yet to send theirs whole or to fetch the answer
     */
    public record Limits(Duration silence, Duration request, Duration grace) {
        public static final Limits STANDARD =
                new Limits(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofSeconds(20));
    }

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final WebServer server;
    private final OpenConnections connections;
    private final Duration forClients;

    private HttpServer(WebServer server, OpenConnections connections, Duration forClients) {
        this.server = server;
        this.connections = connections;
        this.forClients = forClients;
    }

    /**
     * @param host address to listen on
     * @param port 0 for a free one
     * @throws PortUnavailable when the port is in use or may not be opened
     */
    public static HttpServer open(String host, int port, HttpEdge edge, Limits limits) {
        tryPort(host, port);
        var encodings = ContentEncodingContext.builder()
                .contentEncodingsDiscoverServices(false)
                .addContentEncoding(new OwnDecoding())
                .build();
        var media = MediaContext.builder()
                .mediaSupportsDiscoverServices(false)
                .registerDefaults(false) // the edge reads and writes bytes
                .build();
        var http = Http1Config.builder()
                .maxPrologueLength(MOST_HEADER_BYTES)
                .maxHeadersSize(MOST_HEADER_BYTES)
                .validatePath(false)
                .validatePrologue(false)
                .build();
        var connections = new OpenConnections(http, limits.silence);
        WebServer server = WebServer.builder()
                .host(host)
                .port(port)
                .shutdownHook(false)
                .shutdownGracePeriod(limits.grace)
                .connectionOptions(connections.socketOptions())
                .idleConnectionTimeout(limits.request)
                .idleConnectionPeriod(quarter(limits.request))
                .contentEncoding(encodings)
                .mediaContext(media)
                .protocolsDiscoverServices(false)
                .addConnectionSelector(connections)
                .routing(routing -> routing.any(edge))
                .build();
        try {
            return new HttpServer(server.start(), connections, quarter(limits.grace));
        } catch (RuntimeException e) {
            throw new PortUnavailable(host, port, e);
        }
    }

    /** {@code Duration.dividedBy} brings BigDecimal and its tables, which cost 10 ms of a start. */
    private static Duration quarter(Duration time) {
        return Duration.ofNanos(time.toNanos() / 4);
    }

    /** Helidon logs a port that is in use as a defect, with stack traces; asking first avoids that. */
    private static void tryPort(String host, int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new PortUnavailable(host, port, e);
        }
    }

    /** Puts the edge on somebody's server, for its mount path and all below. */
    public static void mountOn(HttpRouting.Builder routing, String mountPath, HttpEdge edge) {
        if (mountPath.isEmpty()) {
            routing.any(edge);
        } else {
            routing.any(mountPath, edge).any(mountPath + "/*", edge);
        }
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /** Accepts no more, lets running requests finish within the grace, and closes all connections. */
    @Override
    public void close() {
        Thread stop = Thread.ofVirtual().name("stop-http").start(server::stop);
        long start = System.nanoTime();
        boolean interrupted = false;
        while (stop.isAlive()) {
            connections.endWaiting();
            if (System.nanoTime() - start > forClients.toNanos()) {
                connections.endIdle();
            }
            try {
                stop.join(BETWEEN_LOOKS);
            } catch (InterruptedException _) {
                interrupted = true; // what runs is finished all the same, within the grace
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
