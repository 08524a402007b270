package dev.kami.parse.auth.provider;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.value.ParseValue.Obj;

/** The ways in which providers say no. */
final class Refusals {
    private Refusals() {}

    /** 101: the data is not that of this user, or the provider is not configured for it. */
    static ParseException refused(String text) {
        return new ParseException(ErrorCode.OBJECT_NOT_FOUND, text);
    }

    /** 142: something is missing, or the provider did not answer as it should. */
    static ParseException invalid(String text) {
        return new ParseException(ErrorCode.VALIDATION_ERROR, text);
    }

    /** 1: the server is set up in a way that cannot work. */
    static ParseException unusable(String text) {
        return new ParseException(ErrorCode.INTERNAL_SERVER_ERROR, text);
    }

    /** A text that is there and not empty, else {@code null}: clients may send anything under any key. */
    static String text(Obj authData, String key) {
        String text = authData.text(key);
        return text == null || text.isEmpty() ? null : text;
    }
}
