package dev.kami.parse.page;

import dev.kami.parse.value.UriText;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The headers of pages.
 *
 * <p>Addresses of pages hold tokens. So no page may be stored, none tells its address to the site a link leads to, and none
 * can be put into a frame, except into the page of {@code customPages.parseFrameURL}, which is made for that.
 *
 * <p>Our own pages hold one style and no script, and are bound to that by a content security policy. Pages of the app's
 * owner may hold what they like.
 */
final class PageHeaders {
    private static final String PREFIX = "x-parse-page-param-";
    private static final int LAST_ASCII = 0x7E;
    private static final int DELETE = 0x7F;

    private final boolean encode;
    private final Map<String, String> own;
    private final Map<String, String> foreign;

    /**
     * @param encode option {@code pages.encodePageParamHeaders}
     * @param frame option {@code customPages.parseFrameURL} or {@code null}
     * @param style the style of our own pages, byte for byte
     * @param formTargets addresses that our forms lead to, directly or by a redirect
     */
    PageHeaders(boolean encode, String frame, String style, Set<String> formTargets) {
        this.encode = encode;
        String frameOrigin = frame == null ? null : origin(frame);
        String ancestors = "frame-ancestors " + (frameOrigin == null ? "'none'" : frameOrigin);
        var targets = new LinkedHashSet<String>();
        targets.add("'self'");
        formTargets.stream()
                .map(PageHeaders::origin)
                .filter(target -> target != null)
                .forEach(targets::add);
        own = headers(
                "default-src 'none'; style-src 'sha256-" + sha256(style) + "'; form-action " + String.join(" ", targets)
                        + "; base-uri 'none'; " + ancestors,
                frameOrigin == null);
        foreign = headers(ancestors, frameOrigin == null);
    }

    private static Map<String, String> headers(String policy, boolean unframed) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Security-Policy", policy);
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cache-Control", "no-store");
        if (unframed) {
            headers.put("X-Frame-Options", "DENY");
        }
        return headers;
    }

    /** For an HTML page, a redirect and everything that is said about a token. */
    Map<String, String> page(boolean ours) {
        return ours ? own : foreign;
    }

    /** For the other files of the pages' folder: pictures, styles. */
    Map<String, String> asset() {
        return Map.of(
                "X-Content-Type-Options", "nosniff", "Referrer-Policy", "no-referrer", "Cache-Control", "max-age=300");
    }

    /**
     * The parameters of a page for programs: {@code x-parse-page-param-appname: My App}. Control characters are left out,
     * so no value begins another header. A value that is not ASCII is URI-encoded also without the option: parse-server
     * sends letters up to U+00FF as they are and fails for all others, Helidon writes a question mark for both.
     */
    Map<String, String> params(Map<String, String> params) {
        var headers = new LinkedHashMap<String, String>();
        params.forEach((name, value) -> headers.put(PREFIX + name.toLowerCase(Locale.ROOT), value(value)));
        return headers;
    }

    private String value(String text) {
        String printable = withoutControls(text);
        return encode || printable.chars().anyMatch(c -> c > LAST_ASCII)
                ? UriText.component(encode ? text : printable)
                : printable;
    }

    static String withoutControls(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c != DELETE)
                ? text
                : text.chars()
                        .filter(c -> c >= ' ' && c != DELETE)
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining());
    }

    /** {@code https://example.com:8443}, or {@code scheme:} where there is no host; {@code null} for what is no address. */
    private static String origin(String address) {
        try {
            URI uri = new URI(address);
            if (uri.getScheme() == null) {
                return null;
            }
            return uri.getRawAuthority() == null
                            || !uri.getScheme().toLowerCase(Locale.ROOT).startsWith("http")
                    ? uri.getScheme() + ":"
                    : uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
        } catch (URISyntaxException _) {
            return null; // then it is no place a browser would go to
        }
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
