package dev.kami.parse.value;

/** Text that is not JSON, or JSON beyond the limits of {@link JsonReader}. The message may be sent to the client. */
public final class MalformedJson extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedJson(String message) {
        super(message, null, false, false);
    }
}
