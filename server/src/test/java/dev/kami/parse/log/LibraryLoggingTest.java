package dev.kami.parse.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class LibraryLoggingTest {
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private final LibraryLogging provider = new LibraryLogging(new PrintStream(console, true, StandardCharsets.UTF_8));

    @Test
    void warningsAndErrorsOfLibrariesReachTheConsole() {
        Logger logger = provider.getLoggerFactory().getLogger("lib.Pool");
        logger.info("chatter");
        logger.warn("{} of {} used", 3, 4);
        logger.error("lost", new IllegalStateException("gone"));
        logger.atWarn().setMessage("fluent {}").addArgument(1).log();
        assertThat(console.toString(StandardCharsets.UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("warn: 3 of 4 used {\"logger\":\"lib.Pool\"}"),
                        line -> assertThat(line).startsWith("error: lost {").contains("IllegalStateException: gone"),
                        line -> assertThat(line).startsWith("warn: fluent 1 {"));
    }

    @Test
    void clientsThatHangUpAreNoNews() {
        provider.getLoggerFactory()
                .getLogger("io.helidon.webserver.http1.Http1Connection")
                .warn("Internal server error", new IllegalStateException(new SocketException("Connection reset")));
        assertThat(console.size()).isZero();
    }

    @Test
    void aLoggerIsMadeOncePerName() {
        var factory = provider.getLoggerFactory();
        assertThat(factory.getLogger("a")).isSameAs(factory.getLogger("a"));
    }
}
