package dev.kami.parse.options;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The option {@code idempotencyOptions}.
 *
 * @param paths regular expressions that the beginning of a path below the mount path must match, with or
 *     without the slash in front ({@code functions/.*}); {@code .*} covers all
 * @param ttl how long a request id is remembered
 */
public record IdempotencyOptions(List<Pattern> paths, Duration ttl) {
    public static IdempotencyOptions of(Options options) {
        List<String> paths = options.get(RequestOptions.IDEMPOTENCY_OPTIONS_PATHS);
        double seconds = options.get(RequestOptions.IDEMPOTENCY_OPTIONS_TTL);
        return new IdempotencyOptions(
                paths.stream().map(IdempotencyOptions::compile).toList(),
                Duration.ofMillis(Math.round(seconds * 1000)));
    }

    private static Pattern compile(String path) {
        try {
            return Pattern.compile(bare(path));
        } catch (PatternSyntaxException e) {
            throw new OptionsException(
                    "Option idempotencyOptions.paths contains an invalid pattern: \"" + path + "\".");
        }
    }

    /** Whether requests to this path are de-duplicated. */
    public boolean covers(String path) {
        if (paths.isEmpty()) {
            return false;
        }
        String bare = bare(path);
        return paths.stream().anyMatch(pattern -> pattern.matcher(bare).lookingAt());
    }

    private static String bare(String path) {
        return path.startsWith("/") ? path.substring(1) : path;
    }
}
