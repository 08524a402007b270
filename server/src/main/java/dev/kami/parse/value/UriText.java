package dev.kami.parse.value;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Text inside addresses, as JavaScript writes it there. */
public final class UriText {
    private UriText() {}

    /** As {@code encodeURIComponent}: everything but letters, digits and {@code - _ . ! ~ * ' ( )} is UTF-8 in percents. */
    public static String component(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isPlain(text.charAt(i))) {
                return URLEncoder.encode(text, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("%21", "!")
                        .replace("%7E", "~")
                        .replace("%27", "'")
                        .replace("%28", "(")
                        .replace("%29", ")");
            }
        }
        return text;
    }

    /** As {@code URLSearchParams}: a blank is {@code +}, and only letters, digits and {@code * - . _} stand for themselves. */
    public static String formValue(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static boolean isPlain(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-_.!~*'()".indexOf(c) >= 0;
    }
}
