package dev.kami.parse.page;

import dev.kami.parse.value.UriText;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Builds the addresses of redirects. */
final class Redirects {
    private static final int DELETE = 0x7F;

    private Redirects() {}

    /** Sets parameters as JavaScript's {@code URL} does: those of the same name are replaced, the fragment stays behind. */
    static String withParams(String address, Map<String, String> params) {
        int hash = address.indexOf('#');
        String fragment = hash < 0 ? "" : address.substring(hash);
        String rest = hash < 0 ? address : address.substring(0, hash);
        int mark = rest.indexOf('?');
        List<String> pairs = new ArrayList<>();
        if (mark >= 0) {
            for (String pair : rest.substring(mark + 1).split("&")) {
                if (!pair.isEmpty() && !params.containsKey(name(pair))) {
                    pairs.add(pair);
                }
            }
            rest = rest.substring(0, mark);
        }
        params.forEach((name, value) -> pairs.add(UriText.formValue(name) + "=" + UriText.formValue(value)));
        return ascii(rest + (pairs.isEmpty() ? "" : "?" + String.join("&", pairs)) + fragment);
    }

    /** An address as a header can hold it: what somebody wrote into an option may have blanks and umlauts. */
    static String ascii(String address) {
        var out = new StringBuilder(address.length());
        for (byte b : address.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b < DELETE) {
                out.append((char) b);
            } else {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return out.toString();
    }

    private static String name(String pair) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return name; // a stray percent sign names nothing of ours
        }
    }

    /** As Node's {@code querystring} writes it; parameters that are {@code null} are left out. */
    static String query(String... namesAndValues) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1] != null) {
                pairs.add(namesAndValues[i] + "=" + UriText.component(namesAndValues[i + 1]));
            }
        }
        return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
    }
}
