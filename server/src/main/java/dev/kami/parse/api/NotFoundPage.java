package dev.kami.parse.api;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The page for a path that has no route: {@code Cannot GET /parse/x}, as clients of the genuine server see it. */
public final class NotFoundPage {
    private NotFoundPage() {}

    /** @param path as sent; shown escaped, so that nothing in it acts in a browser */
    public static ApiResponse response(String method, String path) {
        String page = """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <title>Error</title>
                </head>
                <body>
                <pre>Cannot %s %s</pre>
                </body>
                </html>
                """.formatted(escaped(method), escaped(path));
        return new ApiResponse(
                404,
                Map.of("Content-Security-Policy", "default-src 'none'", "X-Content-Type-Options", "nosniff"),
                new ApiResponse.Body.Raw("text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8)));
    }

    private static String escaped(String text) {
        var out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }
}
