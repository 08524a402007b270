package dev.kami.parse.options;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sizes as the npm package {@code bytes} reads them: {@code 20mb}, {@code 1.5 GB}, {@code 512}. Units
 * are powers of 1024 and may be written in any case; a bare number counts bytes.
 */
public final class ByteSize {
    private static final Pattern FORM =
            Pattern.compile("([-+]?\\d+(?:\\.\\d+)?) *(kb|mb|gb|tb|pb|b)?", Pattern.CASE_INSENSITIVE);

    private ByteSize() {}

    static boolean isSize(String text) {
        Matcher match = FORM.matcher(text.strip());
        return match.matches() && Double.parseDouble(match.group(1)) >= 0;
    }

    /**
     * @return whole bytes, rounded down
     * @throws OptionsException when the text is no size
     */
    public static long bytes(String text) {
        Matcher match = FORM.matcher(text.strip());
        if (!match.matches() || Double.parseDouble(match.group(1)) < 0) {
            throw new OptionsException("\"" + text + "\" is not a size such as 20mb.");
        }
        String unit = match.group(2) == null ? "b" : match.group(2).toLowerCase(Locale.ROOT);
        int power =
                switch (unit) {
                    case "kb" -> 1;
                    case "mb" -> 2;
                    case "gb" -> 3;
                    case "tb" -> 4;
                    case "pb" -> 5;
                    default -> 0;
                };
        return (long) (Double.parseDouble(match.group(1)) * Math.pow(1024, power));
    }
}
