package dev.kami.parse.http;

import io.helidon.http.encoding.ContentDecoder;
import io.helidon.http.encoding.ContentEncoder;
import io.helidon.http.encoding.ContentEncoding;
import java.io.InputStream;
import java.util.Set;

/**
 * Tells Helidon that every content coding is fine and needs no work: bodies arrive as they were sent, and
 * {@link BodyReader} decodes and counts them. Answers are never encoded by Helidon.
 */
final class OwnDecoding implements ContentEncoding {
    @Override
    public Set<String> ids() {
        return Set.of("gzip", "x-gzip", "deflate", "br", "zstd", "compress", "identity");
    }

    @Override
    public boolean supportsEncoding() {
        return false;
    }

    @Override
    public boolean supportsDecoding() {
        return true;
    }

    @Override
    public ContentDecoder decoder() {
        return (InputStream network) -> network;
    }

    @Override
    public ContentEncoder encoder() {
        return ContentEncoder.NO_OP;
    }

    @Override
    public String name() {
        return "undecoded";
    }

    @Override
    public String type() {
        return "undecoded";
    }
}
