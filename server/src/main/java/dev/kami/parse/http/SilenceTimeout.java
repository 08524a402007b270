package dev.kami.parse.http;

import io.helidon.common.socket.SocketOptions;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Socket options that really set a timeout for reads; Helidon 4.1 takes the number and does not use it on a server. */
record SilenceTimeout(SocketOptions others, Duration silence) implements SocketOptions {
    @Override
    public void configureSocket(Socket socket) {
        others.configureSocket(socket);
        try {
            socket.setSoTimeout((int) silence.toMillis());
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Map<SocketOption<?>, Object> socketOptions() {
        return others.socketOptions();
    }

    @Override
    public Duration connectTimeout() {
        return others.connectTimeout();
    }

    @Override
    public Duration readTimeout() {
        return silence;
    }

    @Override
    public Optional<Integer> socketReceiveBufferSize() {
        return others.socketReceiveBufferSize();
    }

    @Override
    public Optional<Integer> socketSendBufferSize() {
        return others.socketSendBufferSize();
    }

    @Override
    public boolean socketReuseAddress() {
        return others.socketReuseAddress();
    }

    @Override
    public boolean socketKeepAlive() {
        return others.socketKeepAlive();
    }

    @Override
    public boolean tcpNoDelay() {
        return others.tcpNoDelay();
    }
}
