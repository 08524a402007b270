package dev.kami.parse.value;

/** Text that is not JSON, or JSON beyond the limits of {@link JsonReader}. The message may be sent to the client. */
public final class MalformedJson extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean limit;
    private final String place;

    MalformedJson(String message) {
        this(message, null);
    }

    /** @param place {@code null} when the fault is that the text ends */
    MalformedJson(String message, String place) {
        this(message, place, false);
    }

    private MalformedJson(String message, String place, boolean limit) {
        super(message, null, false, false);
        this.place = place;
        this.limit = limit;
    }

    static MalformedJson limit(String message) {
        return new MalformedJson(message, null, true);
    }

    /** What is wrong, without a word of the text itself, which may hold secrets. */
    public String withoutContent() {
        if (limit) {
            return "it exceeds a limit";
        }
        return place == null ? "it ends too early" : "fault at " + place;
    }

    /** True for correct JSON that this server does not take: too deep, too long, or not storable. */
    public boolean isLimit() {
        return limit;
    }
}
