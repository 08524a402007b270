package dev.kami.parse.options;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON text (RFC 8259, nothing more) into plain Java values. By hand, because a JSON option
 * is small and loading Jackson's databind for it cost 250-450 ms of CPU at start.
 */
final class JsonReader {
    private static final int DEEPEST = 500;

    /** Not JSON; says where, never what, because the text may hold a secret. */
    static final class Fault extends Exception {
        private static final long serialVersionUID = 1L;

        Fault(String message) {
            super(message, null, false, false);
        }
    }

    private final String text;
    private int index;
    private int depth;

    private JsonReader(String text) {
        this.text = text;
    }

    static Object read(String text) throws Fault {
        var reader = new JsonReader(text);
        Object value = reader.value();
        reader.skipSpace();
        if (reader.index < text.length()) {
            throw reader.fault();
        }
        return value;
    }

    private Object value() throws Fault {
        skipSpace();
        char c = peek();
        if (c == '{') {
            return object();
        }
        if (c == '[') {
            return list();
        }
        if (c == '"') {
            return string();
        }
        if (c == 't') {
            return word("true", Boolean.TRUE);
        }
        if (c == 'f') {
            return word("false", Boolean.FALSE);
        }
        if (c == 'n') {
            return word("null", null);
        }
        return number();
    }

    private Map<String, Object> object() throws Fault {
        enter();
        var object = new LinkedHashMap<String, Object>();
        skipSpace();
        if (peek() == '}') {
            index++;
        } else {
            do {
                skipSpace();
                if (peek() != '"') {
                    throw fault();
                }
                String key = string();
                skipSpace();
                expect(':');
                object.put(key, value());
            } while (more('}'));
        }
        depth--;
        return object;
    }

    private List<Object> list() throws Fault {
        enter();
        var list = new ArrayList<Object>();
        skipSpace();
        if (peek() == ']') {
            index++;
        } else {
            do {
                list.add(value());
            } while (more(']'));
        }
        depth--;
        return list;
    }

    private void enter() throws Fault {
        index++;
        if (++depth > DEEPEST) {
            throw fault();
        }
    }

    /** After an entry: a comma means another one, the closing sign none. */
    private boolean more(char close) throws Fault {
        skipSpace();
        char c = peek();
        if (c != ',' && c != close) {
            throw fault();
        }
        index++;
        return c == ',';
    }

    private String string() throws Fault {
        int start = ++index;
        while (index < text.length()) {
            char c = text.charAt(index);
            if (c == '"') {
                return text.substring(start, index++);
            }
            if (c == '\\') {
                return escapedString(start);
            }
            if (c < ' ') {
                throw fault();
            }
            index++;
        }
        throw fault();
    }

    private String escapedString(int start) throws Fault {
        var out = new StringBuilder(text.length() - start).append(text, start, index);
        while (index < text.length()) {
            char c = text.charAt(index);
            if (c < ' ') {
                throw fault();
            }
            index++;
            if (c == '"') {
                return out.toString();
            }
            out.append(c == '\\' ? escape() : c);
        }
        throw fault();
    }

    private char escape() throws Fault {
        char c = peek();
        index++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int code = 0;
                for (int i = 0; i < 4; i++) {
                    int digit = Character.digit(peek(), 16);
                    if (digit < 0) {
                        throw fault();
                    }
                    code = code << 4 | digit;
                    index++;
                }
                yield (char) code;
            }
            default -> throw fault();
        };
    }

    private Object word(String word, Object value) throws Fault {
        if (!text.startsWith(word, index)) {
            throw fault();
        }
        index += word.length();
        return value;
    }

    /** Long when it is written as a whole number and fits, else Double. */
    private Number number() throws Fault {
        int start = index;
        if (peek() == '-') {
            index++;
        }
        int first = index;
        if (digits() > 1 && text.charAt(first) == '0') {
            throw fault();
        }
        boolean whole = true;
        if (index < text.length() && text.charAt(index) == '.') {
            whole = false;
            index++;
            digits();
        }
        if (index < text.length() && (text.charAt(index) | 0x20) == 'e') {
            whole = false;
            index++;
            if (peek() == '+' || peek() == '-') {
                index++;
            }
            digits();
        }
        String number = text.substring(start, index);
        return whole && number.length() <= 18 ? (Number) Long.valueOf(number) : (Number) Double.valueOf(number);
    }

    private int digits() throws Fault {
        int start = index;
        while (index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9') {
            index++;
        }
        if (index == start) {
            throw fault();
        }
        return index - start;
    }

    private void skipSpace() {
        while (index < text.length()) {
            char c = text.charAt(index);
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                return;
            }
            index++;
        }
    }

    private char peek() throws Fault {
        if (index >= text.length()) {
            throw fault();
        }
        return text.charAt(index);
    }

    private void expect(char c) throws Fault {
        if (peek() != c) {
            throw fault();
        }
        index++;
    }

    private Fault fault() {
        if (index >= text.length()) {
            return new Fault("it ends too early");
        }
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < index; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new Fault("fault at line " + line + ", column " + (index - lineStart + 1));
    }
}
