package dev.kami.parse.api;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.log.Log;
import dev.kami.parse.log.LogLevel;
import dev.kami.parse.value.JsonWriter;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.LinkedHashMap;
import java.util.Map;

/** Turns what was thrown into an answer. Client mistakes are logged briefly, defects with their stack. */
final class Errors {
    private static final String DENIED = "Permission denied";

    private final Log log;
    private final boolean sanitize;

    /** @param sanitize option {@code enableSanitizedErrorResponse}: texts that tell what exists go to the log only */
    public Errors(Log log, boolean sanitize) {
        this.log = log;
        this.sanitize = sanitize;
    }

    public ApiResponse response(ParseException e) {
        String text = textFor(e);
        ErrorCode code = e.code();
        return ApiResponse.json(e.httpStatus(), out -> {
            out.startObject();
            if (code != null) {
                out.name("code").number(code.number());
            }
            out.name("error").string(text).endObject();
        });
    }

    /** 500 {@code {"code":1,"message":"Internal server error."}}; the cause goes to the log. */
    public ApiResponse response(Throwable defect) {
        log.error("Uncaught internal server error.", defect);
        return ApiResponse.json(500, Errors::internal);
    }

    static void internal(JsonWriter out) {
        out.startObject()
                .name("code")
                .number(ErrorCode.INTERNAL_SERVER_ERROR.number())
                .name("message")
                .string("Internal server error.")
                .endObject();
    }

    /** {@code {"code":n,"error":"text"}} as it stands in the list of a batch. */
    Obj entry(ParseException e) {
        var entry = new LinkedHashMap<String, ParseValue>();
        if (e.code() != null) {
            entry.put("code", ParseValue.of(e.code().number()));
        }
        entry.put("error", ParseValue.of(textFor(e)));
        return new Obj(entry);
    }

    Obj entry(Throwable defect) {
        log.error("Uncaught internal server error.", defect);
        return Obj.of(
                "code",
                ParseValue.of(ErrorCode.INTERNAL_SERVER_ERROR.number()),
                "error",
                ParseValue.of("Internal server error."));
    }

    private String textFor(ParseException e) {
        String text = e.getMessage();
        if (sanitize && e.sanitizable()) {
            log.warn("Sanitized error: " + text, meta(e));
            return DENIED;
        }
        if (e.code() == ErrorCode.INTERNAL_SERVER_ERROR) {
            log.error("Parse error: " + text, meta(e));
        } else if (log.isEnabled(LogLevel.VERBOSE)) {
            log.verbose("Parse error: " + text, meta(e));
        }
        return text;
    }

    private static Map<String, ?> meta(ParseException e) {
        return e.code() == null ? Map.of() : Map.of("code", e.code().number());
    }
}
