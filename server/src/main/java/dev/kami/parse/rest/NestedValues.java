package dev.kami.parse.rest;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.op.FieldOp;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.File;
import dev.kami.parse.value.ParseValue.Obj;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/**
 * What values may hold inside: no keys with {@code $} or {@code .}, which queries would take for operators and paths, and
 * no files at addresses that the option {@code fileUpload.allowedFileUrlDomains} does not allow.
 */
final class NestedValues {
    private final List<String> allowedDomains;
    private final boolean anyDomain;

    /** @param allowedDomains host names, {@code *} for any, {@code *.d} for the subdomains of d */
    NestedValues(List<String> allowedDomains) {
        this.allowedDomains = allowedDomains.stream()
                .map(domain -> domain.toLowerCase(Locale.ROOT))
                .toList();
        this.anyDomain = allowedDomains.contains("*");
    }

    void run(WriteState write) {
        write.ops.values().forEach(this::check);
    }

    private void check(FieldOp op) {
        switch (op) {
            case FieldOp.Set(var value) -> check(value);
            case FieldOp.SetOnInsert(var value) -> check(value);
            case FieldOp.Add(var objects) -> objects.forEach(this::check);
            case FieldOp.AddUnique(var objects) -> objects.forEach(this::check);
            case FieldOp.Remove(var objects) -> objects.forEach(this::check);
            case FieldOp.Delete _, FieldOp.Increment _ -> {}
            case FieldOp.AddRelation _, FieldOp.RemoveRelation _, FieldOp.Batch _ -> {}
        }
    }

    private void check(ParseValue value) {
        switch (value) {
            case Obj object -> {
                object.fields().forEach((key, inner) -> {
                    if (key.indexOf('$') >= 0 || key.indexOf('.') >= 0) {
                        throw new ParseException(
                                ErrorCode.INVALID_NESTED_KEY,
                                "Nested keys should not contain the '$' or '.' characters");
                    }
                    check(inner);
                });
                if ("File".equals(object.text("__type"))) {
                    checkUrl(object.text("url"));
                }
            }
            case Array(var items) -> items.forEach(this::check);
            case File(var _, String url) -> checkUrl(url);
            default -> {}
        }
    }

    private void checkUrl(String url) {
        if (anyDomain || url == null || url.isEmpty()) {
            return;
        }
        String host = host(url);
        for (String domain : allowedDomains) {
            if (host.equals(domain) || domain.startsWith("*.") && host.endsWith(domain.substring(1))) {
                return;
            }
        }
        throw new ParseException(ErrorCode.FILE_SAVE_ERROR, "File URL domain '" + host + "' is not allowed.");
    }

    private static String host(String url) {
        try {
            String host = new URI(url).getHost();
            if (host != null) {
                return host.toLowerCase(Locale.ROOT);
            }
        } catch (URISyntaxException notUrl) {
            // Answered below, together with addresses that have no host.
        }
        throw new ParseException(ErrorCode.FILE_SAVE_ERROR, "Invalid file URL.");
    }
}
