package dev.kami.parse.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.webserver.CloseConnectionException;

/**
 * Refuses requests whose end two readers could see at different places: several Content-Lengths, a Content-Length beside
 * Transfer-Encoding, one that is not digits, a transfer coding other than {@code chunked}. Helidon 4.1 would answer them
 * and take the rest of the body for the next request, which lets a client smuggle requests past a proxy. The connection is
 * closed without an answer, because an answer would leave the rest in the pipe.
 */
final class AmbiguousLength {
    private AmbiguousLength() {}

    static void refuse(Headers headers) {
        boolean coded = headers.contains(HeaderNames.TRANSFER_ENCODING);
        if (coded && !headers.contains(HeaderValues.TRANSFER_ENCODING_CHUNKED)) {
            throw new CloseConnectionException("Transfer-Encoding is not chunked");
        }
        if (!headers.contains(HeaderNames.CONTENT_LENGTH)) {
            return;
        }
        Header length = headers.get(HeaderNames.CONTENT_LENGTH);
        if (coded || length.valueCount() > 1 || !isNumber(length.get())) {
            throw new CloseConnectionException("the length of the body is ambiguous");
        }
    }

    private static boolean isNumber(String text) {
        if (text.isEmpty() || text.length() > 18) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
