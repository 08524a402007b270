package dev.kami.parse.http;

import dev.kami.parse.error.ParseException;
import io.helidon.http.BadRequestException;
import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * Reads a whole body into memory, decoded, and never more of it than option {@code maxUploadSize} allows: what counts are
 * the decoded bytes, so a small gzip that unpacks to gigabytes ends at the limit. The array grows with what arrives; a
 * length that is only claimed costs nothing.
 */
final class BodyReader {
    private static final byte[] NOTHING = {};
    private static final int FIRST_CHUNK = 8 * 1024;

    private final long maxBytes;

    BodyReader(long maxBytes) {
        this.maxBytes = Math.min(maxBytes, Integer.MAX_VALUE - 16);
    }

    /**
     * @throws ParseException 413 for too many bytes, 415 for an unknown coding, 400 for one that is broken
     * @throws CloseConnectionException when the client stops sending
     */
    byte[] read(ServerRequest request) {
        if (!request.content().hasEntity()) {
            return NOTHING;
        }
        ServerRequestHeaders headers = request.headers();
        long announced = headers.contains(HeaderNames.CONTENT_LENGTH)
                ? Long.parseLong(headers.get(HeaderNames.CONTENT_LENGTH).get())
                : -1;
        if (announced > maxBytes && headers.contains(HeaderNames.EXPECT)) {
            throw tooLarge(); // the client waits for a word before it sends
        }
        InputStream network = request.content().inputStream();
        try {
            String coding = headers.contains(HeaderNames.CONTENT_ENCODING)
                    ? headers.get(HeaderNames.CONTENT_ENCODING).get().toLowerCase(Locale.ROOT)
                    : "identity";
            byte[] body = announced > maxBytes
                    ? null
                    : bounded(decoded(network, coding), (int)
                            Math.min(announced < 0 ? FIRST_CHUNK : announced, 64 * 1024));
            if (body == null) {
                discard(network);
                throw tooLarge();
            }
            return body;
        } catch (ParseException | RequestException | BadRequestException | CloseConnectionException e) {
            throw e;
        } catch (ZipException | EOFException e) {
            throw ParseException.withStatus(400, e.getMessage() == null ? "unexpected end of file" : e.getMessage());
        } catch (IOException | RuntimeException e) {
            throw new CloseConnectionException("the body ended early", e);
        }
    }

    private static InputStream decoded(InputStream network, String coding) throws IOException {
        return switch (coding) {
            case "identity" -> network;
            case "gzip", "x-gzip" -> {
                var peekable = new BufferedInputStream(network);
                peekable.mark(2);
                boolean packed = peekable.read() == 0x1f && peekable.read() == 0x8b;
                peekable.reset();
                // Mounted on somebody's server, that server may have unpacked the body before.
                yield packed ? new GZIPInputStream(peekable, FIRST_CHUNK) : peekable;
            }
            case "deflate" -> new InflaterInputStream(network);
            default -> throw ParseException.withStatus(415, "unsupported content encoding \"" + coding + "\"");
        };
    }

    /** All bytes, or {@code null} when there are more than the limit. */
    private byte[] bounded(InputStream in, int sizeAtFirst) throws IOException {
        var bytes = new byte[Math.max(sizeAtFirst, 1)];
        int size = 0;
        while (true) {
            if (size == bytes.length) {
                int next = in.read();
                if (next < 0) {
                    return bytes;
                }
                if (size >= maxBytes) {
                    return null;
                }
                bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(bytes.length * 2L, FIRST_CHUNK), maxBytes));
                bytes[size++] = (byte) next;
            }
            int count = size == bytes.length ? 0 : in.read(bytes, size, bytes.length - size);
            if (count < 0) {
                return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
            }
            size += count;
        }
    }

    /** Takes in as much again, so that a client that is still sending sees the answer and not a broken connection. */
    private void discard(InputStream network) throws IOException {
        var bin = new byte[FIRST_CHUNK];
        long left = maxBytes;
        int count = 0;
        while (left > 0 && count >= 0) {
            count = network.read(bin);
            left -= count;
        }
    }

    private static ParseException tooLarge() {
        return ParseException.withStatus(413, "request entity too large");
    }
}
