package dev.kami.parse.options;

import java.util.regex.Pattern;

/**
 * A path pattern in the syntax of path-to-regexp 8, as {@code rateLimit[].requestPath} is written:
 * {@code /functions/:name} matches one segment, {@code /classes/*rest} everything below, {@code
 * /files{/:name}} with or without the part in braces; {@code \} takes the next character as it is.
 * Case does not matter and one slash at the end is allowed.
 */
public final class PathPattern {
    private static final String RESERVED = "()[]+?!";

    private final String text;
    private final Pattern pattern;

    private PathPattern(String text, Pattern pattern) {
        this.text = text;
        this.pattern = pattern;
    }

    /** @throws OptionsException when the text is no pattern, with the place of the fault */
    public static PathPattern of(String text) {
        return new PathPattern(text, Pattern.compile(new Parser(text).regex(), Pattern.CASE_INSENSITIVE));
    }

    /** @param path for example {@code /functions/hello}, without query and mount path */
    public boolean matches(String path) {
        return pattern.matcher(path).matches();
    }

    @Override
    public String toString() {
        return text;
    }

    private static final class Parser {
        private final String text;
        private final StringBuilder regex = new StringBuilder();
        private int index;
        private int open;

        Parser(String text) {
            this.text = text;
        }

        String regex() {
            while (index < text.length()) {
                char c = text.charAt(index);
                switch (c) {
                    case '{' -> {
                        open++;
                        regex.append("(?:");
                        index++;
                    }
                    case '}' -> {
                        if (--open < 0) {
                            throw bad("Unexpected } at index " + index);
                        }
                        regex.append(")?");
                        index++;
                    }
                    case ':' -> {
                        name();
                        regex.append("[^/]+?");
                    }
                    case '*' -> {
                        name();
                        regex.append("[\\s\\S]+");
                    }
                    case '\\' -> {
                        if (index + 1 == text.length()) {
                            throw bad("Unexpected end after \\ at index " + index);
                        }
                        literal(text.charAt(index + 1));
                        index += 2;
                    }
                    default -> {
                        if (RESERVED.indexOf(c) >= 0) {
                            throw bad("Unexpected " + c + " at index " + index);
                        }
                        literal(c);
                        index++;
                    }
                }
            }
            if (open > 0) {
                throw bad("Unexpected end at index " + index + ", expected }");
            }
            return regex.append("/?").toString();
        }

        private void literal(char c) {
            if (!Character.isLetterOrDigit(c)) {
                regex.append('\\');
            }
            regex.append(c);
        }

        /** A JavaScript identifier, or any text in double quotes; the name itself is not needed. */
        private void name() {
            int start = index;
            index++;
            if (index < text.length() && text.charAt(index) == '"') {
                int end = text.indexOf('"', index + 1);
                if (end < 0) {
                    throw bad("Unterminated quote at index " + index);
                }
                index = end + 1;
                return;
            }
            while (index < text.length()
                    && (index == start + 1
                            ? Character.isJavaIdentifierStart(text.charAt(index))
                            : Character.isJavaIdentifierPart(text.charAt(index)))) {
                index++;
            }
            if (index == start + 1) {
                throw bad("Missing parameter name at index " + index);
            }
        }

        private OptionsException bad(String reason) {
            return new OptionsException("rateLimit.requestPath \"" + text + "\" is not valid: " + reason);
        }
    }
}
