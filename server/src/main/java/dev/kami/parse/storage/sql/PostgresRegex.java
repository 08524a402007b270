package dev.kami.parse.storage.sql;

import java.util.Locale;

/**
 * Patterns in the words of PostgreSQL, for as much as both mean the same: letters, classes, groups, alternatives, counts,
 * anchors, look-ahead. Only whether something is found counts, so lazy becomes greedy and groups catch nothing.
 *
 * <p>Case is spelled out ({@code a} becomes {@code [aA]}) instead of asked of the database, whose answer depends on its
 * locale. The translated pattern is for texts with collation {@code "C"}, where {@code \y} and classes are those of ASCII,
 * as in the engine of {@link dev.kami.parse.query.RegexEngine}.
 */
final class PostgresRegex {
    private static final int MAX_LENGTH = 1_000;
    private static final int MAX_COUNT = 255;

    /** The product of all counts; PostgreSQL builds an automaton whose size it is. */
    private static final int MAX_PRODUCT = 1_000;

    private final String pattern;
    private final boolean ignoreCase;
    private final boolean dotAll;
    private final StringBuilder out = new StringBuilder();
    private int at;
    private long product = 1;
    private int depth;
    private boolean looksAhead;
    private boolean endsText;

    /** Thrown for what means something else in PostgreSQL, or nothing. */
    private static final class Untranslatable extends Exception {
        private static final long serialVersionUID = 1L;

        Untranslatable() {
            super(null, null, false, false);
        }
    }

    private PostgresRegex(String pattern, String options) {
        this.pattern = pattern;
        this.ignoreCase = options.indexOf('i') >= 0;
        this.dotAll = options.indexOf('s') >= 0;
    }

    /** {@code null} when PostgreSQL cannot answer it in the same way. */
    static String translate(String pattern, String options) {
        if (pattern.length() > MAX_LENGTH || options.indexOf('x') >= 0 || options.indexOf('m') >= 0) {
            return null;
        }
        var regex = new PostgresRegex(pattern, options);
        try {
            regex.alternatives();
            return regex.at < pattern.length() || regex.looksAhead && regex.endsText ? null : "(?:" + regex.out + ")";
        } catch (Untranslatable e) {
            return null; // then the caller tests each text itself
        }
    }

    private boolean more() {
        return at < pattern.length();
    }

    private char peek() {
        return pattern.charAt(at);
    }

    private void alternatives() throws Untranslatable {
        if (++depth > 50) {
            throw new Untranslatable();
        }
        while (more() && peek() != ')') {
            if (peek() == '|') {
                out.append('|');
                at++;
            } else {
                piece();
            }
        }
        depth--;
    }

    private void piece() throws Untranslatable {
        boolean countable = atom();
        if (!more() || "*+?{".indexOf(peek()) < 0) {
            return;
        }
        if (!countable) {
            throw new Untranslatable();
        }
        count();
        if (more() && peek() == '?') {
            at++;
        }
        if (more() && "*+?{".indexOf(peek()) >= 0) {
            throw new Untranslatable();
        }
    }

    private void count() throws Untranslatable {
        char c = peek();
        if (c != '{') {
            out.append(c);
            at++;
            return;
        }
        int close = pattern.indexOf('}', at);
        String counts = close < 0 ? "" : pattern.substring(at + 1, close);
        if (!counts.matches("[0-9]{1,3}(,[0-9]{0,3})?")) {
            throw new Untranslatable();
        }
        for (String number : counts.split(",")) {
            if (!number.isEmpty()) {
                int value = Integer.parseInt(number);
                product *= Math.max(1, value);
                if (value > MAX_COUNT || product > MAX_PRODUCT) {
                    throw new Untranslatable();
                }
            }
        }
        out.append('{').append(counts).append('}');
        at = close + 1;
    }

    /** False for what cannot be counted. Runs of quoted text only count by their last character. */
    private boolean atom() throws Untranslatable {
        char c = peek();
        switch (c) {
            case '(' -> {
                return group();
            }
            case '[' -> characterClass();
            case '.' -> {
                out.append(dotAll ? "." : "[^\\n]");
                at++;
            }
            case '^' -> {
                out.append('^');
                at++;
                return false;
            }
            case '$' -> {
                out.append('$');
                endsText = true;
                at++;
                return false;
            }
            case '\\' -> {
                return escape();
            }
            case '*', '+', '?', '{', '}', ']' -> throw new Untranslatable();
            default -> literal(codePoint());
        }
        return true;
    }

    private int codePoint() {
        int point = pattern.codePointAt(at);
        at += Character.charCount(point);
        return point;
    }

    private boolean group() throws Untranslatable {
        boolean ahead = pattern.startsWith("(?=", at) || pattern.startsWith("(?!", at);
        if (ahead || pattern.startsWith("(?:", at)) {
            out.append(pattern, at, at + 3);
            at += 3;
        } else if (pattern.startsWith("(?", at)) {
            throw new Untranslatable();
        } else {
            out.append("(?:");
            at++;
        }
        looksAhead |= ahead;
        alternatives();
        if (!more()) {
            throw new Untranslatable();
        }
        out.append(')');
        at++;
        return !ahead;
    }

    private boolean escape() throws Untranslatable {
        if (at + 1 == pattern.length()) {
            throw new Untranslatable();
        }
        char c = pattern.charAt(at + 1);
        if (c == 'Q') {
            return quoted();
        }
        at += 2;
        switch (c) {
            case 'd' -> out.append("[0-9]");
            case 'D' -> out.append("[^0-9]");
            case 'w' -> out.append("[A-Za-z0-9_]");
            case 'W' -> out.append("[^A-Za-z0-9_]");
            case 's' -> out.append("[\\t\\n\\f\\r ]");
            case 'S' -> out.append("[^\\t\\n\\f\\r ]");
            case 'n', 't', 'r', 'f' -> out.append('\\').append(c);
            case 'b' -> {
                out.append("\\y");
                return false;
            }
            case 'B' -> {
                out.append("\\Y");
                return false;
            }
            default -> {
                if (c > 127 || Character.isLetterOrDigit(c)) {
                    throw new Untranslatable();
                }
                literal(c);
            }
        }
        return true;
    }

    private boolean quoted() throws Untranslatable {
        int close = pattern.indexOf("\\E", at + 2);
        int end = close < 0 ? pattern.length() : close;
        at += 2;
        boolean any = at < end;
        while (at < end) {
            literal(codePoint());
        }
        at = close < 0 ? pattern.length() : close + 2;
        return any;
    }

    private void literal(int point) throws Untranslatable {
        if (ignoreCase && hasCase(point)) {
            out.append('[');
            cases(point);
            out.append(']');
        } else {
            plain(point);
        }
    }

    private void plain(int point) {
        if (point < 128 && !Character.isLetterOrDigit(point) && point > ' ') {
            out.append('\\');
        }
        out.appendCodePoint(point);
    }

    private static boolean hasCase(int point) {
        return Character.isLetter(point)
                && (Character.toLowerCase(point) != point
                        || Character.toUpperCase(point) != point
                        || Character.toTitleCase(point) != point);
    }

    /** Both cases of a letter; of ASCII letters also the two signs that fold to one. */
    private void cases(int point) throws Untranslatable {
        if (point > 127) {
            throw new Untranslatable(); // some have three, and not all engines agree
        }
        String letter = Character.toString(point);
        out.append(letter.toLowerCase(Locale.ROOT)).append(letter.toUpperCase(Locale.ROOT));
        switch (Character.toLowerCase(point)) {
            case 'k' -> out.append('\u212a');
            case 's' -> out.append('\u017f');
            default -> {}
        }
    }

    private void characterClass() throws Untranslatable {
        out.append('[');
        at++;
        if (more() && peek() == '^') {
            out.append('^');
            at++;
        }
        boolean first = true;
        while (true) {
            if (!more() || first && peek() == ']' || peek() == '[' || pattern.startsWith("&&", at)) {
                throw new Untranslatable();
            }
            if (peek() == ']') {
                break;
            }
            first = false;
            member();
        }
        out.append(']');
        at++;
    }

    private void member() throws Untranslatable {
        int from = memberPoint();
        if (from < 0) {
            return; // a class of its own
        }
        boolean range = at + 1 < pattern.length() && peek() == '-' && pattern.charAt(at + 1) != ']';
        if (!range) {
            if (ignoreCase && hasCase(from)) {
                cases(from);
            } else {
                inClass(from);
            }
            return;
        }
        at++;
        if (peek() == '[') {
            throw new Untranslatable();
        }
        int to = memberPoint();
        if (to < from) {
            throw new Untranslatable();
        }
        inClass(from);
        out.append('-');
        inClass(to);
        if (ignoreCase) {
            rangeInOtherCase(from, to);
        }
    }

    private void rangeInOtherCase(int from, int to) throws Untranslatable {
        if (to > 127) {
            throw new Untranslatable();
        }
        for (int point = from; point <= to; point++) {
            if (hasCase(point)) {
                cases(point);
            }
        }
    }

    private void inClass(int point) {
        if (point < 128 && !Character.isLetterOrDigit(point) && point > ' ') {
            out.append('\\');
        }
        out.appendCodePoint(point);
    }

    /** The character that stands here; -1 when it was a class like {@code \d}, which has been written. */
    private int memberPoint() throws Untranslatable {
        if (peek() != '\\') {
            return codePoint();
        }
        if (at + 1 == pattern.length()) {
            throw new Untranslatable();
        }
        char c = pattern.charAt(at + 1);
        at += 2;
        return switch (c) {
            case 'd' -> written("0-9");
            case 'w' -> written("A-Za-z0-9_");
            case 's' -> written("\\t\\n\\f\\r ");
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'f' -> '\f';
            default -> {
                if (c > 127 || Character.isLetterOrDigit(c)) {
                    throw new Untranslatable();
                }
                yield c;
            }
        };
    }

    private int written(String members) {
        out.append(members);
        return -1;
    }
}
