package dev.kami.parse.auth.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Signs requests by OAuth 1.0a with HMAC-SHA1 (RFC 5849 section 3.4). */
final class OAuth1 {
    private OAuth1() {}

    /**
     * The header {@code Authorization}.
     *
     * @param url without query
     * @param parameters of query and form body
     * @param token the user's token, with its secret; the secret may be empty
     * @param nonce never used twice within a second
     */
    static String header(
            String method,
            String url,
            Map<String, String> parameters,
            String consumerKey,
            String consumerSecret,
            String token,
            String tokenSecret,
            String nonce,
            long epochSeconds) {
        var oauth = new TreeMap<String, String>();
        oauth.put("oauth_consumer_key", consumerKey);
        oauth.put("oauth_nonce", nonce);
        oauth.put("oauth_signature_method", "HMAC-SHA1");
        oauth.put("oauth_timestamp", Long.toString(epochSeconds));
        oauth.put("oauth_token", token);
        oauth.put("oauth_version", "1.0");

        var signed = new TreeMap<String, String>();
        oauth.forEach((name, value) -> signed.put(encode(name), encode(value)));
        parameters.forEach((name, value) -> signed.put(encode(name), encode(value)));
        String list = signed.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("&"));
        String base = method + "&" + encode(url) + "&" + encode(list);
        String key = encode(consumerSecret) + "&" + encode(tokenSecret);
        oauth.put(
                "oauth_signature",
                Base64.getEncoder().encodeToString(Hmac.of("HmacSHA1", key.getBytes(UTF_8), base.getBytes(UTF_8))));
        return "OAuth "
                + oauth.entrySet().stream()
                        .map(entry -> entry.getKey() + "=\"" + encode(entry.getValue()) + "\"")
                        .collect(Collectors.joining(", "));
    }

    /** Percent encoding of RFC 3986: all but letters, digits and {@code -._~}. */
    static String encode(String text) {
        return ProviderHttp.encode(text).replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
    }
}
