package dev.kami.parse.value;

/** Text that is not JSON, or JSON beyond the limits of {@link JsonReader}. The message may be sent to the client. */
public final class MalformedJson extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean limit;

    MalformedJson(String message) {
        this(message, false);
    }

    private MalformedJson(String message, boolean limit) {
        super(message, null, false, false);
        this.limit = limit;
    }

    static MalformedJson limit(String message) {
        return new MalformedJson(message, true);
    }

    /** True for correct JSON that this server does not take: too deep, too long, or not storable. */
    public boolean isLimit() {
        return limit;
    }
}
