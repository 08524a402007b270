package dev.kami.parse.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * {@code $regex}. A pattern of a stranger must not hang a thread, so there are three engines, tried in this order:
 *
 * <ol>
 *   <li>quoted or plain text ({@code ^\Qab\E}, what the SDKs send for startsWith, endsWith and contains): no engine at all;
 *   <li>RE2J, whose time grows linearly with the text;
 *   <li>for what RE2J cannot express (look-around, back references, possessive and atomic groups) {@code java.util.regex}
 *       over a text that counts how often it is read and gives up at a limit.
 * </ol>
 *
 * <p>Options: {@code i} ignore case, {@code m} lines, {@code s} dot takes line ends, {@code x} blanks and {@code #}
 * comments do not count, {@code u} Unicode (always on).
 */
public final class RegexEngine {
    private static final int MAX_PATTERN = 32_764; // as PCRE in MongoDB
    private static final int MAX_STEPS = 1_000_000;
    private static final int MAX_REPEATS = 100_000;

    /** What the whole of a literal pattern asks for. */
    public enum Where {
        ANYWHERE,
        START,
        END,
        WHOLE
    }

    /** A pattern that is nothing but text, with or without anchors. */
    public record Literal(String text, Where where) implements Predicate<CharSequence> {
        @Override
        public boolean test(CharSequence candidate) {
            String whole = candidate.toString();
            return switch (where) {
                case ANYWHERE -> whole.contains(text);
                case START -> whole.startsWith(text);
                case END -> whole.endsWith(text);
                case WHOLE -> whole.equals(text);
            };
        }
    }

    private record Key(String pattern, String options) {}

    // A memo of a pure function, shared by all servers of the process: nobody can see another's patterns through it.
    private static final Cache<Key, Predicate<CharSequence>> COMPILED =
            Caffeine.newBuilder().maximumSize(1000).build();

    private RegexEngine() {}

    /** True when the pattern is found somewhere in the text. See {@link #compile}. */
    public static boolean find(String pattern, String options, CharSequence text) {
        return compile(pattern, options).test(text);
    }

    /**
     * A test "found somewhere in the text", for any thread. It throws 102 when a text costs too many steps.
     *
     * @throws ParseException 1 for a pattern that is not one; the text says no more, it could tell of the database
     */
    public static Predicate<CharSequence> compile(String pattern, String options) {
        return COMPILED.get(new Key(pattern, options), RegexEngine::build);
    }

    private static Predicate<CharSequence> build(Key key) {
        if (key.pattern.length() > MAX_PATTERN) {
            throw bad();
        }
        Literal literal = literal(key.pattern, key.options);
        if (literal != null) {
            return literal;
        }
        String unquoted = unquote(key.pattern, key.options.indexOf('x') >= 0);
        try {
            com.google.re2j.Pattern linear = com.google.re2j.Pattern.compile(unquoted, linearFlags(key.options));
            return text -> linear.matcher(text).find();
        } catch (com.google.re2j.PatternSyntaxException | StackOverflowError notLinear) {
            return backtracking(unquoted, key.options);
        }
    }

    private static Predicate<CharSequence> backtracking(String pattern, String options) {
        Pattern compiled;
        try {
            if (repeats(pattern) > MAX_REPEATS) {
                throw tooExpensive();
            }
            compiled = Pattern.compile(pattern, javaFlags(options));
        } catch (PatternSyntaxException | StackOverflowError notRegular) {
            throw bad();
        }
        return text -> {
            try {
                return compiled.matcher(new CountedText(text)).find();
            } catch (StackOverflowError deep) {
                throw tooExpensive();
            }
        };
    }

    private static ParseException bad() {
        return new ParseException(ErrorCode.INTERNAL_SERVER_ERROR, "An internal server error occurred");
    }

    private static ParseException tooExpensive() {
        return new ParseException(
                ErrorCode.INVALID_QUERY, "$regex takes too many steps; use a simpler pattern or a $text query.");
    }

    private static int linearFlags(String options) {
        int flags = 0;
        for (int i = 0; i < options.length(); i++) {
            flags |= switch (options.charAt(i)) {
                case 'i' -> com.google.re2j.Pattern.CASE_INSENSITIVE;
                case 'm' -> com.google.re2j.Pattern.MULTILINE;
                case 's' -> com.google.re2j.Pattern.DOTALL;
                default -> 0;
            };
        }
        return flags;
    }

    private static int javaFlags(String options) {
        int flags = Pattern.UNIX_LINES;
        for (int i = 0; i < options.length(); i++) {
            flags |= switch (options.charAt(i)) {
                case 'i' -> Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
                case 'm' -> Pattern.MULTILINE;
                case 's' -> Pattern.DOTALL;
                default -> 0;
            };
        }
        return flags;
    }

    /**
     * The text of a pattern that is only text: with {@code \Q...\E}, escaped punctuation, {@code ^} in front and {@code $}
     * behind. {@code null} for every other pattern and whenever options change its meaning.
     */
    public static Literal literal(String pattern, String options) {
        if (changesLiterals(options)) {
            return null;
        }
        boolean start = pattern.startsWith("^");
        var text = new StringBuilder(pattern.length());
        int i = readLiteral(pattern, start ? 1 : 0, text);
        boolean end = i == pattern.length() - 1 && pattern.charAt(i) == '$';
        if (!end && i < pattern.length()) {
            return null;
        }
        Where where = start ? end ? Where.WHOLE : Where.START : end ? Where.END : Where.ANYWHERE;
        return new Literal(text.toString(), where);
    }

    /**
     * The text that every match begins with, {@code ""} when none can be told: {@code ab} for {@code ^ab.*c}. An index on
     * the field may narrow the search by it; the pattern still has to be tested.
     */
    public static String prefix(String pattern, String options) {
        if (changesLiterals(options) || !pattern.startsWith("^") || hasAlternative(pattern)) {
            return "";
        }
        var text = new StringBuilder();
        int i = readLiteral(pattern, 1, text);
        // The last character belongs to a quantifier that may take it away: ^abc* also matches ab.
        if (i < pattern.length() && "*?{".indexOf(pattern.charAt(i)) >= 0 && !text.isEmpty()) {
            text.setLength(text.offsetByCodePoints(text.length(), -1));
        }
        return text.toString();
    }

    private static boolean changesLiterals(String options) {
        return options.indexOf('i') >= 0 || options.indexOf('m') >= 0 || options.indexOf('x') >= 0;
    }

    /** Appends the literal characters from {@code from} on and returns where they end. */
    private static int readLiteral(String pattern, int from, StringBuilder text) {
        int i = from;
        while (i < pattern.length()) {
            char c = pattern.charAt(i);
            if (c == '\\') {
                if (i + 1 == pattern.length()) {
                    return i;
                }
                char next = pattern.charAt(i + 1);
                if (next == 'Q') {
                    int close = pattern.indexOf("\\E", i + 2);
                    text.append(pattern, i + 2, close < 0 ? pattern.length() : close);
                    i = close < 0 ? pattern.length() : close + 2;
                } else if (next == 'E') {
                    i += 2;
                } else if (next > 127 || Character.isLetterOrDigit(next)) {
                    return i;
                } else {
                    text.append(next);
                    i += 2;
                }
            } else if (".[](){}*+?|^$".indexOf(c) >= 0) {
                return i;
            } else {
                text.append(c);
                i++;
            }
        }
        return i;
    }

    private static boolean hasAlternative(String pattern) {
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '|') {
                return true;
            }
            if (c == '\\' && i + 1 < pattern.length()) {
                if (pattern.charAt(i + 1) == 'Q') {
                    int close = pattern.indexOf("\\E", i + 2);
                    if (close < 0) {
                        return false;
                    }
                    i = close;
                }
                i++;
            }
        }
        return false;
    }

    /** {@code \Q...\E} as escaped characters and, for option {@code x}, without blanks and comments. */
    private static String unquote(String pattern, boolean extended) {
        if (!extended && pattern.indexOf("\\Q") < 0 && pattern.indexOf("\\E") < 0) {
            return pattern;
        }
        var out = new StringBuilder(pattern.length() + 16);
        boolean inClass = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\' && i + 1 < pattern.length()) {
                char next = pattern.charAt(++i);
                if (next == 'Q') {
                    int close = pattern.indexOf("\\E", i + 1);
                    int end = close < 0 ? pattern.length() : close;
                    for (int k = i + 1; k < end; k++) {
                        escape(pattern.charAt(k), out);
                    }
                    i = close < 0 ? pattern.length() : close + 1;
                } else if (next != 'E') {
                    out.append(c).append(next);
                }
            } else if (inClass) {
                out.append(c);
                // "]" right after "[" or "[^" is a member of the class
                inClass = c != ']' || out.charAt(out.length() - 2) == '[' || endsWithOpenNegation(out);
            } else if (c == '[') {
                out.append(c);
                inClass = true;
            } else if (extended && c == '#') {
                int line = pattern.indexOf('\n', i);
                i = line < 0 ? pattern.length() : line;
            } else if (!extended || !Character.isWhitespace(c)) {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static boolean endsWithOpenNegation(StringBuilder out) {
        return out.length() > 2 && out.charAt(out.length() - 2) == '^' && out.charAt(out.length() - 3) == '[';
    }

    private static void escape(char c, StringBuilder out) {
        if (c < 128 && !Character.isLetterOrDigit(c) && c > ' ') {
            out.append('\\');
        }
        out.append(c);
    }

    /** The product of all counts {@code {n,m}}: repeats of nothing cost time without reading the text. */
    private static double repeats(String pattern) {
        double product = 1;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '{') {
                int close = pattern.indexOf('}', i);
                String counts = close < 0 ? "" : pattern.substring(i + 1, close);
                if (counts.matches("[0-9]+(,[0-9]*)?")) {
                    String last = counts.endsWith(",")
                            ? counts.substring(0, counts.length() - 1)
                            : counts.substring(counts.indexOf(',') + 1);
                    product *= Math.max(1, Double.parseDouble(last));
                }
            }
        }
        return product;
    }

    /** A text that can be read only so often. Not for several threads. */
    private static final class CountedText implements CharSequence {
        private final CharSequence text;
        private long left;

        CountedText(CharSequence text) {
            this.text = text;
            this.left = MAX_STEPS + 20L * text.length();
        }

        @Override
        public char charAt(int index) {
            if (--left < 0) {
                throw tooExpensive();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
